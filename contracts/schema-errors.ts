/**
 * A value against a schema of the description. Schemas are compiled one by one, when the first value of their kind
 * comes: most runs meet a handful of the hundreds there are.
 */
import { createRequire } from 'node:module';
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import type * as AjvModule from 'ajv';
import { bundledDocument, formats, toJsonSchema, type Reference, type Schema } from '../openapi/index.js';

/** One broken rule. */
export interface SchemaError {
  /** JSON pointer into the value; `''` is the value itself. */
  readonly pointer: string;
  readonly keyword: string;
  readonly expected: unknown;
  readonly received: unknown;
}

/** Enough to see what is wrong; a page of 250 rows can break the same rule 250 times. */
const MOST_ERRORS = 20;

/** Keywords that only repeat that one of their branches failed. */
const combining = new Set(['anyOf', 'oneOf', 'if', 'not']);

const require = createRequire(import.meta.url);
let compiler: Ajv | undefined;
const validators = new WeakMap<object, ValidateFunction>();

/** Every broken rule of a value, at most twenty. */
export function schemaErrors(schema: Schema | Reference, value: unknown): SchemaError[] {
  let validate = validators.get(schema);
  if (!validate) {
    compiler ??= newCompiler();
    validate = compiler.compile(toJsonSchema(schema, schemaKey));
    validators.set(schema, validate);
  }
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const telling = errors.filter(({ keyword }) => !combining.has(keyword));
  return (telling.length > 0 ? telling : errors).slice(0, MOST_ERRORS).map(toSchemaError);
}

function newCompiler(): Ajv {
  // Loaded at the first check: whoever only imports this folder does not pay for a compiler.
  const { Ajv: Compiler } = require('ajv') as typeof AjvModule;
  const ajv = new Compiler({
    allErrors: true,
    verbose: true, // with the schema and the value at each error
    strict: false,
    validateSchema: false,
    unicodeRegExp: false, // OpenAPI 3.0 takes its patterns from ECMAScript 5.1
    inlineRefs: false,
    formats,
  });
  for (const [name, schema] of Object.entries(bundledDocument().components?.['schemas'] ?? {})) {
    ajv.addSchema(toJsonSchema(schema as Schema | Reference, schemaKey), schemaKey(`#/components/schemas/${name}`));
  }
  return ajv;
}

/** Where the compiler keeps a component; what follows its name stays a pointer. */
function schemaKey(reference: string): string {
  const [, , , name = '', ...rest] = reference.split('/');
  return `/schemas/${name}${rest.length > 0 ? `#/${rest.join('/')}` : ''}`;
}

function toSchemaError({ keyword, instancePath, params, schema, data }: ErrorObject): SchemaError {
  const facts = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case 'required':
      return {
        pointer: instancePath,
        keyword,
        expected: `property ${String(facts['missingProperty'])}`,
        received: Object.keys(data as object),
      };
    case 'additionalProperties':
      return { pointer: instancePath, keyword, expected: 'no other property', received: facts['additionalProperty'] };
    default:
      return { pointer: instancePath, keyword, expected: schema, received: data };
  }
}
