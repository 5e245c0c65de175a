/**
 * Pickups: which goods of an order wait where, and which were collected. They leave the order's status alone.
 * Described in openapi/documents/pickup/order-pickups.v3.yaml.
 */
import type { OrderPickupRow } from '../../../fixtures/index.js';
import { UnprocessableError } from '../../errors.js';
import { requireFilter, findRows } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { pickupMethodSource } from '../carts/elsewhere.js';
import { orderProducts } from './order-rows.js';
import { orders } from './orders.v2.js';
import { listOf } from '../../query/query-values.js';

/** Rows keyed by `id`, which filters also call `pickup_id`. */
export const pickups = defineResource<OrderPickupRow>(
  'pickups',
  {
    create: () => {
      throw new Error('pickups are made by their handler');
    },
    filters: {
      'pickup_id:in': (text) => {
        const wanted = new Set(listOf(text).map(Number));
        return ({ id }) => wanted.has(id);
      },
    },
  },
  { below: 'orders', parentField: 'order_id' },
);

const getPickups: Handler<'get-pickup'> = (context) =>
  listAnswer(context, pickups, findRows(context, pickups, []), '{}');

const createPickups: Handler<'post-pickup'> = (context) => {
  const { store, body } = context;
  const rows = store.rows(pickups);
  const created = body.map((input, position) => {
    const { order_id, pickup_method_id, ready_at, collected_at, pickup_items } = input;
    if (!store.rows(orders).has(order_id)) throw refused(position, 'order_id', 'The order does not exist.');
    if (!store.rows(pickupMethodSource).has(pickup_method_id)) {
      throw refused(position, 'pickup_method_id', 'The pickup method does not exist.');
    }
    const id = rows.nextId();
    const now = catalogDate(context.at);
    const collected = collected_at === undefined ? null : dateOf(position, 'collected_at', collected_at);
    const row: OrderPickupRow = {
      id,
      pickup_method_id,
      order_id,
      ready_at: dateOf(position, 'ready_at', ready_at),
      created_at: now,
      updated_at: now,
      pickup_items: pickup_items.map(({ order_product_id, quantity }) => ({
        id: store.nextNumber('pickup-items', () => highestItem(context)),
        order_product_id: requireLine(position, order_product_id, order_id, quantity, context),
        quantity,
        status: collected === null ? 'AWAITING_COLLECTION' : 'COLLECTED',
        collected_at: collected,
      })),
    };
    rows.insert(row, order_id);
    return row;
  });
  return listAnswer(context, pickups, created, '{}');
};

const updatePickups: Handler<'put-pickup'> = (context) => {
  const rows = context.store.rows(pickups);
  const changed = context.body.map(({ pickup_id, ready_at, collected_at }, position) => {
    const row = rows.get(pickup_id);
    if (!row) throw refused(position, 'pickup_id', 'The pickup does not exist.');
    const collected = collected_at === undefined ? undefined : dateOf(position, 'collected_at', collected_at);
    const next: OrderPickupRow = {
      ...row,
      ready_at: ready_at === undefined ? row.ready_at : dateOf(position, 'ready_at', ready_at),
      updated_at: catalogDate(context.at),
      pickup_items:
        collected === undefined
          ? row.pickup_items
          : row.pickup_items.map((item) => ({ ...item, status: 'COLLECTED', collected_at: collected })),
    };
    rows.replace(next);
    return next;
  });
  return listAnswer(context, pickups, changed, '{}');
};

const deletePickups: Handler<'delete-pickup'> = (context) => {
  requireFilter(context);
  for (const { id } of findRows(context, pickups, [])) deleteRow(pickups, id, context);
  return emptyAnswer();
};

/** The wording is assumed. */
function refused(position: number, field: string, sentence: string): UnprocessableError {
  return new UnprocessableError('JSON data is missing or invalid', { [`${String(position)}.${field}`]: sentence });
}

/** ISO 8601, or seconds since the Unix epoch as text. @throws UnprocessableError for anything else */
function dateOf(position: number, field: string, text: string): string {
  const at = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (!Number.isFinite(at)) throw refused(position, field, 'must be a date');
  return catalogDate(at);
}

function requireLine(position: number, id: number, order_id: number, quantity: number, { store }: Actor): number {
  const line = store.rows(orderProducts).get(id);
  if (line?.order_id !== order_id) throw refused(position, 'order_product_id', 'The order has no such line.');
  if (quantity > line.quantity) throw refused(position, 'quantity', 'The order has fewer of them.');
  return id;
}

function highestItem({ store }: Actor): number {
  let highest = 0;
  for (const { pickup_items } of store.rows(pickups).values()) {
    for (const { id } of pickup_items) if (id > highest) highest = id;
  }
  return highest;
}

export const orderPickupsDomain: Domain = {
  resources: [pickups],
  handlers: {
    'get-pickup': getPickups,
    'post-pickup': createPickups,
    'put-pickup': updatePickups,
    'delete-pickup': deletePickups,
  },
};
