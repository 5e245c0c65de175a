/** What clients sent and got: the newest requests, bounded in number and in bytes kept. */

export interface JournalEntry {
  /** Counts up from 1 since the start or the last reset. */
  readonly id: number;
  /** Milliseconds since the Unix epoch, on the mock's clock. */
  readonly at: number;
  readonly store_hash: string | undefined;
  readonly operation_id: string | undefined;
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  readonly status: number;
  /** Name of the API account, once the token was known. */
  readonly account: string | undefined;
  /** From the first byte handled to the reply, in milliseconds. */
  readonly duration_ms: number;
  /** Why it was refused. */
  readonly reason: string | undefined;
  readonly request_headers: Readonly<Record<string, unknown>>;
  readonly request_body: Buffer | undefined;
  readonly response_headers: Readonly<Record<string, unknown>>;
  readonly response_body: Buffer | undefined;
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
    while (
      this.#entries.length - this.#first > MAX_ENTRIES ||
      (this.#bytes > MAX_BYTES && this.#entries.length - this.#first > 1)
    ) {
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
}

function sizeOf(entry: JournalEntry): number {
  return (entry.request_body?.length ?? 0) + (entry.response_body?.length ?? 0);
}
