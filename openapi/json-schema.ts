/**
 * Schemas of OpenAPI 3.0 as the JSON Schema that ajv compiles. The dialects differ in a few keywords: `nullable`, the
 * boolean exclusive bounds, and words that only describe, such as `example`.
 */
import { isReference, type Reference, type Schema } from './description.js';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Keywords that only describe, or that are converted one by one. */
const leftOut = new Set([
  'nullable',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'description',
  'title',
  'example',
  'examples',
  'default',
  'deprecated',
  'readOnly',
  'writeOnly',
  'discriminator',
  'externalDocs',
  'xml',
]);

/**
 * Formats as this project checks them: leniently, as expressions, which standalone code can hold. A date and time may
 * lack the time or the colon of its offset, since BigCommerce takes both. Other formats (`float`, `binary`) promise nothing.
 */
export const formats: Readonly<Record<string, RegExp>> = {
  'date-time': /^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?$/,
  date: /^\d{4}-\d\d-\d\d([Tt ]\S+)?$/,
  uri: /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/,
  email: /^[^\s@]+@[^\s@]+$/,
  uuid: /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/,
};

/**
 * The same schema for ajv.
 * @param reference gives the `$ref` to write for a reference of the bundle, such as `#/components/schemas/Brand`
 */
export function toJsonSchema(schema: Schema | Reference, reference: (target: string) => string): JsonSchema {
  if (isReference(schema)) return { $ref: reference(schema.$ref) };
  const inner = (child: Schema | Reference): JsonSchema => toJsonSchema(child, reference);
  const converted: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (leftOut.has(keyword) || keyword.startsWith('x-')) continue;
    if (value === 0 && (keyword === 'minLength' || keyword === 'minItems')) continue; // true of all, but counted each time
    converted[keyword] = value;
  }
  if (schema.type && schema.nullable) converted['type'] = [schema.type, 'null'];
  if (schema.format && !Object.hasOwn(formats, schema.format)) delete converted['format'];
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if (minimum !== undefined) converted[exclusiveMinimum ? 'exclusiveMinimum' : 'minimum'] = minimum;
  if (maximum !== undefined) converted[exclusiveMaximum ? 'exclusiveMaximum' : 'maximum'] = maximum;
  if (schema.properties) {
    const properties = Object.entries(schema.properties);
    converted['properties'] = Object.fromEntries(properties.map(([name, property]) => [name, inner(property)]));
  }
  if (schema.items) converted['items'] = inner(schema.items);
  if (schema.not) converted['not'] = inner(schema.not);
  if (typeof schema.additionalProperties === 'object') {
    converted['additionalProperties'] = inner(schema.additionalProperties);
  }
  for (const keyword of ['allOf', 'oneOf', 'anyOf'] as const) {
    const branches = schema[keyword];
    if (branches) converted[keyword] = branches.map(inner);
  }
  return converted;
}
