/** Request bodies: from bytes to a JSON value or a form, with a refusal for whatever is no body of the operation. */
import type { BodyError, Operation, OperationRules, Shape } from '../../openapi/index.js';
import { BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError, type BigCommerceError } from '../errors.js';
import { bodyRefusal, coerceNumbers, v2FieldRefusal } from './body-errors.js';
import type { Dialect } from '../pipeline/dialects.js';
import type { BodyRefusal } from './engine.js';
import { rowSchema } from './described-answers.js';
import { cutTo, isListShape } from './shape.js';

/** Deeper JSON is refused: no operation takes more than a handful of levels. */
const MAX_DEPTH = 40;

/** A body as it came: text where it says that it is JSON, bytes otherwise. */
export type RawBody = Buffer | string | undefined;

export type BodyKind = 'none' | 'json' | 'form';

/**
 * What kind of body came.
 * @throws UnsupportedMediaTypeError for a body of a kind that the operation does not take
 * @throws BadRequestError when there is no body and the operation needs one
 */
export function bodyKind(operation: Operation, contentType: string | undefined, sent: RawBody): BodyKind {
  const { body } = operation;
  if (!body) return 'none';
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const hasBytes = sent !== undefined && sent.length > 0;
  const takesForm = body.media.includes('multipart/form-data');
  if (takesForm && type === 'multipart/form-data') return 'form';
  if (!hasBytes) {
    if (type !== '' && !isJson(type)) throw unsupported(type, body.media);
    // Descriptions are careless about it, yet a PUT of nothing says nothing.
    const isNeeded = body.required || operation.method === 'PUT';
    if (isNeeded && body.media.includes('application/json')) throw syntaxError();
    if (takesForm && !body.media.includes('application/json')) throw unsupported(type, body.media);
    return 'none';
  }
  if (isJson(type) && body.media.some(isJson)) return 'json';
  // The service of webhooks alone says so of a type that is missing (documented).
  if (type === '' && operation.resource?.collection === 'webhooks')
    throw new BadRequestError('Input is invalid.', null, { detail: 'The Content-Type header is missing.' });
  throw unsupported(type, body.media);
}

function isJson(type: string): boolean {
  return type === 'application/json' || (type.startsWith('application/') && type.endsWith('+json'));
}

function unsupported(type: string, media: readonly string[]): UnsupportedMediaTypeError {
  const sent =
    type === '' ? 'The Content-Type header is missing' : `The content type ${type.slice(0, 100)} is not supported`;
  return new UnsupportedMediaTypeError(`${sent}; this endpoint takes ${media.join(' or ')}.`);
}

/**
 * @param parse a JSON parser that refuses `__proto__` and `constructor.prototype`
 * @throws BadRequestError for bytes that are no JSON, or JSON that is nested beyond reason
 */
export function readJson(text: string, parse: (text: string) => unknown): unknown {
  if (depthOf(text) > MAX_DEPTH)
    throw new BadRequestError('Input is invalid', null, {
      detail: `JSON nested deeper than ${String(MAX_DEPTH)} levels`,
    });
  try {
    return parse(text);
  } catch (error) {
    throw syntaxError(error);
  }
}

/** Documented: `detail` in the place of `errors`. */
function syntaxError(cause?: unknown): BadRequestError {
  return new BadRequestError('Input is invalid', null, { detail: 'Syntax error', cause });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Levels of brackets outside texts. Stops counting once there are too many. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code === QUOTE) {
      // Texts are most of a body: found by search, not by looking at each character.
      place = endOfText(text, place);
    } else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > MAX_DEPTH) return deepest;
    } else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
    }
  }
  return deepest;
}

