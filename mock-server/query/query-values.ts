/**
 * Query and path parameters, checked against the description: types, enums and bounds, with the services' own
 * sentences. Unknown parameters are refused where the service refuses them.
 */
import type { ParameterRule } from '../../openapi/index.js';
import {
  BadRequestError,
  BigCommerceError,
  NotFoundError,
  PayloadTooLargeError,
  UnprocessableError,
} from '../errors.js';
import type { Dialect } from '../pipeline/dialects.js';

/** Parameters of a request by name, as text, in the order in which they were sent. */
export type QueryValues = ReadonlyMap<string, string>;

const NONE: QueryValues = new Map();

const INTEGER = /^[+-]?\d{1,15}$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const BOOLEAN = /^(true|false|1|0)$/i;

/** Names that page, order or cut a list, and are no filters. */
const NOT_FILTERS = new Set([
  'page',
  'limit',
  'before',
  'after',
  'sort',
  'direction',
  'include',
  'include_fields',
  'exclude_fields',
  'keyword_context',
]);

export function isFilter(name: string): boolean {
  return !NOT_FILTERS.has(name);
}

/**
 * The known parameters of a query.
 * @throws UnprocessableError for a value that is not what the description says, or an unknown name where the dialect refuses these.
 */
export function readQuery(
  sent: Readonly<Record<string, string | string[] | undefined>>,
  rules: readonly ParameterRule[],
  dialect: Dialect,
): QueryValues {
  if (dialect.name === 'v2') return readV2Query(sent, rules);
  let values: Map<string, string> | undefined;
  let unknown: string[] | undefined;
  for (const name in sent) {
    const rule = rules.find((candidate) => candidate.in === 'query' && candidate.name === name);
    if (!rule) {
      (unknown ??= []).push(name);
      continue;
    }
    const text = textOf(sent[name]);
    if (dialect.listsUnusableValues) requireUsable(rule, text);
    else checkValue(rule, text);
    (values ??= new Map()).set(name, text);
  }
  if (unknown && dialect.refusesUnknownParameters) {
    const sentence = `The filter(s): ${unknown.join(', ')} are not valid filter parameter(s).`;
    if (dialect.listsUnusableValues) throw new BadRequestError('Input is invalid', null, { detail: sentence });
    throw new UnprocessableError(sentence);
  }
  return values ?? NONE;
}

/** @throws UnprocessableError with what cannot be used of a value, item by item */
function requireUsable(rule: ParameterRule, text: string): void {
  const unusable = (rule.type === 'array' ? text.split(',') : [text]).filter((item) => !isUsable(rule, item));
  if (unusable.length > 0) throw unusableValues(unusable);
}

function isUsable(rule: ParameterRule, text: string): boolean {
  try {
    checkValue(rule, text);
    return true;
  } catch {
    return false;
  }
}

/** Observed. */
function unusableValues(values: readonly string[]): UnprocessableError {
  return new UnprocessableError('Invalid Input.', null, { extra: { errors: values } });
}

/** What V2 lists take whether or not their description says so. */
const V2_PAGING: readonly ParameterRule[] = ['page', 'limit'].map((name) => ({
  name,
  in: 'query',
  required: false,
  type: 'integer',
}));
const V2_MOST_ROWS = 250;

/** The same in V2, whose refusals are worded otherwise. */
function readV2Query(
  sent: Readonly<Record<string, string | string[] | undefined>>,
  rules: readonly ParameterRule[],
): QueryValues {
  const values = new Map<string, string>();
  for (const name in sent) {
    const isNamed = (rule: ParameterRule): boolean => rule.in === 'query' && rule.name === name;
    const rule = rules.find(isNamed) ?? V2_PAGING.find(isNamed);
    if (!rule) throw new BadRequestError(`The field '${name}' is not supported by this resource.`);
    const text = textOf(sent[name]);
    if (name === 'limit' && INTEGER.test(text) && Number(text) > V2_MOST_ROWS) {
      // assumed sentence; the status and that the limit is named are documented
      throw new PayloadTooLargeError(`The field 'limit' must not be greater than ${String(V2_MOST_ROWS)}.`, {
        max_limit: String(V2_MOST_ROWS),
      });
    }
    try {
      checkValue(rule, text);
    } catch (error) {
      if (!(error instanceof BigCommerceError)) throw error;
      const isDate = rule.format === 'date-time' || rule.format === 'date';
      const reason = isDate ? { invalid_reason: `The provided value '${text}' is not a valid RFC-2822 date.` } : null;
      throw new BadRequestError(`The field '${name}' is invalid.`, reason);
    }
    values.set(name, text);
  }
  return values;
}

