/**
 * Placing an order and keeping it coherent: rows of all its parts, totals and taxes, stock, and what a change of status
 * brings with it. V2 and checkouts place orders through here.
 */
import {
  FIRST_ORDER_ID,
  orderDefaults,
  orderShippingAddressDefaults,
  settleOrder,
  toCents,
  type OrderAddressRow,
  type OrderCouponRow,
  type OrderFeeRow,
  type OrderPickupConsignmentRow,
  type OrderRow,
  type OrderShippingAddressRow,
  type RatesByClass,
} from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import { catalogDate } from '../../state/clock.js';
import { hasPricesWithTax } from '../tax/class-tax.js';
import { countCouponUses } from './coupon-uses.js';
import { addFee } from './order-fees.js';
import { newLine, type LineInput } from './order-lines.js';
import {
  orderCoupons,
  orderFees,
  orderProducts,
  orderShippingAddresses,
  orderTaxes,
  pickupConsignments,
} from './order-rows.js';
import { moveStock, requireStock, stockSettings } from './order-stock.js';
import { ratesAt } from './order-tax.js';
import { orders } from './orders.v2.js';

/** Lines that go one way, by parcel or to be collected. */
export interface Consignment {
  readonly lines: readonly LineInput[];
  /** A shipping address, with its cost if it has one of its own. */
  readonly address?: Partial<OrderShippingAddressRow> & OrderAddressRow;
  readonly pickup?: Omit<OrderPickupConsignmentRow, 'id' | 'order_id'>;
}

/** All that makes an order. */
export interface OrderPlan {
  readonly fields: Partial<OrderRow> & Pick<OrderRow, 'billing_address'>;
  readonly consignments: readonly Consignment[];
  readonly fees?: readonly Partial<OrderFeeRow>[];
  readonly coupons?: readonly Omit<OrderCouponRow, 'id' | 'order_id'>[];
  /** Totals that prevail over what the parts come to. */
  readonly totals?: Partial<OrderRow>;
}

/** @throws BigCommerceError when a line cannot be sold */
export function placeOrder(plan: OrderPlan, actor: Actor): OrderRow {
  const { store, at } = actor;
  const rows = store.rows(orders);
  const id = Math.max(rows.nextId(), FIRST_ORDER_ID);
  const now = catalogDate(at);
  const { fields } = plan;
  rows.insert({
    ...orderDefaults,
    date_created: now,
    is_tax_inclusive_pricing: hasPricesWithTax(store),
    ...fields,
    id,
    date_modified: now,
    store_hash: store.hash,
    has_taken_stock: false,
  });
  for (const consignment of plan.consignments) addConsignment(id, consignment, actor);
  dropUnusedAddresses(id, actor);
  for (const fee of plan.fees ?? []) addFee(id, fee, actor);
  for (const coupon of plan.coupons ?? []) {
    const coupons = store.rows(orderCoupons);
    coupons.insert({ ...coupon, id: coupons.nextId(), order_id: id }, id);
  }
  requireStock(store.rows(orderProducts).rowsOf(id), [], actor);
  shareShippingCost(id, actor);
  settle(id, actor);
  const order = { ...requireOrder(id, actor), ...plan.totals };
  rows.replace(order);
  followStatus(order, undefined, actor);
  return requireOrder(id, actor);
}

function addConsignment(order_id: number, { lines, address, pickup }: Consignment, actor: Actor): void {
  const { store } = actor;
  let order_address_id = 0;
  let order_pickup_method_id = 0;
  if (pickup) {
    const pickups = store.rows(pickupConsignments);
    order_pickup_method_id = pickups.nextId();
    pickups.insert({ ...pickup, id: order_pickup_method_id, order_id }, order_id);
  } else if (address) {
    const addresses = store.rows(orderShippingAddresses);
    order_address_id = addresses.nextId();
    const keys = { id: order_address_id, order_id, store_hash: store.hash };
    addresses.insert({ ...orderShippingAddressDefaults, ...address, ...keys }, order_id);
  }
  const place = { order_id, order_address_id, order_pickup_method_id, ratesOf: ratesOfOrder(order_id, actor) };
  const rows = store.rows(orderProducts);
  for (const line of lines) rows.insert(newLine(line, { ...place, id: rows.nextId() }, actor), order_id);
}

/** An order of downloads alone is sent nowhere. */
function dropUnusedAddresses(order_id: number, { store }: Actor): void {
  const isSent = store
    .rows(orderProducts)
    .rowsOf(order_id)
    .some(({ order_address_id }) => order_address_id > 0);
  const addresses = store.rows(orderShippingAddresses);
  if (!isSent) for (const key of [...addresses.keysOf(order_id)]) addresses.delete(key);
}