/** Where the text that opens at a quote closes: the next quote without an odd number of backslashes before it. */
function endOfText(json: string, opening: number): number {
  let end = json.indexOf('"', opening + 1);
  while (end > 0 && isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end < 0 ? json.length : end;
}

function isEscaped(json: string, quote: number): boolean {
  let place = quote - 1;
  while (json.charCodeAt(place) === BACKSLASH) place -= 1;
  return (quote - place) % 2 === 0;
}

/** Rows of a batch that are unsound by themselves: their refusal by their position in the body. */
export type RefusedRows = ReadonlyMap<number, BigCommerceError>;

export interface CheckedBody {
  /** Set when the body is refused as a whole. Returned, not thrown: at this place a throw costs as much as all checks. */
  readonly refusal?: BigCommerceError;
  /** Without the refused rows. */
  readonly body: unknown;
  readonly refusedRows: RefusedRows;
}

const NONE: RefusedRows = new Map();

/** An operation without a JSON body. */
export const NO_BODY: CheckedBody = { body: undefined, refusedRows: NONE };

/**
 * A validated body, cut to the properties that the description has: whatever else was sent is ignored.
 * A refusal is in the operation's own words, or else in those of the dialect.
 */
export function checkBody(
  body: unknown,
  operation: Operation,
  rules: OperationRules,
  dialect: Dialect,
  ownRefusal?: BodyRefusal,
): CheckedBody {
  const most = operation.limits?.batch;
  if (most !== undefined && Array.isArray(body) && body.length > most) return refused(tooMany(operation, most));
  if (!rules.validate) return { body, refusedRows: NONE };
  const wrongField =
    dialect.name === 'v2'
      ? v2FieldRefusal(body, rules, (name) => Object.hasOwn(rowSchema(operation)?.properties ?? {}, name))
      : undefined;
  if (wrongField) throw wrongField;
  let checked = body;
  let refusedRows = NONE;
  if (!rules.validate(checked)) {
    const hasCoerced = coerceNumbers(checked, rules.validate.errors ?? [], dialect);
    if (!hasCoerced || !rules.validate(checked)) {
      const errors = rules.validate.errors ?? [];
      if (!operation.resource?.partial || !Array.isArray(checked))
        return refused(ownRefusal?.(errors, checked) ?? bodyRefusal(errors, checked, dialect, rules.shape));
      refusedRows = refuseRows(errors, checked, dialect, rules.shape, ownRefusal);
      checked = checked.filter((_row, position) => !refusedRows.has(position));
    }
  }
  return { body: rules.shape ? cutTo(rules.shape, checked) : checked, refusedRows };
}

function refused(refusal: BigCommerceError): CheckedBody {
  return { refusal, body: undefined, refusedRows: NONE };
}

/** Each row of a batch with what it breaks, worded as if it had come alone. */
function refuseRows(
  errors: readonly BodyError[],
  rows: readonly unknown[],
  dialect: Dialect,
  shape: Shape | undefined,
  ownRefusal: BodyRefusal | undefined,
): RefusedRows {
  const rowShape = shape !== undefined && isListShape(shape) ? shape[0] : undefined;
  const byRow = new Map<number, BodyError[]>();
  for (const error of errors) {
    const [, position, rest = ''] = /^\/(\d+)(.*)$/s.exec(error.instancePath) ?? [];
    // Where one row may come without a list, a list breaks that alternative as a whole.
    if (position === undefined) continue;
    const own = byRow.get(Number(position));
    const moved = { ...error, instancePath: rest };
    if (own) own.push(moved);
    else byRow.set(Number(position), [moved]);
  }
  return new Map(
    [...byRow].map(([position, own]) => {
      const row = rows[position];
      return [position, ownRefusal?.(own, row) ?? bodyRefusal(own, row, dialect, rowShape)];
    }),
  );
}

/** Three services, three sentences. */
function tooMany(operation: Operation, most: number): PayloadTooLargeError {
  const things = operation.path.endsWith('/catalog/trees') ? 'trees' : 'items';
  const stop = operation.path.endsWith('/catalog/variants') ? '' : '.';
  return new PayloadTooLargeError(
    `The request payload is too large. The maximum ${things} allowed in the array is ${String(most)}${stop}`,
  );
}
