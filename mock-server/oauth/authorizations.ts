/** What merchants are asked, and what they have granted and no app has taken up yet. In memory only: it is over soon. */
import type { Store } from '../state/store.js';
import { OneTimeValues } from './one-time-values.js';

/** Pages of consent and codes are good for ten minutes of the store's clock (assumed; RFC 6749 names it as the most). */
const LIFETIME_MS = 600_000;

/** That a user is asked, or has agreed, to let an app into a store. */
export interface Authorization {
  readonly client_id: string;
  readonly store_hash: string;
  /** Resets and restores of the store so far: none of its authorizations outlives one. */
  readonly resets: number;
  /** Who is asked. */
  readonly user_id: number;
  /** What is asked for, as the app was registered at that moment. */
  readonly scopes: readonly string[];
  /** Given back to the app as it came. */
  readonly state: string | undefined;
  /** When it is over, on the store's clock. */
  readonly until: number;
}

export class Authorizations {
  /** Pages that are waiting for the user. */
  readonly asked = new OneTimeValues<Authorization>();
  /** Codes that are waiting for their app. */
  readonly granted = new OneTimeValues<Authorization>();

  forget(store_hash: string): void {
    this.asked.forget(store_hash);
    this.granted.forget(store_hash);
  }
}

export function newAuthorization(
  store: Store,
  given: Pick<Authorization, 'client_id' | 'user_id' | 'scopes' | 'state'>,
): Authorization {
  return { ...given, store_hash: store.hash, resets: store.resets, until: store.clock.now() + LIFETIME_MS };
}

/** Is it still good in this store? */
export function isAlive({ resets, until }: Authorization, store: Store): boolean {
  return resets === store.resets && store.clock.now() < until;
}
