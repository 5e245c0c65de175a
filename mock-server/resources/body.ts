/** Request bodies: from bytes to a JSON value or a form, with a refusal for whatever is no body of the operation. */
import type { BodyValidator, Operation, OperationRules, Shape } from '../../openapi/index.js';
import { BadRequestError, PayloadTooLargeError, UnsupportedMediaTypeError } from '../errors.js';
import { bodyRefusal, coerceNumbers } from './body-errors.js';
import type { Dialect } from '../pipeline/dialects.js';

/** Deeper JSON is refused: no operation takes more than a handful of levels. */
const MAX_DEPTH = 40;

export type BodyKind = 'none' | 'json' | 'form';

/**
 * What kind of body came.
 * @throws UnsupportedMediaTypeError for a body of a kind that the operation does not take
 * @throws BadRequestError when there is no body and the operation needs one
 */
export function bodyKind(operation: Operation, contentType: string | undefined, bytes: Buffer | undefined): BodyKind {
  const { body } = operation;
  if (!body) return 'none';
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const hasBytes = bytes !== undefined && bytes.length > 0;
  const takesForm = body.media.includes('multipart/form-data');
  if (takesForm && type === 'multipart/form-data') return 'form';
  if (!hasBytes) {
    if (type !== '' && !isJson(type)) throw unsupported(type, body.media);
    if (body.required && body.media.includes('application/json')) throw syntaxError();
    if (takesForm && !body.media.includes('application/json')) throw unsupported(type, body.media);
    return 'none';
  }
  if (isJson(type) && body.media.some(isJson)) return 'json';
  throw unsupported(type, body.media);
}

function isJson(type: string): boolean {
  return type === 'application/json' || (type.startsWith('application/') && type.endsWith('+json'));
}

function unsupported(type: string, media: readonly string[]): UnsupportedMediaTypeError {
  const sent = type === '' ? 'The Content-Type header is missing' : `The content type ${type.slice(0, 100)} is not supported`;
  return new UnsupportedMediaTypeError(`${sent}; this endpoint takes ${media.join(' or ')}.`);
}

/**
 * @param parse a JSON parser that refuses `__proto__` and `constructor.prototype`
 * @throws BadRequestError for bytes that are no JSON, or JSON that is nested beyond reason
 */
export function readJson(bytes: Buffer, parse: (text: string) => unknown): unknown {
  if (depthOf(bytes) > MAX_DEPTH) throw new BadRequestError('Input is invalid', {}, { detail: `JSON nested deeper than ${String(MAX_DEPTH)} levels` });
  try {
    return parse(bytes.toString('utf8'));
  } catch (error) {
    throw syntaxError(error);
  }
}

/** platform.md 5.5, documented. */
function syntaxError(cause?: unknown): BadRequestError {
  return new BadRequestError('Input is invalid', {}, { detail: 'Syntax error', cause });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Levels of brackets outside texts. Stops counting once there are too many. */
function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  for (let place = 0; place < bytes.length; place += 1) {
    const byte = bytes[place];
    if (byte === QUOTE) {
      place += 1;
      while (place < bytes.length && bytes[place] !== QUOTE) place += bytes[place] === BACKSLASH ? 2 : 1;
    } else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > MAX_DEPTH) return deepest;
    } else if (byte === 0x5d || byte === 0x7d) {
      depth -= 1;
    }
  }
  return deepest;
}

/**
 * A validated body, cut to the properties that the description has: whatever else was sent is ignored (catalog.md 0.4).
 * @throws BigCommerceError in the words of the dialect
 */
export function checkBody(body: unknown, operation: Operation, rules: OperationRules, dialect: Dialect): unknown {
  const most = operation.limits?.batch;
  if (most !== undefined && Array.isArray(body) && body.length > most) throw tooMany(operation, most);
  if (!rules.validate) return body;
  let checked = body;
  if (!rules.validate(checked)) {
    checked = coerceNumbers(checked, rules.validate.errors ?? [], dialect);
    requireValid(rules.validate, checked, dialect);
  }
  return rules.shape ? cutTo(rules.shape, checked) : checked;
}

function requireValid(validate: BodyValidator, body: unknown, dialect: Dialect): void {
  if (!validate(body)) throw bodyRefusal(validate.errors ?? [], body, dialect);
}

/** platform.md 5.3: three services, three sentences. */
function tooMany(operation: Operation, most: number): PayloadTooLargeError {
  const things = operation.path.endsWith('/catalog/trees') ? 'trees' : 'items';
  const stop = operation.path.endsWith('/catalog/variants') ? '' : '.';
  return new PayloadTooLargeError(`The request payload is too large. The maximum ${things} allowed in the array is ${String(most)}${stop}`);
}

function cutTo(shape: Shape, value: unknown): unknown {
  if (shape === 1 || value === null || typeof value !== 'object') return value;
  if (isListShape(shape)) {
    const [item] = shape;
    return Array.isArray(value) ? (item === 1 ? value : value.map((each) => cutTo(item, each))) : value;
  }
  const cut: Record<string, unknown> = {};
  for (const name in value) {
    const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (part !== undefined) cut[name] = cutTo(part, (value as Readonly<Record<string, unknown>>)[name]);
  }
  return cut;
}

function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
