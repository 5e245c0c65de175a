/**
 * Price lists: what /v3/pricelists does beyond keeping rows. Nothing here touches the catalog.
 * Described in openapi/documents/pricing/price-lists.v3.yaml.
 */
import type { PriceListRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { deleteRow } from '../../resources/write.js';
import { dropFromGroups } from '../customers/customer-groups.v2.js';
import { serviceDate } from '../service-date.js';
import { priceListAssignments } from './price-list-assignments.v3.js';

type PriceListInput = components['schemas']['PriceListInput'];

/** Rows keyed by `id`. */
export const priceLists = defineResource<PriceListRow, PriceListInput>('price-lists', {
  unique: { name: { text: ({ name }) => name.toLowerCase(), refusal: duplicate } },
  create: ({ input: { name = '', active = true }, id, at }) => ({
    id,
    name,
    active,
    date_created: serviceDate(at),
    date_modified: serviceDate(at),
  }),
  merge: ({ current, input, at }) => ({ ...current, ...input, date_modified: serviceDate(at) }),
  deleted: ({ id }, actor) => {
    // Assumed: nothing points at a list that is gone.
    const assignments = actor.store.rows(priceListAssignments);
    for (const key of [...assignments.keysWhere('price_list_id', id)]) deleteRow(priceListAssignments, key, actor);
    dropFromGroups('price_list_id', id, actor.store);
  },
});

/** The status is documented, the sentence assumed. */
function duplicate({ name }: PriceListRow): ConflictError {
  const title = `A price list named ${name} exists already.`;
  return new ConflictError(title, { name: title });
}

export const priceListsDomain: Domain = { resources: [priceLists] };
