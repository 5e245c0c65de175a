/**
 * Paying for an order at the payments host. One provider of the default store charges at once,
 * another only authorizes; a card number ending in 0002 is declined, as at many providers' test gateways.
 * Described in openapi/documents/payments/process.yaml.
 */
import type { OrderRow, PaymentMethodRow, TransactionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnauthorizedError, UnprocessableError } from '../../errors.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { storeSecret, verify } from '../auth/tokens.js';
import { carts } from '../carts/carts.v3.js';
import {
  allOf,
  amountOf,
  cents,
  couponSource,
  customerSource,
  giftCertificateSource,
  promotionCodeSource,
} from '../carts/elsewhere.js';
import { textId } from '../carts/text-ids.js';
import { orderSource } from '../checkouts/order-source.js';
import { storedInstruments } from '../customers/stored-instruments.v3.js';
import { orderCoupons } from '../orders/order-rows.js';
import { changeOrder } from '../orders/place-order.js';
import { ORDER_IS_INVALID } from './access-tokens.v3.js';
import { paymentMethods } from './payment-methods.js';
import { sentBody } from '../carts/sent-body.js';

type Instrument = components['schemas']['PaymentInstrument'];

const transactionSource = defineResource<TransactionRow>(
  'transactions',
  {
    create: () => {
      throw new Error('transactions are made by payments');
    },
  },
  { below: 'orders' },
);

const INCOMPLETE = 0;
const PENDING = 1;
const AWAITING_FULFILLMENT = 11;

/** Codes of the payments host; most are documented, the pairing with causes is assumed. */
const BAD_DATA = 10001;
const DECLINED = 30100;

/** Providers that only authorize: the payment is captured by the order's own call. */
const AUTHORIZES = new Set(['authorizenet.card']);

const PaymentsPost: Handler<'PaymentsPost'> = (context) => {
  const { store } = context;
  const order = requireOrder(context);
  const { payment } = sentBody(context) ?? {};
  if (!payment) throw refusal('The payment is missing.', BAD_DATA);
  const { instrument, payment_method_id, save_instrument = false } = payment;
  const method = store.rows(paymentMethods).get(payment_method_id);
  if (!method) throw refusal('The payment method is not one of this store.', BAD_DATA);
  const paid = allOf(store, transactionSource)
    .filter(
      ({ order_id, status, event }) =>
        order_id === order.id && status === 'ok' && (event === 'purchase' || event === 'authorization'),
    )
    .reduce((sum, { amount }) => sum + amount, 0);
  const due = cents(order.total_inc_tax - paid);
  if (order.status_id !== INCOMPLETE && !(order.status_id === PENDING && paid > 0)) {
    throw refusal('Order is invalid.', ORDER_IS_INVALID);
  }
  const payer = payFrom(instrument, method, order, due, context);
  const id = addTransaction(order, method, payer, context);
  if (save_instrument && order.customer_id > 0) keepInstrument(instrument, order.customer_id, context);
  settle(order, method, payer, cents(due - payer.amount), context);
  const transaction_type = payer.event === 'authorization' ? ('authorization' as const) : ('purchase' as const);
  const status = payer.event === 'authorization' ? ('pending' as const) : ('success' as const);
  return { status: 201, body: { data: { id, transaction_type, status } } };
};

