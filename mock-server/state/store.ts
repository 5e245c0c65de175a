/** One store: its collections, API accounts, quota and requests under way. Stores share nothing that changes. */
import type { Socket } from 'node:net';
import { storeFixture, type StoreSize } from '../../fixtures/index.js';
import type { Resource, ResourceRegistry } from '../resources/define.js';
import { seedAccounts, type ApiAccount } from './api-accounts.js';
import { ChangeLog } from './change-log.js';
import type { Clock } from './clock.js';
import { Collection } from './collection.js';
import { RateQuota, type RateLimit } from './rate-quota.js';

export interface StoreOptions {
  readonly hash: string;
  readonly seed: number;
  readonly size: StoreSize;
  readonly rateLimit: RateLimit;
}

/** Requests of one operation on one store. */
export interface OperationTraffic {
  underWay: number;
  /** Connection of the newest request, and when it came, in milliseconds of performance.now(). */
  socket: Socket | undefined;
  at: number;
}

/** An uploaded file, kept as it came. */
export interface StoredFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

export class Store {
  readonly hash: string;
  readonly accounts = new Map<string, ApiAccount>();
  readonly quota: RateQuota;
  /** Requests of operations with a documented concurrency limit, by operationId. */
  readonly traffic = new Map<string, OperationTraffic>();
  /** Uploaded files by the path they are served under. */
  readonly files = new Map<string, StoredFile>();
  #log = new ChangeLog();
  #resets = 0;
  #collections = new Map<string, Collection<object>>();
  readonly #lastNumbers = new Map<string, number>();

  constructor(
    readonly options: StoreOptions,
    readonly clock: Clock,
    private readonly resources: ResourceRegistry,
  ) {
    this.hash = options.hash;
    this.quota = new RateQuota(options.rateLimit, clock);
    for (const account of seedAccounts()) this.accounts.set(account.token, account);
    this.#seed();
  }

  /** The rows of a resource, in this store. */
  rows<Row extends object, Input>(resource: Resource<Row, Input>): Collection<Row> {
    const known = this.#collections.get(resource.collection);
    if (known) return known as unknown as Collection<Row>;
    const created = new Collection<Row>(resource.collection, resource.shape, this.#log);
    this.#collections.set(resource.collection, created);
    return created;
  }

  /** Resources whose rows hang below rows of a collection. */
  childrenOf(collection: string): readonly Resource[] {
    return this.resources.childrenOf(collection);
  }

  /** Everything `work` writes is kept, or nothing of it when it throws. May be nested. */
  transaction<Result>(work: () => Result): Result {
    return this.#log.transaction(work);
  }

  /** Changes since the last reset: between two resets, equal numbers mean equal rows. */
  get writes(): number {
    return this.#log.writes;
  }

  get resets(): number {
    return this.#resets;
  }

  /**
   * The next number of a sequence that is no collection's own, such as the ids of the values within options.
   * None is given twice, not even when what asked for it is undone.
   * @param highest the highest number in use; asked once per starting state
   */
  nextNumber(sequence: string, highest: () => number): number {
    const next = (this.#lastNumbers.get(sequence) ?? highest()) + 1;
    this.#lastNumbers.set(sequence, next);
    return next;
  }

  /** Number of rows by collection, those without any left out. */
  counts(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const [name, collection] of [...this.#collections].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (collection.size > 0) counts[name] = collection.size;
    }
    return counts;
  }

  /** Back to the starting state: rows, files and quota. */
  reset(): void {
    this.#collections = new Map();
    this.#log = new ChangeLog();
    this.#resets += 1;
    this.#lastNumbers.clear();
    this.files.clear();
    this.quota.reset();
    this.#seed();
  }

  #seed(): void {
    const { seed, size, hash } = this.options;
    const fixture = storeFixture({ seed, size, store_hash: hash });
    for (const [name, { rows, parents }] of Object.entries(fixture.collections)) {
      const resource = this.resources.find(name);
      if (resource) this.rows(resource).load(rows, parents);
    }
  }
}
