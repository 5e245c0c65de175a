/** Words what a body breaks, in the dialect of the service. */
import type { BodyError, OperationRules, Shape } from '../../openapi/index.js';
import { BadRequestError, UnprocessableError, type BigCommerceError } from '../errors.js';
import type { Dialect } from '../pipeline/dialects.js';
import { isListShape } from './shape.js';

/** A refusal lists at most so many fields: a body of a million wrong items gets an answer, not a book. */
const MAX_FIELDS = 50;

/** @param shape of the body, which knows both lengths of a text where an error knows the one that was broken */
export function bodyRefusal(
  errors: readonly BodyError[],
  body: unknown,
  dialect: Dialect,
  shape: Shape | undefined,
): BigCommerceError {
  const shown = withoutEchoes(errors).slice(0, MAX_FIELDS);
  switch (dialect.name) {
    case 'v2':
      return v2Refusal(shown, body);
    case 'service':
      return serviceRefusal(shown, body);
    case 'tree':
      return treeRefusal(shown, body, shape);
    case 'catalog':
      return catalogRefusal(shown, body, shape);
  }
}

/** They repeat what their branches report. */
const COMBINING = new Set(['anyOf', 'oneOf', 'allOf', 'if']);

/** Each fault once. A value that fits several alternatives, of which it may fit one, is faulty where it stands. */
function withoutEchoes(errors: readonly BodyError[]): readonly BodyError[] {
  const torn = errors.filter(({ keyword, params, instancePath }) => {
    return keyword === 'oneOf' && Array.isArray(params.passingSchemas) && instancePath !== '';
  });
  const isWithin = (error: BodyError): boolean =>
    torn.some(
      ({ instancePath, schemaPath }) =>
        error.schemaPath.startsWith(schemaPath) && `${error.instancePath}/`.startsWith(`${instancePath}/`),
    );
  return [...torn, ...errors.filter((error) => !COMBINING.has(error.keyword) && !isWithin(error))];
}

/** Missing fields of a new resource under one title, everything else under another. */
function catalogRefusal(errors: readonly BodyError[], body: unknown, shape: Shape | undefined): BigCommerceError {
  const list = wrongList(errors, body);
  if (list) return list;
  // Whatever is missing comes before whatever is wrong (assumed).
  const missing = errors.filter(
    ({ keyword, instancePath }) => keyword === 'required' && levelOf(instancePath, body) === 0,
  );
  if (missing.length > 0) {
    const names = missing.map(({ params }) => String(params.missingProperty));
    const sentences: Record<string, string> = {};
    for (const name of names) sentences[name] = `Please provide a ${name}.`;
    return new UnprocessableError('Missing Required Fields', sentences);
  }
  const fields: Record<string, string> = {};
  for (const error of errors) {
    const path = dotted(pathOf(error), Array.isArray(body) ? 1 : 0);
    fields[path] ??= catalogSentence(error, path, shape);
  }
  return new UnprocessableError(`Invalid field(s): ${Object.keys(fields).join(', ')}`, fields);
}

function catalogSentence(error: BodyError, path: string, shape: Shape | undefined): string {
  const { keyword, params } = error;
  switch (keyword) {
    case 'required':
      return `Please provide a ${String(params.missingProperty)}.`;
    case 'minLength':
    case 'maxLength':
      return `${path} must have a length ${lengthsAt(shape, pathOf(error)) ?? limitOf(params, '')}`;
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum':
      return `${path} must be ${limitOf(params, '')}`.trim();
    case 'minItems':
      return `${path} must not be empty`;
    case 'maxItems':
      return `${path} must have ${limitOf(params, 'items')}`;
    case 'enum':
      return `${path} must be one of: ${allowed(params)}`;
    case 'type':
      return `${path} must be of type ${typeName(params)}`;
    default:
      return `${path} is invalid`;
  }
}

/** The Play JSON vocabulary, with index-dotted paths (observed). */
function serviceRefusal(errors: readonly BodyError[], body: unknown): BigCommerceError {
  const list = wrongList(errors, body);
  if (list) return list;
  const fields: Record<string, string> = {};
  for (const error of errors) fields[dotted(pathOf(error), 0)] ??= playWord(error);
  return new UnprocessableError('JSON data is missing or invalid', fields);
}

function playWord({ keyword, params }: BodyError): string {
  switch (keyword) {
    case 'required':
      return 'error.path.missing';
    case 'type':
      return `error.expected.js${playType(typeName(params))}`;
    case 'enum':
      return 'error.expected.validenumvalue';
    case 'minLength':
    case 'minItems':
      return 'error.minLength';
    case 'maxLength':
    case 'maxItems':
      return 'error.maxLength';
    case 'minimum':
    case 'exclusiveMinimum':
      return 'error.min';
    case 'maximum':
    case 'exclusiveMaximum':
      return 'error.max';
    default:
      return 'error.invalid';
  }
}

