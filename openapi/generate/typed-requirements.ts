/**
 * `required` beside `allOf` may name properties that lie deeper than the parts: openapi-typescript looks one level down and
 * would leave them optional. Such names are written out once more, with their schemas, for the generation of types alone.
 */
import { isReference, type OpenApiDocument, type Reference, type Schema } from '../description.js';
import { resolveReference } from '../resolve-reference.js';

type Property = Schema | Reference;

/** Changes the document that is given. */
export function addTypedRequirements(document: OpenApiDocument): void {
  visit(document);

  function visit(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    Object.values(value).forEach(visit);
    if (isComposed(value)) completeOne(value);
  }

  function completeOne(schema: Composed): void {
    const { allOf, required } = schema;
    const isTyped = (name: string): boolean =>
      [schema, ...allOf].some((part) => resolve(part).properties?.[name] !== undefined);
    const properties = required
      .filter((name) => !isTyped(name))
      .map((name) => [name, find(schema, name)] as const)
      .filter((found): found is readonly [string, Property] => found[1] !== undefined);
    if (properties.length === 0) return;
    allOf.push({
      type: 'object',
      required: properties.map(([name]) => name),
      properties: Object.fromEntries(properties),
    });
  }

  /** The schema of a property, wherever the parts of a schema have it. */
  function find(schema: Property, name: string): Property | undefined {
    const { properties, allOf = [] } = resolve(schema);
    if (properties?.[name]) return properties[name];
    for (const part of allOf) {
      const found = find(part, name);
      if (found) return found;
    }
    return undefined;
  }

  function resolve(schema: Property): Schema {
    return isReference(schema) ? resolveReference<Schema>(document, schema) : schema;
  }
}

interface Composed extends Schema {
  readonly allOf: Property[];
  readonly required: string[];
}

function isComposed(value: object): value is Composed {
  return 'allOf' in value && 'required' in value && Array.isArray(value.allOf) && Array.isArray(value.required);
}
