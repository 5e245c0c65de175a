/** Events of orders and of what hangs on them, those of the order itself with a twin on its channel. */
import type { OrderRow, RefundRow, ShipmentRow, TransactionRow } from '../../fixtures/index.js';
import { orders } from '../domains/orders/orders.v2.js';
import type { Store } from '../state/store.js';
import { eachOf, fateOf, ofChannel, rowOf, type EventContext, type EventRule, type StoreEvent } from './event-rules.js';
import { differBeyond, type RowChange, type RowChanges } from './row-changes.js';

/** Collections whose rows are part of an order: a change of one changes the order. */
const PARTS = [
  'order-products',
  'order-shipping-addresses',
  'order-coupons',
  'order-fees',
  'order-pickup-consignments',
] as const;

function ordersWithChangedParts(changes: RowChanges): ReadonlySet<number> {
  const ids = new Set<number>();
  for (const collection of PARTS) {
    for (const change of changes.of(collection)) {
      const { order_id } = rowOf(change) as { order_id?: number };
      if (fateOf(change)) ids.add(Number(change.parent ?? order_id ?? 0));
    }
  }
  return ids;
}

function* ofOrder({ id, channel_id }: OrderRow, event: string, more: object = {}): Iterable<StoreEvent> {
  yield { scope: `store/order/${event}`, data: { type: 'order', id, ...more } };
  yield ofChannel(channel_id, `order/${event}`, { order_id: id });
}

function isUpdate(before: OrderRow, after: OrderRow): boolean {
  return differBeyond(before, after, ['has_taken_stock', 'store_hash']);
}

function* orderChange({ before, after }: RowChange<OrderRow>, hasChangedParts: boolean): Iterable<StoreEvent> {
  if (!after) return;
  if (!before) {
    yield* ofOrder(after, 'created');
    return;
  }
  if (after.is_deleted && !before.is_deleted) {
    yield* ofOrder(after, 'archived');
    return;
  }
  if (!hasChangedParts && !isUpdate(before, after)) return;
  yield* ofOrder(after, 'updated');
  if (before.status_id === after.status_id) return;
  const status = { previous_status_id: before.status_id, new_status_id: after.status_id };
  yield* ofOrder(after, 'statusUpdated', { status });
}

/** Orders that changed, and those of which only parts did. */
export function* orderEvents({ store, changes }: EventContext): Iterable<StoreEvent> {
  const parts = ordersWithChangedParts(changes);
  const own = changes.of('orders') as readonly RowChange<OrderRow>[];
  for (const change of own) yield* orderChange(change, parts.has(Number(change.key)));
  const told = new Set(own.map(({ key }) => Number(key)));
  for (const order of store.rows(orders).pick([...parts].filter((id) => !told.has(id))))
    yield* ofOrder(order, 'updated');
}

function orderOf(id: number, store: Store): OrderRow | undefined {
  return store.rows(orders).get(id);
}

/** Before the events of the order itself. */
export const eventsBeforeOrders: readonly EventRule[] = [
  eachOf('shipments', function* (change: RowChange<ShipmentRow>) {
    const { id, order_id: orderId } = rowOf(change);
    const fate = fateOf(change);
    if (fate) yield { scope: `store/shipment/${fate}`, data: { type: 'shipment', id, orderId } };
  }),
  eachOf('order-messages', function* (change, { store }) {
    const { id: order_message_id, order_id } = rowOf(change);
    const order = orderOf(order_id, store);
    if (order && fateOf(change) === 'created')
      yield* ofOrder(order, 'message/created', { message: { order_message_id } });
  }),
  eachOf('refunds', function* (change: RowChange<RefundRow>, { store }) {
    const { id: refund_id, order_id } = rowOf(change);
    const order = orderOf(order_id, store);
    if (order && fateOf(change) === 'created') yield* ofOrder(order, 'refund/created', { refund: { refund_id } });
  }),
];

/** Ids are texts here, unlike anywhere else (documented). */
function transactionData(row: TransactionRow): object {
  const isDone = row.status === 'ok';
  return {
    type: 'transaction',
    order_id: String(row.order_id),
    transaction_id: String(row.id),
    transaction_status: isDone ? 'complete' : 'error',
    transaction_type: row.event,
    result: {
      code: isDone ? 'ok' : 'error',
      message: isDone ? 'Success' : 'Error',
      type: isDone ? 'success' : 'error',
    },
    platform_transaction_id: String(row.id),
    provider_transaction_id: row.gateway_transaction_id ?? '',
  };
}

/** After them. */
export const eventsAfterOrders: readonly EventRule[] = [
  eachOf('transactions', function* (change: RowChange<TransactionRow>) {
    const fate = fateOf(change);
    if (fate === 'created' || fate === 'updated')
      yield { scope: `store/order/transaction/${fate}`, data: transactionData(rowOf(change)) };
  }),
];
