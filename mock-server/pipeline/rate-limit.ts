/**
 * The store's quota and the documented concurrency limits: `X-Rate-Limit-*` on every authenticated reply, 429 past them
 * (platform.md section 4).
 */
import type { FastifyInstance, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { TooManyRequestsError } from '../errors.js';
import type { RateQuota } from '../state/rate-quota.js';
import type { Store } from '../state/store.js';
import { exchangeOf } from './exchange.js';

const TITLE = 'Too many requests';

export const rateLimit = fp(
  function rateLimit(api: FastifyInstance, _options: object, done: () => void) {
    api.addHook('onRequest', (request, reply, next) => {
      const exchange = exchangeOf(request);
      const { operation, store } = exchange;
      if (!operation || !store || !exchange.account) {
        next();
        return;
      }
      const isWithinQuota = store.quota.take();
      setRateLimitHeaders(reply, store.quota);
      if (!isWithinQuota) {
        exchange.reason = `quota of ${String(store.quota.limit.requests)} requests spent; next window in ${String(store.quota.resetMs)} ms`;
        // The header of the five-second era, still in BigCommerce's table (platform.md 4.3).
        reply.header('x-retry-after', String(Math.ceil(store.quota.resetMs / 1000)));
        next(new TooManyRequestsError(TITLE));
        return;
      }
      const concurrency = operation.limits?.concurrency;
      if (concurrency === undefined) {
        next();
        return;
      }
      if (!takeSlot(store, operation.id, concurrency, reply)) {
        exchange.reason = `${operation.id} takes at most ${String(concurrency)} requests at a time on one store`;
        next(new TooManyRequestsError(TITLE));
        return;
      }
      // One turn of the event loop, so that requests that arrived together are under way together.
      setImmediate(next);
    });
    done();
  },
  { name: 'rate-limit', dependencies: ['access-token'] },
);

export function setRateLimitHeaders(reply: FastifyReply, quota: RateQuota): void {
  reply.header('x-rate-limit-requests-left', String(quota.left));
  reply.header('x-rate-limit-requests-quota', String(quota.limit.requests));
  reply.header('x-rate-limit-time-reset-ms', String(quota.resetMs));
  reply.header('x-rate-limit-time-window-ms', String(quota.limit.windowMs));
}

/** Counts a request as under way until its connection is done with it. False when the operation has no place left. */
function takeSlot(store: Store, operationId: string, places: number, reply: FastifyReply): boolean {
  const underWay = store.underWay.get(operationId) ?? 0;
  if (underWay >= places) return false;
  store.underWay.set(operationId, underWay + 1);
  reply.raw.once('close', () => {
    store.underWay.set(operationId, (store.underWay.get(operationId) ?? 1) - 1);
  });
  return true;
}
