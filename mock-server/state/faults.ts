/** Faults on request: what tests asked to go wrong, for which requests, and how often it did. */
import { digitsOf } from '../../fixtures/index.js';
import type { Operation, OperationId } from '../../openapi/index.js';
import { pathOf, pathTest } from './path-pattern.js';

/** Which requests; what is left out does not matter. */
export interface FaultMatch {
  readonly operation_id?: OperationId;
  /** In capitals. */
  readonly method?: string;
  /** Without query; `*` stands for any characters, and `/v3/…` for that path of any store. */
  readonly path?: string;
  readonly store_hash?: string;
}

/** What happens to them. With a delay alone they are answered as usual, only later. */
export interface FaultEffect {
  /** From 200 to 599. @default 200 where there is a body */
  readonly status?: number;
  /** A text is sent as it is, anything else as JSON. @default BigCommerce's own refusal of that status */
  readonly body?: unknown;
  /** Lower-case names. A 429 without any `x-rate-limit-…` is a bare one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** In milliseconds of real time, whatever the mock's clock says. */
  readonly delay_ms?: number;
  /** Cuts the connection instead of answering; nothing has been done then. */
  readonly reset?: true;
}

export interface NewFault {
  readonly match: FaultMatch;
  readonly fault: FaultEffect;
  /** How many requests it hits. @default all */
  readonly times?: number;
  /** That it hits a request that it could hit, above 0. @default 1 */
  readonly probability?: number;
}

export interface Fault extends NewFault {
  /** Counts up from 1 since the start or the last reset. */
  readonly id: number;
  /** Requests that it hit. */
  readonly hits: number;
}

/** A request, as far as faults look at it. */
export interface FaultTarget {
  readonly operation: Operation;
  readonly method: string;
  /** With or without query. */
  readonly url: string;
  readonly store_hash: string;
}

interface Entry {
  readonly id: number;
  readonly given: NewFault;
  readonly isMeant: (target: FaultTarget) => boolean;
  /** Requests that it could have hit. */
  chances: number;
  hits: number;
}

const MAX_FAULTS = 1_000;

export class Faults {
  /** Those that may still hit something, the oldest first. */
  #live: Entry[] = [];
  readonly #all = new Map<number, Entry>();
  #lastId = 0;

  /** @param seed whether an improbable fault hits follows from it */
  constructor(private readonly seed: number) {}

  /** Is there anything that could hit a request? */
  get areThere(): boolean {
    return this.#live.length > 0;
  }

  /** No more fit in, not even when those are forgotten that are through. */
  get areFull(): boolean {
    return this.#live.length >= MAX_FAULTS;
  }

  add(given: NewFault): Fault {
    for (const [id, entry] of this.#all) {
      if (this.#all.size < MAX_FAULTS) break;
      if (isThrough(entry)) this.#all.delete(id);
    }
    this.#lastId += 1;
    const entry: Entry = { id: this.#lastId, given, isMeant: testOf(given.match), chances: 0, hits: 0 };
    this.#all.set(entry.id, entry);
    this.#live.push(entry);
    return shown(entry);
  }

  /** The oldest first. @param store_hash of those that are meant for this store alone */
  all(store_hash?: string): Fault[] {
    return [...this.#all.values()].filter(isOf(store_hash)).map(shown);
  }

  byId(id: number): Fault | undefined {
    const entry = this.#all.get(id);
    return entry && shown(entry);
  }

  remove(id: number): boolean {
    this.#live = this.#live.filter((entry) => entry.id !== id);
    return this.#all.delete(id);
  }

  /** @param store_hash those that are meant for this store alone; all when none is named, and then ids count from 1 again */
  clear(store_hash?: string): void {
    if (store_hash === undefined) this.#lastId = 0;
    for (const entry of [...this.#all.values()].filter(isOf(store_hash))) this.remove(entry.id);
  }

  /** The fault that hits a request: the oldest one that is meant for it and whose turn it is. It is counted. */
  hit(target: FaultTarget): Fault | undefined {
    for (const entry of this.#live) {
      if (!entry.isMeant(target)) continue;
      entry.chances += 1;
      if (!this.#isDrawn(entry)) continue;
      entry.hits += 1;
      if (isThrough(entry)) this.#live = this.#live.filter((each) => each !== entry);
      return shown(entry);
    }
    return undefined;
  }

  #isDrawn({ id, chances, given: { probability = 1 } }: Entry): boolean {
    if (probability >= 1) return true;
    const digits = digitsOf(`fault/${String(this.seed)}/${String(id)}/${String(chances)}`);
    return parseInt(digits.slice(0, 8), 16) / 0x1_0000_0000 < probability;
  }
}

function testOf({ operation_id, method, path, store_hash }: FaultMatch): (target: FaultTarget) => boolean {
  const isPath = path === undefined ? undefined : pathTest(path);
  return (target) =>
    (operation_id === undefined || target.operation.id === operation_id) &&
    (method === undefined || target.method === method) &&
    (store_hash === undefined || target.store_hash === store_hash) &&
    (isPath === undefined || isPath(pathOf(target.url)));
}

function isOf(store_hash: string | undefined): (entry: Entry) => boolean {
  return ({ given }) => store_hash === undefined || given.match.store_hash === store_hash;
}

function isThrough({ hits, given: { times = Infinity } }: Entry): boolean {
  return hits >= times;
}

function shown({ id, given, hits }: Entry): Fault {
  return { id, ...given, hits };
}
