/**
 * Creating, changing and deleting one row by the rules of its resource. Domains call these for inline children and
 * cascades; the engine's actions call them for requests. Callers hold a transaction of the store.
 */
import { NotFoundError, type BigCommerceError } from '../errors.js';
import { catalogDate } from '../state/clock.js';
import type { Key } from '../state/collection.js';
import type { Actor, Resource } from './define.js';

/** @throws BigCommerceError when a rule of the resource refuses the row */
export function createRow<Row extends object, Input>(
  resource: Resource<Row, Input>,
  input: Input,
  actor: Actor,
  parents: readonly Key[] = [],
): Row {
  const { rules } = resource;
  const rows = actor.store.rows(resource);
  // Written out, as copying an actor by spreading it costs more than all that follows.
  const { store, account, origin, at } = actor;
  const created = rules.create({ store, account, origin, at, input, id: rows.nextId(), parents });
  requireUnique(resource, created, actor);
  rules.check?.({ store, account, origin, at, next: created, current: undefined, input, parents });
  const row = rules.derive?.(created, store) ?? created;
  rows.insert(row, parents[parents.length - 1]);
  rules.created?.({ store, account, origin, at, next: row, current: undefined, input, parents });
  return rows.get(resource.shape.keyOf(row)) ?? row;
}

/** @throws BigCommerceError when a rule of the resource refuses the change */
export function updateRow<Row extends object, Input>(
  resource: Resource<Row, Input>,
  current: Row,
  input: Input,
  actor: Actor,
  parents: readonly Key[] = [],
): Row {
  const { rules } = resource;
  const rows = actor.store.rows(resource);
  const { store, account, origin, at } = actor;
  const merged = rules.merge
    ? rules.merge({ store, account, origin, at, current, input, parents })
    : mergeFields(current, input, actor);
  requireUnique(resource, merged, actor);
  rules.check?.({ store, account, origin, at, next: merged, current, input, parents });
  const row = rules.derive?.(merged, store) ?? merged;
  rows.replace(row);
  rules.updated?.({ store, account, origin, at, next: row, current, input, parents });
  return rows.get(resource.shape.keyOf(row)) ?? row;
}

/** Deletes a row and everything below it. Nothing happens when there is no such row. */
export function deleteRow<Row extends object, Input>(resource: Resource<Row, Input>, key: Key, actor: Actor): void {
  const rows = actor.store.rows(resource);
  const row = rows.get(key);
  if (!row) return;
  const parent = rows.parentOf(key);
  for (const child of actor.store.childrenOf(resource.collection)) {
    for (const childKey of [...actor.store.rows(child).keysOf(key)]) deleteRow(child, childKey, actor);
  }
  rows.delete(key);
  resource.rules.deleted?.(row, actor, parent);
}

/** The row of a key. @throws BigCommerceError the resource's 404 */
export function requireRow<Row extends object, Input>(resource: Resource<Row, Input>, key: Key, actor: Actor): Row {
  const row = actor.store.rows(resource).get(key);
  if (!row || !(resource.rules.visible?.(row, actor) ?? true)) throw notFound(resource, key);
  return row;
}

export function notFound<Row extends object, Input>(resource: Resource<Row, Input>, key: Key): BigCommerceError {
  return resource.rules.notFound?.(key) ?? new NotFoundError(`The requested ${titleOf(resource)} was not found.`);
}

function titleOf<Row extends object, Input>(resource: Resource<Row, Input>): string {
  return (
    resource.rules.title ??
    resource.collection.replace(/^.*\./, '').replaceAll('-', ' ').replace(/ies$/, 'y').replace(/s$/, '')
  );
}

/** Sent fields replace stored ones; `date_modified` becomes now where the row has one. */
export function mergeFields<Row extends object>(current: Row, input: unknown, actor: Actor): Row {
  const next = { ...current, ...(input as Partial<Row>) };
  return 'date_modified' in current ? { ...next, date_modified: catalogDate(actor.at) } : next;
}

function requireUnique<Row extends object, Input>(resource: Resource<Row, Input>, row: Row, actor: Actor): void {
  const rule = actor.store.rows(resource).brokenUnique(row, resource.shape.keyOf(row));
  const broken = rule === undefined ? undefined : resource.rules.unique?.[rule];
  if (broken) throw broken.refusal(row);
}
