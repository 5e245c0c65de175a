/** What is sent of an order, checked and made into its parts. */
import {
  isoOfV2Date,
  orderStatus,
  plainAddress,
  toCents,
  type OrderAddressRow,
  type OrderFeeRow,
  type OrderPickupConsignmentRow,
  type OrderProductRow,
  type OrderRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { defineResource, type Actor } from '../../resources/define.js';
import { channels } from '../channels.v3.js';
import { customerSource, pickupMethodSource } from '../carts/elsewhere.js';
import { billingAddressOf, changedAddress } from './order-addresses.js';
import { changedLine, newLine } from './order-lines.js';
import { orderFees, orderProducts, orderShippingAddresses, pickupConsignments } from './order-rows.js';
import { moveStock, requireStock, stockSettings } from './order-stock.js';
import {
  addFee,
  changeOrder,
  ratesOfOrder,
  requireOrder,
  settle,
  shareShippingCost,
  type Consignment,
  type OrderPlan,
} from './place-order.js';
import { invalid, missing, readOnly } from './refusals.js';
import { without } from './without.js';

type Schemas = components['schemas'];
type NewOrder = Schemas['NewOrder'];
type OrderUpdate = Schemas['OrderUpdate'];
type Amount = string | number | undefined;

const locationSource = defineResource<{
  readonly id: number;
  readonly label?: string;
  readonly code?: string;
  readonly address?: {
    readonly address1?: string;
    readonly address2?: string;
    readonly city?: string;
    readonly state?: string;
    readonly zip?: string;
    readonly country_code?: string;
    readonly email?: string;
    readonly phone?: string;
  };
}>('locations', {
  create: () => {
    throw new Error('locations are not for orders to make');
  },
});

/** Costs that come with and without tax; one without the other is refused (which the wire does is disputed). */
const COSTS = ['shipping_cost', 'handling_cost', 'wrapping_cost'] as const;
const TOTALS = ['subtotal', 'total'] as const;

/** All that makes a new order. @throws BadRequestError for what is missing or wrong */
export function planOf(input: NewOrder, actor: Actor): OrderPlan {
  const { store } = actor;
  const pickups = input.consignments?.pickups;
  const hasProducts = (input.products?.length ?? 0) > 0;
  if (!pickups && !hasProducts) throw missing('products');
  if (pickups && (input.products !== undefined || input.shipping_addresses !== undefined))
    throw invalid('consignments');
  if (pickups && pickups.length !== 1) throw invalid('consignments.pickups');
  const billing_address = billingAddressOf(input.billing_address, store);
  const fees = (input.fees ?? []).map((fee) => feeOf(fee));
  const fields = { ...fieldsOf(input, actor), billing_address };
  return {
    fields,
    totals: totalsOf(input),
    fees,
    consignments: pickups
      ? pickups.map((pickup) => ({ lines: pickup.line_items, pickup: pickupOf(pickup, actor) }))
      : parcelsOf(input, billing_address, actor),
  };
}

/** All lines go to the first address; without one, to the billing address. */
function parcelsOf(input: NewOrder, billing_address: OrderAddressRow, { store }: Actor): Consignment[] {
  const sent = input.shipping_addresses ?? [];
  const blank = { ...plainAddress(billing_address), first_name: '', last_name: '', company: '', street_2: '' };
  const first = sent[0] ?? {};
  const address =
    sent.length === 0
      ? plainAddress(billing_address)
      : changedAddress({ ...blank }, without(first, 'shipping_method', 'form_fields'), store);
  const more = first.shipping_method === undefined ? {} : { shipping_method: first.shipping_method };
  return [{ lines: input.products ?? [], address: { ...address, ...more, form_fields: first.form_fields ?? [] } }];
}

function pickupOf(
  input: Schemas['OrderPickupFields'] & { readonly location?: Schemas['OrderPickupLocation'] },
  { store }: Actor,
): Omit<OrderPickupConsignmentRow, 'id' | 'order_id'> {
  const method = store.rows(pickupMethodSource).get(input.pickup_method_id ?? 0);
  if (!method) throw invalid('pickup_method_id');
  const location = method.location_id === undefined ? undefined : store.rows(locationSource).get(method.location_id);
  const { address1, address2, zip, country_code, ...address } = location?.address ?? {};
  return {
    pickup_method_id: method.id,
    pickup_method_display_name: input.pickup_method_display_name ?? method.display_name ?? '',
    collection_instructions: input.collection_instructions ?? method.collection_instructions ?? '',
    collection_time_description: input.collection_time_description ?? method.collection_time_description ?? '',
    location: {
      id: method.location_id ?? 0,
      name: location?.label ?? '',
      code: location?.code ?? '',
      address_line_1: address1 ?? '',
      address_line_2: address2 ?? '',
      city: address.city ?? '',
      state: address.state ?? '',
      postal_code: zip ?? '',
      country_alpha2: country_code ?? 'US',
      email: address.email ?? '',
      phone: address.phone ?? '',
      ...defined(input.location ?? {}),
    },
  };
}

/** Fields of the order itself. @throws BadRequestError */
function fieldsOf(
  input: Schemas['OrderFields'] & { readonly default_currency_code?: string; readonly is_deleted?: boolean },
  actor: Actor,
): Partial<OrderRow> {
  const { store } = actor;
  const { status_id, customer_id, channel_id, date_created, ip_address, ip_address_v6 } = input;
  if (status_id !== undefined && !orderStatus(status_id)) throw invalid('status_id');
  if (customer_id !== undefined && customer_id !== 0 && !store.rows(customerSource).has(customer_id)) {
    throw invalid('customer_id');
  }
  if (channel_id !== undefined && !store.rows(channels).has(channel_id)) throw invalid('channel_id');
  const created = date_created === undefined ? undefined : isoOfV2Date(date_created);
  if (date_created !== undefined && created === undefined) {
    throw invalid('date_created', `The provided value '${date_created}' is not a valid RFC-2822 date.`);
  }
  return defined({
    ...defined({
      status_id,
      customer_id,
      channel_id,
      date_created: created,
      discount_amount: amountOf('discount_amount', input.discount_amount),
      refunded_amount: undefined,
      payment_method: input.payment_method,
      payment_provider_id: input.payment_provider_id,
      customer_locale: input.customer_locale,
      customer_message: input.customer_message,
      staff_notes: input.staff_notes,
      geoip_country: input.geoip_country,
      geoip_country_iso2: input.geoip_country_iso2,
      ebay_order_id: input.ebay_order_id,
      external_source: input.external_source,
      external_order_id: input.external_order_id,
      external_merchant_id: input.external_merchant_id,
      default_currency_code: input.default_currency_code,
      is_deleted: input.is_deleted,
    }),
    // Either of the two, never both (documented).
    ...(ip_address !== undefined && { ip_address, ip_address_v6: '' }),
    ...(ip_address_v6 !== undefined && ip_address_v6 !== '' && { ip_address_v6, ip_address: '' }),
    ...costsOf(input),
  });
}

/** @throws BadRequestError for one half of a pair, and for amounts below zero */
function costsOf(input: Schemas['OrderFields']): Partial<OrderRow> {
  const fields: Partial<OrderRow> = {};
  for (const name of COSTS) {
    const base = amountOf(`base_${name}`, input[`base_${name}`]);
    const [ex, inc] = pairOf(name, input);
    if (base !== undefined) fields[`base_${name}`] = base;
    if (ex !== undefined && inc !== undefined) {
      fields[`${name}_ex_tax`] = ex;
      fields[`${name}_inc_tax`] = inc;
      fields[`base_${name}`] ??= ex;
    } else if (base !== undefined) {
      fields[`${name}_ex_tax`] = base;
      fields[`${name}_inc_tax`] = base;
    }
  }
  return fields;
}

/** Totals that were sent, which prevail over what the parts come to. Neither moves the other (documented). */
function totalsOf(input: Schemas['OrderFields']): Partial<OrderRow> {
  const fields: Partial<OrderRow> = {};
  for (const name of TOTALS) {
    const [ex, inc] = pairOf(name, input);
    if (ex === undefined || inc === undefined) continue;
    fields[`${name}_ex_tax`] = ex;
    fields[`${name}_inc_tax`] = inc;
    fields[`${name}_tax`] = toCents(inc - ex);
  }
  return fields;
}

function pairOf(
  name: (typeof COSTS)[number] | (typeof TOTALS)[number],
  input: Schemas['OrderFields'],
): [number | undefined, number | undefined] {
  const ex = amountOf(`${name}_ex_tax`, input[`${name}_ex_tax`]);
  const inc = amountOf(`${name}_inc_tax`, input[`${name}_inc_tax`]);
  if (ex === undefined && inc !== undefined) throw invalid(`${name}_ex_tax`);
  if (inc === undefined && ex !== undefined) throw invalid(`${name}_inc_tax`);
  return [ex, inc];
}

/** @throws BadRequestError for what is no amount, or one below zero */
function amountOf(field: string, sent: Amount | null): number | undefined {
  if (sent === undefined || sent === null || sent === '') return undefined;
  const amount = Number(sent);
  if (!Number.isFinite(amount) || amount < 0) throw invalid(field);
  return toCents(amount);
}

/** @throws BadRequestError for a fee without a name, or with fewer than two of its three costs */
function feeOf(input: Schemas['OrderFeeInput'], current?: OrderFeeRow): Partial<OrderFeeRow> {
  const name = input.display_name_customer || input.display_name_merchant || current?.display_name_customer;
  if (!name) throw missing('fees.display_name_customer');
  let ex = amountOf('cost_ex_tax', input.cost_ex_tax);
  let inc = amountOf('cost_inc_tax', input.cost_inc_tax);
  const tax = amountOf('cost_tax', input.cost_tax);
  const count = [ex, inc, tax].filter((amount) => amount !== undefined).length;
  if (count < 2 && !(current && count === 0)) {
    throw missing(ex === undefined && tax !== undefined ? 'fees.cost_ex_tax' : 'fees.cost_inc_tax');
  }
  ex ??= inc === undefined ? current?.cost_ex_tax : toCents(inc - (tax ?? 0));
  inc ??= count === 0 ? current?.cost_inc_tax : toCents((ex ?? 0) + (tax ?? 0));
  return {
    ...defined({ source: input.source, tax_class_id: input.tax_class_id }),
    display_name_customer: input.display_name_customer ?? current?.display_name_customer ?? name,
    display_name_merchant: input.display_name_merchant ?? current?.display_name_merchant ?? name,
    base_cost: ex ?? 0,
    cost_ex_tax: ex ?? 0,
    cost_inc_tax: inc ?? 0,
    cost_tax: toCents((inc ?? 0) - (ex ?? 0)),
  };
}

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

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
  for (const address of input.shipping_addresses ?? []) changeAddress(id, address, actor);
  if (input.products) changeLines(order, input.products, {}, actor);
  for (const pickup of input.consignments?.pickups ?? []) changePickup(next, pickup, actor);
  if (input.fees) replaceFees(id, input.fees, actor);
  if (RECKONED.some((name) => input[name] !== undefined)) {
    shareShippingCost(id, actor);
    next = settle(id, actor);
  }
  return changeOrder(requireOrder(next.id, actor), { ...totalsOf(input), status_id }, actor);
}

