/**
 * The store's quota and the documented concurrency limits: `X-Rate-Limit-*` on every authenticated reply, 429 past them
 *.
 */
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { TooManyRequestsError } from '../errors.js';
import type { OperationTraffic, Store } from '../state/store.js';
import { exchangeOf } from './exchange.js';
import { errorText } from './error-text.js';
import { refuse } from './reply.js';

const TOO_MANY = new TooManyRequestsError('Too many requests');
const TOO_MANY_TEXT = errorText(TOO_MANY, '');

export const rateLimit = fp(
  function rateLimit(api: FastifyInstance, _options: object, done: () => void) {
    api.addHook('onRequest', (request, reply, next) => {
      const exchange = exchangeOf(request);
      const { operation, store } = exchange;
      if (!operation || !store || !exchange.account) {
        next();
        return;
      }
      const { quota } = store;
      if (!quota.take()) {
        exchange.note = `quota of ${String(quota.limit.requests)} requests spent; next window in ${String(quota.resetMs)} ms`;
        exchange.retryAfterSeconds = Math.ceil(quota.resetMs / 1000);
        refuse(request, reply, TOO_MANY, TOO_MANY_TEXT);
        return;
      }
      const places = operation.limits?.concurrency;
      if (places === undefined) {
        next();
        return;
      }
      const traffic = trafficOf(store, operation.id);
      if (traffic.underWay >= places) {
        exchange.note = `${operation.id} takes at most ${String(places)} requests at a time on one store`;
        refuse(request, reply, TOO_MANY, TOO_MANY_TEXT);
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
