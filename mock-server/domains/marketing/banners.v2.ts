/**
 * Banners: what /v2/banners does beyond keeping rows. Described in openapi/documents/marketing/marketing.v2.yaml.
 */
import { bannerDefaults, type BannerRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { catalogDate } from '../../state/clock.js';
import { dateOf, invalidField, unixText } from './v2-fields.js';

type BannerInput = components['schemas']['BannerInput'];

/** Rows keyed by `id`. */
export const banners = defineResource<BannerRow, BannerInput>('banners', {
  create: ({ input, id, at }) => {
    const { name = '', content = '', page = 'home_page', location = 'top' } = input;
    return settle({
      ...bannerDefaults,
      name,
      content,
      page,
      location,
      ...fieldsOf(input),
      id,
      date_created: catalogDate(at),
    });
  },
  merge: ({ current, input }) => settle({ ...current, ...fieldsOf(input) }),
  check: requireSoundBanner,
  wire: (row) => ({ ...row, date_created: unixText(row.date_created) }),
});

function fieldsOf(input: BannerInput): BannerInput {
  const { date_from, date_to, ...fields } = input;
  return {
    ...fields,
    ...(date_from !== undefined && { date_from: unixText(dateOf('date_from', date_from)) }),
    ...(date_to !== undefined && { date_to: unixText(dateOf('date_to', date_to)) }),
  };
}

/** Dates count for banners with dates only (assumed). */
function settle(row: BannerRow): BannerRow {
  return row.date_type === 'always' ? { ...row, date_from: '0', date_to: '0' } : row;
}

/** What goes together is documented; the words are those of V2. */
function requireSoundBanner({ next }: Change<BannerRow, BannerInput>): void {
  for (const field of ['name', 'content'] as const) {
    if (next[field] === '') throw new BadRequestError(`The required field '${field}' was not supplied.`);
  }
  if (!/^\d+$/.test(next.item_id)) throw invalidField('item_id');
  if (!/^[01]$/.test(next.visible)) throw invalidField('visible');
  const isOfItem = next.page === 'category_page' || next.page === 'brand_page';
  if (isOfItem && next.item_id === '0') throw new BadRequestError("The required field 'item_id' was not supplied.");
  if (next.date_type !== 'custom') return;
  for (const field of ['date_from', 'date_to'] as const) {
    if (next[field] === '0') throw new BadRequestError(`The required field '${field}' was not supplied.`);
  }
  if (Number(next.date_to) < Number(next.date_from)) throw invalidField('date_to');
}

export const bannersDomain: Domain = { resources: [banners] };
