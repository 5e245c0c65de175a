/** All that changes in one mock: stores, clock, journal, webhooks on their way. Two mocks in one process share nothing. */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { AccountChoices } from '../accounts/create-account.js';
import { SharedFamilies, type StoreSize } from '../../fixtures/index.js';
import type { Violation } from '../../contracts/index.js';
import type { Settings, StoreSettings } from '../options.js';
import type { Exchange } from '../pipeline/exchange.js';
import type { ResourceRegistry } from '../resources/define.js';
import { Authorizations } from '../oauth/authorizations.js';
import { Dispatchers } from '../webhooks/dispatchers.js';
import type { NewCredentials } from './api-accounts.js';
import { Apps } from './apps.js';
import { Clock } from './clock.js';
import { Faults } from './faults.js';
import { Journal, type JournalEntry, type RawHeaders } from './journal.js';
import { Store, type StoreSnapshot } from './store.js';

/** Where request lines go. */
export interface RequestLog {
  /** @param reason why it was refused, or would have been */
  request(entry: JournalEntry, reason: string | undefined): void;
}

export interface CreatedStore {
  readonly store: Store;
  /** Of the accounts that it starts with: full access, read only, no scopes, and those asked for. */
  readonly credentials: readonly NewCredentials[];
}

/** Writes down what changes, so that it survives a restart. */
export interface StateKeeper {
  /** What changed in one store. */
  keep(store: Store): void;
  /** What changed anywhere. */
  keepAll(): void;
  close(): Promise<void>;
}

export class MockState {
  readonly clock = new Clock();
  readonly journal = new Journal();
  /** What the contract checks found in entries of the journal, kept by whoever asked for it. */
  readonly violations = new WeakMap<JournalEntry, readonly Violation[]>();
  /** What is to go wrong on request. */
  readonly faults: Faults;
  readonly stores = new Map<string, Store>();
  /** Apps that stores may install. */
  readonly apps = new Apps();
  /** Consent that is waited for, or was given. */
  readonly authorizations = new Authorizations();
  /** Who is told of what changes in the stores. */
  readonly webhooks: Dispatchers;
  log: RequestLog | undefined;
  /** Undefined when the state lives in memory alone. */
  keeper: StateKeeper | undefined;
  /** The last headers of each connection: clients repeat themselves, and the journal need not keep every copy. Lengths may be an earlier request's. */
  readonly #headers = new WeakMap<Socket, RawHeaders>();

  /** What stores made later start with, by seed and size: the rows are theirs together. */
  readonly #starts = new Map<string, SharedFamilies>();

  constructor(
    readonly settings: Settings,
    private readonly resources: ResourceRegistry,
  ) {
    const { storeHash: hash, seed, size, rateLimit } = settings;
    this.faults = new Faults(seed);
    const store = new Store({ hash, seed, size, rateLimit }, new Clock(), resources);
    addAccounts(store, 'published');
    store.accounts.appSecretOf = this.apps.secretOf;
    this.stores.set(hash, store);
    this.webhooks = new Dispatchers(settings.webhooks);
  }

  /**
   * Another store, of which no other knows. Its rows are made when they are first touched.
   * @param accounts beside those that every store has; a reset leads back to both
   */
  createStore(
    { storeHash: hash, seed, size, rateLimit }: StoreSettings,
    accounts: readonly AccountChoices[] = [],
  ): CreatedStore {
    const start = () => this.#startOf(seed, size).startOf(hash);
    const store = new Store({ hash, seed, size, rateLimit, start }, new Clock(), this.resources);
    const credentials = addAccounts(store, 'own', accounts);
    store.accounts.appSecretOf = this.apps.secretOf;
    this.stores.set(hash, store);
    return { store, credentials };
  }

