/**
 * Tells webhooks of events: matches, sends, tries again and gives up as BigCommerce does, on the store's clock. Calls go
 * out after the request that raised the event is answered, one after the other for each webhook, so that they arrive
 * in the order of the events; a failed one waits in a queue of its own and holds nothing up.
 */
import type { Operation } from '../../openapi/index.js';
import { isLocalDestination } from '../domains/webhooks/destinations.js';
import { eventMatches } from '../domains/webhooks/event-scopes.js';
import { deactivate, EXCEPTIONS, webhooks, type StoredWebhook } from '../domains/webhooks/webhooks.v3.js';
import type { WebhookCalls } from '../options.js';
import type { LoggedChange } from '../state/change-log.js';
import type { Store } from '../state/store.js';
import { ABANDONED_AFTER_MS, abandonedCarts } from './abandoned-carts.js';
import { callbackHeaders, callbackOf, type Callback } from './callback.js';
import { DeliveryLog, type DeliveryAttempt, type Outcome } from './delivery-log.js';
import type { StoreEvent } from './event-rules.js';
import { eventsOf } from './event-table.js';
import { postCallback, type Call, type CallResult } from './post-callback.js';
import { RowChanges } from './row-changes.js';

/** Documented: how long each further attempt waits after the one before, in seconds. Then the webhook is switched off. */
const RETRY_SECONDS = [60, 180, 300, 600, 900, 1800, 3600, 7200, 21_600, 50_400, 86_400];

/** Documented: a webhook that was not called for so long is switched off. */
const IDLE_MS = 90 * 86_400_000;

/** Timers take no more. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** How many deliveries wait for a webhook, or to be tried again. What comes on top is lost, rather than the memory. */
const MOST_WAITING = 20_000;

/** One event on its way to one webhook. */
interface Delivery {
  readonly hookId: number;
  readonly callback: Callback;
  /** Of the next attempt, from 1. */
  readonly attempt: number;
  /** When that is, on the store's clock. */
  readonly dueAt: number;
}

/** Deliveries to one webhook that are due. */
interface Lane {
  readonly due: Delivery[];
  call: Call | undefined;
  isCancelled: boolean;
}

export class Dispatcher {
  readonly #log = new DeliveryLog();
  /** By the id of the webhook. */
  readonly #lanes = new Map<number, Lane>();
  /** Due, and not in a lane yet. */
  #fresh: Delivery[] = [];
  /** To be tried again. */
  #waiting: Delivery[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** When it goes off, on the store's clock. */
  #timerAt = Infinity;
  /** Up to when carts left behind have been told of. */
  #toldUntil: number | undefined;
  #start: NodeJS.Immediate | undefined;
  #isClosed = false;

  /** @param calls which destinations are called */
  constructor(
    private readonly store: Store,
    private readonly calls: WebhookCalls,
  ) {
    store.clock.onMove(() => {
      this.#tick();
    });
  }

  /** Tells of what a request changed. Costs next to nothing in a store without active webhooks. */
  raise(operation: Operation, log: readonly LoggedChange[]): void {
    const { store } = this;
    if (activeHooks(store).length === 0) return;
    const now = store.clock.now();
    const changes = new RowChanges(log);
    this.#switchOffIdle();
    this.#tell([...eventsOf({ store, operation, changes })], now);
    if (changes.has('carts')) this.#lookAt(now + ABANDONED_AFTER_MS);
  }

  /** Oldest first. */
  attempts(): readonly DeliveryAttempt[] {
    return this.#log.attempts();
  }

