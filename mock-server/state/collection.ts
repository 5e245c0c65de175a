/**
 * Rows of one kind in one store: kept in id order, with indexes, so that one row, a page, or the rows of a parent
 * cost the page and not the store. Rows are immutable values: they are replaced, never edited.
 */
import type { ChangeLog } from './change-log.js';

/** What names a row: an integer id, or a composite key such as `113:1`. */
export type Key = number | string;

/** How a collection finds rows other than by key. */
export interface CollectionShape<Row> {
  /** The key of a row. */
  keyOf(this: void, row: Row): Key;
  /** Unique texts, by rule name. A rule that gives `undefined` exempts the row. */
  readonly unique: Readonly<Record<string, { text(row: Row): string | undefined }>>;
  /** Fields to look rows up by; an array field is indexed by each of its items. */
  readonly index: readonly string[];
  /** Property of a row that is its parent's key, if it has one: then nothing else needs to remember it. */
  readonly parentField?: string | undefined;
}

/** The rows of a collection with what does not follow from them. */
export interface CollectionDump<Row> {
  /** In the order of their keys. */
  readonly rows: readonly Row[];
  /** Key of each row's parent, when the collection hangs below another. */
  readonly parents?: readonly Key[];
  /** The highest integer id that was ever given. */
  readonly lastId: number;
}

/** Keys in ascending order. */
type SortedKeys = Key[];

