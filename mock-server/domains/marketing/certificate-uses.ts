/**
 * Gift certificates and orders. A checkout may promise an order certificates and store credit, and an order may sell
 * certificates: both come true once the order is more than incomplete (assumed). Until then nothing is taken or given.
 */
import { giftCertificateDefaults, type CartCertificateRow, type OrderRow } from '../../../fixtures/index.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { amountOf, cents, customerSource } from '../carts/elsewhere.js';
import { recordTransaction } from '../orders/transactions.v3.js';
import { freeCode, giftCertificates } from './gift-certificates.v2.js';

export interface OrderCredit {
  readonly certificates: readonly { readonly code: string; readonly amount: number }[];
  readonly store_credit: number;
  /** Certificates that the order sells. */
  readonly bought: readonly CartCertificateRow[];
}

/** Rows keyed by `order_id`, until they come true. No API shows them. */
const orderCredits = defineResource<OrderCredit & { readonly order_id: number }>(
  'order-credits',
  {
    key: ({ order_id }) => order_id,
    create: ({ input }) => ({ order_id: 0, certificates: [], store_credit: 0, bought: [], ...input }),
  },
  { below: 'orders', keyField: 'order_id' },
);

export function noteCredit(order_id: number, credit: OrderCredit, { store }: Pick<Actor, 'store'>): void {
  if (credit.certificates.length + credit.bought.length === 0 && credit.store_credit === 0) return;
  store.rows(orderCredits).insert({ order_id, ...credit }, order_id);
}

/** What is promised towards an order and not paid yet. */
export function promisedTo(order_id: number, store: Store): number {
  const { certificates = [], store_credit = 0 } = store.rows(orderCredits).get(order_id) ?? {};
  return cents(certificates.reduce((sum, { amount }) => sum + amount, store_credit));
}

/** Takes what was promised, and gives what was sold. */
export function settleCredit(order: OrderRow, actor: Actor): void {
  const rows = actor.store.rows(orderCredits);
  const credit = rows.get(order.id);
  if (!credit) return;
  rows.delete(order.id);
  for (const { code, amount } of credit.certificates) redeem(code, amount, order, actor);
  if (credit.store_credit > 0) takeStoreCredit(credit.store_credit, order, actor);
  for (const sold of credit.bought) issue(sold, order, actor);
}

function redeem(code: string, promised: number, order: OrderRow, actor: Actor): void {
  const rows = actor.store.rows(giftCertificates);
  const key = rows.keyByUnique('code', code.toLowerCase());
  const found = key === undefined ? undefined : rows.get(key);
  if (!found) return;
  const amount = Math.min(promised, found.balance);
  const left = cents(found.balance - amount);
  rows.replace({ ...found, balance: left });
  const gift_certificate = {
    code: found.code,
    original_balance: found.amount,
    starting_balance: found.balance,
    remaining_balance: left,
    status: found.status,
  };
  const payment_method_id = 'bigcommerce.gift_certificate';
  const fields = {
    method: 'gift_certificate',
    gateway: 'giftcertificate',
    payment_method_id,
    gift_certificate,
  } as const;
  if (amount > 0) recordTransaction(order, { event: 'purchase', amount, ...fields }, actor);
}

function takeStoreCredit(promised: number, order: OrderRow, actor: Actor): void {
  const rows = actor.store.rows(customerSource);
  const customer = rows.get(order.customer_id);
  if (!customer) return;
  const balance = amountOf(customer.store_credit_amounts?.[0]?.amount);
  const amount = Math.min(promised, balance);
  const left = cents(balance - amount);
  rows.replace({ ...customer, store_credit_amounts: [{ amount: left }] });
  const store_credit = { remaining_balance: left };
  const payment_method_id = 'bigcommerce.store_credit';
  const fields = { method: 'store_credit', gateway: 'storecredit', payment_method_id, store_credit } as const;
  if (amount > 0) recordTransaction(order, { event: 'purchase', amount, ...fields }, actor);
}

/** One certificate for each piece, of the order and its customer. */
function issue(sold: CartCertificateRow, order: OrderRow, { store, at }: Actor): void {
  const rows = store.rows(giftCertificates);
  for (let piece = 0; piece < sold.quantity; piece += 1) {
    rows.insert({
      ...giftCertificateDefaults,
      id: rows.nextId(),
      code: freeCode(store),
      customer_id: order.customer_id,
      order_id: order.id,
      amount: sold.amount,
      balance: sold.amount,
      to_name: sold.recipient.name ?? '',
      to_email: sold.recipient.email ?? '',
      from_name: sold.sender.name ?? '',
      from_email: sold.sender.email ?? '',
      template: templateOf(sold.theme),
      message: sold.message,
      currency_code: order.currency_code,
      purchase_date: catalogDate(at),
    });
  }
}

const TEMPLATES = ['birthday', 'boy', 'girl', 'celebration', 'christmas', 'general'] as const;

function templateOf(theme: string): `${(typeof TEMPLATES)[number]}.html` {
  return `${TEMPLATES.find((name) => name === theme.toLowerCase()) ?? 'general'}.html`;
}

export const certificateUsesDomain: Domain = { resources: [orderCredits] };
