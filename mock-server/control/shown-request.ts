/** A journal entry as the control calls show it: bodies as values, and nothing that opens anything. */
import { headersOf } from '../pipeline/reply-headers.js';
import type { JournalEntry, RawHeaders } from '../state/journal.js';

export interface ShownRequest {
  readonly id: number;
  /** ISO 8601, on the clock of the store. */
  readonly at: string;
  readonly store_hash: string | undefined;
  readonly operation_id: string | undefined;
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  /** 0: the connection was cut instead of an answer. */
  readonly status: number;
  /** Name of the API account. */
  readonly account: string | undefined;
  /** Why it was refused, or would have been, and by which fault. */
  readonly reason: string | undefined;
  readonly duration_ms: number;
  readonly request_headers: Readonly<Record<string, string>>;
  /** JSON as a value, other text as text, anything else by its size. */
  readonly request_body: unknown;
  readonly response_headers: Readonly<Record<string, string>>;
  readonly response_body: unknown;
}

export function shownRequest(entry: JournalEntry): ShownRequest {
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
    response_headers: status === 0 ? {} : headersByName(headersOf(entry)),
    response_body: readable(entry.responseBody),
  };
}

/** The note, or the words of the refusal itself. */
function reasonOf({ note, status, responseBody }: JournalEntry): string | undefined {
  if (note !== undefined || status < 400) return note;
  const body = readable(responseBody);
  const refusal: unknown = Array.isArray(body) ? body[0] : body;
  if (typeof refusal !== 'object' || refusal === null) return undefined;
  const { title, message = title } = refusal as Readonly<Record<string, unknown>>;
  return typeof message === 'string' ? message : undefined;
}

/** Stands where something secret was. */
export const HIDDEN = '(hidden)';
const SECRET_HEADERS = new Set(['x-auth-token', 'authorization', 'cookie', 'set-cookie', 'sf-api-token']);
/** Properties of bodies that are shown to nobody. */
export const SECRET_FIELDS = new Set(['access_token', 'client_secret', 'password', 'new_password']);

/** Without the lengths: those are of the bodies, and the kept ones may be an earlier request's. */
function headersByName(raw: RawHeaders): Record<string, string> {
  const headers: [string, string][] = [];
  for (let place = 0; place < raw.length; place += 2) {
    const name = raw[place]?.toLowerCase() ?? '';
    if (name !== 'content-length') headers.push([name, SECRET_HEADERS.has(name) ? HIDDEN : (raw[place + 1] ?? '')]);
  }
  return Object.fromEntries(headers);
}

/** A body as a value without its secrets; text that is no JSON as it is, anything else by its size. */
export function readable(body: Buffer | string | undefined): unknown {
  if (body === undefined) return null;
  const text = typeof body === 'string' ? body : body.toString('utf8');
  try {
    return JSON.parse(text, (name, value: unknown) =>
      SECRET_FIELDS.has(name) && value !== null ? HIDDEN : value,
    ) as unknown;
  } catch {
    return text.includes('\ufffd') ? `(${String(body.length)} bytes)` : withoutSecretTexts(text);
  }
}

const SECRET_TEXTS = new RegExp(`("(?:${[...SECRET_FIELDS].join('|')})"\\s*:\\s*")[^"]*`, 'g');

/** A text that may be a piece of JSON, without the secrets in it. */
export function withoutSecretTexts(text: string): string {
  return text.replace(SECRET_TEXTS, `$1${HIDDEN}`);
}