function playType(type: string): string {
  return type === 'integer' ? 'number' : type;
}

/** The title of whatever the tree service refuses in a body (observed). */
export const TREE_REFUSAL =
  'Please verify if all required fields are present in the request body and are filled with values correctly.';

/** The tree service: one title, errors by `<index>.<field>` (observed). */
function treeRefusal(errors: readonly BodyError[], body: unknown, shape: Shape | undefined): BigCommerceError {
  const list = wrongList(errors, body);
  if (list) return list;
  const fields: Record<string, string> = {};
  for (const error of errors) {
    const path = dotted(pathOf(error), 0);
    const name = path.replace(/^\d+\./, '');
    const label = name.replace(
      /(^|[_.])([a-z])/g,
      (_match, gap: string, letter: string) => (gap && ' ') + letter.toUpperCase(),
    );
    fields[path] ??=
      error.keyword === 'required' ? `${label} is required and can't be empty` : catalogSentence(error, label, shape);
  }
  return new UnprocessableError(TREE_REFUSAL, fields);
}

/** Observed sentences: the first fault alone, what is missing before what is wrong. */
function v2Refusal(errors: readonly BodyError[], body: unknown): BigCommerceError {
  const missing = errors.find(
    ({ keyword, params }) => keyword === 'required' || (keyword === 'minItems' && params.limit === 1),
  );
  if (missing) return new BadRequestError(`The required field '${named(pathOf(missing))}' was not supplied.`);
  const [first] = errors;
  if (!first) return new BadRequestError('Input is invalid');
  const path = pathOf(first);
  const value = valueAt(body, path);
  const field = path[path.length - 1] ?? 'body';
  if (value === null) return new BadRequestError(`The field '${field}' does not allow null values.`);
  return new BadRequestError(`The field '${field}' is invalid.`, v2Reason(first, value));
}

function v2Reason({ keyword, params }: BodyError, value: unknown): Record<string, string> | null {
  if (keyword === 'type' && typeName(params) === 'array') {
    return { invalid_reason: 'The provided value is not a valid array.' };
  }
  if (keyword === 'enum') {
    const options = Array.isArray(params.allowedValues) ? params.allowedValues : [];
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    const list = options.map((option) => `'${String(option)}'`).join(' or ');
    return { invalid_reason: `The provided value '${shown.slice(0, 100)}' is not valid, valid options are ${list}.` };
  }
  return null;
}

/** Names only: places in lists are left out. */
function named(path: readonly string[]): string {
  return path.filter((segment) => !/^\d+$/.test(segment)).join('.');
}

function valueAt(body: unknown, path: readonly string[]): unknown {
  let value = body;
  for (const segment of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[segment];
  }
  return value;
}

/**
 * V2 refuses what it does not know and what it alone may write; the others pass over it. Only the
 * outermost properties are held to be known: below, descriptions are not complete enough to accuse a client.
 */
export function v2FieldRefusal(
  body: unknown,
  { shape, readOnly = [] }: OperationRules,
  /** Is it a property of the answers? Asked of unknown ones only. */
  isAnswered: (name: string) => boolean,
): BigCommerceError | undefined {
  if (shape === undefined || typeof body !== 'object' || body === null) return undefined;
  const readOnlyField = findField(shape, body, '', (path) => readOnly.includes(path));
  if (readOnlyField !== undefined) return readOnlyRefusal(readOnlyField.replaceAll('[]', ''));
  if (Array.isArray(body) || typeof shape !== 'object' || isListShape(shape)) return undefined;
  const unknown = Object.keys(body).find((name) => !Object.hasOwn(shape, name) && !readOnly.includes(name));
  if (unknown === undefined) return undefined;
  // What only the answers have is read-only, too, whether or not the description says so of the request.
  if (isAnswered(unknown)) return readOnlyRefusal(unknown);
  return new BadRequestError(`The field '${unknown.slice(0, 100)}' is not supported by this resource.`);
}

function readOnlyRefusal(field: string): BadRequestError {
  return new BadRequestError(
    `The field '${field}' cannot be written to. Please remove it from your request before trying again.`,
  );
}

