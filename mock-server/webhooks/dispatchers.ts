/** The dispatchers of all stores: one for each store that ever wrote while it had a webhook. */
import type { Operation } from '../../openapi/index.js';
import type { WebhookCalls } from '../options.js';
import type { LoggedChange } from '../state/change-log.js';
import type { Store } from '../state/store.js';
import { webhooks } from '../domains/webhooks/webhooks.v3.js';
import type { DeliveryAttempt } from './delivery-log.js';
import { Dispatcher } from './dispatcher.js';

export class Dispatchers {
  readonly #byStore = new Map<Store, Dispatcher>();

  /** @param calls which destinations are called */
  constructor(private readonly calls: WebhookCalls) {}

  /** Tells of what a request changed. */
  raise(store: Store, operation: Operation, changes: readonly LoggedChange[]): void {
    let dispatcher = this.#byStore.get(store);
    if (!dispatcher) {
      if (store.rows(webhooks).size === 0) return;
      this.#byStore.set(store, (dispatcher = new Dispatcher(store, this.calls)));
    }
    dispatcher.raise(operation, changes);
  }

  /** Of all stores, oldest first; of stores with clocks apart, those of one after those of the other. */
  attempts(): readonly DeliveryAttempt[] {
    return [...this.#byStore.values()].flatMap((each) => each.attempts());
  }

  /** Nothing is sent any more that was on its way; of one store, or of all. */
  reset(store?: Store): void {
    if (store) this.#byStore.get(store)?.reset();
    else for (const each of this.#byStore.values()) each.reset();
  }

  /** The store is gone. */
  remove(store: Store): void {
    this.#byStore.get(store)?.close();
    this.#byStore.delete(store);
  }

  /** For good. */
  close(): void {
    for (const each of this.#byStore.values()) each.close();
  }
}
