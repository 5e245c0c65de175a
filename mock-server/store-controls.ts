/**
 * What a program may do with a running mock, or with one store in it: the control API without HTTP. Filters, faults and
 * accounts are spelled as there, and checked by the same rules.
 */
import { addFault } from './control/faults.js';
import { moveClock } from './control/clock.js';
import { findRequests, readWait } from './control/requests.js';
import { waitForRequests } from './control/request-wait.js';
import { shownRequest, type ShownRequest } from './control/shown-request.js';
import { BigCommerceError, OptionsError } from './errors.js';
import type { ContractReport } from './report/contract-report.js';
import type { Fault, FaultEffect, FaultMatch } from './state/faults.js';
import type { MockState } from './state/mock-state.js';
import type { Store } from './state/store.js';

/** Which requests; what is left out does not matter. */
export interface RequestFilter extends Omit<FaultMatch, 'operation_id'> {
  /** As BigCommerce spells it, such as `createProduct`. */
  readonly operation_id?: string;
  /** 0: the connection was cut. */
  readonly status?: number;
  /** ISO 8601 or milliseconds since 1970, on the clock of the store. */
  readonly since?: string | number;
}

export interface NewFaultOptions {
  readonly match?: Omit<RequestFilter, 'status' | 'since'>;
  readonly fault: FaultEffect;
  /** How many requests it hits. @default all */
  readonly times?: number;
  /** That it hits a request that it could hit, above 0. @default 1 */
  readonly probability?: number;
}

export interface FaultControls {
  /** @throws OptionsError naming the field that is wrong */
  add(fault: NewFaultOptions): Fault;
  /** The oldest first, with their hits. */
  all(): readonly Fault[];
  /** @returns false when there is none of that id */
  remove(id: number): boolean;
  clear(): void;
}

export interface ClockControls {
  now(): Date;
  /** Moves it on, or back by negative milliseconds. Webhooks that become due are called. @throws OptionsError */
  advance(ms: number): void;
  /** @param instant ISO 8601, milliseconds since 1970, or a Date. @throws OptionsError */
  set(instant: Date | string | number): void;
}

/** All of it is about one store, or about every store of the mock. */
export interface StoreControls {
  readonly faults: FaultControls;
  readonly clock: ClockControls;
  /** Back to the seed, with journal, faults and clock. */
  reset(): void;
  /** What clients sent and got, the oldest first: at most the newest 1,000. @throws OptionsError */
  requests(filter?: RequestFilter): readonly ShownRequest[];
  /**
   * Resolves once there are so many requests that a filter selects, those made before among them.
   * @param count 1 unless given
   * @param timeoutMs of real time; 10,000 unless given
   * @returns the newest 100 of them at most, the oldest first. Rejects with an Error when the time is up, and with an
   * OptionsError for a filter that cannot be used
   */
  waitFor(filter?: RequestFilter, count?: number, timeoutMs?: number): Promise<readonly ShownRequest[]>;
  /** What clients did since the last reset, what broke the contract, and which scopes would have sufficed. */
  report(): Promise<ContractReport>;
}

const MOST_REQUESTS = 1_000;

/** @param store the one that they are about; all when it is not given */
export function controlsOf(state: MockState, store?: Store): StoreControls {
  const own = store && { store_hash: store.hash };
  /** Changes something, and has it kept. */
  const change = <Given extends object, Result>(given: Given, work: (given: Given) => Result): Result => {
    const result = asked(given, () => work(given));
    state.keeper?.keepAll();
    return result;
  };
  return {
    faults: {
      add: (given) => change({ ...given, match: { ...given.match, ...own } }, (fault) => addFault(state, fault)),
      all: () => state.faults.all(store?.hash),
      remove: (id) => {
        const isOwn = !store || state.faults.byId(id)?.match.store_hash === store.hash;
        return isOwn && state.faults.remove(id);
      },
      clear: () => {
        state.faults.clear(store?.hash);
      },
    },
    clock: {
      now: () => new Date((store ?? state).clock.now()),
      advance: (advance_ms) => {
        change({ advance_ms, ...own }, (move) => {
          moveClock(state, move);
        });
      },
      set: (instant) => {
        change({ now: instant instanceof Date ? instant.getTime() : instant, ...own }, (move) => {
          moveClock(state, move);
        });
      },
    },
    reset: () => {
      change({}, () => {
        state.reset(store);
      });
    },
    requests: (filter) => {
      const wanted = { limit: MOST_REQUESTS, ...filter, ...own };
      return asked(wanted, () => findRequests(state, wanted).requests);
    },
    waitFor: async (filter, count = 1, timeoutMs = 10_000) => {
      const wait = { filter: { ...filter, ...own }, count, timeout_ms: timeoutMs };
      const result = await waitForRequests(
        state.journal,
        asked(wait, () => readWait(wait)),
      );
      if (result.matched) return result.entries.map(shownRequest);
      const found = `${String(result.count)} of ${String(count)} requests within ${String(timeoutMs)} ms`;
      throw new Error(`${found}: ${JSON.stringify(wait.filter)}`);
    },
    // Loaded with the first report: the checks are big, and many mocks never need them.
    report: async () => (await import('./report/contract-report.js')).contractReport(state, store),
  };
}

/**
 * What `work` gives. What a control call would refuse is misuse of this package here.
 * @param given what was asked with; errors show the value in it
 * @param nameOf a field of the control API as the program knows it
 * @throws OptionsError
 */
export function asked<Result>(given: object, work: () => Result, nameOf = (field: string): string => field): Result {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BigCommerceError)) throw error;
    const [[field, text] = ['options', error.message]] = Object.entries(error.fields ?? {});
    const allowed = text.startsWith(EXPECTED) ? text.slice(EXPECTED.length) : `another one: ${text}`;
    throw new OptionsError(nameOf(field), valueAt(given, field), allowed, { cause: error });
  }
}

const EXPECTED = 'expected ';

function valueAt(given: object, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), given);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
