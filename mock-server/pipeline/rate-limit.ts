/**
 * The store's quota and the documented concurrency limits: `X-Rate-Limit-*` on every authenticated reply, 429 past them
 * (platform.md section 4).
 */
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { TooManyRequestsError } from '../errors.js';
import type { RateQuota } from '../state/rate-quota.js';
import type { OperationTraffic, Store } from '../state/store.js';
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
      const places = operation.limits?.concurrency;
      if (places === undefined) {
        next();
        return;
      }
      const traffic = trafficOf(store, operation.id);
      if (traffic.underWay >= places) {
        exchange.reason = `${operation.id} takes at most ${String(places)} requests at a time on one store`;
        next(new TooManyRequestsError(TITLE));
        return;
      }
      traffic.underWay += 1;
      reply.raw.once('close', () => {
        traffic.underWay -= 1;
      });
      if (isSideBySide(traffic, request.raw.socket)) setTimeout(next, SIDE_BY_SIDE_MS);
      else next();
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

/** How long a request of a limited operation lasts when another connection asks for the same: a store takes time, and so they meet. */
const SIDE_BY_SIDE_MS = 10;
/** How long a connection counts as asking. */
const RECENT_MS = 1_000;

function trafficOf(store: Store, operationId: string): OperationTraffic {
  let traffic = store.traffic.get(operationId);
  if (!traffic) store.traffic.set(operationId, (traffic = { underWay: 0, socket: undefined, at: 0 }));
  return traffic;
}

/**
 * Did another connection ask for the operation a moment ago? A client that asks one thing after the other on new
 * connections looks like that too, and is kept waiting for nothing; refused it is not, its last request being over.
 */
function isSideBySide(traffic: OperationTraffic, socket: Socket): boolean {
  const { socket: other, at } = traffic;
  const now = performance.now();
  traffic.socket = socket;
  traffic.at = now;
  return other !== undefined && other !== socket && now - at < RECENT_MS;
}
