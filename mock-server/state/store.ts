/** One store: its collections, API accounts, quota and requests under way. Stores share nothing that changes. */
import type { Socket } from 'node:net';
import { countsOf, lazyStoreFixture, plannedCounts, type StartingState, type StoreSize } from '../../fixtures/index.js';
import type { Resource, ResourceRegistry } from '../resources/define.js';
import { DestinationHealth } from '../webhooks/destination-health.js';
import { seedAccounts, type ApiAccount } from './api-accounts.js';
import { ChangeLog, type LoggedChange } from './change-log.js';
import type { Clock } from './clock.js';
import { Collection, type CollectionDump } from './collection.js';
import { RateQuota, type RateLimit } from './rate-quota.js';

export interface StoreOptions {
  readonly hash: string;
  readonly seed: number;
  readonly size: StoreSize;
  readonly rateLimit: RateLimit;
  /** What it starts with. @default made for this store alone */
  readonly start?: () => StartingState;
}

/** All that a store held at one instant, its quota and its webhooks on their way excepted. */
export interface StoreSnapshot {
  /** Of the collections that had been touched: the others were as they start. */
  readonly collections: ReadonlyMap<string, CollectionDump<object>>;
  readonly accounts: readonly ApiAccount[];
  readonly files: ReadonlyMap<string, StoredFile>;
  readonly lastNumbers: ReadonlyMap<string, number>;
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
  /** How the destinations of webhooks are doing. */
  readonly destinations = new DestinationHealth();
  #log = new ChangeLog();
  #resets = 0;
  /** Those that were touched. */
  #collections = new Map<string, Collection<object>>();
  #fixture: StartingState;
  /** What the rows were put back to, before any of it is touched. */
  #restored: ReadonlyMap<string, CollectionDump<object>> = new Map();
  readonly #lastNumbers = new Map<string, number>();

  constructor(
    readonly options: StoreOptions,
    readonly clock: Clock,
    private readonly resources: ResourceRegistry,
  ) {
    this.hash = options.hash;
    this.quota = new RateQuota(options.rateLimit, clock);
    for (const account of seedAccounts()) this.accounts.set(account.token, account);
    this.#fixture = this.#newFixture();
  }

  /** The rows of a resource, in this store. Those it starts with are made at the first call. */
  rows<Row extends object, Input>(resource: Resource<Row, Input>): Collection<Row> {
    const known = this.#collections.get(resource.collection);
    if (known) return known as unknown as Collection<Row>;
    // What the registry knows by that name: a view has the rows of its resource.
    const { collection, shape, seed } = this.resources.known(resource.collection) ?? resource;
    const created = new Collection<object>(collection, shape, this.#log);
    this.#collections.set(collection, created);
    const restored = this.#restored.get(collection);
    const start = restored ?? this.#fixture.familyOf(collection)?.[collection] ?? seed?.(this);
    if (start) created.load(start.rows, start.parents, restored?.lastId);
    return created as unknown as Collection<Row>;
  }

  /** Resources whose rows hang below rows of a collection. */
  childrenOf(collection: string): readonly Resource[] {
    return this.resources.childrenOf(collection);
  }

  /**
   * Everything `work` writes is kept, or nothing of it when it throws. May be nested.
   * @param committed told of the changes once the outermost transaction is through and wrote anything
   */
  transaction<Result>(work: () => Result, committed?: (changes: readonly LoggedChange[]) => void): Result {
    return this.#log.transaction(work, committed);
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

  /**
   * Number of rows by collection, those without any left out. Nothing is made to be counted: of collections that
   * nobody touched yet, those are there whose number follows from the size of the store.
   */
  counts(): Record<string, number> {
    const counts = new Map(Object.entries(plannedCounts(countsOf(this.options.size))));
    for (const [name, { rows }] of this.#restored) counts.set(name, rows.length);
    for (const [name, collection] of this.#collections) counts.set(name, collection.size);
    return Object.fromEntries([...counts].filter(([, size]) => size > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** Back to the starting state: rows, files and quota. */
  reset(): void {
    this.#restored = new Map();
    this.#clear();
    this.#fixture = this.#newFixture();
  }

  /** What the store holds now. Costs pointers only: rows are immutable. */
  snapshot(): StoreSnapshot {
    const touched = [...this.#collections].map(([name, collection]) => [name, collection.dump()] as const);
    return {
      collections: new Map([...this.#restored, ...touched]),
      accounts: [...this.accounts.values()],
      files: new Map(this.files),
      lastNumbers: new Map(this.#lastNumbers),
    };
  }

  /** Back to a snapshot of this store. Its rows come back when they are touched, so that this costs next to nothing. */
  restore({ collections, accounts, files, lastNumbers }: StoreSnapshot): void {
    this.#restored = collections;
    this.#clear();
    this.accounts.clear();
    for (const account of accounts) this.accounts.set(account.token, account);
    for (const [path, file] of files) this.files.set(path, file);
    for (const [sequence, number] of lastNumbers) this.#lastNumbers.set(sequence, number);
  }

  #clear(): void {
    this.#collections = new Map();
    this.#log = new ChangeLog();
    this.#resets += 1;
    this.#lastNumbers.clear();
    this.files.clear();
    this.quota.reset();
    this.destinations.clear();
  }

  #newFixture(): StartingState {
    const { seed, size, hash, start } = this.options;
    return start?.() ?? lazyStoreFixture({ seed, size, store_hash: hash });
  }
}
