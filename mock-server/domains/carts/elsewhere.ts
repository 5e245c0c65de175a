/**
 * Rows of other parts of the store that carts and checkouts read: coupons, shipping, tax, currencies and the like.
 * Only what is needed of them is named here, and amounts are read whether they are kept as numbers or as texts.
 */
import { defineResource, type Resource } from '../../resources/define.js';
import type { Store } from '../../state/store.js';

type Amount = number | string | null | undefined;

export interface ShippingZoneSource {
  readonly id: number;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly locations?: readonly {
    readonly zip?: string;
    readonly country_iso2?: string;
    readonly state_iso2?: string;
  }[];
  readonly free_shipping?: { readonly enabled?: boolean; readonly minimum_sub_total?: Amount } | null;
  readonly handling_fees?: Handling | null;
}

export interface Handling {
  readonly fixed_surcharge?: Amount;
  readonly percentage_surcharge?: Amount;
}

export interface ShippingMethodSource {
  readonly id: number;
  readonly name?: string;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly channel_ids?: readonly number[] | null;
  readonly settings?: {
    readonly rate?: Amount;
    readonly default_cost?: Amount;
    readonly default_cost_type?: string;
    readonly range?: readonly {
      readonly lower_limit?: Amount;
      readonly upper_limit?: Amount;
      readonly shipping_cost?: Amount;
    }[];
  } | null;
  readonly handling_fees?: Handling | null;
}

export interface TaxRateSource {
  readonly id: number;
  readonly name?: string;
  readonly tax_zone_id?: number;
  readonly enabled?: boolean;
  readonly priority?: number;
  readonly class_rates?: readonly { readonly tax_class_id?: number; readonly rate?: Amount }[];
}

export interface CurrencySource {
  readonly id: number;
  readonly currency_code: string;
  readonly name?: string;
  readonly token?: string;
  readonly decimal_places?: number;
  readonly is_default?: boolean;
  readonly is_transactional?: boolean;
  readonly enabled?: boolean;
}

export interface GiftCertificateSource {
  readonly id: number;
  readonly code: string;
  readonly status?: string;
  readonly amount?: Amount;
  readonly balance?: Amount;
  readonly currency_code?: string;
  readonly purchase_date?: string;
  readonly expiry_date?: string | null;
}

export interface CustomerSource {
  readonly id: number;
  readonly email: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly customer_group_id?: number;
  readonly store_credit_amounts?: readonly { readonly amount?: number }[];
}

function elsewhere<Row extends object>(collection: string): Resource<Row> {
  return defineResource<Row>(collection, {
    create: () => {
      throw new Error(`${collection} is not for carts to write`);
    },
  });
}

export const shippingZoneSource = elsewhere<ShippingZoneSource>('shipping-zones');
export const shippingMethodSource = elsewhere<ShippingMethodSource>('shipping-methods');
export const taxRateSource = elsewhere<TaxRateSource>('tax-rates');
export const currencySource = elsewhere<CurrencySource>('currencies');
export const giftCertificateSource = elsewhere<GiftCertificateSource>('gift-certificates');
export const customerSource = elsewhere<CustomerSource>('customers');
export const customerGroupSource = elsewhere<{ readonly id: number; readonly name?: string }>('customer-groups');
export const customerAddressSource = elsewhere<Record<string, unknown> & { readonly id: number }>('customer-addresses');
export const pickupMethodSource = elsewhere<{
  readonly id: number;
  readonly location_id?: number;
  readonly display_name?: string;
  readonly collection_instructions?: string | null;
  readonly collection_time_description?: string | null;
}>('pickup-methods');
export const countrySource = elsewhere<{
  readonly id: number;
  readonly country?: string;
  readonly country_iso2?: string;
}>('countries');

export interface StateSource {
  readonly id: number;
  readonly state?: string;
  readonly state_abbreviation?: string;
}
export const stateSource = elsewhere<StateSource>('states');

export const channelSource = elsewhere<{ readonly id: number }>('channels');

/** All rows of a collection, by ascending key. */
export function allOf<Row extends object>(store: Store, resource: Resource<Row>): Row[] {
  return [...store.rows(resource).values()];
}

/** An amount as a number; 0 for none. */
export function amountOf(amount: Amount): number {
  const number = Number(amount ?? 0);
  return Number.isFinite(number) ? number : 0;
}

/** Amounts of money in a cart have two decimals; halves go up. */
export function cents(amount: number): number {
  return Math.round(Number((amount * 100).toPrecision(15))) / 100;
}
