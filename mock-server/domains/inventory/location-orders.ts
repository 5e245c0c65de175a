/** Which orders still need a location: those whose goods are to be collected there. */
import type { OrderRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { pickups } from '../orders/order-pickups.v3.js';
import { pickupConsignments } from '../orders/order-rows.js';
import { orders } from '../orders/orders.v2.js';
import { pickupMethods } from '../pickup/pickup-methods.v3.js';

/** Shipped, refunded, cancelled, declined, completed: nothing is left to do. Incomplete orders are none yet (assumed). */
const SETTLED: ReadonlySet<number> = new Set([0, 2, 4, 5, 6, 10]);

/** The number of orders that are not settled yet and wait at a location. */
export function countOpenOrdersAt(location_id: number, store: Store): number {
  const waiting = new Set<number>();
  for (const { order_id, location } of store.rows(pickupConsignments).values()) {
    if (location.id === location_id) waiting.add(order_id);
  }
  const methods = new Set(store.rows(pickupMethods).keysWhere('location_id', location_id));
  for (const { order_id, pickup_method_id } of store.rows(pickups).values()) {
    if (methods.has(pickup_method_id)) waiting.add(order_id);
  }
  const rows = store.rows(orders);
  return [...waiting].filter((id) => isOpen(rows.get(id))).length;
}

function isOpen(order: OrderRow | undefined): boolean {
  return order !== undefined && !order.is_deleted && !SETTLED.has(order.status_id);
}
