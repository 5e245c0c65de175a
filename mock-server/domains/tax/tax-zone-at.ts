/** Which tax zone a shopper is in: one rule for the zone check, carts and orders. */
import { DEFAULT_TAX_ZONE_ID, type TaxZoneRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { taxZones } from './tax-zones.v3.js';

/** Whom and where tax is asked for. */
export interface TaxedPlace {
  readonly country_code: string;
  readonly postal_code: string;
  /** Does one of these codes name the state? Orders know states by their names. */
  isIn(this: void, subdivision_codes: readonly string[]): boolean;
  /** 0 without a group, as guests are. */
  readonly customer_group_id: number;
}

/** The narrowest enabled zone: by postal code, by state, by country, for a group before all; else the default one. */
export function taxZoneAt(place: TaxedPlace, store: Store): TaxZoneRow | undefined {
  const rows = store.rows(taxZones);
  let best = rows.get(DEFAULT_TAX_ZONE_ID);
  let bestFit = 0;
  for (const zone of rows.values()) {
    const fit = zone.enabled ? fitOf(zone, place) : 0;
    if (fit > bestFit) [best, bestFit] = [zone, fit];
  }
  return best;
}

function fitOf({ shopper_target_settings }: TaxZoneRow, place: TaxedPlace): number {
  const { locations = [], customer_groups = [] } = shopper_target_settings;
  if (customer_groups.length > 0 && !customer_groups.includes(place.customer_group_id)) return 0;
  let best = 0;
  for (const { country_code, subdivision_codes = [], postal_codes = [] } of locations) {
    if (country_code?.toUpperCase() !== place.country_code.toUpperCase()) continue;
    if (subdivision_codes.length > 0 && !place.isIn(subdivision_codes)) continue;
    if (postal_codes.length > 0 && !postal_codes.some((code) => covers(code, place.postal_code))) continue;
    const fit = postal_codes.length > 0 ? 6 : subdivision_codes.length > 0 ? 4 : 2;
    best = Math.max(best, fit + (customer_groups.length > 0 ? 1 : 0));
  }
  return best;
}

/** Postal codes may end in a `*` (assumed). */
function covers(pattern: string, code: string): boolean {
  return pattern.endsWith('*') ? code.startsWith(pattern.slice(0, -1)) : pattern === code;
}
