/** What clients sent and got: the newest requests, bounded in number and in bytes kept. */
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

const MAX_ENTRIES = 1_000;
const MAX_BYTES = 32 * 1024 * 1024;

export class Journal {
  #entries: (JournalEntry | undefined)[] = [];
  #first = 0;
  #bytes = 0;
  #lastId = 0;

  nextId(): number {
    return this.#lastId + 1;
  }

  add(entry: JournalEntry): void {
    this.#lastId = entry.id;
    this.#entries.push(entry);
    this.#bytes += sizeOf(entry);
    while (this.#length > MAX_ENTRIES || (this.#bytes > MAX_BYTES && this.#length > 1)) {
      const dropped = this.#entries[this.#first];
      if (dropped) this.#bytes -= sizeOf(dropped);
      this.#entries[this.#first] = undefined;
      this.#first += 1;
    }
    if (this.#first > MAX_ENTRIES) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Oldest first. */
  entries(): JournalEntry[] {
    return this.#entries.slice(this.#first) as JournalEntry[];
  }

  clear(): void {
    this.#entries = [];
    this.#first = 0;
    this.#bytes = 0;
    this.#lastId = 0;
  }

  get #length(): number {
    return this.#entries.length - this.#first;
  }
}

function sizeOf({ requestBody, responseBody }: JournalEntry): number {
  return (requestBody?.length ?? 0) + (responseBody?.length ?? 0);
}