  /** Nothing is sent any more that was on its way. */
  reset(): void {
    for (const lane of this.#lanes.values()) cancel(lane);
    this.#lanes.clear();
    this.#fresh = [];
    this.#waiting = [];
    this.#log.clear();
    this.#toldUntil = undefined;
    // The clock goes back with it, without a word.
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
  }

  /** For good. */
  close(): void {
    this.reset();
    this.#isClosed = true;
    if (this.#start) clearImmediate(this.#start);
  }

  #tell(events: readonly StoreEvent[], at: number, client_id?: string): void {
    const hooks = activeHooks(this.store).filter((hook) => client_id === undefined || hook.client_id === client_id);
    for (const event of events) {
      const concerned = hooks.filter(({ scope }) => eventMatches(scope, event.scope));
      if (concerned.length === 0) continue;
      const callback = callbackOf(event, this.store, at);
      for (const { id } of concerned) this.#enqueue({ hookId: id, callback, attempt: 1, dueAt: at });
    }
  }

  #enqueue(delivery: Delivery): void {
    this.#fresh.push(delivery);
    // Once the reply is out.
    this.#start ??= setImmediate(() => {
      this.#start = undefined;
      const fresh = this.#fresh;
      this.#fresh = [];
      for (const each of fresh) {
        const lane = this.#laneOf(each.hookId);
        if (lane.due.length < MOST_WAITING) lane.due.push(each);
        this.#run(lane);
      }
    });
  }

  #laneOf(hookId: number): Lane {
    let lane = this.#lanes.get(hookId);
    if (!lane) this.#lanes.set(hookId, (lane = { due: [], call: undefined, isCancelled: false }));
    return lane;
  }

  /** Sends what is due in a lane, unless that is under way already. */
  #run(lane: Lane): void {
    if (lane.call || lane.isCancelled || this.#isClosed) return;
    for (let delivery = lane.due.shift(); delivery; delivery = lane.due.shift()) {
      const hook = this.store.rows(webhooks).get(delivery.hookId);
      // Deleted or switched off since.
      if (hook?.is_active && this.#send(lane, delivery, hook)) return;
    }
  }

  /** @returns false when nothing was sent, as its destination must not be called */
  #send(lane: Lane, delivery: Delivery, hook: StoredWebhook): boolean {
    const { callback } = delivery;
    const { store, calls } = this;
    const account = store.accounts.byClientId(hook.client_id);
    const secret = account && store.accounts.clientSecretOf(account);
    const headers = callbackHeaders(callback, hook.headers, secret, store.clock.wallTime());
    const startedAt = performance.now();
    const done = (outcome: Outcome, result: CallResult): void => {
      this.#finish(delivery, hook, { outcome, ...result, headers, durationMs: performance.now() - startedAt });
    };
    if (calls === 'off' || (calls === 'local' && !isLocalDestination(hook.destination))) {
      done('withheld', { status: null, failure: undefined });
      return false;
    }
    if (store.destinations.isBlocked(hook.client_id, hook.destination, store.clock.now())) {
      done('blocked', { status: null, failure: 'the domain is blocked' });
      return false;
    }
    const call = postCallback(hook.destination, headers, callback.body);
    lane.call = call;
    void call.result.then((result) => {
      lane.call = undefined;
      if (lane.isCancelled) return;
      done(result.failure === undefined ? 'delivered' : 'failed', result);
      this.#run(lane);
    });
    return true;
  }

  #finish(
    delivery: Delivery,
    hook: StoredWebhook,
    result: Pick<DeliveryAttempt, 'outcome' | 'status' | 'failure' | 'headers' | 'durationMs'>,
  ): void {
    const { store } = this;
    const { callback, attempt, dueAt } = delivery;
    const { client_id, destination } = hook;
    const { outcome, failure } = result;
    const at = store.clock.now();
    const isFailure = outcome === 'failed' || outcome === 'blocked';
    const delay = isFailure ? RETRY_SECONDS[attempt - 1] : undefined;
    // Counted from when it was due: a clock that jumps a day ahead brings all attempts of that day.
    const nextAt = delay === undefined ? undefined : dueAt + delay * 1000;
    const { hash, scope, body } = callback;
    const { id: hook_id } = hook;
    const store_hash = store.hash;
    this.#log.add({ store_hash, hook_id, client_id, destination, scope, hash, attempt, at, nextAt, body, ...result });
    if (outcome !== 'withheld') store.destinations.lastCalls.set(hook_id, at);
    if (outcome === 'delivered' || outcome === 'failed') {
      const isBlockedNow = store.destinations.count(client_id, destination, at, failure);
      if (isBlockedNow) this.#tellException(hook, 90_003, 'too many calls to its domain failed', at);
    }
    if (nextAt !== undefined) {
      if (this.#waiting.length < MOST_WAITING) this.#waiting.push({ ...delivery, attempt: attempt + 1, dueAt: nextAt });
      this.#lookAt(nextAt);
      if (outcome === 'failed' && store.destinations.takeException(client_id, destination, at))
        this.#tellException(hook, 90_001, `the destination ${failure ?? 'failed'}, and is tried again`, at);
    } else if (isFailure) {
      deactivate(hook_id, store, at);
      this.#tellException(hook, 90_002, 'all attempts failed, and the webhook is switched off', at);
    }
  }

  /** To the one webhook that an app may have for it; of that one's own failures nobody is told. */
  #tellException(
    { id, client_id, destination, scope }: StoredWebhook,
    error_code: number,
    what: string,
    at: number,
  ): void {
    if (scope === EXCEPTIONS) return;
    const message = `Delivery to ${destination}: ${what}`;
    this.#tell([{ scope: EXCEPTIONS, data: { type: 'webhook', id, error_code, message } }], at, client_id);
  }

  /** What became due since it was looked last. */
  #tick(): void {
    if (this.#isClosed) return;
    const now = this.store.clock.now();
    this.#timerAt = Infinity;
    if (activeHooks(this.store).length > 0) {
      this.#tellAbandonedCarts(now);
      this.#switchOffIdle();
    }
    const due = this.#waiting.filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt);
    if (due.length > 0) this.#waiting = this.#waiting.filter(({ dueAt }) => dueAt > now);
    for (const delivery of due) this.#enqueue(delivery);
    this.#lookAt(this.#waiting.reduce((next, { dueAt }) => Math.min(next, dueAt), Infinity));
  }

  #tellAbandonedCarts(now: number): void {
    const hooks = activeHooks(this.store).filter(({ scope }) => concernsAbandonedCarts(scope));
    if (hooks.length === 0) return;
    // Nobody is told of what was left behind before there was a webhook for it.
    const firstHook = Math.min(...hooks.map(({ created_at }) => created_at * 1000));
    const since = Math.min(Math.max(this.#toldUntil ?? firstHook, firstHook), now);
    const { events, nextAt } = abandonedCarts(this.store, since, now);
    this.#toldUntil = now;
    this.#tell(events, now);
    this.#lookAt(nextAt);
  }

  /** Looks again at an instant of the mock's clock, or earlier. The timer keeps no process alive. */
  #lookAt(at: number): void {
    if (this.#isClosed || at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    const delay = Math.min(Math.max(at - this.store.clock.now(), 0), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      this.#tick();
    }, delay);
    this.#timer.unref();
  }

  #switchOffIdle(): void {
    const { store } = this;
    const now = store.clock.now();
    for (const { id, updated_at } of activeHooks(store)) {
      const last = Math.max(store.destinations.lastCalls.get(id) ?? 0, updated_at * 1000);
      if (now - last >= IDLE_MS) deactivate(id, store, now);
    }
  }
}

function concernsAbandonedCarts(scope: string): boolean {
  return eventMatches(scope, 'store/cart/abandoned') || /^store\/channel\/[^/]+\/cart\//.test(scope);
}

/** Few at most; of a store without any, this is all that a write costs. */
function activeHooks(store: Store): readonly StoredWebhook[] {
  const rows = store.rows(webhooks);
  return rows.size === 0 ? NONE : [...rows.values()].filter(({ is_active }) => is_active);
}

const NONE: readonly StoredWebhook[] = [];

function cancel(lane: Lane): void {
  lane.isCancelled = true;
  lane.due.length = 0;
  lane.call?.cancel();
}
