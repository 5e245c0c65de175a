/**
 * Metafields: one rule set, whatever they hang on. An API account owns those that it creates; the permission set says
 * what other accounts may do. Owners declare theirs by `metafieldsOf`
 * and serve the batches by `createMetafields`, `updateMetafields` and `deleteMetafields`.
 * Described in the documents of the owners and in openapi/components/common.yaml.
 */
import { metafieldDefaults, type MetafieldRow } from '../../fixtures/index.js';
import type { components } from '../../openapi/index.js';
import { ConflictError, ForbiddenError, NotFoundError, UnprocessableError } from '../errors.js';
import { errorObject } from '../pipeline/error-text.js';
import { countsOf, eachRow, refusedFields, type BatchResult } from '../resources/batch.js';
import { defineResource, type Actor, type Change, type Draft, type Resource } from '../resources/define.js';
import type { BytesAnswer, OperationContext } from '../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../resources/write.js';
import { METAFIELDS_FULL_ACCESS, type ApiAccount } from '../state/api-accounts.js';
import { catalogDate } from '../state/clock.js';
import type { Key } from '../state/collection.js';
import type { Store } from '../state/store.js';

export type MetafieldInput = components['schemas']['MetafieldInput'];

/** As it is kept: those of carts and of the store hang on a text, and their ids are texts on the wire only. */
export type StoredMetafield = Omit<MetafieldRow, 'resource_type' | 'resource_id'> & {
  readonly resource_type: MetafieldRow['resource_type'] | 'store';
  readonly resource_id: Key;
};

export type Metafields = Resource<StoredMetafield, MetafieldInput>;

/** Documented, for each resource and account. */
const MAX_PER_ACCOUNT = 250;

export interface MetafieldsOptions {
  /** How many an account may have on one resource. @default 250, as documented */
  readonly perAccount?: number;
  /** How many a resource may have. @default no limit of its own */
  readonly perResource?: number;
  /** Ids go over the wire as texts. @default false */
  readonly hasTextIds?: boolean;
  /** What all rows hang on, when no path names it. */
  readonly resourceId?: (store: Store) => Key;
}

/** Metafields of one kind of resource. `below`: the collection whose rows they hang on and go with, if any. */
export function metafieldsOf(
  collection: string,
  resource_type: StoredMetafield['resource_type'],
  below: string | undefined,
  options: MetafieldsOptions = {},
): Metafields {
  const metafields: Metafields = defineResource<StoredMetafield, MetafieldInput>(
    collection,
    {
      notFound: () => new NotFoundError('The resource at that URL is not found.'),
      unique: { identity: { text: identityOf, refusal: duplicate } },
      create: (draft) => completeMetafield(draft, resource_type, options),
      check: (change) => {
        requireRoom(change, metafields, options);
        requireRights(change);
      },
      requireDeletable: (row, { account }) => {
        if (!isManagedBy(row, account)) throw new ForbiddenError('Unauthorized to delete');
      },
      visible: (row, { account }) => row.permission_set !== 'app_only' || isManagedBy(row, account),
      ...(options.hasTextIds && { wire: withTextIds }),
    },
    below === undefined ? {} : { below },
  );
  return metafields;
}

function withTextIds(row: StoredMetafield): object {
  return { ...row, id: String(row.id), resource_id: String(row.resource_id) };
}

/** Documented: once per account, namespace, key and resource. Letters count as they are written (assumed). */
function identityOf({ owner_client_id, resource_id, namespace, key }: StoredMetafield): string {
  return [owner_client_id, resource_id, namespace, key].join('\n');
}

function duplicate({ namespace, key }: StoredMetafield): ConflictError {
  const title = `The resource has a metafield "${key}" in the namespace "${namespace}" already.`;
  return new ConflictError(title, { key: title });
}

function completeMetafield(
  draft: Draft<MetafieldInput>,
  resource_type: StoredMetafield['resource_type'],
  { resourceId }: MetafieldsOptions,
): StoredMetafield {
  const { input, id, parents, account, store, at } = draft;
  return {
    ...metafieldDefaults,
    ...input,
    id,
    resource_type,
    resource_id: parents[parents.length - 1] ?? resourceId?.(store) ?? 0,
    date_created: catalogDate(at),
    date_modified: catalogDate(at),
    owner_client_id: account.client_id,
  };
}

