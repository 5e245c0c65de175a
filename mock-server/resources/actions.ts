/** One function per action that a description may name in `x-resource`. Each serves any resource by its rules. */
import { UnprocessableError } from '../errors.js';
import { select } from '../query/filters.js';
import { cursorPage, offsetPage, type Page } from '../query/pagination.js';
import { isFilter } from '../query/query-values.js';
import { orderOf } from '../query/sorting.js';
import type { Key } from '../state/collection.js';
import { describeRefusal, errorObject } from '../pipeline/error-text.js';
import { isBare, listAnswer, rowAnswer, valueAnswer } from './answers.js';
import { eachRow, refusedFields } from './batch.js';
import type { Resource } from './define.js';
import { describedSuccess } from './described-answers.js';
import { emptyAnswer, type BytesAnswer, type OperationContext } from './handler.js';
import { sampledAnswer } from './sampled-answer.js';
import { createRow, deleteRow, notFound, requireRow, updateRow } from './write.js';

export type Action = (context: OperationContext, resource: Resource) => BytesAnswer;

/** Actions by their name in `x-resource`. Those that are not here are answered by a domain's handler. */
export const actions: Readonly<Record<string, Action | undefined>> = {
  list,
  get,
  create,
  update,
  replace,
  upsert,
  delete: remove,
  'delete-many': removeMany,
  'batch-create': createMany,
  'batch-update': updateMany,
  'batch-upsert': upsertMany,
  'singleton-get': getSingleton,
  'singleton-update': upsert,
  count,
};

function list(context: OperationContext, resource: Resource): BytesAnswer {
  const page = findPage(context, resource);
  return listAnswer(context, resource, page.items, page.meta);
}

/** Rows that a list with the same filters has in all. */
function count(context: OperationContext, resource: Resource): BytesAnswer {
  return valueAnswer(context, { count: findRows(context, resource, requireParents(context)).length });
}

/**
 * One page of the rows that a query selects.
 * @param most rows on a page at most, whatever `limit` asks for. Pages are still counted by what was asked (observed).
 */
export function findPage<Row extends object>(
  context: OperationContext,
  resource: Resource<Row>,
  most = Infinity,
): Page<Row> {
  const { query, operation, store } = context;
  const parents = requireParents(context);
  const rows = store.rows(resource);
  const isCursored = context.rules.parameters.some(({ name }) => name === 'after');
  if (
    query.size === 0 ||
    ![...query.keys()].some((name) => isFilter(name) || name === 'sort' || name === 'direction')
  ) {
    if (!resource.rules.visible && !resource.rules.order) {
      const keys = parents.length > 0 ? rows.keysOf(lastOf(parents)) : rows.keys;
      const page = isCursored
        ? cursorPage(keys, (key) => key, query, operation, true)
        : offsetPage(keys, query, operation, most);
      return { items: rows.pick(page.items), meta: page.meta };
    }
  }
  const found = findRows(context, resource, parents);
  return isCursored
    ? cursorPage(found, resource.shape.keyOf, query, operation, orderOf(query, resource.rules.order) === undefined)
    : offsetPage(found, query, operation, most);
}

/** All rows that a query selects, in the order it asks for. */
export function findRows<Row extends object>(
  context: OperationContext,
  resource: Resource<Row>,
  parents: readonly Key[],
): Row[] {
  const { query, store } = context;
  const rows = store.rows(resource);
  const { keys, filters } = select(resource, query, store);
  const parent = parents.length > 0 ? lastOf(parents) : undefined;
  let found: Row[];
  if (keys) found = rows.pick(parent === undefined ? keys : keys.filter((key) => rows.parentOf(key) === parent));
  else found = parent === undefined ? [...rows.values()] : rows.rowsOf(parent);
  const { visible } = resource.rules;
  if (visible) found = found.filter((row) => visible(row, context));
  for (const filter of filters) found = found.filter((row) => filter(row, store));
  const order = orderOf<Row>(query, resource.rules.order, resource.rules.sortValues);
  return order ? found.sort(order) : found;
}

function get(context: OperationContext, resource: Resource): BytesAnswer {
  return rowAnswer(context, resource, requireNamedRow(context, resource));
}

function create(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const row = createRow(resource, context.body, context, parents);
  return rowAnswer(context, resource, row, { status: successStatus(context), isWrite: true });
}

function update(context: OperationContext, resource: Resource): BytesAnswer {
  if (context.operation.resource?.id === undefined) return upsert(context, resource);
  const parents = requireParents(context);
  const row = updateRow(resource, requireNamedRow(context, resource), context.body, context, parents);
  return rowAnswer(context, resource, row, { status: updateStatus(context), isWrite: true });
}

