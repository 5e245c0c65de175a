/**
 * The collections that hang on orders, with their wire forms. What writes them is in files of its own beside this one.
 * Described in openapi/documents/orders/.
 */
import {
  addressAmounts,
  feeAmounts,
  lineAmounts,
  orderFeeDefaults,
  orderProductDefaults,
  orderShippingAddressDefaults,
  resourceLink,
  v2Date,
  v2Money,
  type OrderCouponRow,
  type OrderFeeRow,
  type OrderMessageRow,
  type OrderPickupConsignmentRow,
  type OrderProductRow,
  type OrderShippingAddressRow,
  type OrderShippingQuoteRow,
  type OrderTaxRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { defineResource, defineView, type ResourceRules } from '../../resources/define.js';
import { dateRule, numberRule } from './order-filters.js';
import { unknownRow } from './refusals.js';
import { without } from './without.js';

type Schemas = components['schemas'];

/** Amounts of a row, as V2 writes them. */
export function asMoney<Name extends string>(
  row: Readonly<Record<Name, number>>,
  names: readonly Name[],
): Record<Name, string> {
  return Object.fromEntries(names.map((name) => [name, v2Money(row[name])])) as Record<Name, string>;
}

const belowOrder = { below: 'orders', parentField: 'order_id' } as const;

/** Rows that only writes of the order make: no operation creates one by itself. */
function madeByOrder<Row extends object>(): Pick<ResourceRules<Row, Partial<Row>>, 'create' | 'notFound'> {
  return {
    create: () => {
      throw new Error('rows below orders are made with the order');
    },
    notFound: unknownRow,
  };
}

/** Lines, keyed by their own id and not by that of the product. */
export const orderProducts = defineResource<OrderProductRow>(
  'order-products',
  { ...madeByOrder<OrderProductRow>(), create: ({ id }) => ({ ...orderProductDefaults, id }), wire: lineWire },
  belowOrder,
);

export function lineWire(row: OrderProductRow): Schemas['OrderProduct'] {
  return { ...without(row, 'has_own_tax', 'tax_class_id'), ...asMoney(row, lineAmounts) };
}

export const orderShippingAddresses = defineResource<OrderShippingAddressRow, Schemas['OrderShippingAddressInput']>(
  'order-shipping-addresses',
  {
    create: ({ id }) => ({ ...orderShippingAddressDefaults, id }),
    notFound: unknownRow,
    wire: addressWire,
  },
  belowOrder,
);

export function addressWire(row: OrderShippingAddressRow): Schemas['OrderShippingAddress'] {
  return { ...without(row, 'store_hash'), ...asMoney(row, addressAmounts), shipping_quotes: quotesLink(row) };
}

/** A shipping consignment has the id of its address (assumed). */
export function consignmentQuotesLink({
  store_hash,
  order_id,
  id,
}: OrderShippingAddressRow): Schemas['V2ResourceLink'] {
  return resourceLink(store_hash, `/orders/${String(order_id)}/consignments/shipping/${String(id)}/shipping_quotes`);
}

/** The old spelling of the path, without an underscore (observed). */
function quotesLink({ store_hash, order_id, id }: OrderShippingAddressRow): Schemas['V2ResourceLink'] {
  return resourceLink(store_hash, `/orders/${String(order_id)}/shippingaddresses/${String(id)}/shippingquotes`);
}

/** Quotes that checkouts of the storefront left behind, below shipping addresses. */
export const shippingQuotes = defineResource<OrderShippingQuoteRow>(
  'shipping-quotes',
  {
    key: ({ uuid }) => uuid,
    ...madeByOrder<OrderShippingQuoteRow>(),
    wire: (row) => ({ ...row, timestamp: v2Date(row.timestamp) }),
  },
  { below: 'order-shipping-addresses', keyField: 'uuid' },
);

/** Where lines are collected; shown within consignments only. */
export const pickupConsignments = defineResource<OrderPickupConsignmentRow>(
  'order-pickup-consignments',
  madeByOrder<OrderPickupConsignmentRow>(),
  belowOrder,
);

export const orderCoupons = defineResource<OrderCouponRow>(
  'order-coupons',
  {
    ...madeByOrder<OrderCouponRow>(),
    wire: (row): Schemas['OrderCoupon'] => ({ ...row, amount: v2Money(row.amount) }),
  },
  belowOrder,
);

export const orderFees = defineResource<OrderFeeRow>(
  'order-fees',
  { ...madeByOrder<OrderFeeRow>(), create: ({ id }) => ({ ...orderFeeDefaults, id }), wire: feeWire },
  belowOrder,
);

export function feeWire(row: OrderFeeRow): Schemas['OrderFee'] {
  return { ...without(row, 'order_id'), ...asMoney(row, feeAmounts) };
}

export const orderTaxes = defineResource<OrderTaxRow>(
  'order-taxes',
  {
    ...madeByOrder<OrderTaxRow>(),
    filters: { details: () => () => true },
    wire: (row) => without(detailedTax(row), 'order_product_id', 'line_item_type'),
  },
  belowOrder,
);

/** Taxes with the lines that they are on. */
export const detailedTaxes = defineView(orderTaxes, { wire: detailedTax }, 'id');

function detailedTax(row: OrderTaxRow): Schemas['OrderTax'] {
  return {
    ...row,
    ...asMoney(row, ['rate', 'priority_amount', 'line_amount']),
    order_product_id: row.order_product_id === 0 ? '' : String(row.order_product_id),
  };
}

/** Written in the control panel and by shoppers, neither of which is here. */
export const orderMessages = defineResource<OrderMessageRow>(
  'order-messages',
  {
    ...madeByOrder<OrderMessageRow>(),
    filters: {
      min_id: numberRule('id', 'min'),
      max_id: numberRule('id', 'max'),
      min_date_created: dateRule('date_created', 'min'),
      max_date_created: dateRule('date_created', 'max'),
    },
    wire: (row): Schemas['OrderMessage'] => ({ ...row, date_created: v2Date(row.date_created) }),
  },
  belowOrder,
);
