/**
 * Keeps the state of a mock in a folder (`--persist`). Whatever a request changed is in the database before its answer
 * goes out: in the system's hands, so that it survives the end of this process in any way, a kill included. Once a second
 * it is handed to the disk; what an end of the whole machine can cost is that second, and with bad luck the folder.
 *
 * Not kept, knowingly: the journal, faults, quotas, what is on its way to webhooks and how their destinations are doing,
 * consents that no app has exchanged yet, and snapshots by name.
 */
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { Database } from './folder.js';
import { partsOfMock } from './parts.js';
import { isUnwritten, removeStore, StoreWriter, writeParts, type WrittenParts } from './store-writer.js';
import type { SavedStore } from './saved-store.js';

const FLUSH_MS = 1_000;

export class Keeper {
  readonly #writers = new Map<string, StoreWriter>();
  #mockParts: WrittenParts = new Map();
  #order = 0;
  #isFlushed = true;
  #isFailing = false;
  #isClosed = false;
  readonly #timer: NodeJS.Timeout;

  /** @param saved what is in the database: it has been put back into the state */
  constructor(
    private readonly database: Database,
    private readonly state: MockState,
    saved: readonly SavedStore[],
  ) {
    for (const { hash, snapshot, order } of saved) {
      const store = state.stores.get(hash);
      if (!store) continue;
      this.#writerOf(store, order).takeAsWritten(snapshot.collections);
      this.#order = Math.max(this.#order, order);
    }
    this.keepAll();
    this.#timer = setInterval(() => {
      this.keepAll();
      this.#flush();
    }, FLUSH_MS).unref();
  }

  /** Writes down what changed in a store. Costs next to nothing when nothing did. */
  keep(store: Store): void {
    const writer = this.#writerOf(store);
    if (!writer.hasChanges) return;
    this.#write(() => [writer.write()]);
  }

  /** Writes down what changed anywhere: stores that came or went, and what belongs to none. */
  keepAll(): void {
    const writers = [...this.state.stores.values()].map((store) => this.#writerOf(store));
    const changed = writers.filter((writer) => writer.hasChanges);
    const gone = [...this.#writers.values()].filter(({ store }) => this.state.stores.get(store.hash) !== store);
    const parts = partsOfMock(this.state);
    if (changed.length + gone.length === 0 && !parts.some((part) => isUnwritten(part, this.#mockParts))) return;
    this.#write(() => {
      for (const { store } of gone) removeStore(this.database, store.hash);
      const written = new Map(this.#mockParts);
      writeParts(this.database, '', parts, written);
      return [
        ...changed.map((writer) => writer.write()),
        () => {
          this.#mockParts = written;
          for (const { store } of gone) this.#writers.delete(store.hash);
        },
      ];
    });
  }

  /** Writes what is left, and gives the folder free. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.keepAll();
    this.#isClosed = true;
    await new Promise<void>((resolve) => {
      this.database.sync(() => {
        resolve();
      });
    });
    await this.database.close();
  }

  #writerOf(store: Store, order = this.#order + 1): StoreWriter {
    const known = this.#writers.get(store.hash);
    if (known?.store === store) return known;
    this.#order = Math.max(this.#order, order);
    const writer = new StoreWriter(this.database, store, order);
    this.#writers.set(store.hash, writer);
    return writer;
  }

  /** All of it or nothing. What the disk refuses stays unwritten and is tried again; the mock goes on, and says so. */
  #write(work: () => readonly (() => void)[]): void {
    if (this.#isClosed) return;
    try {
      const done = this.database.transactionSync(work);
      for (const each of done) each();
      this.#isFlushed = false;
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) {
        const why = error instanceof Error ? error.message : String(error);
        process.stderr.write(`bcmock: the state cannot be written to the folder of --persist: ${why}\n`);
      }
      this.#isFailing = true;
    }
  }

  #flush(): void {
    if (this.#isFlushed) return;
    this.#isFlushed = true;
    this.database.sync((error) => {
      if (error) this.#isFlushed = false;
    });
  }
}
