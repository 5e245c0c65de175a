/** Which tax rates apply to an order: those of the zone that its shipping address is in, or else its billing address. */
import { ratesByClass, type OrderAddressRow, type RatesByClass } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { allOf, taxRateSource, taxZoneSource, type TaxZoneSource } from '../carts/elsewhere.js';

const DEFAULT_ZONE_ID = 1;

const stateSource = defineResource<{
  readonly id: number;
  readonly state?: string;
  readonly state_abbreviation?: string;
}>('states', {
  create: () => {
    throw new Error('states are not made');
  },
});

/** The rates by tax class; none where the zone has none. */
export function ratesAt(address: OrderAddressRow, store: Store): RatesByClass {
  const zone = zoneOf(address, store);
  const rates = allOf(store, taxRateSource).filter(({ tax_zone_id }) => tax_zone_id === zone);
  return ratesByClass(
    rates.map(({ class_rates = [], ...rate }) => ({
      ...rate,
      class_rates: class_rates.map(({ tax_class_id, rate: percent }) => ({ tax_class_id, rate: Number(percent ?? 0) })),
    })),
  );
}

/** The narrowest zone: by postal code, by state, by country; else the default one. */
function zoneOf(address: OrderAddressRow, store: Store): number {
  let best = DEFAULT_ZONE_ID;
  let bestFit = 0;
  for (const zone of allOf(store, taxZoneSource)) {
    const fit = zone.enabled === false ? 0 : fitOf(zone, address, store);
    if (fit > bestFit) [best, bestFit] = [zone.id, fit];
  }
  return best;
}

function fitOf(zone: TaxZoneSource, address: OrderAddressRow, store: Store): number {
  let best = 0;
  for (const location of zone.shopper_target_settings?.locations ?? []) {
    if (location.country_code !== address.country_iso2) continue;
    const { subdivision_codes = [], postal_codes = [] } = location;
    if (subdivision_codes.length > 0 && !isAmong(address.state, subdivision_codes, store)) continue;
    if (postal_codes.length > 0 && !postal_codes.includes(address.zip)) continue;
    best = Math.max(best, postal_codes.length > 0 ? 3 : subdivision_codes.length > 0 ? 2 : 1);
  }
  return best;
}

/** Orders name states in full, tax zones by code. */
function isAmong(state: string, codes: readonly string[], store: Store): boolean {
  if (codes.includes(state)) return true;
  return allOf(store, stateSource).some(
    ({ state: name, state_abbreviation }) =>
      name === state && state_abbreviation !== undefined && codes.includes(state_abbreviation),
  );
}
