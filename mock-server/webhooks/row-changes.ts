/** What a request did to a store, row by row: where a row stood before it and where it stands after, whatever was between. */
import { isDeepStrictEqual } from 'node:util';
import type { LoggedChange } from '../state/change-log.js';
import type { Collection, Key } from '../state/collection.js';

export interface RowChange<Row extends object = object> {
  readonly key: Key;
  /** Undefined for a row that is new. */
  readonly before: Row | undefined;
  /** Undefined for a row that is gone. */
  readonly after: Row | undefined;
  /** Key of the row that it hangs below, if it does not say so itself. */
  readonly parent: Key | undefined;
}

export class RowChanges {
  readonly #byCollection = new Map<string, RowChange[]>();

  constructor(log: readonly LoggedChange[]) {
    const firsts = new Map<Collection<object>, Map<Key, LoggedChange>>();
    for (const change of log) {
      let known = firsts.get(change.collection);
      if (!known) firsts.set(change.collection, (known = new Map<Key, LoggedChange>()));
      if (!known.has(change.key)) known.set(change.key, change);
    }
    for (const [collection, changes] of firsts) {
      const net: RowChange[] = [];
      for (const { key, before, parent } of changes.values()) {
        const after = collection.get(key);
        if (before !== after) net.push({ key, before, after, parent: parent ?? collection.parentOf(key) });
      }
      if (net.length > 0) this.#byCollection.set(collection.name, net);
    }
  }

  /** Changes of one collection, in the order in which its rows were first touched. */
  of(collection: string): readonly RowChange[] {
    return this.#byCollection.get(collection) ?? [];
  }

  has(collection: string): boolean {
    return this.#byCollection.has(collection);
  }

  /** Was the row deleted? */
  isGone(collection: string, key: Key): boolean {
    return this.of(collection).some((change) => change.key === key && change.after === undefined);
  }
}

/** Do the fields differ? Those that are objects are compared by what they hold. */
export function differIn<Row extends object>(before: Row, after: Row, fields: readonly (keyof Row)[]): boolean {
  return fields.some((field) => !areEqual(before[field], after[field]));
}

/** Most values are the same one: they need no looking into. */
function areEqual(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && isDeepStrictEqual(a, b));
}

/** Dates and counters that every write moves. */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  'date_modified',
  'date_updated',
  'date_last_updated',
  'updated_at',
  'updated_time',
  'version',
]);

/** Does anything differ, save the dates that every write moves and the fields that are left out? */
export function differBeyond<Row extends object>(before: Row, after: Row, ignored: readonly string[] = []): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of names) {
    if (BOOKKEEPING.has(name) || ignored.includes(name)) continue;
    if (!areEqual(before[name as keyof Row], after[name as keyof Row])) return true;
  }
  return false;
}
