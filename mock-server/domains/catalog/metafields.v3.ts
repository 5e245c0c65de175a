/**
 * Metafields of products, variants, categories and brands: one rule set, whatever they hang on. An API account owns
 * those that it creates; the permission set says what other accounts may do (platform.md 3.5, catalog.md 9).
 * Described in the documents of the four owners and in openapi/components/common.yaml.
 */
import { metafieldDefaults, type MetafieldRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, ForbiddenError, NotFoundError, UnprocessableError } from '../../errors.js';
import { errorObject } from '../../pipeline/send-error.js';
import { countsOf, eachRow, refusedFields, type BatchResult } from '../../resources/batch.js';
import { defineResource, type Change, type Draft, type Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BytesAnswer, OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, mergeFields, requireRow, updateRow } from '../../resources/write.js';
import { METAFIELDS_FULL_ACCESS, type ApiAccount } from '../../state/api-accounts.js';
import { catalogDate } from '../../state/clock.js';

type MetafieldInput = components['schemas']['MetafieldInput'];
type MetafieldResource = Resource<MetafieldRow, MetafieldInput>;

/** Documented, for each resource and account. */
const MAX_PER_ACCOUNT = 250;

/** Rows keyed by `id`, below their owners. */
export const productMetafields = metafieldsOf('product', 'catalog.products');
export const variantMetafields = metafieldsOf('variant', 'catalog.variants');
export const categoryMetafields = metafieldsOf('category', 'catalog.categories');
export const brandMetafields = metafieldsOf('brand', 'catalog.brands');

function metafieldsOf(resource_type: MetafieldRow['resource_type'], owner: string): MetafieldResource {
  return defineResource<MetafieldRow, MetafieldInput>(
    `catalog.${resource_type}-metafields`,
    {
      notFound: () => new NotFoundError('The resource at that URL is not found.'),
      unique: { identity: { text: identityOf, refusal: ({ key }) => duplicate(key) } },
      create: (draft) => complete(draft, resource_type),
      merge: ({ current, input, ...actor }) => mergeFields(current, input, actor),
      check: requireRights,
      created: ({ next, parents, ...actor }) => {
        const siblings = actor.store.rows(metafields[resource_type]).rowsOf(next.resource_id);
        requireRoom(siblings, actor.account);
      },
      requireDeletable: (row, { account }) => {
        if (!isManagedBy(row, account)) throw new ForbiddenError('Unauthorized to delete');
      },
      visible: (row, { account }) => row.permission_set !== 'app_only' || isManagedBy(row, account),
    },
    { below: owner },
  );
}
