/**
 * Orders: created, edited and archived by V2 alone. Their parts, totals and stock have files of their own beside this
 * one. Described in openapi/documents/orders/orders.v2.yaml.
 */
import {
  orderAmounts,
  orderDefaults,
  orderStatus,
  orderStatuses,
  resourceLink,
  v2Date,
  type OrderRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { MethodNotAllowedError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { findPage, findRows, requireParents } from '../../resources/actions.js';
import { listAnswer, rowAnswer } from '../../resources/answers.js';
import { defineResource, defineView, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { requireRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { consignmentsOf } from './order-consignments.v2.js';
import { dateRule, numberRule, textRule } from './order-filters.js';
import { editOrder } from './order-edit.js';
import { planOf } from './order-input.js';
import {
  asMoney,
  detailedTaxes,
  feeWire,
  orderCoupons,
  orderFees,
  orderMessages,
  orderProducts,
  orderShippingAddresses,
  orderTaxes,
  pickupConsignments,
  shippingQuotes,
} from './order-rows.js';
import { changeOrder, placeOrder } from './place-order.js';
import { unknownRow } from './refusals.js';
import { orEmpty, without } from './without.js';

type Schemas = components['schemas'];

/** Rows keyed by `id`. Archived ones stay, unseen. */
export const orders = defineResource<OrderRow>('orders', {
  notFound: unknownRow,
  index: ['customer_id', 'status_id'],
  create: ({ input, id, store }) => ({ ...orderDefaults, ...input, id, store_hash: store.hash }),
  visible: ({ is_deleted }) => !is_deleted,
  filters: {
    min_id: numberRule('id', 'min'),
    max_id: numberRule('id', 'max'),
    min_total: numberRule('total_inc_tax', 'min'),
    max_total: numberRule('total_inc_tax', 'max'),
    min_date_created: dateRule('date_created', 'min'),
    max_date_created: dateRule('date_created', 'max'),
    min_date_modified: dateRule('date_modified', 'min'),
    max_date_modified: dateRule('date_modified', 'max'),
    email: textRule(({ billing_address }) => billing_address.email),
    cart_id: textRule(({ cart_id }) => cart_id),
    payment_method: textRule(({ payment_method }) => payment_method),
    external_order_id: textRule(({ external_order_id }) => external_order_id),
    consignment_structure: () => () => true,
    is_deleted: () => () => true,
  },
  wire: orderWire,
});

type Read = Pick<OperationContext, 'query'>;

/** Archived orders, which only those see who ask for them (observed). */
const archivedOrders = defineView(orders, { visible: ({ is_deleted }) => is_deleted }, 'id');

function askedFor({ query }: Read): typeof orders {
  return query.get('is_deleted')?.toLowerCase() === 'true' ? archivedOrders : orders;
}

/** An order as V2 writes it. */
export function orderWire(row: OrderRow): Schemas['Order'] {
  const status = orderStatus(row.status_id);
  const link = (name: string): Schemas['V2ResourceLink'] =>
    resourceLink(row.store_hash, `/orders/${String(row.id)}/${name}`);
  return {
    ...without(row, 'store_hash', 'has_taken_stock', 'has_used_coupons'),
    ...asMoney(row, orderAmounts),
    // Texts in the description, null in some stores' answers: an empty text is right by both.
    cart_id: row.cart_id ?? '',
    external_order_id: row.external_order_id ?? '',
    payment_provider_id: row.payment_provider_id ?? '',
    date_created: v2Date(row.date_created),
    date_modified: v2Date(row.date_modified),
    date_shipped: v2Date(row.date_shipped),
    status: status?.name ?? '',
    custom_status: status?.custom_label ?? '',
    products: link('products'),
    // The old spelling, without an underscore (observed).
    shipping_addresses: link('shippingaddresses'),
    coupons: link('coupons'),
    consignments: link('consignments'),
    fees: link('fees'),
  };
}

function includesOf({ query }: Read): ReadonlySet<string> {
  const names = new Set(listOf(query.get('include') ?? ''));
  // Documented: consignments are objects only on demand.
  if (query.get('consignment_structure') !== 'object') {
    names.delete('consignments');
    names.delete('consignments.line_items');
  }
  return names;
}

function fullOrder(row: OrderRow, names: ReadonlySet<string>, store: Store): Schemas['Order'] {
  const order = orderWire(row);
  const hasLines = names.has('consignments.line_items');
  if (names.has('consignments') || hasLines) order.consignments = consignmentsOf(row, store, hasLines);
  if (names.has('fees')) order.fees = store.rows(orderFees).rowsOf(row.id).map(feeWire);
  return order;
}

const getOrders: Handler<'getOrders'> = (context) => {
  const page = findPage(context, askedFor(context));
  const names = includesOf(context);
  if (names.size === 0 || page.items.length === 0) return listAnswer(context, orders, page.items, page.meta);
  return { status: 200, body: page.items.map((row) => fullOrder(row, names, context.store)) };
};

const getOrder: Handler<'getOrder'> = (context) => {
  const row = requireRow(orders, idAt(context, 0), context);
  const names = includesOf(context);
  if (names.size === 0) return rowAnswer(context, orders, row);
  return { status: 200, body: fullOrder(row, names, context.store) };
};

const createOrderV2: Handler<'createOrderV2'> = (context) => {
  const row = placeOrder(planOf(context.body, context), context);
  return { status: 200, body: fullOrder(row, includesOf(context), context.store) };
};

/** Archived orders can be written, too: that is how one is taken back out of the archive (assumed). */
const updateOrder: Handler<'updateOrder'> = (context) => {
  const row = context.store.rows(orders).get(idAt(context, 0));
  if (!row) throw unknownRow();
  return { status: 200, body: orderWire(editOrder(row, orEmpty(context.body), context)) };
};

const deleteOrder: Handler<'deleteOrder'> = (context) => {
  archive(requireRow(orders, idAt(context, 0), context), context);
  return emptyAnswer();
};

const deleteOrders: Handler<'deleteOrders'> = (context) => {
  for (const row of [...context.store.rows(orders).values()]) if (!row.is_deleted) archive(row, context);
  return emptyAnswer();
};

/** @throws MethodNotAllowedError for an order whose tax a provider reported (observed) */
function archive(row: OrderRow, actor: Actor): void {
  if (row.tax_provider_id === 'AvaTaxProvider') throw new MethodNotAllowedError('Method Not Allowed');
  changeOrder(row, { is_deleted: true }, actor);
}

const getOrdersCount: Handler<'getOrdersCount'> = (context) => {
  const found = findRows(context, askedFor(context), []);
  const byStatus = new Map<number, number>();
  for (const { status_id } of found) byStatus.set(status_id, (byStatus.get(status_id) ?? 0) + 1);
  const statuses = orderStatuses.map(({ order: sort_order, ...labels }) => ({
    ...labels,
    count: byStatus.get(labels.id) ?? 0,
    sort_order,
  }));
  return { status: 200, body: { statuses, count: found.length } };
};

const getOrderConsignments: Handler<'getOrderConsignments'> = (context) => {
  requireParents(context);
  const order = context.store.rows(orders).get(idAt(context, 0));
  if (!order) throw unknownRow();
  const hasLines = listOf(context.query.get('include') ?? '').includes('consignments.line_items');
  return { status: 200, body: consignmentsOf(order, context.store, hasLines) };
};

const getOrderTaxes: Handler<'getOrderTaxes'> = (context) => {
  const hasDetails = context.query.get('details')?.toLowerCase() === 'true';
  const view = hasDetails ? detailedTaxes : orderTaxes;
  const page = findPage(context, view);
  return listAnswer(context, view, page.items, page.meta);
};

type QuoteContext = OperationContext<'getOrderShippingAddressShippingQuotes' | 'getOrderConsignmentShippingQuotes'>;

/** A shipping consignment has the id of its address (assumed). */
function getQuotes(context: QuoteContext) {
  requireParents(context);
  const [quote] = context.store.rows(shippingQuotes).rowsOf(idAt(context, 1));
  if (!quote) return emptyAnswer();
  return { status: 200 as const, body: { ...quote, timestamp: v2Date(quote.timestamp) } };
}

export const ordersDomain: Domain = {
  resources: [
    orders,
    orderProducts,
    orderShippingAddresses,
    shippingQuotes,
    pickupConsignments,
    orderCoupons,
    orderFees,
    orderTaxes,
    orderMessages,
  ],
  handlers: {
    getOrders,
    getOrder,
    createOrderV2,
    updateOrder,
    deleteOrder,
    deleteOrders,
    getOrdersCount,
    getOrderConsignments,
    getOrderTaxes,
    getOrderShippingAddressShippingQuotes: getQuotes,
    getOrderConsignmentShippingQuotes: getQuotes,
  },
};