/** A parameter sent twice means its last value, save for lists, which add up. */
function textOf(sent: string | string[] | undefined): string {
  if (Array.isArray(sent))
    return sent.every((text) => text.includes(',')) ? sent.join(',') : (sent[sent.length - 1] ?? '');
  return sent ?? '';
}

function checkValue(rule: ParameterRule, text: string): void {
  if (rule.type === 'array') {
    for (const item of text.split(',')) {
      if (rule.items === 'integer' && !INTEGER.test(item.trim())) {
        throw new UnprocessableError(
          `Query parameter "${rule.name}" value may contain only integer values. For input string: "${item}".`,
        );
      }
      if (rule.items === 'number' && !NUMBER.test(item.trim())) {
        throw new UnprocessableError(
          `Query parameter "${rule.name}" value may contain only numeric values. For input string: "${item}".`,
        );
      }
      // Sub-resources that nobody knows are left out without a word (assumed).
      if (rule.name === 'include') continue;
      if (rule.enum && item !== '' && !rule.enum.includes(item.trim())) throw notAllowed(rule, item);
    }
    return;
  }
  if (rule.type === 'integer' || rule.type === 'number') {
    const fits = rule.type === 'integer' ? INTEGER : NUMBER;
    // Flags are numbers in the description, and may be spelled as words too.
    const isFlag = rule.enum?.length === 2 && BOOLEAN.test(text);
    if (!fits.test(text) && !isFlag) {
      const kind = rule.type === 'integer' ? 'integer' : 'numeric';
      throw new UnprocessableError(
        `Query parameter "${rule.name}" value must be ${kind}. For input string: "${text}".`,
      );
    }
    if (rule.name === 'page' || rule.name === 'limit') requirePositive(rule.name, text);
    else if (rule.enum && !isFlag && !rule.enum.includes(Number(text))) throw notAllowed(rule, text);
    return;
  }
  if (rule.type === 'boolean') {
    if (!BOOLEAN.test(text))
      throw new UnprocessableError(
        `Query parameter "${rule.name}" value must be boolean. For input string: "${text}".`,
      );
    return;
  }
  if (rule.type === 'string') {
    // A `+` that was not percent-encoded has become a blank.
    if (rule.enum && !rule.enum.includes(text) && !rule.enum.includes(text.replaceAll(' ', '+')))
      throw notAllowed(rule, text);
    if ((rule.format === 'date-time' || rule.format === 'date') && Number.isNaN(instantOf(text))) {
      throw new UnprocessableError(`Query parameter "${rule.name}" value must be a date. For input string: "${text}".`);
    }
    if (rule.maxLength !== undefined && text.length > rule.maxLength) {
      throw new UnprocessableError(
        `Query parameter "${rule.name}" value must have at most ${String(rule.maxLength)} characters.`,
      );
    }
  }
}

function requirePositive(name: string, text: string): void {
  if (Number(text) < 1)
    throw new UnprocessableError(
      `Query parameter "${name}" value must be greater than 0. For input string: "${text}".`,
    );
}

function notAllowed(rule: ParameterRule, text: string): UnprocessableError {
  return new UnprocessableError(
    `Query parameter "${rule.name}" value must be one of: ${(rule.enum ?? []).join(', ')}. For input string: "${text}".`,
  );
}

/**
 * A date of a query in milliseconds since the Unix epoch, NaN when it is none. A `+` that was not percent-encoded has
 * become a blank.
 */
export function instantOf(text: string): number {
  const at = Date.parse(text);
  return Number.isNaN(at) ? Date.parse(text.replace(/ +(\d\d:?\d\d)$/, '+$1')) : at;
}

/**
 * A path parameter as a key: an integer where the description says so.
 * @throws BadRequestError `Input is invalid` for anything else (observed); V2 knows no such row, and pages list it.
 */
export function readPathParameter(text: string, rule: ParameterRule | undefined, dialect?: Dialect): number | string {
  if (rule && rule.type !== 'integer' && rule.type !== 'number') return text;
  const id = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (id <= 2_147_483_647) return id;
  if (dialect?.name === 'v2') throw new NotFoundError('The requested resource was not found.');
  throw dialect?.listsUnusableValues ? unusableValues([text]) : new BadRequestError('Input is invalid');
}

/** A comma separated list, blanks dropped. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