function changeAddress(
  order_id: number,
  input: Schemas['OrderShippingAddressInput'] & { readonly id?: number },
  { store }: Actor,
): void {
  const rows = store.rows(orderShippingAddresses);
  const row = input.id === undefined ? rows.rowsOf(order_id)[0] : rows.get(input.id);
  if (row?.order_id !== order_id) throw invalid('id');
  const { shipping_method = row.shipping_method, form_fields = row.form_fields } = input;
  const address = without(input, 'id', 'shipping_method', 'form_fields');
  rows.replace({ ...changedAddress(row, address, store), shipping_method, form_fields });
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
  requireStock(touched, order.has_taken_stock ? before : [], actor);
  if (!order.has_taken_stock || !stockSettings(actor).edit_order_stock_adjustment) return;
  moveStock(before, -1, true, actor);
  moveStock(rows.rowsOf(order.id), 1, true, actor);
}

function changePickup(order: OrderRow, input: Schemas['OrderPickupUpdate'], actor: Actor): void {
  const rows = actor.store.rows(pickupConsignments);
  const row = rows.get(input.id);
  if (row?.order_id !== order.id) throw invalid('id');
  const { id, location, line_items, ...fields } = input;
  rows.replace({ ...row, ...defined(fields), location: { ...row.location, ...defined(location ?? {}) } });
  if (line_items) changeLines(order, line_items, { order_pickup_method_id: id }, actor);
}

/** Fees that are not sent are gone (documented). */
function replaceFees(
  order_id: number,
  inputs: readonly (Schemas['OrderFeeInput'] & { readonly id?: number })[],
  actor: Actor,
): void {
  const rows = actor.store.rows(orderFees);
  const kept = new Set<number>();
  for (const { id, ...input } of inputs) {
    if (id === undefined) continue;
    const current = rows.get(id);
    if (current?.order_id !== order_id) throw invalid('id');
    kept.add(id);
    rows.replace({ ...current, ...feeOf(input, current) });
  }
  for (const key of [...rows.keysOf(order_id)]) if (!kept.has(Number(key))) rows.delete(key);
  for (const { id, ...input } of inputs) if (id === undefined) addFee(order_id, feeOf(input), actor);
}
