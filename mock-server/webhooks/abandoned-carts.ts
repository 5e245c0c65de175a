/** Carts that were left behind: nobody touched them for an hour (documented). */
import type { CartRow } from '../../fixtures/index.js';
import { carts, hasLines } from '../domains/carts/carts.v3.js';
import { abandonedCartToken } from '../domains/emails/abandoned-carts.v3.js';
import type { Store } from '../state/store.js';
import { ofCart } from './cart-events.js';
import type { StoreEvent } from './event-rules.js';

export const ABANDONED_AFTER_MS = 3_600_000;

/**
 * Carts whose hour ended after `since` and is over now.
 * @returns their events, and when the next cart's hour ends, in milliseconds since 1970
 */
export function abandonedCarts(store: Store, since: number, now: number): { events: StoreEvent[]; nextAt: number } {
  const left: CartRow[] = [];
  let nextAt = Infinity;
  for (const cart of store.rows(carts).values()) {
    if (!hasLines(cart)) continue;
    const endsAt = Date.parse(cart.updated_time) + ABANDONED_AFTER_MS;
    if (endsAt > now) nextAt = Math.min(nextAt, endsAt);
    else if (endsAt > since) left.push(cart);
  }
  const events = left.flatMap((cart) => [...ofCart(cart, 'abandoned', { token: abandonedCartToken(cart.id) })]);
  return { events, nextAt };
}
