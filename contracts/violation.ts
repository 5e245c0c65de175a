/** Violation: one broken promise of the description, as data, so that a run can report all of them. */
import type { OperationId } from '../openapi/index.js';

/** Every check by its stable id. What an id means stays; new checks get new ids. */
export const checks = {
  'request-route': 'The request names an operation that the description has.',
  'request-media-type': 'The request body is in a media type that the operation takes.',
  'request-body': 'The request body is valid by the schema of the operation.',
  'response-status': 'The status is documented for the operation, or common to the whole platform.',
  'response-media-type': 'The response is in the media type that is documented for its status.',
  'response-body': 'The response body is valid by the schema that is documented for its status.',
  'error-envelope': 'A refusal has the shape of its API version: the V3 object or the V2 list.',
  'rate-limit-headers': 'Every authenticated reply has the four X-Rate-Limit headers, and they are integers.',
  'tax-quote': 'The quote of a tax provider answers every document and line of its request, and its amounts add up.',
  'expected-status': 'A case of a suite is answered with one of the statuses it allows.',
  'expected-body': 'A case of a suite is answered with the body it names.',
  'state-unchanged': 'A refused request changes nothing.',
} as const;

export type CheckId = keyof typeof checks;

export interface Violation {
  readonly check: CheckId;
  /** Absent when the request matches no operation. */
  readonly operation: OperationId | undefined;
  /** JSON pointer into the exchange, such as `/response/body/data/0/price`. */
  readonly pointer: string;
  /** The rule at that place: a keyword of JSON Schema (`type`, `required`, …), or what the check looked at. */
  readonly rule: string;
  /** What the rule asks for. */
  readonly expected: unknown;
  /** What was there; undefined where nothing was. Long values are cut. */
  readonly received: unknown;
}

/** One line for people. */
export function describeViolation({ check, operation, pointer, rule, expected, received }: Violation): string {
  return `${operation ?? 'no operation'}: ${check} at ${pointer}: ${rule}: expected ${inWords(expected)}, received ${inWords(received)}`;
}

function inWords(value: unknown): string {
  return value === undefined ? 'nothing' : typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
}

const MOST_CHARACTERS = 200;
const MOST_ITEMS = 12;
const MOST_LEVELS = 4;

/** A value short enough for a report: long texts and lists, and whatever lies deep inside, are cut and say so. */
export function excerpt(value: unknown, level = 0): unknown {
  if (typeof value === 'string') return value.length > MOST_CHARACTERS ? `${value.slice(0, MOST_CHARACTERS)}…` : value;
  if (typeof value !== 'object' || value === null) return value;
  if (level === MOST_LEVELS) return '…';
  if (Array.isArray(value)) {
    const items = value.slice(0, MOST_ITEMS).map((item) => excerpt(item, level + 1));
    return value.length > MOST_ITEMS ? [...items, '…'] : items;
  }
  const entries = Object.entries(value) as [string, unknown][];
  const shown = entries.slice(0, MOST_ITEMS).map(([name, child]) => [name, excerpt(child, level + 1)] as const);
  return Object.fromEntries(entries.length > MOST_ITEMS ? [...shown, ['…', entries.length - MOST_ITEMS]] : shown);
}