/** @throws ForbiddenError when the resource, or the account on it, has as many as it may */
function requireRoom(
  { next, current, store, account }: Change<StoredMetafield, MetafieldInput>,
  metafields: Metafields,
  { perAccount = MAX_PER_ACCOUNT, perResource = Infinity }: MetafieldsOptions,
): void {
  if (current) return;
  const rows = store.rows(metafields);
  const siblings = metafields.parent === undefined ? [...rows.values()] : rows.rowsOf(next.resource_id);
  if (siblings.length >= perResource) {
    throw new ForbiddenError(`A resource can have at most ${String(perResource)} metafields.`);
  }
  if (siblings.filter(({ owner_client_id }) => owner_client_id === account.client_id).length >= perAccount) {
    throw new ForbiddenError(`An API account can have at most ${String(perAccount)} metafields on one resource.`);
  }
}

/**
 * Other accounts may change the value where the permission set lets them write, and nothing else. What is sent as it
 * stands is no change: clients send back whole rows.
 * @throws ForbiddenError with an assumed title
 */
function requireRights({ next, current, account }: Change<StoredMetafield, MetafieldInput>): void {
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

function isManagedBy({ owner_client_id }: StoredMetafield, account: ApiAccount): boolean {
  return owner_client_id === account.client_id || account.scopes.has(METAFIELDS_FULL_ACCESS);
}

/** What a batch needs; its body is the same whatever the metafields hang on. */
type BatchContext<Item> = Pick<OperationContext, keyof Actor | 'engine' | 'refusedRows'> & {
  readonly body: readonly Item[];
};

/** Answers a batch that creates metafields on several resources, each row on its own. */
export function createMetafields(metafields: Metafields) {
  return (context: BatchContext<MetafieldInput & { readonly resource_id?: Key }>): BytesAnswer => {
    const owner = metafields.parent === undefined ? undefined : context.engine.resources.find(metafields.parent);
    const result = eachRow(context, context.body, ({ resource_id, ...input }) => {
      if (!owner) return createRow(metafields, input, context);
      if (resource_id === undefined || !context.store.rows(owner).has(resource_id)) {
        throw new UnprocessableError('Resource does not exist', { resource_id: 'Resource does not exist' });
      }
      return createRow(metafields, input, context, [resource_id]);
    });
    return batchAnswer(result, metafields);
  };
}

/** Answers a batch that changes metafields by their ids, each row on its own. */
export function updateMetafields(metafields: Metafields) {
  return (context: BatchContext<MetafieldInput & { readonly id?: Key }>): BytesAnswer =>
    batchAnswer(
      eachRow(context, context.body, ({ id, ...input }) =>
        updateRow(metafields, requireListed(metafields, Number(id), context), input, context),
      ),
      metafields,
    );
}

/** Answers a batch that deletes metafields by their ids, each on its own. */
export function deleteMetafields(metafields: Metafields) {
  return (context: BatchContext<Key>): BytesAnswer => {
    const result = eachRow(context, context.body, (id) => {
      const row = requireListed(metafields, Number(id), context);
      metafields.rules.requireDeletable?.(row, context);
      deleteRow(metafields, row.id, context);
      return id;
    });
    return batchAnswer(result, metafields);
  };
}

/** A row that a batch names. @throws NotFoundError in the documented words of batches */
function requireListed(metafields: Metafields, id: number, actor: Actor): StoredMetafield {
  const row = actor.store.rows(metafields).get(id);
  if (!row || !metafields.rules.visible?.(row, actor)) throw new NotFoundError('Metafield does not exist');
  return row;
}

/** What was done is kept whatever else was refused, which is why a 422 is an answer here. */
function batchAnswer(result: BatchResult<StoredMetafield | Key>, { rules }: Metafields): BytesAnswer {
  const refusal = new UnprocessableError('Bulk operation has failed', refusedFields(result));
  const meta = countsOf(result);
  const errors = meta.failed === 0 ? [] : [errorObject(refusal)];
  const data = result.done.map((row) => (typeof row === 'object' ? (rules.wire?.(row) ?? row) : row));
  const bytes = Buffer.from(JSON.stringify({ data, errors, meta }));
  if (meta.failed === 0) return { status: 200, bytes };
  return { status: 422, bytes, reason: `${refusal.message}: ${Object.values(refusal.fields ?? {})[0] ?? ''}` };
}