/** Rates where an order goes. */
export function ratesOfOrder(order_id: number, actor: Actor): RatesByClass {
  const [address] = actor.store.rows(orderShippingAddresses).rowsOf(order_id);
  const { billing_address, customer_id } = requireOrder(order_id, actor);
  return ratesAt(address ?? billing_address, customer_id, actor.store);
}

/** The first address bears what the order's shipping and handling cost, unless addresses have costs of their own. */
export function shareShippingCost(order_id: number, actor: Actor): void {
  const rows = actor.store.rows(orderShippingAddresses);
  const [first] = rows.rowsOf(order_id);
  if (!first) return;
  const order = requireOrder(order_id, actor);
  const { shipping_cost_ex_tax, shipping_cost_inc_tax, handling_cost_ex_tax, handling_cost_inc_tax } = order;
  rows.replace({
    ...first,
    base_cost: order.base_shipping_cost,
    cost_ex_tax: shipping_cost_ex_tax,
    cost_inc_tax: shipping_cost_inc_tax,
    cost_tax: toCents(shipping_cost_inc_tax - shipping_cost_ex_tax),
    base_handling_cost: order.base_handling_cost,
    handling_cost_ex_tax,
    handling_cost_inc_tax,
    handling_cost_tax: toCents(handling_cost_inc_tax - handling_cost_ex_tax),
  });
}

/** Recomputes totals, taxes and counters of an order and stores them. */
export function settle(order_id: number, actor: Actor): OrderRow {
  const { store } = actor;
  const lines = store.rows(orderProducts);
  const addresses = store.rows(orderShippingAddresses);
  const taxes = store.rows(orderTaxes);
  const settled = settleOrder({
    order: requireOrder(order_id, actor),
    lines: lines.rowsOf(order_id),
    addresses: addresses.rowsOf(order_id),
    fees: store.rows(orderFees).rowsOf(order_id),
    ratesOf: ratesOfOrder(order_id, actor),
  });
  for (const line of settled.lines) lines.replace(line);
  for (const address of addresses.rowsOf(order_id)) {
    const own = settled.lines.filter(({ order_address_id }) => order_address_id === address.id);
    addresses.replace({
      ...address,
      items_total: own.reduce((total, { quantity }) => total + quantity, 0),
      items_shipped: own.reduce((total, { quantity_shipped }) => total + quantity_shipped, 0),
    });
  }
  for (const key of [...taxes.keysOf(order_id)]) taxes.delete(key);
  for (const tax of settled.taxes) taxes.insert({ ...tax, id: taxes.nextId() }, order_id);
  store.rows(orders).replace(settled.order);
  return settled.order;
}

/** Stores fields of an order, with all that follows from another status. */
export function changeOrder(
  order: OrderRow,
  fields: Partial<OrderRow>,
  actor: Actor,
  { keepsStock = false }: { readonly keepsStock?: boolean } = {},
): OrderRow {
  const next = { ...order, ...fields, date_modified: catalogDate(actor.at) };
  actor.store.rows(orders).replace(next);
  if (next.status_id !== order.status_id && !keepsStock) followStatus(next, order.status_id, actor);
  return requireOrder(order.id, actor);
}

const SHIPPED: ReadonlySet<number> = new Set([2, 3, 10]);
const GIVEN_UP: ReadonlySet<number> = new Set([4, 5]);

/** Stock, uses of coupons and dates follow a status that an order has come to. */
function followStatus(order: OrderRow, previous: number | undefined, actor: Actor): void {
  const { store, at } = actor;
  const { status_id } = order;
  const settings = stockSettings(actor);
  let next = order;
  const isDue =
    settings.update_stock_behavior === 'order_completed_or_shipped' ? SHIPPED.has(status_id) : status_id !== 0;
  if (isDue && !order.has_taken_stock && !(previous === undefined && GIVEN_UP.has(status_id))) {
    // A migrated order was sold elsewhere (documented).
    moveStock(store.rows(orderProducts).rowsOf(order.id), 1, order.external_source !== 'M-MIG', actor);
    next = { ...next, has_taken_stock: true };
  } else if (GIVEN_UP.has(status_id) && order.has_taken_stock && settings.refund_order_stock_adjustment) {
    moveStock(store.rows(orderProducts).rowsOf(order.id), -1, false, actor);
    next = { ...next, has_taken_stock: false };
  }
  if (status_id !== 0 && !order.has_used_coupons) {
    countCouponUses(order, actor);
    next = { ...next, has_used_coupons: true };
  }
  // Assumed, where the order is only said to be shipped.
  if (status_id === 2 && order.date_shipped === '') next = { ...next, date_shipped: catalogDate(at) };
  if (next !== order) store.rows(orders).replace(next);
}

/** An order that is known to exist. */
export function requireOrder(id: number, { store }: Pick<Actor, 'store'>): OrderRow {
  const order = store.rows(orders).get(id);
  if (!order) throw new Error(`there is no order ${String(id)}`);
  return order;
}
