/**
 * What the contract checks find in the exchanges of the journal. Worked out when somebody asks, once for each entry: the
 * requests themselves pay nothing for it.
 */
import { setImmediate } from 'node:timers/promises';
import { checkExchange, checks, type CheckId, type Exchange, type Violation } from '../../contracts/index.js';
import type { OperationId } from '../../openapi/index.js';
import { HIDDEN, SECRET_FIELDS, withoutSecretTexts } from '../control/shown-request.js';
import { isFaultNote } from '../pipeline/faults.js';
import { headersOf } from '../pipeline/reply-headers.js';
import type { JournalEntry, RawHeaders } from '../state/journal.js';
import type { MockState } from '../state/mock-state.js';
import { pathOf } from '../state/path-pattern.js';
import { curlOf } from './curl.js';

export interface ReportedViolation {
  /** Stable: what an id means stays. */
  readonly check: CheckId;
  /** Null when the request matches no operation. */
  readonly operation_id: OperationId | null;
  /** JSON pointer into the exchange, such as `/request/body/price`. */
  readonly pointer: string;
  /** The rule at that place: a keyword of JSON Schema, or what the check looked at. */
  readonly rule: string;
  readonly expected: unknown;
  /** Null where there was nothing. */
  readonly received: unknown;
  /** Requests in which it was found; what stands here is of the first. */
  readonly requests: number;
  /** In the journal. */
  readonly request_id: number;
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  readonly status: number;
  /** Makes the request again; the token is a placeholder. */
  readonly curl: string;
}

/** How long the checks hold others up at a time, in milliseconds. */
const TURN_MS = 20;

/** Every broken promise in these entries, alike ones together, in the order of their first requests. */
export async function findViolations(
  { violations: known }: MockState,
  entries: readonly JournalEntry[],
): Promise<ReportedViolation[]> {
  const found = new Map<string, { first: ReportedViolation; in: Set<JournalEntry> }>();
  let turn = performance.now();
  for (const entry of entries) {
    let violations = known.get(entry);
    if (!violations) {
      known.set(entry, (violations = check(entry)));
      if (performance.now() - turn > TURN_MS) {
        await setImmediate();
        turn = performance.now();
      }
    }
    for (const violation of violations) {
      const key = keyOf(violation, entry);
      const alike = found.get(key);
      if (alike) alike.in.add(entry);
      else found.set(key, { first: reported(violation, entry), in: new Set([entry]) });
    }
  }
  return [...found.values()].map(({ first, in: { size } }) => ({ ...first, requests: size }));
}

/** Rows of a page break the same rule at different places; unknown paths are different mistakes. */
function keyOf({ check: id, operation, pointer, rule }: Violation, { method, url }: JournalEntry): string {
  const place = pointer.replace(/\/\d+(?=\/|$)/g, '/*');
  return JSON.stringify([id, operation, place, rule, operation === undefined && [method, pathOf(url)]]);
}

const ofRequests = (Object.keys(checks) as CheckId[]).filter((id) => id.startsWith('request-'));

function check(entry: JournalEntry): readonly Violation[] {
  // No part of the REST API: nothing describes these.
  if (pathOf(entry.url).startsWith('/oauth2/')) return [];
  // What a fault answers is the wish of a test, and no promise.
  const isAnswered = entry.status > 0 && !isFaultNote(entry.note);
  const { operation } = entry;
  return checkExchange(exchangeOf(entry), {
    ...(operation && { operation: operation.id }),
    ...(!isAnswered && { only: ofRequests }),
  });
}

function exchangeOf(entry: JournalEntry): Exchange {
  const { method, url, status, requestHeaders, requestBody, responseBody } = entry;
  return {
    request: { method, url, headers: headersByName(requestHeaders), body: requestBody },
    response: { status, headers: headersByName(headersOf(entry)), body: responseBody },
  };
}

function headersByName(raw: RawHeaders): Record<string, string> {
  const headers: [string, string][] = [];
  for (let place = 0; place < raw.length; place += 2)
    headers.push([raw[place]?.toLowerCase() ?? '', raw[place + 1] ?? '']);
  return Object.fromEntries(headers);
}

function reported(violation: Violation, entry: JournalEntry): ReportedViolation {
  const { check: id, operation, pointer, rule, expected, received = null } = violation;
  const isSecret = pointer.split('/').some((name) => SECRET_FIELDS.has(name));
  return {
    check: id,
    operation_id: operation ?? null,
    pointer,
    rule,
    expected,
    received: isSecret ? HIDDEN : withoutSecrets(received),
    requests: 1,
    request_id: entry.id,
    method: entry.method,
    url: entry.url,
    status: entry.status,
    curl: curlOf(entry, headersByName(entry.requestHeaders)),
  };
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return withoutSecretTexts(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value) as [string, unknown][];
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, SECRET_FIELDS.has(name) ? HIDDEN : withoutSecrets(inner)]),
  );
}