/** Path of the first property outside the shape for which `matches` holds, written as `addresses[].id`. */
function findField(shape: Shape, value: unknown, path: string, matches: (path: string) => boolean): string | undefined {
  if (typeof shape !== 'object' || typeof value !== 'object' || value === null) return undefined;
  if (isListShape(shape)) {
    if (!Array.isArray(value)) return undefined;
    for (const item of value) {
      const found = findField(shape[0], item, `${path}[]`, matches);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const [name, inner] of Object.entries(value)) {
    const own = path === '' ? name : `${path}.${name}`;
    const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (part === undefined) {
      if (matches(own)) return own;
      continue;
    }
    const found = findField(part, inner, own, matches);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An object where a list belongs, observed; and the reverse. */
function wrongList(errors: readonly BodyError[], body: unknown): BigCommerceError | undefined {
  const atRoot = errors.find(({ keyword, instancePath }) => keyword === 'type' && instancePath === '');
  if (!atRoot) return undefined;
  const wanted = typeName(atRoot.params);
  if (wanted === 'array')
    return new UnprocessableError('The request payload has to be a JSON array for the endpoint.', null);
  if (wanted !== 'object') return new UnprocessableError(`The value has to be of type ${wanted}.`);
  const came = Array.isArray(body) ? 'an array' : 'a value of another type';
  return new UnprocessableError(
    'The request payload has to be a JSON object for the endpoint.',
    {},
    { detail: `It is ${came}.` },
  );
}

function typeName(params: Readonly<Record<string, unknown>>): string {
  const { type } = params;
  const names = (Array.isArray(type) ? type : String(type).split(',')) as readonly string[];
  return names.find((name) => name !== 'null') ?? 'null';
}

/** `between 1 and 50`, when the shape has both lengths of the text at a path. */
function lengthsAt(shape: Shape | undefined, path: readonly string[]): string | undefined {
  let part: Shape | undefined = shape;
  for (const segment of path) {
    if (typeof part !== 'object') return undefined;
    part = isListShape(part) ? part[0] : part[segment];
  }
  return typeof part === 'string' ? `between ${part.replace('..', ' and ')}` : undefined;
}

function allowed(params: Readonly<Record<string, unknown>>): string {
  const { allowedValues } = params;
  return Array.isArray(allowedValues) ? allowedValues.join(', ') : '';
}

function limitOf(params: Readonly<Record<string, unknown>>, unit: string): string {
  const words: Readonly<Record<string, string>> = {
    '>=': 'at least',
    '<=': 'at most',
    '>': 'more than',
    '<': 'less than',
  };
  const comparison = typeof params.comparison === 'string' ? words[params.comparison] : undefined;
  return `${comparison ?? 'within'} ${String(params.limit)} ${unit}`.trim();
}

/** Pointer segments of what is wrong: for a missing property, of the property itself. */
function pathOf({ keyword, instancePath, params }: BodyError): string[] {
  const path = segmentsOf(instancePath);
  return keyword === 'required' ? [...path, String(params.missingProperty)] : path;
}

function dotted(path: readonly string[], skipped: number): string {
  return path.slice(skipped).join('.');
}

/** Levels below the resource: the items of a list are resources themselves. */
function levelOf(instancePath: string, body: unknown): number {
  const depth = instancePath === '' ? 0 : instancePath.split('/').length - 1;
  return Array.isArray(body) ? depth - 1 : depth;
}

/**
 * The catalog takes numbers sent as text, such as "10.00", V2 numbers for texts as well: they
 * become what they should be, in the body itself, which is this request's own. Other services refuse them.
 * @returns whether there were any
 */
export function coerceNumbers(body: unknown, errors: readonly BodyError[], dialect: Dialect): boolean {
  const isV2 = dialect.name === 'v2';
  if ((dialect.name !== 'catalog' && !isV2) || errors.length > MAX_COERCED) return false;
  let hasCoerced = false;
  for (const { keyword, params, instancePath } of errors) {
    if (keyword !== 'type') continue;
    const type = typeName(params);
    const path = segmentsOf(instancePath);
    const last = path.pop();
    let holder = body;
    for (const segment of path) holder = isObject(holder) ? holder[segment] : undefined;
    if (last === undefined || !isObject(holder)) continue;
    const value = holder[last];
    if (isV2 && type === 'string' && typeof value === 'number') holder[last] = String(value);
    else if ((type === 'number' || type === 'integer') && typeof value === 'string' && DECIMAL.test(value.trim()))
      holder[last] = Number(value);
    else continue;
    hasCoerced = true;
  }
  return hasCoerced;
}

const MAX_COERCED = 1_000;

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}

function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => (segment.includes('~') ? segment.replaceAll('~1', '/').replaceAll('~0', '~') : segment));
}

const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;
