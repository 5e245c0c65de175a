/**
 * Shipments of an order: parcels with lines of one address. They move the order to Shipped or Partially Shipped.
 * Described in openapi/documents/orders/orders.v2.yaml.
 */
import {
  carrierName,
  plainAddress,
  shipmentDefaults,
  trackingLink,
  v2Date,
  v2Money,
  type OrderProductRow,
  type ShipmentRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { catalogDate } from '../../state/clock.js';
import { orderProducts, orderShippingAddresses } from './order-rows.js';
import { changeOrder, requireOrder } from './place-order.js';
import { invalid, missing, unknownRow } from './refusals.js';
import { without } from './without.js';

type Schemas = components['schemas'];
type ShipmentInput = Partial<Schemas['NewOrderShipment']>;

/** Rows keyed by `id`. */
export const shipments = defineResource<ShipmentRow, ShipmentInput>(
  'shipments',
  {
    notFound: unknownRow,
    create: completeShipment,
    merge: ({ current, input }) =>
      withTracking({
        ...current,
        ...fieldsOf(input),
        order_address_id: input.order_address_id ?? current.order_address_id,
      }),
    check: requireShippable,
    created: (change) => {
      ship(change.next, 1, change);
      moveOn(change.next.order_id, change);
    },
    // The order stays as shipped as it was (documented).
    deleted: (row, actor) => {
      ship(row, -1, actor);
    },
    wire: (row): Schemas['OrderShipment'] => ({
      ...row,
      date_created: v2Date(row.date_created),
      merchant_shipping_cost: v2Money(row.merchant_shipping_cost),
    }),
  },
  { below: 'orders', parentField: 'order_id' },
);

function completeShipment(draft: Draft<ShipmentInput>): ShipmentRow {
  const { input, id, parents, store, at } = draft;
  const order = requireOrder(Number(parents[0]), draft);
  const { order_address_id, items } = input;
  if (order_address_id === undefined) throw missing('order_address_id');
  if (items === undefined || items.length === 0) throw missing('items');
  const address = store.rows(orderShippingAddresses).get(order_address_id);
  if (address?.order_id !== order.id) throw invalid('order_address_id');
  const lines = store.rows(orderProducts);
  return withTracking({
    ...shipmentDefaults,
    ...fieldsOf(input),
    id,
    order_id: order.id,
    customer_id: order.customer_id,
    order_address_id,
    date_created: catalogDate(at),
    billing_address: plainAddress(order.billing_address),
    shipping_address: plainAddress(address),
    items: items.map(({ order_product_id, quantity }) => ({
      order_product_id,
      product_id: lines.get(order_product_id)?.product_id ?? 0,
      quantity,
    })),
  });
}

/** The fields of a shipment's own; carriers may be any (documented). @throws BadRequestError for an amount that is none */
function fieldsOf(input: ShipmentInput): Partial<ShipmentRow> {
  const { merchant_shipping_cost } = input;
  const fields: Partial<ShipmentRow> = without(input, 'order_address_id', 'items', 'merchant_shipping_cost');
  if (merchant_shipping_cost === undefined) return fields;
  const cost = Number(merchant_shipping_cost);
  if (!Number.isFinite(cost) || cost < 0) throw invalid('merchant_shipping_cost');
  return { ...fields, merchant_shipping_cost: cost };
}

/** A link that was given counts more than the one that carrier and number make (documented). */
function withTracking(row: ShipmentRow): ShipmentRow {
  const carrier = row.shipping_provider === 'custom' ? row.tracking_carrier : row.shipping_provider;
  return {
    ...row,
    shipping_provider_display_name: carrierName(row.shipping_provider),
    generated_tracking_link:
      row.tracking_link === '' ? trackingLink(carrier || row.tracking_carrier, row.tracking_number) : '',
  };
}

/** The sentences are assumed. @throws BadRequestError for lines of another address, and for more than is left of one */
function requireShippable(change: Change<ShipmentRow, ShipmentInput>): void {
  const { next, current, store } = change;
  const isMoved = current && next.order_address_id !== current.order_address_id;
  if (isMoved && store.rows(orderShippingAddresses).get(next.order_address_id)?.order_id !== next.order_id) {
    throw invalid('order_address_id');
  }
  if (current) return;
  const lines = store.rows(orderProducts);
  const left = new Map<number, number>();
  for (const { order_product_id, quantity } of next.items) {
    const line = lines.get(order_product_id);
    if (line?.order_id !== next.order_id || line.order_address_id !== next.order_address_id) {
      throw invalid('order_product_id');
    }
    const rest = (left.get(line.id) ?? line.quantity - line.quantity_shipped) - quantity;
    if (quantity < 1 || rest < 0) throw invalid('quantity');
    left.set(line.id, rest);
  }
}

/** Counts what a parcel has: on the lines, their address and the order. */
function ship({ order_id, order_address_id, items }: ShipmentRow, direction: 1 | -1, actor: Actor): void {
  const { store } = actor;
  const lines = store.rows(orderProducts);
  let moved = 0;
  for (const { order_product_id, quantity } of items) {
    const line = lines.get(order_product_id);
    if (!line) continue;
    moved += direction * quantity;
    lines.replace({ ...line, quantity_shipped: Math.max(0, line.quantity_shipped + direction * quantity) });
  }
  const address = store.rows(orderShippingAddresses).get(order_address_id);
  if (address) {
    const items_shipped = Math.max(0, address.items_shipped + moved);
    store.rows(orderShippingAddresses).replace({ ...address, items_shipped });
  }
  const order = requireOrder(order_id, actor);
  changeOrder(order, { items_shipped: Math.max(0, order.items_shipped + moved) }, actor);
}

/** Shipped once nothing physical is left, until then partially shipped (observed). */
function moveOn(order_id: number, actor: Actor): void {
  const order = requireOrder(order_id, actor);
  const isLeft = ({ type, quantity, quantity_shipped }: OrderProductRow): boolean =>
    type === 'physical' && quantity_shipped < quantity;
  const isPartial = actor.store.rows(orderProducts).rowsOf(order_id).some(isLeft);
  changeOrder(order, { status_id: isPartial ? 3 : 2 }, actor);
}

export const shipmentsDomain: Domain = { resources: [shipments] };
