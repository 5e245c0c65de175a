/** Tax settings of the store. Described in openapi/documents/tax/tax-settings.v3.yaml. */
import { DEFAULT_TAX_ZONE_ID, taxSettingsDefaults, type TaxSettingsRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Store } from '../../state/store.js';
import { taxZones } from './tax-zones.v3.js';

type TaxSettingsInput = components['schemas']['TaxSettings'];

/** One row. */
export const taxSettings = defineResource<TaxSettingsRow, TaxSettingsInput>('tax-settings', {
  key: () => 1,
  create: ({ input }) => mergeSettings(taxSettingsDefaults, input),
  merge: ({ current, input }) => mergeSettings(current, input),
  check: ({ input, store }) => {
    for (const field of ['guest_shopper_tax_zone_id', 'store_tax_zone_id'] as const) {
      const zone = input[field];
      // Assumed: status and sentence.
      if (zone !== undefined && !store.rows(taxZones).has(zone)) {
        throw new UnprocessableError(`There is no tax zone ${String(zone)}.`, { [field]: 'unknown' });
      }
    }
  },
});

function mergeSettings(current: TaxSettingsRow, input: TaxSettingsInput): TaxSettingsRow {
  const price_display_settings = { ...current.price_display_settings, ...input.price_display_settings };
  return { ...current, ...input, price_display_settings };
}

/** Settings that name a zone which has gone name the default one (assumed). */
export function forgetTaxZone(id: number, store: Store): void {
  const rows = store.rows(taxSettings);
  const settings = rows.get(1);
  if (!settings) return;
  const kept = (zone: number): number => (zone === id ? DEFAULT_TAX_ZONE_ID : zone);
  const { guest_shopper_tax_zone_id, store_tax_zone_id } = settings;
  if (guest_shopper_tax_zone_id !== id && store_tax_zone_id !== id) return;
  rows.replace({
    ...settings,
    guest_shopper_tax_zone_id: kept(guest_shopper_tax_zone_id),
    store_tax_zone_id: kept(store_tax_zone_id),
  });
}

export const taxSettingsDomain: Domain = { resources: [taxSettings] };
