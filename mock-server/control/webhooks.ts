/** `GET /_mock/webhooks/deliveries`: every attempt to tell a webhook of an event, newest last. */
import type { FastifyInstance } from 'fastify';
import type { MockState } from '../state/mock-state.js';
import type { DeliveryAttempt } from '../webhooks/delivery-log.js';
import { readInstant, requireInteger, requireKnownFilters } from './input.js';

const FILTERS = ['store_hash', 'hook_id', 'scope', 'outcome', 'since', 'limit'] as const;

export function webhookCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get('/webhooks/deliveries', (request) => {
    const query = request.query as Readonly<Record<string, unknown>>;
    const found = state.webhooks.attempts().filter(filterOf(query));
    const limit = query.limit === undefined ? 100 : requireInteger(query.limit, 'limit', 1, 1_000);
    return { data: found.slice(-limit).map(shown), meta: { total: found.length } };
  });
  done();
}

function filterOf(query: Readonly<Record<string, unknown>>): (attempt: DeliveryAttempt) => boolean {
  requireKnownFilters(query, FILTERS);
  const hook_id = query.hook_id === undefined ? undefined : requireInteger(query.hook_id, 'hook_id', 1);
  const since = query.since === undefined ? undefined : readInstant(query.since, 'since');
  return (attempt) =>
    (query.store_hash === undefined || attempt.store_hash === query.store_hash) &&
    (hook_id === undefined || attempt.hook_id === hook_id) &&
    (query.scope === undefined || attempt.scope === query.scope) &&
    (query.outcome === undefined || attempt.outcome === query.outcome) &&
    (since === undefined || attempt.at >= since);
}

/** Dates are those of the mock's clock. */
function shown(delivery: DeliveryAttempt): object {
  const { id, store_hash, hook_id, client_id, scope, hash, attempt, outcome, status, failure } = delivery;
  const { at, nextAt, destination, headers, body, durationMs } = delivery;
  return {
    id,
    store_hash,
    hook_id,
    client_id,
    scope,
    hash,
    attempt,
    at: new Date(at).toISOString(),
    outcome,
    status,
    reason: failure ?? null,
    next_attempt_at: nextAt === undefined ? null : new Date(nextAt).toISOString(),
    duration_ms: Math.round(durationMs * 1_000) / 1_000,
    destination,
    headers,
    payload: JSON.parse(body) as unknown,
  };
}
