/**
 * Who pays a refund back: each provider what it took, store credit for customers with an account, or the merchant by
 * hand. Which of these are offered beside the first is assumed.
 */
import type { OrderRow, RefundPaymentRow, TransactionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import { allOf, amountOf, cents, customerSource, giftCertificateSource } from '../carts/elsewhere.js';
import { refunds } from './refunds.v3.js';
import { recordTransaction, settledPayments } from './transactions.v3.js';

type Schemas = components['schemas'];
type Method = NonNullable<Schemas['RefundQuote']['refund_methods']>[number];
export type PaymentInput = NonNullable<Schemas['NewRefundOfItems']['payments']>[number];

const STORE_CREDIT = 'storecredit';
const BY_HAND = 'custom';

/** What a provider took and has not paid back. */
interface Share {
  readonly payment: TransactionRow;
  readonly left: number;
}

function sharesOf({ id }: OrderRow, actor: Actor): Share[] {
  const past = actor.store
    .rows(refunds)
    .rowsOf(id)
    .flatMap(({ payments }) => payments);
  const returned = new Map<string, number>();
  for (const { provider_id, amount } of past) returned.set(provider_id, (returned.get(provider_id) ?? 0) + amount);
  return settledPayments(id, actor).map((payment) => {
    const before = Math.min(returned.get(payment.gateway) ?? 0, payment.amount);
    returned.set(payment.gateway, (returned.get(payment.gateway) ?? 0) - before);
    return { payment, left: cents(payment.amount - before) };
  });
}

/** Ways to pay all of an amount back. */
export function refundMethods(order: OrderRow, amount: number, actor: Actor): Method[] {
  const original = asPaid(order, amount, actor);
  const isAllCredit = original.length === 1 && original[0]?.provider_id === STORE_CREDIT;
  return [
    ...(original.length > 0 ? [original] : []),
    ...(order.customer_id !== 0 && !isAllCredit ? [[option(STORE_CREDIT, 'Store Credit', amount)]] : []),
    [option(BY_HAND, original.length > 0 ? 'Custom' : order.payment_method, amount)],
  ];
}

/** Each provider up to what it took, in the order of the payments; nothing when that does not suffice. */
function asPaid(order: OrderRow, amount: number, actor: Actor): Method {
  const options: Method = [];
  let rest = amount;
  for (const { payment, left } of sharesOf(order, actor)) {
    const part = cents(Math.min(left, rest));
    if (part <= 0) continue;
    rest = cents(rest - part);
    options.push(option(payment.gateway, describedAs(payment, order), part));
  }
  return rest > 0 ? [] : options;
}

const names: Readonly<Partial<Record<TransactionRow['method'], string>>> = {
  gift_certificate: 'Gift Certificate',
  store_credit: 'Store Credit',
};

function describedAs({ method }: TransactionRow, { payment_method }: OrderRow): string {
  return names[method] ?? payment_method;
}

/** Providers that move no money themselves. */
const OFFLINE: ReadonlySet<string> = new Set([BY_HAND, 'bankdeposit', 'cheque', 'cod', 'instore', 'moneyorder']);

function option(provider_id: string, provider_description: string, amount: number): Method[number] {
  const offline = OFFLINE.has(provider_id);
  return {
    provider_id,
    provider_description,
    amount,
    offline,
    offline_provider: offline,
    offline_reason: offline ? 'The money is paid back outside the store.' : '',
  };
}

/** Who pays where a body does not say: whoever took it, or else the merchant. */
export function usualPayments(order: OrderRow, amount: number, actor: Actor): PaymentInput[] {
  const original = asPaid(order, amount, actor);
  return original.length > 0 ? original : [{ provider_id: BY_HAND, amount, offline: true }];
}

/** @throws UnprocessableError for more than a provider took of this order; the sentence is assumed */
export function requireShares(order: OrderRow, payments: readonly PaymentInput[], actor: Actor): void {
  const shares = sharesOf(order, actor);
  for (const { provider_id, amount = 0 } of payments) {
    if (provider_id === STORE_CREDIT) continue;
    const own = shares.filter(({ payment }) => payment.gateway === provider_id);
    const left = own.reduce((sum, share) => sum + share.left, 0);
    if (own.length > 0 && cents(amount) > cents(left)) {
      throw new UnprocessableError('The provider cannot pay back so much.', {
        payments: `${String(provider_id)} took ${left.toFixed(2)} that is not paid back.`,
      });
    }
  }
}

/** Pays one part back: notes it as a transaction, and lets store credit and gift certificates have the money. */
export function payBack(order: OrderRow, id: number, payment: PaymentInput, actor: Actor): RefundPaymentRow {
  const { provider_id = BY_HAND, amount = 0, offline = false } = payment;
  const taken = settledPayments(order.id, actor);
  const original = taken.find(({ gateway }) => gateway === provider_id);
  const isCredit = provider_id === STORE_CREDIT;
  if (isCredit) addCredit(order.customer_id, amount, actor);
  else if (original?.method === 'gift_certificate') refill(original.gift_certificate?.code, amount, actor);
  const { gateway_transaction_id = '' } = recordTransaction(
    order,
    {
      event: 'refund',
      amount,
      method: isCredit ? 'store_credit' : offline ? 'offline' : (original?.method ?? taken[0]?.method ?? 'custom'),
      gateway: original?.gateway ?? (isCredit ? STORE_CREDIT : BY_HAND),
      reference_transaction_id: (original ?? taken[0])?.id ?? 0,
    },
    actor,
  );
  return {
    id,
    provider_id,
    amount,
    offline,
    is_declined: false,
    declined_message: '',
    transaction_id: gateway_transaction_id,
  };
}

function addCredit(customer_id: number, amount: number, { store }: Actor): void {
  const rows = store.rows(customerSource);
  const customer = rows.get(customer_id);
  if (!customer) return;
  const balance = customer.store_credit_amounts?.[0]?.amount ?? 0;
  rows.replace({ ...customer, store_credit_amounts: [{ amount: cents(balance + amount) }] });
}

function refill(code: string | undefined, amount: number, { store }: Actor): void {
  const found = allOf(store, giftCertificateSource).find((row) => row.code === code);
  if (!found) return;
  const balance = cents(amountOf(found.balance) + amount);
  // Kept as it was found: as a number or as a text.
  store
    .rows(giftCertificateSource)
    .replace({ ...found, balance: typeof found.balance === 'string' ? balance.toFixed(4) : balance });
}
