/** Words what a body breaks, in the dialect of the service (platform.md 5.4 and 5.5, catalog.md 0.3). */
import type { BodyError, Shape } from '../../openapi/index.js';
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
  const shown = errors.filter(({ keyword }) => !COMBINING.has(keyword)).slice(0, MAX_FIELDS);
  switch (dialect.name) {
    case 'v2':
      return v2Refusal(shown);
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

/** catalog.md 0.3: missing fields of a new resource under one title, everything else under another. */
function catalogRefusal(errors: readonly BodyError[], body: unknown, shape: Shape | undefined): BigCommerceError {
  const list = wrongList(errors, body);
  if (list) return list;
  // Whatever is missing comes before whatever is wrong (catalog.md 1.2, assumed).
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

/** The Play JSON vocabulary, with index-dotted paths (platform.md 5.4, observed). */
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

/** The tree service: one title, errors by `<index>.<field>` (catalog.md 0.3, observed). */
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

/** platform.md 5.3, observed sentences. */
function v2Refusal(errors: readonly BodyError[]): BigCommerceError {
  const missing = errors.filter(({ keyword }) => keyword === 'required');
  const [first] = missing;
  if (first) return new BadRequestError(`The required field '${dotted(pathOf(first), 0)}' was not supplied.`);
  const names = [...new Set(errors.map((error) => dotted(pathOf(error), 0)))];
  return new BadRequestError(`The field '${names.join(', ')}' is invalid.`);
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
 * The catalog takes numbers sent as text, such as "10.00" (catalog.md 0.2): they become numbers, in the body itself,
 * which is this request's own. Other services refuse them.
 * @returns whether there were any
 */
export function coerceNumbers(body: unknown, errors: readonly BodyError[], dialect: Dialect): boolean {
  if (dialect.name !== 'catalog' || errors.length > MAX_COERCED) return false;
  let hasCoerced = false;
  for (const { keyword, params, instancePath } of errors) {
    if (keyword !== 'type' || !/number|integer/.test(String(params.type))) continue;
    const path = segmentsOf(instancePath);
    const last = path.pop();
    let holder = body;
    for (const segment of path) holder = isObject(holder) ? holder[segment] : undefined;
    if (last === undefined || !isObject(holder)) continue;
    const value = holder[last];
    if (typeof value !== 'string' || !/^\s*-?(\d+\.?\d*|\.\d+)\s*$/.test(value)) continue;
    holder[last] = Number(value);
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
