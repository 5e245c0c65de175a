/** Writes one store down: once as a whole, and from then on what changed. All of it within a transaction of the caller's. */
import type { UnsavedRows } from '../state/change-log.js';
import type { Collection, CollectionDump, Key } from '../state/collection.js';
import { rowKeyOf } from '../state/row-key.js';
import type { Store, StoredFile } from '../state/store.js';
import type { Database } from './folder.js';
import { partsOfStore, type Part } from './parts.js';
import { encode, keyOf, range, sealed } from './records.js';
import type { CollectionRecord, RowRecord, StoreRecord } from './saved-store.js';

/** What has been written of parts: version by name. */
export type WrittenParts = Map<string, number>;

export class StoreWriter {
  readonly #unsaved: UnsavedRows;
  readonly #parts: readonly Part[];
  /** Collections that are written down, by name. */
  #collections = new Map<string, CollectionRecord>();
  #writtenParts: WrittenParts = new Map();
  #files = new Map<string, StoredFile>();
  /** Undefined as long as nothing is written. */
  #resets: number | undefined;

  constructor(
    private readonly database: Database,
    readonly store: Store,
    /** Place among the stores. */
    private readonly order: number,
  ) {
    this.#unsaved = store.noteChanges();
    this.#parts = partsOfStore(store);
  }

  /** All of it is written down as it is: it has just been read. */
  takeAsWritten(collections: ReadonlyMap<string, CollectionDump<object>>): void {
    this.#resets = this.store.resets;
    this.#collections = new Map(
      [...collections].map(([name, { lastId, parents }]) => [
        name,
        { last_id: lastId, has_parents: parents !== undefined },
      ]),
    );
    for (const part of this.#parts) this.#writtenParts.set(part.name, part.version());
    this.#files = new Map(this.store.files);
  }

  get hasChanges(): boolean {
    return (
      this.#resets !== this.store.resets ||
      this.#unsaved.size > 0 ||
      this.#parts.some((part) => isUnwritten(part, this.#writtenParts)) ||
      !sameEntries(this.#files, this.store.files)
    );
  }

  /**
   * Writes what changed since the last time, or everything after a reset.
   * @returns to be called when the transaction is through: until then, all of it counts as not written
   */
  write(): () => void {
    const { store, database } = this;
    const isWhole = this.#resets !== store.resets;
    if (isWhole) this.#removeAll();
    const collections = isWhole ? new Map<string, CollectionRecord>() : new Map(this.#collections);
    if (isWhole) {
      const { seed, size, rateLimit } = store.options;
      const record: StoreRecord = { order: this.order, seed, size, rate_limit: rateLimit };
      this.#put(keyOf.store(store.hash), record);
    }
    for (const collection of isWhole ? store.allRows() : store.rowsNamed(this.#unsaved.keys()))
      this.#writeCollection(collection, collections);
    const parts: WrittenParts = new Map(isWhole ? [] : this.#writtenParts);
    writeParts(database, store.hash, this.#parts, parts);
    this.#writeFiles(isWhole ? new Map() : this.#files);
    const files = new Map(store.files);
    const { resets } = store;
    return () => {
      this.#resets = resets;
      this.#collections = collections;
      this.#writtenParts = parts;
      this.#files = files;
      this.#unsaved.clear();
    };
  }

  #writeCollection(collection: Collection<object>, written: Map<string, CollectionRecord>): void {
    const { name } = collection;
    const isWhole = !written.has(name);
    for (const key of isWhole ? collection.keys : (this.#unsaved.get(name) ?? [])) this.#writeRow(collection, key);
    const record: CollectionRecord = { last_id: collection.nextId() - 1, has_parents: collection.hasParents };
    const known = written.get(name);
    if (known?.last_id === record.last_id && known.has_parents === record.has_parents) return;
    this.#put(keyOf.collection(this.store.hash, name), record);
    written.set(name, record);
  }

  #writeRow(collection: Collection<object>, key: Key): void {
    const place = keyOf.row(this.store.hash, collection.name, key);
    const row = collection.get(key);
    if (!row) {
      this.database.removeSync(place);
      return;
    }
    const rowKey = rowKeyOf(row);
    const parent = collection.parentOf(key) ?? null;
    const record: RowRecord = rowKey === undefined ? [row, parent] : [row, parent, rowKey];
    this.#put(place, record);
  }

  #writeFiles(written: ReadonlyMap<string, StoredFile>): void {
    const { hash, files } = this.store;
    for (const [path, file] of files) {
      if (written.get(path) === file) continue;
      this.#put(keyOf.file(hash, path), { path, media_type: file.mediaType });
      const place = keyOf.bytes(hash, path);
      this.database.putSync(place, sealed(place, file.bytes));
    }
    for (const path of written.keys()) {
      if (files.has(path)) continue;
      this.database.removeSync(keyOf.file(hash, path));
      this.database.removeSync(keyOf.bytes(hash, path));
    }
  }

  #removeAll(): void {
    removeStore(this.database, this.store.hash);
  }

  #put(key: string, value: unknown): void {
    this.database.putSync(key, encode(key, value));
  }
}

/** Everything of a store is taken out of the database. */
export function removeStore(database: Database, hash: string): void {
  for (const key of [...database.getKeys(range(`${hash}/`))]) database.removeSync(key);
}

export function isUnwritten(part: Part, written: WrittenParts): boolean {
  return written.get(part.name) !== part.version();
}

/** Writes the parts that changed, and notes in `written` that they are. */
export function writeParts(database: Database, owner: string, parts: readonly Part[], written: WrittenParts): void {
  for (const part of parts) {
    if (!isUnwritten(part, written)) continue;
    const key = keyOf.part(owner, part.name);
    database.putSync(key, encode(key, part.dump()));
    written.set(part.name, part.version());
  }
}

/** Does everything in `now` stand in `written` as it is, and nothing else? */
function sameEntries<Value>(written: ReadonlyMap<string, Value>, now: ReadonlyMap<string, Value>): boolean {
  if (written.size !== now.size) return false;
  for (const [name, value] of now) if (written.get(name) !== value) return false;
  return true;
}
