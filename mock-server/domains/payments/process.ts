/**
 * Paying for an order at the payments host, with the token that was made for it.
 * Described in openapi/documents/payments/process.yaml.
 */
import type { OrderRow, PaymentMethodRow, TransactionRow } from '../../../fixtures/index.js';
import { UnauthorizedError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { storeSecret, verify } from '../auth/tokens.js';
import { carts } from '../carts/carts.v3.js';
import { cents } from '../carts/elsewhere.js';
import { sentBody } from '../carts/sent-body.js';
import { textId } from '../carts/text-ids.js';
import { promisedTo } from '../marketing/certificate-uses.js';
import { orders } from '../orders/orders.v2.js';
import { changeOrder } from '../orders/place-order.js';
import { recordTransaction, transactions } from '../orders/transactions.v3.js';
import { ORDER_IS_INVALID, paidOrder } from './access-tokens.v3.js';
import { BAD_DATA, keepInstrument, payFrom, refusal, type Payer } from './instruments.js';
import { isOffline, paymentMethods } from './payment-methods.js';

const INCOMPLETE = 0;
const PENDING = 1;
const AWAITING_FULFILLMENT = 11;

/** Documented code of a provider that the store has not set up. */
const NOT_CONFIGURED = 30000;

const PaymentsPost: Handler<'PaymentsPost'> = (context) => {
  const { store } = context;
  const order = requireOrder(context);
  const { payment } = sentBody(context) ?? {};
  if (!payment) throw refusal('The payment is missing.', BAD_DATA);
  const { instrument, payment_method_id, save_instrument = false } = payment;
  const method = store.rows(paymentMethods).get(payment_method_id);
  if (!method || isOffline(method)) throw refusal('The payment method is not set up in this store.', NOT_CONFIGURED);
  const paid = store
    .rows(transactions)
    .rowsOf(order.id)
    .filter(({ status, event }) => status === 'ok' && (event === 'purchase' || event === 'authorization'))
    .reduce((sum, { amount }) => sum + amount, 0);
  const due = cents(order.total_inc_tax - paid - promisedTo(order.id, store));
  if (order.status_id !== INCOMPLETE && !(order.status_id === PENDING && paid > 0)) {
    throw refusal('Order is invalid.', ORDER_IS_INVALID);
  }
  const payer = payFrom(instrument, method, order, due, context);
  addTransaction(order, method, payer, context);
  if (save_instrument && order.customer_id > 0) keepInstrument(instrument, order.customer_id, context);
  settle(order, method, payer, cents(due - payer.amount), context);
  const transaction_type = payer.event === 'authorization' ? ('authorization' as const) : ('purchase' as const);
  const status = payer.event === 'authorization' ? ('pending' as const) : ('success' as const);
  return { status: 201, body: { data: { id: textId(store, 'payments'), transaction_type, status } } };
};

/** The order of the token. @throws UnauthorizedError for a header that holds none that is good still */
function requireOrder(context: OperationContext): OrderRow {
  const { headers, store } = context;
  const [, token = ''] = /^PAT (\S+)$/i.exec(headers.authorization ?? '') ?? [];
  const claims = token === '' ? undefined : verify(token, storeSecret(store), context);
  const order = store.rows(orders).get(paidOrder(claims));
  if (!order) {
    throw new UnauthorizedError('The payment access token is missing, unknown or expired.', null);
  }
  return order;
}

function addTransaction(order: OrderRow, method: PaymentMethodRow, payer: Payer, context: OperationContext): void {
  const { event, method: means, amount, details } = payer;
  recordTransaction(
    order,
    {
      event,
      method: means,
      amount,
      gateway: gatewayOf(method.code),
      test: method.test_mode,
      payment_method_id: method.id,
      ...details,
    },
    context,
  );
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
  if (isPaid && order.cart_id) deleteRow(carts, order.cart_id, context);
}

export const paymentsDomain: Domain = { resources: [], handlers: { PaymentsPost } };
