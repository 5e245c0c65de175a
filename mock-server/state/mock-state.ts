/** All that changes in one mock: stores, clock, journal. Two mocks in one process share nothing. */
import type { Settings } from '../options.js';
import type { ResourceRegistry } from '../resources/define.js';
import { Clock } from './clock.js';
import { Journal, type JournalEntry } from './journal.js';
import { Store } from './store.js';

/** Where request lines go. */
export interface RequestLog {
  request(entry: JournalEntry): void;
}

export class MockState {
  readonly clock = new Clock();
  readonly journal = new Journal();
  readonly stores = new Map<string, Store>();
  log: RequestLog | undefined;

  constructor(
    readonly settings: Settings,
    resources: ResourceRegistry,
  ) {
    const { storeHash, seed, size, rateLimit } = settings;
    this.stores.set(storeHash, new Store({ hash: storeHash, seed, size, rateLimit }, this.clock, resources));
  }

  /** Every store back to its seed, or one of them; with all of them journal and clock too. */
  reset(store?: Store): void {
    if (store) {
      store.reset();
      return;
    }
    this.clock.reset();
    this.journal.clear();
    for (const each of this.stores.values()) each.reset();
  }
}
