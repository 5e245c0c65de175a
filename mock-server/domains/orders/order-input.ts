/** What is sent of an order, checked and made into its parts. */
import {
  isoOfV2Date,
  orderStatus,
  plainAddress,
  type OrderAddressRow,
  type OrderPickupConsignmentRow,
  type OrderRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { defineResource, type Actor } from '../../resources/define.js';
import { customerSource, pickupMethodSource } from '../carts/elsewhere.js';
import { channels } from '../channels.v3.js';
import { billingAddressOf, shippingAddressOf } from './order-addresses.js';
import { amountOf, costsOf, totalsOf } from './order-amounts.js';
import { currencyOf } from './order-currency.js';
import { feeOf } from './order-fees.js';
import type { Consignment, OrderPlan } from './place-order.js';
import { invalid, missing } from './refusals.js';
import { defined } from './without.js';

type Schemas = components['schemas'];
type NewOrder = Schemas['NewOrder'];

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

/** Documented: a channel must be there and connected. Which statuses are not is assumed. */
const UNCONNECTED: ReadonlySet<string | undefined> = new Set([
  undefined,
  'disconnected',
  'archived',
  'deleted',
  'terminated',
]);

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
  const fields = { ...currencyOf(input.default_currency_code, store), ...fieldsOf(input, actor), billing_address };
  return {
    fields,
    totals: totalsOf(input),
    fees,
    consignments: pickups
      ? pickups.map((pickup) => ({ lines: pickup.line_items, pickup: pickupOf(pickup, actor) }))
      : parcelsOf(input, billing_address, actor),
  };
}

/**
 * All lines go to the first address: nothing in a body says which goes where, so that others stand by, without lines.
 * Without any, lines go to the billing address.
 */
function parcelsOf(input: NewOrder, billing_address: OrderAddressRow, { store }: Actor): Consignment[] {
  const lines = input.products ?? [];
  const [first, ...more] = input.shipping_addresses ?? [];
  const address = first ? shippingAddressOf(first, undefined, store) : plainAddress(billing_address);
  return [
    { lines, address },
    ...more.map((other) => ({ lines: [], address: shippingAddressOf(other, undefined, store) })),
  ];
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
export function fieldsOf(
  input: Schemas['OrderFields'] & { readonly is_deleted?: boolean },
  actor: Actor,
): Partial<OrderRow> {
  const { store } = actor;
  const { status_id, customer_id, channel_id, date_created, ip_address, ip_address_v6 } = input;
  if (status_id !== undefined && !orderStatus(status_id)) throw invalid('status_id');
  if (customer_id !== undefined && customer_id !== 0 && !store.rows(customerSource).has(customer_id)) {
    throw invalid('customer_id');
  }
  if (channel_id !== undefined && UNCONNECTED.has(store.rows(channels).get(channel_id)?.status)) {
    throw invalid('channel_id');
  }
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
      is_deleted: input.is_deleted,
    }),
    // Either of the two, never both (documented).
    ...(ip_address !== undefined && { ip_address, ip_address_v6: '' }),
    ...(ip_address_v6 !== undefined && ip_address_v6 !== '' && { ip_address_v6, ip_address: '' }),
    ...costsOf(input),
  });
}
