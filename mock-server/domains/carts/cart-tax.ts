/** What tax a cart bears: the rates of the zone that its address is in. */
import type { CartAddressRow, CartRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { allOf, amountOf, taxRateSource, taxSettingsSource, taxZoneSource, type TaxZoneSource } from './elsewhere.js';

/** The zone that every store has, for whoever is in no other. */
const DEFAULT_ZONE_ID = 1;
/** Tax class of shipping and handling, in every new store. */
const SHIPPING_TAX_CLASS = 2;

/** A tax with its share of an amount without tax, such as 0.04. */
export interface TaxShare {
  readonly name: string;
  readonly rate: number;
}

export interface CartTaxes {
  /** Prices in the catalog include tax. */
  readonly isIncluded: boolean;
  /** Taxes on goods of a class. */
  of(this: void, tax_class_id: number): readonly TaxShare[];
  readonly onShipping: readonly TaxShare[];
}

/** Without an address nobody knows the zone, and there is no tax yet (assumed). */
export function taxesOf(cart: CartRow, store: Store): CartTaxes {
  const isIncluded = allOf(store, taxSettingsSource)[0]?.tax_entered_with_prices ?? false;
  const address = cart.consignments.find((consignment) => consignment.address)?.address ?? cart.billing_address;
  const zone = address && zoneOf(address, store);
  if (!zone) return { isIncluded, of: () => [], onShipping: [] };
  const rates = allOf(store, taxRateSource)
    .filter(({ tax_zone_id, enabled }) => tax_zone_id === zone.id && enabled !== false)
    .sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
  const of = (tax_class_id: number, otherwise?: number): TaxShare[] => {
    // A later priority is charged on what the earlier ones came to; equal priorities stand side by side.
    let base = 1;
    let total = 1;
    let priority: number | undefined;
    const shares: TaxShare[] = [];
    for (const { name, class_rates = [], priority: own = 0 } of rates) {
      const found =
        class_rates.find((each) => each.tax_class_id === tax_class_id) ??
        class_rates.find((each) => each.tax_class_id === otherwise);
      const percent = amountOf(found?.rate);
      if (percent === 0) continue;
      if (own !== priority) base = total;
      priority = own;
      shares.push({ name: name ?? 'Tax', rate: (base * percent) / 100 });
      total += (base * percent) / 100;
    }
    return shares;
  };
  return { isIncluded, of: (id) => of(id), onShipping: of(SHIPPING_TAX_CLASS, 0) };
}

/** The narrowest zone: by postal code, by state, by country; else the default one. */
function zoneOf(address: CartAddressRow, store: Store): TaxZoneSource | undefined {
  let best: TaxZoneSource | undefined;
  let bestFit = 0;
  const zones = allOf(store, taxZoneSource).filter(({ enabled }) => enabled !== false);
  for (const zone of zones) {
    for (const location of zone.shopper_target_settings?.locations ?? []) {
      if (location.country_code !== address.country_code) continue;
      const { subdivision_codes = [], postal_codes = [] } = location;
      if (subdivision_codes.length > 0 && !subdivision_codes.includes(address.state_or_province_code)) continue;
      if (postal_codes.length > 0 && !postal_codes.includes(address.postal_code)) continue;
      const fit = postal_codes.length > 0 ? 3 : subdivision_codes.length > 0 ? 2 : 1;
      if (fit > bestFit) [best, bestFit] = [zone, fit];
    }
  }
  return best ?? zones.find(({ id }) => id === DEFAULT_ZONE_ID);
}
