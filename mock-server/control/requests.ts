/** `GET` and `DELETE /_mock/requests`: the journal, newest last. */
import type { FastifyInstance } from 'fastify';
import { UnprocessableError } from '../errors.js';
import type { JournalEntry } from '../state/journal.js';
import type { MockState } from '../state/mock-state.js';
import { requireInteger } from './input.js';

const FILTERS = ['store_hash', 'operation_id', 'method', 'path', 'status', 'since', 'limit'] as const;

export function requestCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get('/requests', (request) => {
    const query = request.query as Readonly<Record<string, unknown>>;
    const found = state.journal.entries().filter(filterOf(query));
    const limit = query.limit === undefined ? 100 : requireInteger(query.limit, 'limit', 1, 1_000);
    return { data: found.slice(-limit).map(shown), meta: { total: found.length } };
  });
  api.delete('/requests', (_request, reply) => {
    state.journal.clear();
    return reply.code(204).send();
  });
  done();
}

function filterOf(query: Readonly<Record<string, unknown>>): (entry: JournalEntry) => boolean {
  for (const name of Object.keys(query)) {
    if (!(FILTERS as readonly string[]).includes(name))
      throw new UnprocessableError('Unknown filters', { [name]: `expected one of: ${FILTERS.join(', ')}` });
  }
  const status = query.status === undefined ? undefined : requireInteger(query.status, 'status', 100, 599);
  const since = query.since === undefined ? undefined : readSince(query.since);
  return (entry) =>
    (query.store_hash === undefined || entry.store_hash === query.store_hash) &&
    (query.operation_id === undefined || entry.operation_id === query.operation_id) &&
    (typeof query.method !== 'string' || entry.method === query.method.toUpperCase()) &&
    (typeof query.path !== 'string' || entry.url.split('?', 1)[0] === query.path) &&
    (status === undefined || entry.status === status) &&
    (since === undefined || entry.at >= since);
}

/** An ISO 8601 text, or milliseconds since the Unix epoch. */
function readSince(value: unknown): number {
  const text = typeof value === 'string' ? value : '';
  const epoch = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(epoch))
    throw new UnprocessableError('Input is invalid', { since: 'expected an ISO 8601 date or milliseconds since 1970' });
  return epoch;
}

function shown(entry: JournalEntry): object {
  const { at, request_headers, request_body, response_body, duration_ms, ...rest } = entry;
  return {
    ...rest,
    at: new Date(at).toISOString(),
    duration_ms: Math.round(duration_ms * 1_000) / 1_000,
    request_headers: withoutSecrets(request_headers),
    request_body: readable(request_body),
    response_body: readable(response_body),
  };
}

function withoutSecrets(headers: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { 'x-auth-token': token, authorization, cookie, ...rest } = headers;
  return {
    ...rest,
    ...(token === undefined ? {} : { 'x-auth-token': '(hidden)' }),
    ...(authorization === undefined ? {} : { authorization: '(hidden)' }),
    ...(cookie === undefined ? {} : { cookie: '(hidden)' }),
  };
}

/** JSON as a value, other text as text, anything else by its size. */
function readable(bytes: Buffer | undefined): unknown {
  if (!bytes) return null;
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.includes('�') ? `(${String(bytes.length)} bytes)` : text;
  }
}