/** A whole list in the place of another; of a single row, an update. */
function replace(context: OperationContext, resource: Resource): BytesAnswer {
  const body: unknown = context.body;
  if (!Array.isArray(body)) return update(context, resource);
  const parents = requireParents(context);
  const rows = context.store.rows(resource);
  const keys = parents.length > 0 ? rows.keysOf(lastOf(parents)) : rows.keys;
  for (const key of [...keys]) deleteRow(resource, key, context);
  const created = body.map((item) => createRow(resource, item, context, parents));
  return listAnswer(context, resource, created, '{}', { status: updateStatus(context), isWrite: true });
}

/** Updates the row that the path means, by its key or as the only one there is, and creates it when there is none. */
function upsert(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const current = findSingle(context, resource, parents);
  const row = current
    ? updateRow(resource, current, context.body, context, parents)
    : createRow(resource, context.body, context, parents);
  return rowAnswer(context, resource, row, { status: updateStatus(context), isWrite: true });
}

function getSingleton(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const row = findSingle(context, resource, parents) ?? resource.single?.(context.store, parents);
  if (!row) throw notFound(resource, parents.length > 0 ? lastOf(parents) : '');
  return rowAnswer(context, resource, row);
}

/** The row of the key in the path; without one, the only row below the parent, or of the channel that the query names. */
function findSingle(context: OperationContext, resource: Resource, parents: readonly Key[]): object | undefined {
  const { operation, query, store } = context;
  const rows = store.rows(resource);
  if (operation.resource?.id !== undefined) return rows.get(namedKey(context, resource));
  const keys = parents.length > 0 ? rows.keysOf(lastOf(parents)) : rows.keys;
  const found = rows.pick(keys);
  const channel = query.get('channel_id');
  if (channel === undefined) return found[0];
  return found.find((row) => !('channel_id' in row) || String(row.channel_id) === channel);
}

/** A missing row: 404 where the description documents it and the resource does not say otherwise, else 204. */
function remove(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const rows = context.store.rows(resource);
  const single = context.operation.resource?.id === undefined ? findSingle(context, resource, parents) : undefined;
  const key = single ? resource.shape.keyOf(single) : namedKey(context, resource);
  const row = rows.get(key);
  const isHere =
    row !== undefined && isBelow(context, resource, key, parents) && (resource.rules.visible?.(row, context) ?? true);
  if (!isHere) {
    if (!resource.rules.quietDelete && context.operation.statuses.includes(404)) throw notFound(resource, key);
    return deletedAnswer(context, []);
  }
  resource.rules.requireDeletable?.(row, context);
  deleteRow(resource, key, context);
  return deletedAnswer(context, [key]);
}

/** 204 nearly everywhere; some services answer with a body: what it is, only the description knows. */
function deletedAnswer(context: OperationContext, keys: readonly Key[]): BytesAnswer {
  if (context.operation.statuses.includes(204)) return emptyAnswer();
  const { status, schema } = describedSuccess(context.operation);
  if (!schema) return { status, bytes: undefined };
  if (context.operation.resource?.action === 'delete-many' && !isBare(context)) {
    return { status, bytes: JSON.stringify({ data: keys, meta: totals(keys.length, 0) }) };
  }
  return { ...sampledAnswer(context), fidelity: 'stateful' };
}

/**
 * Deletes what a filter selects, or the rows whose keys the body lists. Without either V2 deletes all there is.
 * @throws UnprocessableError in V3, without a filter
 */
function removeMany(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const most = context.operation.limits?.['batch-delete'];
  const named: unknown = context.body;
  if (!Array.isArray(named) && !context.isV2) requireFilter(context);
  const found = Array.isArray(named)
    ? context.store.rows(resource).pick(named as Key[])
    : findRows(context, resource, parents);
  const keys: Key[] = [];
  for (const row of found.slice(0, most)) {
    resource.rules.requireDeletable?.(row, context);
    keys.push(resource.shape.keyOf(row));
    deleteRow(resource, resource.shape.keyOf(row), context);
  }
  return deletedAnswer(context, keys);
}

/** @throws UnprocessableError naming the filters that would do */
export function requireFilter(context: OperationContext): void {
  if ([...context.query].some(([name, value]) => isFilter(name) && value !== '')) return;
  throw new UnprocessableError('A filter is required: nothing is deleted without one.');
}

/** Creates each element, all or none; one alone where the body is no list. */
function createMany(context: OperationContext, resource: Resource): BytesAnswer {
  const body: unknown = context.body;
  if (!Array.isArray(body)) return create(context, resource);
  const parents = requireParents(context);
  return eachOf(context, resource, body, successStatus(context), (item) =>
    createRow(resource, item, context, parentsOf(context, resource, item, parents)),
  );
}

/** Updates each element by its key, all or none. */
function updateMany(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  return eachOf(context, resource, itemsOf(context), updateStatus(context), (item) => {
    const row = requireRow(resource, keyOfItem(context, resource, item, parents) as Key, context);
    return updateRow(resource, row, item, context, parentsOf(context, resource, item, parents));
  });
}

