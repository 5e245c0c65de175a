/** Every attempt to tell a webhook of an event: the newest ones, bounded in number. */

export type Outcome =
  /** Answered with 2xx. */
  | 'delivered'
  /** Anything else came of the call. */
  | 'failed'
  /** The domain had failed too often: no call was made. */
  | 'blocked'
  /** Calls are switched off for such a destination (option `webhooks`). */
  | 'withheld';

export interface DeliveryAttempt {
  /** Counts up from 1 since the start or the last reset. */
  readonly id: number;
  readonly store_hash: string;
  readonly hook_id: number;
  readonly client_id: string;
  readonly destination: string;
  readonly scope: string;
  readonly hash: string;
  /** From 1 to 12. */
  readonly attempt: number;
  /** On the mock's clock, in milliseconds since 1970. */
  readonly at: number;
  readonly outcome: Outcome;
  /** Of the answer; null when none came. */
  readonly status: number | null;
  readonly failure: string | undefined;
  /** When it is tried again, on the mock's clock; undefined for never. */
  readonly nextAt: number | undefined;
  readonly durationMs: number;
  readonly headers: Readonly<Record<string, string>>;
  /** As it was sent. */
  readonly body: string;
}

const MAX_ATTEMPTS = 1_000;

export class DeliveryLog {
  #attempts: DeliveryAttempt[] = [];
  #lastId = 0;

  add(attempt: Omit<DeliveryAttempt, 'id'>): void {
    this.#lastId += 1;
    this.#attempts.push({ id: this.#lastId, ...attempt });
    if (this.#attempts.length > 2 * MAX_ATTEMPTS) this.#attempts = this.#attempts.slice(-MAX_ATTEMPTS);
  }

  /** Oldest first. */
  attempts(): readonly DeliveryAttempt[] {
    return this.#attempts.slice(-MAX_ATTEMPTS);
  }

  clear(): void {
    this.#attempts = [];
    this.#lastId = 0;
  }
}
