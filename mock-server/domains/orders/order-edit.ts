/** What is sent to change an order: fields, lines, addresses, pickups and fees, each by its own rule of what stays. */
import {
  orderShippingAddressDefaults,
  takenOff,
  toCents,
  type OrderProductRow,
  type OrderRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Actor } from '../../resources/define.js';
import { billingAddressOf, shippingAddressOf } from './order-addresses.js';
import { COSTS, totalsOf } from './order-amounts.js';
import { replaceFees } from './order-fees.js';
import { fieldsOf } from './order-input.js';
import { changedLine, newLine } from './order-lines.js';
import { orderProducts, orderShippingAddresses, pickupConsignments } from './order-rows.js';
import { moveStock, requireStock, stockSettings } from './order-stock.js';
import { changeOrder, ratesOfOrder, requireOrder, settle, shareShippingCost } from './place-order.js';
import { orders } from './orders.v2.js';
import { invalid, readOnly } from './refusals.js';
import { defined } from './without.js';

type Schemas = components['schemas'];
type OrderUpdate = Schemas['OrderUpdate'];

/** Fields that have the totals worked out anew. */
const RECKONED: readonly (keyof OrderUpdate)[] = [
  'products',
  'consignments',
  'fees',
  'discount_amount',
  'billing_address',
  'shipping_addresses',
  ...COSTS.flatMap((name) => [`base_${name}`, `${name}_ex_tax`, `${name}_inc_tax`] as const),
];

/** The order with what was sent of it. @throws BigCommerceError, and nothing is changed then */
export function editOrder(order: OrderRow, input: OrderUpdate, actor: Actor): OrderRow {
  const { store } = actor;
  const { id } = order;
  if (input.external_merchant_id !== undefined) throw readOnly('external_merchant_id');
  const billing = input.billing_address && {
    billing_address: billingAddressOf(input.billing_address, store, order.billing_address),
  };
  const { status_id = order.status_id, ...fields } = fieldsOf(input, actor);
  let next = changeOrder(order, { ...fields, ...billing }, actor);
  for (const [place, address] of (input.shipping_addresses ?? []).entries()) changeAddress(id, address, place, actor);
  if (input.products) changeLines(order, input.products, {}, actor);
  for (const pickup of input.consignments?.pickups ?? []) changePickup(next, pickup, actor);
  if (input.fees) replaceFees(id, input.fees, actor);
  // What was sent counts more than what the lines lost.
  if (fields.discount_amount !== undefined) changeOrder(requireOrder(id, actor), fields, actor);
  if (RECKONED.some((name) => input[name] !== undefined)) {
    shareShippingCost(id, actor);
    next = settle(id, actor);
  }
  return changeOrder(requireOrder(next.id, actor), { ...otherTotals(input, next), status_id }, actor);
}

/** Totals that were sent and are not what the parts come to anyway. */
function otherTotals(input: OrderUpdate, order: OrderRow): Partial<OrderRow> {
  const sent = totalsOf(input);
  const isSame = (name: 'subtotal' | 'total'): boolean =>
    sent[`${name}_ex_tax`] === order[`${name}_ex_tax`] && sent[`${name}_inc_tax`] === order[`${name}_inc_tax`];
  const names = (['subtotal', 'total'] as const).filter(isSame).map((name) => `${name}_`);
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !names.some((same) => name.startsWith(same))));
}

/** By its id, or else by its place. One beyond those that there are is new, and nothing goes there yet (assumed). */
function changeAddress(
  order_id: number,
  input: Schemas['OrderShippingAddressInput'] & { readonly id?: number },
  place: number,
  { store }: Actor,
): void {
  const rows = store.rows(orderShippingAddresses);
  const { id, ...fields } = input;
  if (id === undefined && place >= rows.keysOf(order_id).length) {
    const keys = { id: rows.nextId(), order_id, store_hash: store.hash };
    rows.insert({ ...orderShippingAddressDefaults, ...shippingAddressOf(fields, undefined, store), ...keys }, order_id);
    return;
  }
  const row = id === undefined ? rows.rowsOf(order_id)[place] : rows.get(id);
  if (row?.order_id !== order_id) throw invalid('id');
  rows.replace({ ...row, ...shippingAddressOf(fields, row, store) });
}

/** Changes lines by their ids, removes those without a quantity and adds those without an id. */
function changeLines(
  order: OrderRow,
  inputs: readonly Schemas['OrderProductUpdate'][],
  place: { readonly order_pickup_method_id?: number },
  actor: Actor,
): void {
  const { store } = actor;
  const rows = store.rows(orderProducts);
  const before = rows.rowsOf(order.id);
  const ratesOf = ratesOfOrder(order.id, actor);
  const touched: OrderProductRow[] = [];
  for (const input of inputs) {
    if (input.id === undefined) {
      const order_pickup_method_id = place.order_pickup_method_id ?? 0;
      const order_address_id =
        order_pickup_method_id > 0 ? 0 : (store.rows(orderShippingAddresses).rowsOf(order.id)[0]?.id ?? 0);
      const keys = { id: rows.nextId(), order_id: order.id, order_address_id, order_pickup_method_id };
      const line = newLine(input, { ...keys, ratesOf }, actor);
      rows.insert(line, order.id);
      touched.push(line);
      continue;
    }
    const current = rows.get(input.id);
    if (current?.order_id !== order.id) throw invalid('id');
    if (input.quantity === 0) {
      rows.delete(current.id);
      continue;
    }
    const line = changedLine(current, input, ratesOf, actor);
    rows.replace(line);
    touched.push(line);
  }
  if (rows.keysOf(order.id).length === 0) throw invalid('products');
  dropDiscounts(order.id, before, actor);
  requireStock(touched, order.has_taken_stock ? before : [], actor);
  if (!order.has_taken_stock || !stockSettings(actor).edit_order_stock_adjustment) return;
  moveStock(before, -1, true, actor);
  moveStock(rows.rowsOf(order.id), 1, true, actor);
}

/** Documented: lines that are changed or removed lose what coupons and promotions took off them, and so does the order. */
function dropDiscounts(order_id: number, before: readonly OrderProductRow[], actor: Actor): void {
  const lines = actor.store.rows(orderProducts);
  const order = requireOrder(order_id, actor);
  let { discount_amount, coupon_discount } = order;
  for (const line of before) {
    if (lines.get(line.id) === line) continue;
    const { coupons, promotions } = takenOff(line);
    discount_amount -= promotions;
    coupon_discount -= coupons;
  }
  const left = {
    discount_amount: toCents(Math.max(0, discount_amount)),
    coupon_discount: toCents(Math.max(0, coupon_discount)),
  };
  actor.store.rows(orders).replace({ ...order, ...left });
}

function changePickup(order: OrderRow, input: Schemas['OrderPickupUpdate'], actor: Actor): void {
  const rows = actor.store.rows(pickupConsignments);
  const row = rows.get(input.id);
  if (row?.order_id !== order.id) throw invalid('id');
  const { id, location, line_items, ...fields } = input;
  rows.replace({ ...row, ...defined(fields), location: { ...row.location, ...defined(location ?? {}) } });
  if (line_items) changeLines(order, line_items, { order_pickup_method_id: id }, actor);
}
