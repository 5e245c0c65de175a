/** One store: its collections, API accounts, quota and requests under way. Stores share nothing that changes. */
import type { Socket } from 'node:net';
import { countsOf, lazyStoreFixture, plannedCounts, type StartingState, type StoreSize } from '../../fixtures/index.js';
import type { Resource, ResourceRegistry } from '../resources/define.js';
import { DestinationHealth } from '../webhooks/destination-health.js';
import { ApiAccounts, type ApiAccountsDump } from './api-accounts.js';
import { ChangeLog, type LoggedChange, type UnsavedRows } from './change-log.js';
import type { Clock } from './clock.js';
import { Collection, type CollectionDump, type CollectionShape } from './collection.js';
import { RateQuota, type RateLimit } from './rate-quota.js';
import { Usage } from './usage.js';
import { Users, type UsersDump } from './users.js';

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
  readonly accounts: ApiAccountsDump;
  readonly users: UsersDump;
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

/** A snapshot under a name. */
export interface SavedSnapshot {
  /** On the store's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly state: StoreSnapshot;
}

export class Store {
  readonly hash: string;
  readonly accounts = new ApiAccounts();
  readonly users: Users;
  readonly quota: RateQuota;
  /** What was asked of it since the last reset; snapshots leave it. */
  readonly usage = new Usage();
  /** Requests of operations with a documented concurrency limit, by operationId. */
  readonly traffic = new Map<string, OperationTraffic>();
  /** Uploaded files by the path they are served under. */
  readonly files = new Map<string, StoredFile>();
  /** Saved states, by name. A reset leaves them. */
  readonly snapshots = new Map<string, SavedSnapshot>();
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
    this.users = new Users(options.hash);
    this.quota = new RateQuota(options.rateLimit, clock);
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

  /** Every collection, those included that nobody touched yet: they are made now. */
  allRows(): Collection<object>[] {
    return this.resources.all().map((resource) => this.rows(resource));
  }

  /** How every collection finds its rows, by name. */
  shapes(): ReadonlyMap<string, CollectionShape<object>> {
    return new Map(this.resources.all().map(({ collection, shape }) => [collection, shape]));
  }

  /** Those of these collections that were touched. */
  rowsNamed(names: Iterable<string>): Collection<object>[] {
    return [...names].flatMap((name) => this.#collections.get(name) ?? []);
  }

  /** From now on, rows that change are noted in what this gives, until whoever writes them down takes them out. */
  noteChanges(): UnsavedRows {
    const unsaved: UnsavedRows = new Map();
    this.#log.unsaved = unsaved;
    return unsaved;
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

  /** The last number of each sequence. They only grow. */
  get lastNumbers(): ReadonlyMap<string, number> {
    return this.#lastNumbers;
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

  /** Back to the starting state: rows, accounts, users, files and quota. */
  reset(): void {
    this.accounts.reset();
    this.users.reset();
    this.#restored = new Map();
    this.#clear();
    this.#fixture = this.#newFixture();
  }

  /** A store of the same options in which nothing happened yet, and which nobody finds. */
  untouched(): Store {
    return new Store(this.options, this.clock, this.resources);
  }

  /** What the store holds now. Costs pointers only: rows are immutable. */
  snapshot(): StoreSnapshot {
    const touched = [...this.#collections].map(([name, collection]) => [name, collection.dump()] as const);
    return {
      collections: new Map([...this.#restored, ...touched]),
      accounts: this.accounts.dump(),
      users: this.users.dump(),
      files: new Map(this.files),
      lastNumbers: new Map(this.#lastNumbers),
    };
  }

  /** Back to a snapshot of this store. Its rows come back when they are touched, so that this costs next to nothing. */
  restore({ collections, accounts, users, files, lastNumbers }: StoreSnapshot): void {
    this.#restored = collections;
    this.#clear();
    this.accounts.load(accounts);
    this.users.load(users);
    for (const [path, file] of files) this.files.set(path, file);
    for (const [sequence, number] of lastNumbers) this.#lastNumbers.set(sequence, number);
  }

  #clear(): void {
    this.#collections = new Map();
    const { unsaved } = this.#log;
    this.#log = new ChangeLog();
    this.#log.unsaved = unsaved;
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
