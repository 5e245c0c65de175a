/**
 * One quota per store, shared by its accounts: a fixed window that is reset, not slid.
 */
import type { Clock } from './clock.js';

export interface RateLimit {
  /** Requests per window; `unlimited` still reports it, and never refuses. */
  readonly requests: number;
  /** Length of a window, in milliseconds. */
  readonly windowMs: number;
  readonly unlimited: boolean;
}

/** What `--plan` means. Enterprise has no published figure: assumed high enough never to be met by accident. */
export const plans = {
  standard: { requests: 150, windowMs: 30_000, unlimited: false },
  plus: { requests: 150, windowMs: 30_000, unlimited: false },
  pro: { requests: 450, windowMs: 30_000, unlimited: false },
  enterprise: { requests: 100_000, windowMs: 30_000, unlimited: false },
  unlimited: { requests: 2_147_483_647, windowMs: 30_000, unlimited: true },
} as const satisfies Record<string, RateLimit>;

export type Plan = keyof typeof plans;

/** What a reply says about a quota. */
export interface QuotaReport {
  readonly limit: RateLimit;
  /** Requests left in the window. */
  readonly left: number;
  /** Milliseconds until the window is reset. */
  readonly resetMs: number;
}

/** What a quota would report, were it spent now. */
export function spentQuota({ limit, resetMs }: QuotaReport): QuotaReport {
  return { limit, left: 0, resetMs: resetMs > 0 ? resetMs : limit.windowMs };
}

export class RateQuota implements QuotaReport {
  #windowStart = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(
    readonly limit: RateLimit,
    private readonly clock: Clock,
  ) {}

  /** Takes one request from the window. False when it is spent. A window begins with the first request after the last one's end. */
  take(): boolean {
    const now = this.clock.now();
    if (now - this.#windowStart >= this.limit.windowMs || now < this.#windowStart) {
      this.#windowStart = now;
      this.#used = 0;
    }
    if (this.#used >= this.limit.requests && !this.limit.unlimited) return false;
    this.#used += 1;
    return true;
  }

  /** Requests that the last window has taken so far. */
  get used(): number {
    return this.#used;
  }

  /** Requests left in the window. */
  get left(): number {
    return this.limit.unlimited ? this.limit.requests : Math.max(0, this.limit.requests - this.#used);
  }

  /** Milliseconds until the window is reset. */
  get resetMs(): number {
    return Math.max(0, Math.ceil(this.#windowStart + this.limit.windowMs - this.clock.now()));
  }

  reset(): void {
    this.#windowStart = Number.NEGATIVE_INFINITY;
    this.#used = 0;
  }
}
