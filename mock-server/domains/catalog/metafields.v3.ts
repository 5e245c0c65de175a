/**
 * Metafields of products, variants, categories and brands: one rule set, whatever they hang on. An API account owns
 * those that it creates; the permission set says what other accounts may do (platform.md 3.5, catalog.md 9).
 * Described in the documents of the four owners and in openapi/components/common.yaml.
 */
import { metafieldDefaults, type MetafieldRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, ForbiddenError, NotFoundError, UnprocessableError } from '../../errors.js';
import { errorObject } from '../../pipeline/error-text.js';
import { countsOf, eachRow, refusedFields, type BatchResult } from '../../resources/batch.js';
import { defineResource, type Actor, type Change, type Draft, type Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BodyOf, BytesAnswer, OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import { METAFIELDS_FULL_ACCESS, type ApiAccount } from '../../state/api-accounts.js';
import { catalogDate } from '../../state/clock.js';

type MetafieldInput = components['schemas']['MetafieldInput'];
type Metafields = Resource<MetafieldRow, MetafieldInput>;

/** Documented, for each resource and account. */
const MAX_PER_ACCOUNT = 250;

/** Rows keyed by `id`, below their owners. */
export const productMetafields = metafieldsOf('product', 'catalog.products');
export const variantMetafields = metafieldsOf('variant', 'catalog.variants');
export const categoryMetafields = metafieldsOf('category', 'catalog.categories');
export const brandMetafields = metafieldsOf('brand', 'catalog.brands');

function metafieldsOf(resource_type: MetafieldRow['resource_type'], owner: string): Metafields {
  const metafields: Metafields = defineResource<MetafieldRow, MetafieldInput>(
    `catalog.${resource_type}-metafields`,
    {
      notFound: () => new NotFoundError('The resource at that URL is not found.'),
      unique: { identity: { text: identityOf, refusal: duplicate } },
      create: (draft) => completeMetafield(draft, resource_type),
      check: (change) => {
        requireRoom(change, metafields);
        requireRights(change);
      },
      requireDeletable: (row, { account }) => {
        if (!isManagedBy(row, account)) throw new ForbiddenError('Unauthorized to delete');
      },
      visible: (row, { account }) => row.permission_set !== 'app_only' || isManagedBy(row, account),
    },
    { below: owner },
  );
  return metafields;
}

/** Documented: once per account, namespace, key and resource. Letters count as they are written (assumed). */
function identityOf({ owner_client_id, resource_id, namespace, key }: MetafieldRow): string {
  return [owner_client_id, resource_id, namespace, key].join('\n');
}

function duplicate({ namespace, key }: MetafieldRow): ConflictError {
  const title = `The resource has a metafield "${key}" in the namespace "${namespace}" already.`;
  return new ConflictError(title, { key: title });
}

function completeMetafield(draft: Draft<MetafieldInput>, resource_type: MetafieldRow['resource_type']): MetafieldRow {
  const { input, id, parents, account, at } = draft;
  return {
    ...metafieldDefaults,
    ...input,
    id,
    resource_type,
    resource_id: Number(parents[parents.length - 1]),
    date_created: catalogDate(at),
    date_modified: catalogDate(at),
    owner_client_id: account.client_id,
  };
}

/** @throws ForbiddenError when the account has as many on the resource as it may */
function requireRoom(
  { next, current, store, account }: Change<MetafieldRow, MetafieldInput>,
  metafields: Metafields,
): void {
  if (current) return;
  const siblings = store.rows(metafields).rowsOf(next.resource_id);
  if (siblings.filter(({ owner_client_id }) => owner_client_id === account.client_id).length >= MAX_PER_ACCOUNT) {
    throw new ForbiddenError(`An API account can have at most ${String(MAX_PER_ACCOUNT)} metafields on one resource.`);
  }
}

/**
 * Other accounts may change the value where the permission set lets them write, and nothing else. What is sent as it
 * stands is no change: clients send back whole rows.
 * @throws ForbiddenError with an assumed title
 */
function requireRights({ next, current, account }: Change<MetafieldRow, MetafieldInput>): void {
  if (!current || isManagedBy(current, account)) return;
  const isOpen = current.permission_set === 'write' || current.permission_set === 'write_and_sf_access';
  const guarded = [
    'namespace',
    'key',
    'permission_set',
    'description',
    ...(isOpen ? [] : (['value'] as const)),
  ] as const;
  const changed = guarded.filter((field) => next[field] !== current[field]);
  if (changed.length === 0) return;
  const sentence = 'Only the API account that created the metafield may change this.';
  throw new ForbiddenError(
    'You do not have permission to change this metafield.',
    Object.fromEntries(changed.map((field) => [field, sentence])),
  );
}

function isManagedBy({ owner_client_id }: MetafieldRow, account: ApiAccount): boolean {
  return owner_client_id === account.client_id || account.scopes.has(METAFIELDS_FULL_ACCESS);
}

/** What a batch needs; its body is the same whatever the metafields hang on. */
type BatchContext<Body> = Pick<OperationContext, keyof Actor | 'engine' | 'refusedRows'> & { readonly body: Body };

function createMany(metafields: Metafields) {
  return (context: BatchContext<BodyOf<'createProductsMetafields'>>): BytesAnswer => {
    const owner = context.engine.resources.find(metafields.parent ?? '');
    const result = eachRow(context, context.body, ({ resource_id, ...input }) => {
      if (!owner || !context.store.rows(owner).has(resource_id)) {
        throw new UnprocessableError('Resource does not exist', { resource_id: 'Resource does not exist' });
      }
      return createRow(metafields, input, context, [resource_id]);
    });
    return batchAnswer(result);
  };
}

function updateMany(metafields: Metafields) {
  return (context: BatchContext<BodyOf<'updateProductsMetafields'>>): BytesAnswer =>
    batchAnswer(
      eachRow(context, context.body, ({ id, ...input }) =>
        updateRow(metafields, requireListed(metafields, id, context), input, context),
      ),
    );
}

function deleteMany(metafields: Metafields) {
  return (context: BatchContext<BodyOf<'deleteProductsMetafields'>>): BytesAnswer =>
    batchAnswer(
      eachRow(context, context.body, (id) => {
        metafields.rules.requireDeletable?.(requireListed(metafields, id, context), context);
        deleteRow(metafields, id, context);
        return id;
      }),
    );
}

/** A row that a batch names. @throws NotFoundError in the documented words of batches */
function requireListed(metafields: Metafields, id: number, actor: Actor): MetafieldRow {
  const row = actor.store.rows(metafields).get(id);
  if (!row || !metafields.rules.visible?.(row, actor)) throw new NotFoundError('Metafield does not exist');
  return row;
}

/** What was done is kept whatever else was refused, which is why a 422 is an answer here. */
function batchAnswer(result: BatchResult<MetafieldRow | number>): BytesAnswer {
  const refusal = new UnprocessableError('Bulk operation has failed', refusedFields(result));
  const meta = countsOf(result);
  const errors = meta.failed === 0 ? [] : [errorObject(refusal)];
  const bytes = Buffer.from(JSON.stringify({ data: result.done, errors, meta }));
  if (meta.failed === 0) return { status: 200, bytes };
  return { status: 422, bytes, reason: `${refusal.message}: ${Object.values(refusal.fields ?? {})[0] ?? ''}` };
}

export const metafieldsDomain: Domain = {
  resources: [productMetafields, variantMetafields, categoryMetafields, brandMetafields],
  handlers: {
    createProductsMetafields: createMany(productMetafields),
    updateProductsMetafields: updateMany(productMetafields),
    deleteProductsMetafields: deleteMany(productMetafields),
    createVariantsMetafields: createMany(variantMetafields),
    updateVariantsMetafields: updateMany(variantMetafields),
    deleteVariantsMetafields: deleteMany(variantMetafields),
    createCategoriesMetafields: createMany(categoryMetafields),
    updateCategoriesMetafields: updateMany(categoryMetafields),
    deleteCategoriesMetafields: deleteMany(categoryMetafields),
    createBrandsMetafields: createMany(brandMetafields),
    updateBrandsMetafields: updateMany(brandMetafields),
    deleteBrandsMetafields: deleteMany(brandMetafields),
  },
};
