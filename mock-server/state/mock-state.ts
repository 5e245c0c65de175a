/** All that changes in one mock: stores, clock, journal, webhooks on their way. Two mocks in one process share nothing. */
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../options.js';
import type { Exchange } from '../pipeline/exchange.js';
import type { ResourceRegistry } from '../resources/define.js';
import { Dispatcher } from '../webhooks/dispatcher.js';
import { Clock } from './clock.js';
import { Journal, type JournalEntry, type RawHeaders } from './journal.js';
import { Store } from './store.js';

/** Where request lines go. */
export interface RequestLog {
  /** @param reason why it was refused, or would have been */
  request(entry: JournalEntry, reason: string | undefined): void;
}

export class MockState {
  readonly clock = new Clock();
  readonly journal = new Journal();
  readonly stores = new Map<string, Store>();
  /** Who is told of what changes in the stores. */
  readonly webhooks: Dispatcher;
  log: RequestLog | undefined;
  /** The last headers of each connection: clients repeat themselves, and the journal need not keep every copy. Lengths may be an earlier request's. */
  readonly #headers = new WeakMap<Socket, RawHeaders>();

  constructor(
    readonly settings: Settings,
    resources: ResourceRegistry,
  ) {
    const { storeHash, seed, size, rateLimit } = settings;
    this.stores.set(storeHash, new Store({ hash: storeHash, seed, size, rateLimit }, this.clock, resources));
    this.webhooks = new Dispatcher({ clock: this.clock, stores: this.stores, calls: settings.webhooks });
  }

  /** Writes down an exchange that is about to be answered. */
  record(
    request: FastifyRequest,
    exchange: Exchange,
    status: number,
    responseBody: Buffer | string | undefined,
    ownHeaders?: Readonly<Record<string, string>>,
  ): JournalEntry {
    const { quota } = exchange;
    const entry: JournalEntry = {
      id: this.journal.nextId(),
      at: this.clock.now(),
      store_hash: exchange.store?.hash,
      operation: exchange.operation,
      method: request.method,
      url: request.url,
      status,
      account: exchange.account?.name,
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

  /** Every store back to its seed, or one of them; with all of them journal and clock too. */
  reset(store?: Store): void {
    this.webhooks.reset(store);
    if (store) {
      store.reset();
      return;
    }
    this.clock.reset();
    this.journal.clear();
    for (const each of this.stores.values()) each.reset();
  }
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