/** Updates the elements that are there, creates the others, all or none. */
function upsertMany(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const rows = context.store.rows(resource);
  return eachOf(context, resource, itemsOf(context), updateStatus(context), (item) => {
    const own = parentsOf(context, resource, item, parents);
    const key = keyOfItem(context, resource, item, own);
    const current = key === undefined ? undefined : rows.get(key);
    return current ? updateRow(resource, current, item, context, own) : createRow(resource, item, context, own);
  });
}

/** Does the same to each element of a batch. Where each is judged on its own, the answer says which were refused. */
function eachOf(
  context: OperationContext,
  resource: Resource,
  items: readonly unknown[],
  status: number,
  work: (item: object) => object,
): BytesAnswer {
  if (!context.operation.resource?.partial) {
    const rows = items.map((item) => work(item as object));
    return listAnswer(context, resource, rows, '{}', { status, isWrite: true });
  }
  const result = eachRow(context, items as readonly object[], work);
  const wire = (row: object): object => resource.rules.wire?.(row) ?? row;
  const meta = totals(result.done.length, result.refused.size);
  if (result.refused.size === 0) {
    return listAnswer(context, resource, result.done, JSON.stringify(meta), { status, isWrite: true });
  }
  const refusal = new UnprocessableError('Bulk operation has failed', refusedFields(result));
  const body = { data: result.done.map(wire), errors: [errorObject(refusal)], meta };
  return { status: 422, bytes: JSON.stringify(body), reason: describeRefusal(refusal) };
}

function totals(success: number, failed: number): { total: number; success: number; failed: number } {
  return { total: success + failed, success, failed };
}

function itemsOf(context: OperationContext): readonly unknown[] {
  const body: unknown = context.body;
  return Array.isArray(body) ? body : [body];
}

/** The key that an element of a batch means: its own, or that of the row it matches. */
function keyOfItem(
  context: OperationContext,
  resource: Resource,
  item: object,
  parents: readonly Key[],
): Key | undefined {
  const matched = resource.rules.match?.(item, context, parents);
  if (matched !== undefined) return matched;
  const named = (item as Readonly<Record<string, Key | undefined>>)[resource.keyField];
  if (named !== undefined) return named;
  // A key made of several properties.
  return resource.rules.key?.(item);
}

/** Parents of an element: those of the path, or the one that the element names. */
function parentsOf(
  context: OperationContext,
  resource: Resource,
  item: unknown,
  parents: readonly Key[],
): readonly Key[] {
  if (parents.length > 0 || resource.parent === undefined || resource.parentField === undefined) return parents;
  const key = (item as Readonly<Record<string, Key | undefined>> | null)?.[resource.parentField];
  return key === undefined ? parents : [key];
}

/**
 * Keys of the parents that the path names, outermost first.
 * @throws BigCommerceError the 404 of the first that does not exist
 */
export function requireParents(context: OperationContext): readonly Key[] {
  const { operation, engine, store, keys } = context;
  const parents = operation.resource?.parent;
  if (!parents) return [];
  const found: Key[] = [];
  Object.values(parents).forEach((collection, place) => {
    const resource = engine.resources.find(collection);
    const rows = store.rows(resource);
    const key = keyIn(rows, keys[place] as Key);
    const isHere =
      rows.has(key) && (place === 0 || resource.parent === undefined || rows.parentOf(key) === found[place - 1]);
    if (!isHere) throw notFound(resource, key);
    found.push(key);
  });
  return found;
}

/** The row that the last path parameter names. @throws BigCommerceError the resource's 404 */
export function requireNamedRow<Row extends object>(context: OperationContext, resource: Resource<Row>): Row {
  const parents = requireParents(context);
  const key = namedKey(context, resource);
  const row = requireRow(resource, key, context);
  if (!isBelow(context, resource, key, parents)) throw notFound(resource, key);
  return row;
}

function isBelow(context: OperationContext, resource: Resource, key: Key, parents: readonly Key[]): boolean {
  return parents.length === 0 || context.store.rows(resource).parentOf(key) === lastOf(parents);
}

function namedKey<Row extends object>(context: OperationContext, resource: Resource<Row>): Key {
  const place = Object.keys(context.operation.resource?.parent ?? {}).length;
  return keyIn(context.store.rows(resource), context.keys[place] as Key);
}

/** A key as its collection has it: where a description calls an id in a path text, the rows have a number all the same. */
function keyIn(rows: { has(key: Key): boolean }, key: Key): Key {
  if (typeof key !== 'string' || rows.has(key) || !/^\d{1,10}$/.test(key)) return key;
  return rows.has(Number(key)) ? Number(key) : key;
}

function lastOf(keys: readonly Key[]): Key {
  return keys[keys.length - 1] as Key;
}

/** 200 where it is documented, else the lowest success. */
function updateStatus(context: OperationContext): number {
  return context.operation.statuses.includes(200) ? 200 : successStatus(context);
}

/** The lowest documented 2xx. */
function successStatus(context: OperationContext): number {
  return Math.min(...context.operation.statuses.filter((status) => status < 300));
}
