/** What a refund comes to, item by item, and whether so much of the order is left to be paid back. */
import { keptShare, type OrderProductRow, type OrderRow, type RefundItemRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import { cents } from '../carts/elsewhere.js';
import { orderFees, orderProducts, orderShippingAddresses } from './order-rows.js';
import { refunds } from './refunds.v3.js';

type Schemas = components['schemas'];
type RefundItem = Schemas['RefundByQuantity'] | Schemas['RefundByAmount'];
export type RefundBody = Partial<Schemas['NewRefundOfItems']> & Partial<Schemas['NewRefundOfTax']>;

/** An item with what it comes to. */
export interface Priced {
  readonly row: RefundItemRow;
  readonly amount: number;
  readonly tax: number;
}

export interface Calculation {
  readonly items: readonly Priced[];
  readonly total: number;
  readonly tax: number;
  readonly orderLevel: number;
  readonly adjustment: number;
}

/** @throws UnprocessableError for items that the order does not have, or not so much of any more */
export function calculate(order: OrderRow, body: RefundBody, actor: Actor): Calculation {
  if (body.items === undefined) {
    const total = body.tax_adjustment_amount ?? 0;
    if (total <= 0 || total > cents(order.total_tax)) throw exceeds();
    return { items: [], total: cents(total), tax: cents(total), orderLevel: 0, adjustment: 0 };
  }
  if (body.tax_adjustment_amount !== undefined) {
    throw new UnprocessableError('Either items or tax_adjustment_amount can be refunded, not both.', {
      tax_adjustment_amount: 'not allowed beside items',
    });
  }
  if (body.items.length === 0) throw unknownItem('items', 'must have at least one item');
  const items = body.items.map((item) => pricedItem(order, item, actor));
  requireLeft(order, items, actor);
  const adjustment = body.items.reduce(
    (sum, item) =>
      sum + (('adjustments' in item && item.adjustments) || []).reduce((all, { amount = 0 }) => all + amount, 0),
    0,
  );
  return {
    items,
    total: cents(items.reduce((sum, { amount }) => sum + amount, 0)),
    tax: cents(items.reduce((sum, { tax }) => sum + tax, 0)),
    orderLevel: cents(
      items.filter(({ row }) => row.item_type === 'ORDER').reduce((sum, { amount }) => sum + amount, 0),
    ),
    adjustment,
  };
}

export function exceeds(): UnprocessableError {
  return new UnprocessableError('Refund amount exceeds remaining amount');
}

/** The sentences are assumed. */
function unknownItem(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError('The refund cannot be made.', { [field]: sentence });
}

function pricedItem(order: OrderRow, item: RefundItem, actor: Actor): Priced {
  const { item_type, item_id, reason = '' } = item;
  if ('quantity' in item) {
    const line = actor.store.rows(orderProducts).get(item_id);
    if (line?.order_id !== order.id) throw unknownItem('item_id', `The order has no line ${String(item_id)}.`);
    const { quantity, adjustments = [] } = item;
    if (quantity < 1 || quantity > line.quantity) throw exceeds();
    const off = adjustments.reduce((sum, { amount = 0 }) => sum + amount, 0);
    const gross = grossOf(order, line, item.item_type) * quantity + off;
    if (gross < 0) throw unknownItem('adjustments', 'Adjustments exceed the price.');
    const share = taxShareOf(line, item.item_type);
    const row: RefundItemRow = { item_type, item_id, quantity, requested_amount: null, reason };
    if (adjustments.length > 0) row.adjustments = adjustments;
    return { row, amount: cents(gross), tax: cents(gross * share) };
  }
  const { amount } = item;
  if (!(amount > 0)) throw unknownItem('amount', 'The amount must be above zero.');
  const [most, share] = mostOf(order, item, actor);
  if (amount > cents(most)) throw exceeds();
  return {
    row: { item_type, item_id, quantity: 1, requested_amount: amount, reason },
    amount: cents(amount),
    tax: cents(amount * share),
  };
}

function grossOf(order: OrderRow, line: OrderProductRow, type: Schemas['RefundByQuantity']['item_type']): number {
  if (type === 'PRODUCT') return line.price_inc_tax * keptShare(order);
  return line.quantity > 0 ? line.wrapping_cost_inc_tax / line.quantity : 0;
}

/** The part of a gross amount that is tax. */
function taxShareOf(line: OrderProductRow, type: Schemas['RefundByQuantity']['item_type']): number {
  if (type === 'PRODUCT') return shareOf(line.price_tax, line.price_inc_tax);
  return shareOf(line.wrapping_cost_tax, line.wrapping_cost_inc_tax);
}

function shareOf(tax: number, gross: number): number {
  return gross > 0 ? tax / gross : 0;
}

/** The most that can be paid back of what is refunded by amount, and which part of it is tax. */
function mostOf(
  order: OrderRow,
  { item_type, item_id }: Pick<RefundItemRow, 'item_type' | 'item_id'>,
  actor: Actor,
): [number, number] {
  const { store } = actor;
  switch (item_type) {
    case 'SHIPPING':
    case 'HANDLING': {
      const address = store.rows(orderShippingAddresses).get(item_id);
      if (address?.order_id !== order.id) throw unknownItem('item_id', `The order has no address ${String(item_id)}.`);
      return item_type === 'SHIPPING'
        ? [address.cost_inc_tax, shareOf(address.cost_tax, address.cost_inc_tax)]
        : [address.handling_cost_inc_tax, shareOf(address.handling_cost_tax, address.handling_cost_inc_tax)];
    }
    case 'FEE': {
      const fee = store.rows(orderFees).get(item_id);
      if (fee?.order_id !== order.id) throw unknownItem('item_id', `The order has no fee ${String(item_id)}.`);
      return [fee.cost_inc_tax, shareOf(fee.cost_tax, fee.cost_inc_tax)];
    }
    default:
      if (item_id !== order.id) throw unknownItem('item_id', 'The item must be the order itself.');
      return item_type === 'TAX' ? [order.total_tax, 1] : [order.total_inc_tax, 0];
  }
}

/** Counts what earlier refunds paid back. @throws UnprocessableError */
function requireLeft(order: OrderRow, items: readonly Priced[], actor: Actor): void {
  const earlier = actor.store.rows(refunds).rowsOf(order.id);
  const asked = new Map<string, number>();
  for (const { row, amount } of items) {
    const name = `${row.item_type}:${String(row.item_id)}`;
    const isCounted = row.requested_amount === null;
    const had = earlier
      .flatMap((refund) => refund.items.map((item, place) => ({ item, amount: refund.amounts[place] ?? 0 })))
      .filter(({ item }) => item.item_type === row.item_type && item.item_id === row.item_id)
      .reduce((sum, past) => sum + (isCounted ? past.item.quantity : past.amount), 0);
    const now = (asked.get(name) ?? 0) + (isCounted ? row.quantity : amount);
    asked.set(name, now);
    const most = isCounted
      ? (actor.store.rows(orderProducts).get(row.item_id)?.quantity ?? 0)
      : cents(mostOf(order, row, actor)[0]);
    if (cents(had + now) > most) throw exceeds();
  }
  const total = items.reduce((sum, { amount }) => sum + amount, 0);
  if (cents(total) > leftOf(order, actor)) throw exceeds();
}

/** What has not been paid back yet. */
export function leftOf(order: OrderRow, { store }: Actor): number {
  const past = store.rows(refunds).rowsOf(order.id);
  return cents(cents(order.total_inc_tax) - past.reduce((sum, { total_amount }) => sum + total_amount, 0));
}
