/**
 * How the destinations of a store's webhooks are doing, by API account and domain: who fails too often is left alone
 * for a while (documented). Told to the app by /v3/hooks/admin.
 */

/** Documented: the success of the last two minutes counts, once there were a hundred calls. */
const WINDOW_MS = 120_000;
const LEAST_CALLS = 100;
const LEAST_SUCCESS = 0.9;
/** Documented. */
const BLOCKED_MS = 180_000;
/** Documented: an app hears of failures at one destination once in ten minutes. */
const EXCEPTION_MS = 600_000;

interface Call {
  readonly at: number;
  /** Undefined for a success. */
  readonly failure: string | undefined;
}

/** Calls of the last two minutes, oldest first. */
interface Traffic {
  readonly calls: Call[];
  failures: number;
}

export interface BlockedDomain {
  readonly domain: string;
  /** In milliseconds since 1970. */
  readonly until: number;
  readonly reasons: readonly { failure_description: string; count: number; timestamp: number }[];
}

/** Everything in here is gone with a reset. */
export class DestinationHealth {
  readonly #traffic = new Map<string, Traffic>();
  readonly #blocked = new Map<string, BlockedDomain & { readonly client_id: string }>();
  readonly #exceptions = new Map<string, number>();
  /** When a webhook was last called, in milliseconds since 1970, by its id. */
  readonly lastCalls = new Map<number, number>();

  /**
   * Counts a call.
   * @returns true when its domain is blocked from now on
   */
  count(client_id: string, destination: string, at: number, failure: string | undefined): boolean {
    const domain = domainOf(destination);
    const place = `${client_id} ${domain}`;
    const traffic = this.#traffic.get(place) ?? { calls: [], failures: 0 };
    this.#traffic.set(place, traffic);
    const { calls } = traffic;
    calls.push({ at, failure });
    if (failure !== undefined) traffic.failures += 1;
    for (let oldest = calls[0]; oldest && oldest.at <= at - WINDOW_MS; oldest = calls[0]) {
      calls.shift();
      if (oldest.failure !== undefined) traffic.failures -= 1;
    }
    if (calls.length < LEAST_CALLS || 1 - traffic.failures / calls.length >= LEAST_SUCCESS) return false;
    const reasons = reasonsOf(calls.filter((call) => call.failure !== undefined));
    this.#blocked.set(place, { client_id, domain, until: at + BLOCKED_MS, reasons });
    // What led to it is not held against the domain again.
    this.#traffic.delete(place);
    return true;
  }

  isBlocked(client_id: string, destination: string, at: number): boolean {
    const blocked = this.#blocked.get(`${client_id} ${domainOf(destination)}`);
    return blocked !== undefined && blocked.until > at;
  }

  /** Domains that get nothing for now. */
  blockedFor(client_id: string, at: number): BlockedDomain[] {
    return [...this.#blocked.values()].filter((each) => each.client_id === client_id && each.until > at);
  }

  /** Is the app to be told of a failure? Then the next ten minutes are quiet. */
  takeException(client_id: string, destination: string, at: number): boolean {
    const place = `${client_id} ${destination}`;
    const last = this.#exceptions.get(place);
    if (last !== undefined && at - last < EXCEPTION_MS) return false;
    this.#exceptions.set(place, at);
    return true;
  }

  clear(): void {
    this.#traffic.clear();
    this.#blocked.clear();
    this.#exceptions.clear();
    this.lastCalls.clear();
  }
}

function domainOf(destination: string): string {
  return URL.canParse(destination) ? new URL(destination).hostname : destination;
}

function reasonsOf(failures: readonly Call[]): BlockedDomain['reasons'] {
  const counts = new Map<string, { count: number; at: number }>();
  for (const { failure = '', at } of failures) {
    const known = counts.get(failure);
    counts.set(failure, { count: (known?.count ?? 0) + 1, at });
  }
  return [...counts].map(([failure_description, { count, at }]) => ({
    failure_description,
    count,
    timestamp: Math.floor(at / 1000),
  }));
}