export class Collection<Row extends object> {
  readonly #rows = new Map<Key, Row>();
  #keys: SortedKeys = [];
  /** Of rows that do not name their parent themselves. */
  readonly #parents = new Map<Key, Key>();
  readonly #children = new Map<Key, SortedKeys>();
  readonly #uniques: readonly (readonly [
    name: string,
    rule: { text(row: Row): string | undefined },
    taken: Map<string, Key>,
  ])[];
  readonly #indexes: ReadonlyMap<string, Map<unknown, SortedKeys>>;
  #lastId = 0;

  constructor(
    readonly name: string,
    readonly shape: CollectionShape<Row>,
    private readonly log: ChangeLog,
  ) {
    this.#uniques = Object.entries(shape.unique).map(([name, rule]) => [name, rule, new Map()] as const);
    this.#indexes = new Map(shape.index.map((field) => [field, new Map()]));
  }

  get size(): number {
    return this.#rows.size;
  }

  /** All keys, ascending. Not to be changed by the caller. */
  get keys(): readonly Key[] {
    return this.#keys;
  }

  get(key: Key): Row | undefined {
    return this.#rows.get(key);
  }

  has(key: Key): boolean {
    return this.#rows.has(key);
  }

  /** Every row, by ascending key. */
  *values(): IterableIterator<Row> {
    for (const key of this.#keys) {
      const row = this.#rows.get(key);
      if (row !== undefined) yield row;
    }
  }

  /** The parent's key of a row, when the collection hangs below another. */
  parentOf(key: Key): Key | undefined {
    const { parentField } = this.shape;
    if (parentField === undefined) return this.#parents.get(key);
    const row = this.#rows.get(key);
    return row && (valueOf(row, parentField) as Key);
  }

  /** Were rows put below parents? */
  get hasParents(): boolean {
    return this.shape.parentField === undefined ? this.#parents.size > 0 : this.#children.size > 0;
  }

  /** Keys of the rows below a parent, ascending. */
  keysOf(parent: Key): readonly Key[] {
    return this.#children.get(parent) ?? [];
  }

  /** Rows below a parent, by ascending key. */
  rowsOf(parent: Key): Row[] {
    return this.pick(this.keysOf(parent));
  }

  /** Keys of the rows whose indexed `field` is, or holds, `value`. @throws when the field is not indexed. */
  keysWhere(field: string, value: unknown): readonly Key[] {
    const index = this.#indexes.get(field);
    if (!index) throw new Error(`${this.name} has no index on ${field}`);
    return index.get(value) ?? [];
  }

  isIndexed(field: string): boolean {
    return this.#indexes.has(field);
  }

  /** The key that holds a unique text, under one rule. */
  keyByUnique(rule: string, text: string): Key | undefined {
    return this.#uniques.find(([name]) => name === rule)?.[2].get(text);
  }

  /** The first unique rule that a row would break, were it stored under `key`. */
  brokenUnique(row: Row, key: Key): string | undefined {
    for (const [name, rule, taken] of this.#uniques) {
      const text = rule.text(row);
      if (text === undefined) continue;
      const holder = taken.get(text);
      if (holder !== undefined && holder !== key) return name;
    }
    return undefined;
  }

  /** Rows of these keys, in their order; keys that name nothing are left out. */
  pick(keys: readonly Key[]): Row[] {
    const rows: Row[] = [];
    for (const key of keys) {
      const row = this.#rows.get(key);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  /** The next integer id. Ids are never given twice, not even after a delete. */
  nextId(): number {
    return this.#lastId + 1;
  }

  /** Stores a new row. @throws when its key is taken: callers check first. */
  insert(row: Row, parent?: Key): void {
    const key = this.shape.keyOf(row);
    if (this.#rows.has(key)) throw new Error(`${this.name} already has a row ${String(key)}`);
    this.log.record(this, key, undefined, parent);
    this.#add(key, row, parent);
  }

  /** Replaces the row of the same key. */
  replace(row: Row): void {
    const key = this.shape.keyOf(row);
    const before = this.#rows.get(key);
    if (before === undefined) throw new Error(`${this.name} has no row ${String(key)}`);
    this.log.record(this, key, before, this.parentOf(key));
    this.#swap(key, before, row);
  }

  /** Removes a row; gives it, or undefined when there was none. */
  delete(key: Key): Row | undefined {
    const row = this.#rows.get(key);
    if (row === undefined) return undefined;
    this.log.record(this, key, row, this.parentOf(key));
    this.#remove(key, row);
    return row;
  }

  /** Loads the rows of a starting state, unlogged. */
  load(rows: readonly Row[], parents?: readonly Key[], lastId = 0): void {
    rows.forEach((row, position) => {
      this.#add(this.shape.keyOf(row), row, parents?.[position]);
    });
    this.#lastId = Math.max(this.#lastId, lastId);
  }

  /** All rows as they are, to be loaded into another collection of the kind. Rows are immutable: they are not copied. */
  dump(): CollectionDump<Row> {
    return {
      rows: this.pick(this.#keys),
      ...(this.hasParents && { parents: this.#keys.map((key) => this.parentOf(key) as Key) }),
      lastId: this.#lastId,
    };
  }

  /** Puts back what one logged change did. Called by the change log only. */
  undo(key: Key, before: Row | undefined, parent: Key | undefined): void {
    const now = this.#rows.get(key);
    if (before === undefined) {
      if (now !== undefined) this.#remove(key, now);
    } else if (now === undefined) {
      this.#add(key, before, parent);
    } else {
      this.#swap(key, now, before);
    }
  }

  #add(key: Key, row: Row, parent: Key | undefined): void {
    this.#rows.set(key, row);
    insertSorted(this.#keys, key);
    if (typeof key === 'number' && key > this.#lastId) this.#lastId = key;
    if (parent !== undefined) {
      if (this.shape.parentField === undefined) this.#parents.set(key, parent);
      insertInto(this.#children, parent, key);
    }
    for (const [, rule, taken] of this.#uniques) {
      const text = rule.text(row);
      if (text !== undefined) taken.set(text, key);
    }
    for (const [field, index] of this.#indexes) addToIndex(index, valueOf(row, field), key);
  }

  #swap(key: Key, before: Row, after: Row): void {
    this.#rows.set(key, after);
    for (const [, rule, taken] of this.#uniques) {
      const old = rule.text(before);
      const text = rule.text(after);
      if (old === text) continue;
      if (old !== undefined && taken.get(old) === key) taken.delete(old);
      if (text !== undefined) taken.set(text, key);
    }
    for (const [field, index] of this.#indexes) {
      const old = valueOf(before, field);
      const value = valueOf(after, field);
      if (old === value) continue;
      removeFromIndex(index, old, key);
      addToIndex(index, value, key);
    }
  }

  #remove(key: Key, row: Row): void {
    const parent = this.parentOf(key);
    this.#rows.delete(key);
    removeSorted(this.#keys, key);
    if (parent !== undefined) {
      this.#parents.delete(key);
      removeFrom(this.#children, parent, key);
    }
    for (const [, rule, taken] of this.#uniques) {
      const text = rule.text(row);
      if (text !== undefined && taken.get(text) === key) taken.delete(text);
    }
    for (const [field, index] of this.#indexes) removeFromIndex(index, valueOf(row, field), key);
  }
}

function valueOf(row: object, field: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[field];
}

function addToIndex(index: Map<unknown, SortedKeys>, value: unknown, key: Key): void {
  if (Array.isArray(value)) for (const item of value) insertInto(index, item, key);
  else insertInto(index, value, key);
}

function removeFromIndex(index: Map<unknown, SortedKeys>, value: unknown, key: Key): void {
  if (Array.isArray(value)) for (const item of value) removeFrom(index, item, key);
  else removeFrom(index, value, key);
}

function insertInto<Value>(lists: Map<Value, SortedKeys>, value: Value, key: Key): void {
  const keys = lists.get(value);
  if (keys) insertSorted(keys, key);
  else lists.set(value, [key]);
}

function removeFrom<Value>(lists: Map<Value, SortedKeys>, value: Value, key: Key): void {
  const keys = lists.get(value);
  if (!keys) return;
  removeSorted(keys, key);
  if (keys.length === 0) lists.delete(value);
}

/** Appends in the usual case, a new id being the highest; otherwise finds the place by halving. Does nothing when present. */
function insertSorted(keys: SortedKeys, key: Key): void {
  const last = keys[keys.length - 1];
  if (last === undefined || last < key) {
    keys.push(key);
    return;
  }
  const place = placeOf(keys, key);
  if (keys[place] !== key) keys.splice(place, 0, key);
}

function removeSorted(keys: SortedKeys, key: Key): void {
  const place = placeOf(keys, key);
  if (keys[place] === key) keys.splice(place, 1);
}

/** The first place whose key is not below `key`. Keys of one collection are all numbers or all strings. */
function placeOf(keys: SortedKeys, key: Key): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as Key) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
