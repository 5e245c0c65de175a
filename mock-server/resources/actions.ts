/** One function per action that a description may name in `x-resource`. Each serves any resource by its rules. */
import { UnprocessableError } from '../errors.js';
import { select } from '../query/filters.js';
import { cursorPage, offsetPage, type Page } from '../query/pagination.js';
import { isFilter } from '../query/query-values.js';
import { orderOf } from '../query/sorting.js';
import type { Key } from '../state/collection.js';
import { listAnswer, rowAnswer } from './answers.js';
import type { Resource } from './define.js';
import { emptyAnswer, type BytesAnswer, type OperationContext } from './handler.js';
import { createRow, deleteRow, notFound, requireRow, updateRow } from './write.js';

export type Action = (context: OperationContext, resource: Resource) => BytesAnswer;

/** Actions by their name in `x-resource`. Those that are not here are answered by a domain's handler. */
export const actions: Readonly<Record<string, Action | undefined>> = {
  list,
  get,
  create,
  update,
  replace: update,
  delete: remove,
  'delete-many': removeMany,
  'batch-update': updateMany,
};

function list(context: OperationContext, resource: Resource): BytesAnswer {
  const page = findPage(context, resource);
  return listAnswer(context, resource, page.items, page.meta);
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
    if (!resource.rules.visible && !resource.rules.order && !isCursored) {
      const keys = parents.length > 0 ? rows.keysOf(lastOf(parents)) : rows.keys;
      const page = offsetPage(keys, query, operation, most);
      return { items: rows.pick(page.items), meta: page.meta };
    }
  }
  const found = findRows(context, resource, parents);
  return isCursored
    ? cursorPage(found, resource.shape.keyOf, query, operation)
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
  const order = orderOf<Row>(query, resource.rules.order);
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
  const parents = requireParents(context);
  const row = updateRow(resource, requireNamedRow(context, resource), context.body, context, parents);
  return rowAnswer(context, resource, row, { isWrite: true });
}

/** A missing row: 404 where the description documents it and the resource does not say otherwise, else 204 (catalog.md 0.4). */
function remove(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const key = namedKey(context);
  const rows = context.store.rows(resource);
  const row = rows.get(key);
  const isHere =
    row !== undefined && isBelow(context, resource, key, parents) && (resource.rules.visible?.(row, context) ?? true);
  if (!isHere) {
    if (!resource.rules.quietDelete && context.operation.statuses.includes(404)) throw notFound(resource, key);
    return emptyAnswer();
  }
  resource.rules.requireDeletable?.(row, context);
  deleteRow(resource, key, context);
  return emptyAnswer();
}

/** Deletes what a filter selects. @throws UnprocessableError without a filter (platform.md 6.3) */
function removeMany(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  requireFilter(context);
  const most = context.operation.limits?.['batch-delete'];
  for (const row of findRows(context, resource, parents).slice(0, most)) {
    resource.rules.requireDeletable?.(row, context);
    deleteRow(resource, resource.shape.keyOf(row), context);
  }
  return emptyAnswer();
}

/** @throws UnprocessableError naming the filters that would do */
export function requireFilter(context: OperationContext): void {
  if ([...context.query].some(([name, value]) => isFilter(name) && value !== '')) return;
  throw new UnprocessableError('A filter is required: nothing is deleted without one.');
}

/** Updates each element by its id, all or none. */
function updateMany(context: OperationContext, resource: Resource): BytesAnswer {
  const parents = requireParents(context);
  const items = context.body as unknown as readonly { readonly id: Key }[];
  const rows = items.map((item) => updateRow(resource, requireRow(resource, item.id, context), item, context, parents));
  return listAnswer(context, resource, rows, '{}', { isWrite: true });
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
    const key = keys[place] as Key;
    const resource = engine.resources.find(collection);
    if (!resource) throw new Error(`${operation.id} names an unknown parent collection ${collection}`);
    const rows = store.rows(resource);
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
  const key = namedKey(context);
  const row = requireRow(resource, key, context);
  if (!isBelow(context, resource, key, parents)) throw notFound(resource, key);
  return row;
}

function isBelow(context: OperationContext, resource: Resource, key: Key, parents: readonly Key[]): boolean {
  return parents.length === 0 || context.store.rows(resource).parentOf(key) === lastOf(parents);
}

function namedKey(context: OperationContext): Key {
  const place = Object.keys(context.operation.resource?.parent ?? {}).length;
  return context.keys[place] as Key;
}

function lastOf(keys: readonly Key[]): Key {
  return keys[keys.length - 1] as Key;
}

/** The lowest documented 2xx. */
function successStatus(context: OperationContext): number {
  return Math.min(...context.operation.statuses.filter((status) => status < 300));
}
