/** `GET` and `DELETE /_mock/requests`: the journal, newest last. */
import type { FastifyInstance } from 'fastify';
import type { JournalEntry, RawHeaders } from '../state/journal.js';
import { headersOf } from '../pipeline/reply-headers.js';
import type { MockState } from '../state/mock-state.js';
import { readInstant, requireInteger, requireKnownFilters } from './input.js';

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
  requireKnownFilters(query, FILTERS);
  const status = query.status === undefined ? undefined : requireInteger(query.status, 'status', 100, 599);
  const since = query.since === undefined ? undefined : readInstant(query.since, 'since');
  return (entry) =>
    (query.store_hash === undefined || entry.store_hash === query.store_hash) &&
    (query.operation_id === undefined || entry.operation?.id === query.operation_id) &&
    (typeof query.method !== 'string' || entry.method === query.method.toUpperCase()) &&
    (typeof query.path !== 'string' || entry.url.split('?', 1)[0] === query.path) &&
    (status === undefined || entry.status === status) &&
    (since === undefined || entry.at >= since);
}

function shown(entry: JournalEntry): object {
  const { id, at, store_hash, operation, method, url, status, account, durationMs } = entry;
  return {
    id,
    at: new Date(at).toISOString(),
    store_hash,
    operation_id: operation?.id,
    method,
    url,
    status,
    account,
    reason: reasonOf(entry),
    duration_ms: Math.round(durationMs * 1_000) / 1_000,
    request_headers: headersByName(entry.requestHeaders),
    request_body: readable(entry.requestBody),
    response_headers: headersByName(headersOf(entry)),
    response_body: readable(entry.responseBody),
  };
}

/** Why it was refused, or would have been: the note, or the words of the refusal itself. */
function reasonOf({ note, status, responseBody }: JournalEntry): string | undefined {
  if (note !== undefined || status < 400) return note;
  const body = readable(responseBody) as
    Partial<Record<'title' | 'message', string>> | readonly { message: string }[] | null;
  return Array.isArray(body)
    ? (body as readonly { message: string }[])[0]?.message
    : (body as { title?: string } | null)?.title;
}

/** What opens something is not shown; lengths are those of the bodies. */
const SECRET = new Set(['x-auth-token', 'authorization', 'cookie']);

function headersByName(raw: RawHeaders): Record<string, string> {
  const headers: [string, string][] = [];
  for (let place = 0; place < raw.length; place += 2) {
    const name = raw[place]?.toLowerCase() ?? '';
    if (name !== 'content-length') headers.push([name, SECRET.has(name) ? '(hidden)' : (raw[place + 1] ?? '')]);
  }
  return Object.fromEntries(headers);
}

/** JSON as a value, other text as text, anything else by its size. */
function readable(body: Buffer | string | undefined): unknown {
  if (body === undefined) return null;
  const text = typeof body === 'string' ? body : body.toString('utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text.includes('\ufffd') ? `(${String(body.length)} bytes)` : text;
  }
}
