/** What tax a cart bears: the rates of the zone that its address is in. */
import type { CartAddressRow, CartRow, TaxZoneRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { customers } from '../customers/customers.v3.js';
import { classTaxIn, hasPricesWithTax, UNTAXED, type ClassTax } from '../tax/class-tax.js';
import { taxZoneAt } from '../tax/tax-zone-at.js';

/** Tax class of shipping and handling, in every new store. */
const SHIPPING_TAX_CLASS = 2;

export interface CartTaxes {
  /** Prices in the catalog include tax. */
  readonly isIncluded: boolean;
  /** Taxes on goods of a class. */
  of(this: void, tax_class_id: number): ClassTax;
  readonly onShipping: ClassTax;
}

/** Without an address nobody knows the zone, and there is no tax yet (assumed). */
export function taxesOf(cart: CartRow, store: Store): CartTaxes {
  const isIncluded = hasPricesWithTax(store);
  const address = cart.consignments.find((consignment) => consignment.address)?.address ?? cart.billing_address;
  const zone = address && zoneOf(address, cart.customer_id, store);
  if (!zone) return { isIncluded, of: () => UNTAXED, onShipping: UNTAXED };
  return {
    isIncluded,
    of: (tax_class_id) => classTaxIn(zone.id, tax_class_id, store),
    onShipping: classTaxIn(zone.id, SHIPPING_TAX_CLASS, store, 0),
  };
}

function zoneOf(address: CartAddressRow, customer_id: number, store: Store): TaxZoneRow | undefined {
  const { country_code, state_or_province_code, postal_code } = address;
  const customer_group_id = store.rows(customers).get(customer_id)?.customer_group_id ?? 0;
  const isIn = (codes: readonly string[]): boolean => codes.includes(state_or_province_code);
  return taxZoneAt({ country_code, postal_code, isIn, customer_group_id }, store);
}