/** The order of the token. @throws UnauthorizedError for a header that holds none that is good still */
function requireOrder(context: OperationContext): OrderRow {
  const { headers, store } = context;
  const [, token = ''] = /^PAT (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const claims = token === '' ? undefined : verify(token, storeSecret(store), context);
  const order = store.rows(orderSource).get(Number(claims?.['order_id']));
  if (claims?.['aud'] !== 'payments' || !order) {
    throw new UnauthorizedError('The payment access token is missing, unknown or expired.', null);
  }
  return order;
}

/** A card, unless it says otherwise. */
function typeOf(instrument: Instrument): NonNullable<Instrument['type']> {
  return instrument.type ?? 'card';
}

interface Payer {
  readonly amount: number;
  readonly event: 'purchase' | 'authorization';
  readonly method: TransactionRow['method'];
  readonly details: Partial<TransactionRow>;
}

/** What the instrument gives towards what is due, having taken it. */
function payFrom(
  instrument: Instrument,
  method: PaymentMethodRow,
  order: OrderRow,
  due: number,
  context: OperationContext,
): Payer {
  const type = typeOf(instrument);
  const event = AUTHORIZES.has(method.id) ? 'authorization' : 'purchase';
  if (type === 'gift_certificate') return payByCertificate(instrument, due, context);
  if (type === 'store_credit') return payByCredit(order, due, context);
  if (type === 'card') {
    const {
      number = '',
      expiry_month,
      expiry_year,
      cardholder_name,
    } = instrument as components['schemas']['CardInstrument'];
    if (number === '' || expiry_month === undefined || expiry_year === undefined || !cardholder_name) {
      throw refusal('The card lacks number, expiry or name.', BAD_DATA);
    }
    if (number.endsWith('0002')) throw refusal('The payment was declined.', DECLINED);
    const credit_card = {
      card_type: brandOf(number),
      card_iin: number.slice(0, 6),
      card_last4: number.slice(-4),
      card_expiry_month: expiry_month,
      card_expiry_year: expiry_year,
    };
    return { amount: due, event, method: 'credit_card', details: { credit_card } };
  }
  const { token } = instrument as components['schemas']['StoredPaymentInstrument'];
  if (!token) throw refusal('The instrument has no token.', BAD_DATA);
  if (type !== 'tokenized_card' && !ownToken(token, order.customer_id, context)) {
    throw refusal('The stored instrument is not one of this customer.', BAD_DATA);
  }
  return { amount: due, event, method: 'token', details: { payment_instrument_token: token } };
}

function ownToken(token: string, customer_id: number, { store }: Actor): boolean {
  // Payment methods list tokens at their full length of 64.
  return store
    .rows(storedInstruments)
    .rowsOf(customer_id)
    .some((row) => row.token.padEnd(64, '0') === token.padEnd(64, '0'));
}

function brandOf(number: string): 'visa' | 'master' | 'american_express' | 'discover' {
  if (number.startsWith('5') || number.startsWith('2')) return 'master';
  if (number.startsWith('3')) return 'american_express';
  return number.startsWith('6') ? 'discover' : 'visa';
}

function payByCertificate(instrument: Instrument, due: number, { store }: Actor): Payer {
  const { gift_certificate_code: code = '' } = instrument as components['schemas']['GiftCertificateInstrument'];
  const rows = store.rows(giftCertificateSource);
  const found = allOf(store, giftCertificateSource).find((row) => row.code.toLowerCase() === code.toLowerCase());
  const balance = amountOf(found?.balance);
  if (found?.status !== 'active' || balance <= 0) throw refusal('The gift certificate cannot be used.', BAD_DATA);
  const amount = Math.min(balance, due);
  const left = cents(balance - amount);
  // Kept as it was found: as a number or as a text.
  rows.replace({ ...found, balance: typeof found.balance === 'string' ? left.toFixed(4) : left });
  const gift_certificate = {
    code: found.code,
    original_balance: amountOf(found.amount),
    starting_balance: balance,
    remaining_balance: left,
    status: 'active' as const,
  };
  return { amount, event: 'purchase', method: 'gift_certificate', details: { gift_certificate } };
}

function payByCredit({ customer_id }: OrderRow, due: number, { store }: Actor): Payer {
  const rows = store.rows(customerSource);
  const customer = rows.get(customer_id);
  const balance = customer?.store_credit_amounts?.[0]?.amount ?? 0;
  if (!customer || balance <= 0) throw refusal('The customer has no store credit.', BAD_DATA);
  const amount = Math.min(balance, due);
  const left = cents(balance - amount);
  rows.replace({ ...customer, store_credit_amounts: [{ amount: left }] });
  return { amount, event: 'purchase', method: 'store_credit', details: { store_credit: { remaining_balance: left } } };
}

/** The id at the provider, which is what the answer tells. */
function addTransaction(order: OrderRow, method: PaymentMethodRow, payer: Payer, { store, at }: Actor): string {
  const rows = store.rows(transactionSource);
  const gateway_transaction_id = textId(store, 'payments').replaceAll('-', '');
  rows.insert(
    {
      id: rows.nextId(),
      order_id: order.id,
      event: payer.event,
      method: payer.method,
      amount: payer.amount,
      currency: order.currency_code,
      gateway: gatewayOf(method.code),
      gateway_transaction_id,
      date_created: catalogDate(at),
      test: method.test_mode,
      status: 'ok',
      fraud_review: false,
      payment_method_id: method.id,
      ...payer.details,
    },
    order.id,
  );
  return gateway_transaction_id;
}

function gatewayOf(code: string): TransactionRow['gateway'] {
  switch (code) {
    case 'stripe':
    case 'authorizenet':
    case 'cheque':
    case 'giftcertificate':
    case 'storecredit':
      return code;
    default:
      return 'custom';
  }
}

/** Documented: Pending until the rest is paid, then awaiting fulfilment; then the cart is gone. */
function settle(
  order: OrderRow,
  method: PaymentMethodRow,
  payer: Payer,
  left: number,
  context: OperationContext,
): void {
  const isPaid = left <= 0;
  changeOrder(
    order,
    {
      status_id: isPaid ? AWAITING_FULFILLMENT : PENDING,
      payment_method: method.name,
      payment_provider_id: method.id,
      ...(isPaid && {
        payment_status: payer.event === 'authorization' ? ('authorized' as const) : ('captured' as const),
      }),
      ...(payer.method === 'gift_certificate' && {
        gift_certificate_amount: cents(order.gift_certificate_amount + payer.amount),
      }),
      ...(payer.method === 'store_credit' && { store_credit_amount: cents(order.store_credit_amount + payer.amount) }),
    },
    context,
  );
  if (order.status_id === INCOMPLETE) countCoupons(order, context);
  if (isPaid && order.cart_id) deleteRow(carts, order.cart_id, context);
}

/** Coupons count as used once their order leaves the status Incomplete (assumed), and never come back. */
function countCoupons({ id }: OrderRow, { store }: Actor): void {
  for (const { code } of store.rows(orderCoupons).rowsOf(id)) {
    const folded = code?.toLowerCase();
    const coupons = store.rows(couponSource);
    const coupon = allOf(store, couponSource).find((row) => row.code.toLowerCase() === folded);
    if (coupon) coupons.replace({ ...coupon, num_uses: (coupon.num_uses ?? 0) + 1 });
    const codes = store.rows(promotionCodeSource);
    const found = allOf(store, promotionCodeSource).find((row) => row.code.toLowerCase() === folded);
    if (found) codes.replace({ ...found, current_uses: (found.current_uses ?? 0) + 1 });
  }
}

function keepInstrument(instrument: Instrument, customer_id: number, { store }: Actor): void {
  const { number, expiry_month, expiry_year } = instrument as components['schemas']['CardInstrument'];
  if (typeOf(instrument) !== 'card' || number === undefined) return;
  const rows = store.rows(storedInstruments);
  const half = textId(store, 'stored-instruments').replaceAll('-', '');
  const token = half + textId(store, 'stored-instruments').replaceAll('-', '');
  rows.insert(
    {
      type: 'stored_card',
      token,
      is_default: rows.keysOf(customer_id).length === 0,
      brand: brandOf(number).toUpperCase(),
      ...(expiry_month !== undefined && { expiry_month }),
      ...(expiry_year !== undefined && { expiry_year }),
      issuer_identification_number: number.slice(0, 6),
      last_4: number.slice(-4),
    },
    customer_id,
  );
}

function refusal(title: string, code: number): UnprocessableError {
  return new UnprocessableError(title, {}, { code });
}

export const paymentsDomain: Domain = { resources: [], handlers: { PaymentsPost } };
