/**
 * What clients sent and got: the newest requests of each store, bounded in number and in bytes. A busy store pushes out
 * its own requests and nobody else's.
 */
import type { Operation } from '../../openapi/index.js';
import type { Fidelity } from '../pipeline/exchange.js';
import type { RateLimit } from './rate-quota.js';

/** Header names and values in turn. */
export type RawHeaders = readonly string[];

/** One exchange in as few objects as will do: a thousand of them are alive at any time, and the collector moves each. */
export interface JournalEntry {
  /** Counts up from 1 since the start or the last reset. */
  readonly id: number;
  /** Milliseconds since the Unix epoch, on the mock's clock. */
  readonly at: number;
  readonly store_hash: string | undefined;
  readonly operation: Operation | undefined;
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  /** 0: the connection was cut instead of an answer. */
  readonly status: number;
  /** Name of the API account, once the token was known. */
  readonly account: string | undefined;
  /** From the first byte handled to the reply, in milliseconds. */
  readonly durationMs: number;
  /** Said beside, or instead of, the refusal's own words. */
  readonly note: string | undefined;
  readonly requestHeaders: RawHeaders;
  readonly requestBody: Buffer | string | undefined;
  readonly requestId: string;
  readonly fidelity: Fidelity;
  /** The quota that the reply reported; undefined when it reported none. */
  readonly quota: RateLimit | undefined;
  readonly quotaLeft: number;
  readonly quotaResetMs: number;
  readonly retryAfterSeconds: number | undefined;
  /** Headers of this reply alone, lower-case. */
  readonly ownHeaders: Readonly<Record<string, string>> | undefined;
  readonly responseBody: Buffer | string | undefined;
}

/** Of one store. */
const MAX_ENTRIES = 1_000;
const MAX_BYTES = 32 * 1024 * 1024;
/** Of all stores together: beyond it, whichever has most gives up its oldest. */
const MAX_BYTES_IN_ALL = 256 * 1024 * 1024;
/** Beside the bodies. */
const BYTES_PER_ENTRY = 600;

/** Requests of one store, the oldest first. */
class Backlog {
  #entries: (JournalEntry | undefined)[] = [];
  #first = 0;
  bytes = 0;

  get length(): number {
    return this.#entries.length - this.#first;
  }

  add(entry: JournalEntry): void {
    this.#entries.push(entry);
    this.bytes += sizeOf(entry);
  }

  drop(): void {
    const dropped = this.#entries[this.#first];
    if (dropped) this.bytes -= sizeOf(dropped);
    this.#entries[this.#first] = undefined;
    this.#first += 1;
    if (this.#first > MAX_ENTRIES) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  entries(): JournalEntry[] {
    return this.#entries.slice(this.#first) as JournalEntry[];
  }
}

export class Journal {
  /** By store; under undefined, those of requests that named none that is there. */
  readonly #backlogs = new Map<string | undefined, Backlog>();
  #bytes = 0;
  #lastId = 0;
  readonly #listeners = new Set<(entry: JournalEntry) => void>();

  /** @param listener told of each entry once it is there. @returns ends that */
  onAdd(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  nextId(): number {
    return this.#lastId + 1;
  }

  add(entry: JournalEntry): void {
    this.#lastId = entry.id;
    this.#put(entry);
    if (this.#listeners.size > 0) for (const listener of [...this.#listeners]) listener(entry);
  }

  /** Oldest first. @param store_hash those of one store; all when it is not given */
  entries(store_hash?: string): JournalEntry[] {
    if (store_hash !== undefined) return this.#backlogs.get(store_hash)?.entries() ?? [];
    const all = [...this.#backlogs.values()].flatMap((backlog) => backlog.entries());
    return this.#backlogs.size > 1 ? all.sort((a, b) => a.id - b.id) : all;
  }

  clearStore(store_hash: string): void {
    this.#bytes -= this.#backlogs.get(store_hash)?.bytes ?? 0;
    this.#backlogs.delete(store_hash);
  }

  /** @param isGone which entries; all when it is not given, and then ids count from 1 again */
  clear(isGone?: (entry: JournalEntry) => boolean): void {
    const kept = isGone ? this.entries().filter((entry) => !isGone(entry)) : [];
    this.#backlogs.clear();
    this.#bytes = 0;
    for (const entry of kept) this.#put(entry);
    if (!isGone) this.#lastId = 0;
  }

  #put(entry: JournalEntry): void {
    const { store_hash } = entry;
    let backlog = this.#backlogs.get(store_hash);
    if (!backlog) this.#backlogs.set(store_hash, (backlog = new Backlog()));
    const before = backlog.bytes;
    backlog.add(entry);
    while (backlog.length > MAX_ENTRIES || (backlog.bytes > MAX_BYTES && backlog.length > 1)) backlog.drop();
    this.#bytes += backlog.bytes - before;
    while (this.#bytes > MAX_BYTES_IN_ALL) this.#dropFromLargest();
  }

  #dropFromLargest(): void {
    const [first, ...others] = this.#backlogs.values();
    const largest = others.reduce((most, each) => (each.bytes > (most?.bytes ?? 0) ? each : most), first);
    if (!largest) return;
    const before = largest.bytes;
    largest.drop();
    this.#bytes += largest.bytes - before;
  }
}

function sizeOf({ requestBody, responseBody }: JournalEntry): number {
  return BYTES_PER_ENTRY + (requestBody?.length ?? 0) + (responseBody?.length ?? 0);
}