  removeStore(store: Store): void {
    this.webhooks.remove(store);
    this.journal.clearStore(store.hash);
    this.faults.clear(store.hash);
    this.authorizations.forget(store.hash);
    this.stores.delete(store.hash);
    // The rows of a seed stay as long as any store has it.
    const key = startKey(store.options);
    if (![...this.stores.values()].some(({ options }) => startKey(options) === key)) this.#starts.delete(key);
  }

  /** A store back to a state it was in. What was on its way to webhooks stays away. */
  restore(store: Store, snapshot: StoreSnapshot): void {
    this.webhooks.reset(store);
    store.restore(snapshot);
  }

  #startOf(seed: number, size: StoreSize): SharedFamilies {
    const key = startKey({ seed, size });
    const known = this.#starts.get(key) ?? new SharedFamilies(seed, size);
    this.#starts.set(key, known);
    return known;
  }

  /** Writes down an exchange that is about to be answered. */
  record(
    request: FastifyRequest,
    exchange: Exchange,
    status: number,
    responseBody: Buffer | string | undefined,
    ownHeaders?: Readonly<Record<string, string>>,
  ): JournalEntry {
    const { quota, store, operation, account } = exchange;
    if (store && operation) store.usage.count(account, operation, status, store.quota.used);
    const entry: JournalEntry = {
      id: this.journal.nextId(),
      at: (store?.clock ?? this.clock).now(),
      store_hash: store?.hash,
      operation,
      method: request.method,
      url: request.url,
      status,
      account: account?.name,
      durationMs: performance.now() - exchange.startedAt,
      note: exchange.note,
      requestHeaders: this.#keptHeaders(request.raw.socket, request.raw.rawHeaders),
      requestBody: request.body as Buffer | string | undefined,
      requestId: exchange.requestId,
      fidelity: exchange.fidelity,
      quota: quota?.limit,
      quotaLeft: quota?.left ?? 0,
      quotaResetMs: quota?.resetMs ?? 0,
      retryAfterSeconds: exchange.retryAfterSeconds,
      ownHeaders,
      responseBody,
    };
    this.journal.add(entry);
    return entry;
  }

  #keptHeaders(socket: Socket, headers: RawHeaders): RawHeaders {
    const kept = this.#headers.get(socket);
    if (kept && sameTexts(kept, headers)) return kept;
    this.#headers.set(socket, headers);
    return headers;
  }

  /** Every store back to its seed, or one of them, with its journal, its faults and its clock. */
  reset(store?: Store): void {
    this.webhooks.reset(store);
    this.faults.clear(store?.hash);
    if (store) {
      this.journal.clearStore(store.hash);
    } else {
      this.clock.reset();
      this.journal.clear();
    }
    for (const each of store ? [store] : this.stores.values()) {
      each.clock.reset();
      each.usage.clear();
      each.reset();
    }
  }
}

function startKey({ seed, size }: Pick<StoreSettings, 'seed' | 'size'>): string {
  return JSON.stringify([seed, size]);
}

/** The accounts that a store starts with. Their credentials are told here only. */
function addAccounts(
  { accounts, users, clock }: Store,
  tokens: 'published' | 'own',
  more: readonly AccountChoices[] = [],
): NewCredentials[] {
  const created = { created_at: new Date(clock.now()).toISOString(), created_by: users.owner.email };
  const credentials = accounts.addDefaults(tokens, { ...created, created_at: users.owner.created_at });
  for (const choices of more) credentials.push(accounts.add({ ...choices, ...created }));
  accounts.keepAsStart();
  return credentials;
}

/** Is this the value of Content-Length? The journal has the body itself. */
function isLength(headers: RawHeaders, place: number): boolean {
  return place % 2 === 1 && headers[place - 1]?.toLowerCase() === 'content-length';
}

function sameTexts(a: RawHeaders, b: RawHeaders): boolean {
  if (a.length !== b.length) return false;
  for (let place = 0; place < a.length; place += 1) {
    if (a[place] !== b[place] && !isLength(a, place)) return false;
  }
  return true;
}
