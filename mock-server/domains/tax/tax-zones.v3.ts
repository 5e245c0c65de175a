/**
 * Tax zones, and which of them an address is in. Described in openapi/documents/tax/tax-rates-zones.v3.yaml and
 * tax-zone-check.v3.yaml.
 */
import { DEFAULT_TAX_ZONE_ID, taxZoneDefaults, type TaxZoneRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { findRows } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { taxRates } from './tax-rates.v3.js';
import { forgetTaxZone } from './tax-settings.v3.js';
import { taxZoneAt } from './tax-zone-at.js';

type TaxZoneInput = components['schemas']['TaxZoneInput'];

/** Rows keyed by `id`. */
export const taxZones = defineResource<TaxZoneRow, TaxZoneInput>('tax-zones', {
  title: 'tax zone',
  create: ({ input, id }) => ({ ...mergeZone({ ...taxZoneDefaults, id, name: '' }, input), id }),
  merge: ({ current, input }) => mergeZone(current, input),
  check: requireSoundZone,
  requireDeletable: ({ id }) => {
    if (id === DEFAULT_TAX_ZONE_ID) throw new UnprocessableError('The default tax zone cannot be deleted.');
  },
  deleted: ({ id }, actor) => {
    // Documented.
    for (const key of [...actor.store.rows(taxRates).keysWhere('tax_zone_id', id)]) deleteRow(taxRates, key, actor);
    forgetTaxZone(id, actor.store);
  },
  notFound: (id) => unknownZone(id),
});

/** Updates have no documented 404. */
function unknownZone(id: string | number): UnprocessableError {
  return new UnprocessableError(`There is no tax zone ${String(id)}.`, { id: 'unknown' });
}

function mergeZone(current: TaxZoneRow, input: TaxZoneInput): TaxZoneRow {
  const { locations, customer_groups } = { ...current.shopper_target_settings, ...input.shopper_target_settings };
  return {
    ...current,
    ...input,
    price_display_settings: { ...current.price_display_settings, ...input.price_display_settings },
    shopper_target_settings: {
      // What a place does not narrow down is shown as empty (documented example).
      locations: locations?.map((place) => ({ subdivision_codes: [], postal_codes: [], ...place })),
      customer_groups,
    },
  };
}

/** What the default zone must stay, and what a zone must have, is documented; the status of the former is assumed. */
function requireSoundZone({ next, current, input }: Change<TaxZoneRow, TaxZoneInput>): void {
  if (next.name.trim() === '') throw new UnprocessableError('A tax zone needs a name.', { name: 'error.minLength' });
  const targets = input.shopper_target_settings;
  const { locations = [] } = next.shopper_target_settings;
  if (next.id === DEFAULT_TAX_ZONE_ID) {
    if (!next.enabled)
      throw new UnprocessableError('The default tax zone cannot be disabled.', { enabled: 'error.invalid' });
    const isTargeted = (targets?.locations ?? []).length > 0 || (targets?.customer_groups ?? []).length > 0;
    if (isTargeted) {
      throw new UnprocessableError('The default tax zone is for all shoppers who are in no other.', {
        shopper_target_settings: 'error.invalid',
      });
    }
    return;
  }
  if (targets && locations.length === 0 && (!current || targets.locations)) {
    throw new UnprocessableError('A tax zone needs a location.', {
      'shopper_target_settings.locations': 'error.minLength',
    });
  }
  const isByPostalCode = locations.some(({ postal_codes = [] }) => postal_codes.length > 0);
  if (isByPostalCode && new Set(locations.map(({ country_code }) => country_code)).size > 1) {
    throw new UnprocessableError('Postal codes of one country only make a tax zone.', {
      'shopper_target_settings.locations': 'error.invalid',
    });
  }
}

/** One zone for each address, each zone once (assumed). */
const zoneCheck: Handler<'zone-check'> = (context) => {
  const found = new Set<TaxZoneRow>();
  for (const { country_code, subdivision_codes: state = '', postal_code = '', customer_group_id = 0 } of context.body) {
    const isIn = (codes: readonly string[]): boolean => codes.includes(state);
    const zone = taxZoneAt({ country_code, postal_code, isIn, customer_group_id }, context.store);
    if (zone) found.add(zone);
  }
  return listAnswer(context, taxZones, [...found], '{}', { isWrite: true });
};

/** All at once: there are no pages to ask for. */
const getTaxZones: Handler<'getTaxZones'> = (context) =>
  listAnswer(context, taxZones, findRows(context, taxZones, []), '{}');

export const taxZonesDomain: Domain = { resources: [taxZones], handlers: { 'zone-check': zoneCheck, getTaxZones } };
