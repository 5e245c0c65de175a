/** Addresses as orders take them: the country by name or by code, the code counting more. */
import {
  billingAddressDefaults,
  orderAddressDefaults,
  type OrderAddressRow,
  type OrderBillingAddressRow,
  type OrderShippingAddressRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Store } from '../../state/store.js';
import { allOf, countrySource } from '../carts/elsewhere.js';
import { invalid } from './refusals.js';

type AddressInput = components['schemas']['OrderAddress'];

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** @throws BadRequestError for an address without a country, with an unknown one, or with no e-mail address */
export function billingAddressOf(
  input: components['schemas']['OrderBillingAddress'],
  store: Store,
  current: OrderBillingAddressRow = billingAddressDefaults,
): OrderBillingAddressRow {
  const next = withCountry({ ...current, ...sent(input) }, input, store);
  if (next.country_iso2 === '' && next.country === '') {
    throw invalid('billing_address.country', 'Billing address country not supplied.');
  }
  if (next.zip.length < 2) throw invalid('zip');
  return next;
}

type ShippingAddressInput = components['schemas']['OrderShippingAddressInput'];
type ShippingAddress = OrderAddressRow & Pick<OrderShippingAddressRow, 'shipping_method' | 'form_fields'>;

/** A shipping address with what was sent of it. @throws BadRequestError */
export function shippingAddressOf(
  { shipping_method, form_fields, ...address }: ShippingAddressInput,
  current: ShippingAddress = { ...orderAddressDefaults, shipping_method: '', form_fields: [] },
  store: Store,
): ShippingAddress {
  return {
    ...changedAddress(current, address, store),
    shipping_method: shipping_method ?? current.shipping_method,
    form_fields: form_fields ?? current.form_fields,
  };
}

/** The address with what was sent. @throws BadRequestError for an unknown country or a malformed e-mail address */
export function changedAddress<Address extends OrderAddressRow>(
  current: Address,
  input: AddressInput,
  store: Store,
): Address {
  return withCountry({ ...current, ...sent(input) }, input, store);
}

function sent<Input extends object>(input: Input): { [Name in keyof Input]: Exclude<Input[Name], undefined> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as never;
}

function withCountry<Address extends OrderAddressRow>(address: Address, input: AddressInput, store: Store): Address {
  const { email, country, country_iso2 } = input;
  if (email !== undefined && email !== '' && !EMAIL.test(email)) throw invalid('email');
  if (country_iso2) {
    const found = byCode(country_iso2.toUpperCase(), store);
    if (found === undefined) throw invalid('country_iso2');
    return { ...address, country_iso2: country_iso2.toUpperCase(), country: found };
  }
  if (country) {
    const code = byName(country, store);
    if (code === undefined) throw invalid('country');
    return { ...address, country_iso2: code };
  }
  return address;
}

function byCode(code: string, store: Store): string | undefined {
  const known = allOf(store, countrySource);
  if (known.length > 0) return known.find(({ country_iso2 }) => country_iso2 === code)?.country;
  return countryNames().get(code);
}

function byName(name: string, store: Store): string | undefined {
  const wanted = name.toLowerCase();
  const known = allOf(store, countrySource);
  if (known.length > 0) return known.find(({ country }) => country?.toLowerCase() === wanted)?.country_iso2;
  return [...countryNames()].find(([, each]) => each.toLowerCase() === wanted)?.[0];
}

let names: Map<string, string> | undefined;

/** Where no countries are kept: those that JavaScript knows. */
function countryNames(): ReadonlyMap<string, string> {
  if (!names) {
    names = new Map();
    const all = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
    const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place));
    for (const first of letters) {
      for (const second of letters) {
        const name = all.of(first + second);
        if (name !== undefined) names.set(first + second, name);
      }
    }
  }
  return names;
}
