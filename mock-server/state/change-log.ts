/** What a request changed so far, so that a refused or failed write leaves nothing half-written. */
import type { Collection, Key } from './collection.js';

export interface LoggedChange {
  readonly collection: Collection<object>;
  readonly key: Key;
  /** The row as it was; undefined when there was none. */
  readonly before: object | undefined;
  readonly parent: Key | undefined;
}

/** Keys of rows that changed since they were last written down, by collection. */
export type UnsavedRows = Map<string, Set<Key>>;

export class ChangeLog {
  #changes: LoggedChange[] = [];
  #depth = 0;
  #writes = 0;

  /** Where rows are noted that change, whether or not the change lasts; undefined when nobody writes them down. */
  unsaved: UnsavedRows | undefined;

  /** Grows with every change, and when changes are put back: what depends on a store's rows may compare it. */
  get writes(): number {
    return this.#writes;
  }

  /** Called by collections, before they change. */
  record<Row extends object>(
    collection: Collection<Row>,
    key: Key,
    before: Row | undefined,
    parent: Key | undefined,
  ): void {
    this.#writes += 1;
    if (this.unsaved) noteIn(this.unsaved, collection.name, key);
    if (this.#depth > 0) this.#changes.push({ collection: collection, key, before, parent });
  }

  /**
   * Runs `work`; when it throws, everything it wrote is put back, newest first, and the error goes on. May be nested.
   * @param committed told of the changes, oldest first, once the outermost transaction is through and wrote anything
   */
  transaction<Result>(work: () => Result, committed?: (changes: readonly LoggedChange[]) => void): Result {
    const savepoint = this.#changes.length;
    this.#depth += 1;
    try {
      const result = work();
      if (this.#depth === 1 && this.#changes.length > 0) committed?.(this.#changes);
      return result;
    } catch (error) {
      if (this.#changes.length > savepoint) this.#writes += 1;
      while (this.#changes.length > savepoint) {
        const change = this.#changes.pop();
        change?.collection.undo(change.key, change.before, change.parent);
      }
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#changes = [];
    }
  }
}

function noteIn(unsaved: UnsavedRows, collection: string, key: Key): void {
  const keys = unsaved.get(collection);
  if (keys) keys.add(key);
  else unsaved.set(collection, new Set([key]));
}
