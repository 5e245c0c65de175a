/** `/_mock/requests`: the journal, newest last; how many are in it, and waiting until enough are. */
import type { FastifyInstance } from 'fastify';
import type { JournalEntry } from '../state/journal.js';
import type { MockState } from '../state/mock-state.js';
import { readInput, requireInteger, type Input } from './input.js';
import { FILTER_FIELDS, readFilter } from './request-choice.js';
import { waitForRequests, type WaitResult } from './request-wait.js';
import { shownRequest, type ShownRequest } from './shown-request.js';

const MOST_SHOWN = 1_000;

export function requestCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  const ended = new AbortController();
  api.addHook('onClose', (_app, closed) => {
    ended.abort();
    closed();
  });
  api.get<{ Querystring: Input }>('/requests', ({ query }) => {
    const { requests, total } = findRequests(state, query);
    return { data: requests, meta: { total } };
  });
  api.get<{ Querystring: Input }>('/requests/count', ({ query }) => ({
    count: entriesOf(state, query).filter(readFilter(query)).length,
  }));
  api.delete<{ Querystring: Input }>('/requests', ({ query }, reply) => {
    const isMeant = readFilter(query);
    // Without a filter ids count from 1 again.
    state.journal.clear(Object.keys(query).length > 0 ? isMeant : undefined);
    return reply.code(204).send();
  });
  api.post('/requests/wait', ({ body }, reply): Promise<object> => {
    const wait = readWait(body);
    const gone = new AbortController();
    reply.raw.once('close', () => {
      gone.abort();
    });
    const signal = AbortSignal.any([gone.signal, ended.signal]);
    return waitForRequests(state.journal, { ...wait, signal }).then(shownWait);
  });
  done();
}

/**
 * The newest requests that a filter selects, the oldest of them first.
 * @param query a filter, and `limit`: 100 unless told, 1,000 at most
 * @throws UnprocessableError naming what cannot be a filter
 */
export function findRequests(state: MockState, query: Input): { requests: ShownRequest[]; total: number } {
  const found = entriesOf(state, query).filter(readFilter(query, { besides: ['limit'] }));
  const limit = query.limit === undefined ? 100 : requireInteger(query.limit, 'limit', 1, MOST_SHOWN);
  return { requests: found.slice(-limit).map(shownRequest), total: found.length };
}

/** Those of one store, when the query names one. */
function entriesOf({ journal }: MockState, { store_hash }: Input): readonly JournalEntry[] {
  return journal.entries(typeof store_hash === 'string' ? store_hash : undefined);
}

/**
 * What is waited for: `{filter, count, timeout_ms}`, each with a default.
 * @throws UnprocessableError naming the field
 */
export function readWait(body: unknown): Omit<Parameters<typeof waitForRequests>[1], 'signal'> {
  const { filter, count = 1, timeout_ms = 10_000 } = readInput(body, ['filter', 'count', 'timeout_ms']);
  return {
    isMeant: readFilter(readInput(filter, FILTER_FIELDS, 'filter'), { within: 'filter.' }),
    count: requireInteger(count, 'count', 1, 100_000),
    timeoutMs: requireInteger(timeout_ms, 'timeout_ms', 0, 600_000),
  };
}

/** The answer to a wait. */
export function shownWait({ entries, count, matched }: WaitResult): object {
  return { matched, count, data: entries.map(shownRequest) };
}
