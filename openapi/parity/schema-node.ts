/**
 * One place in a body, seen through every schema that may describe it: references resolved, `allOf` merged, the
 * alternatives of `oneOf` and `anyOf` united.
 */
import type { OpenApiDocument, Reference, Schema } from '../description.js';
import { resolveReference } from '../resolve-reference.js';

export interface SchemaNode {
  readonly document: OpenApiDocument;
  /** Schemas without references or branches, each once. Their identity tells a place that lies inside itself. */
  readonly schemas: readonly Schema[];
}

/** The node that several schemas of one document describe together. */
export function nodeOf(document: OpenApiDocument, schemas: readonly (Schema | Reference)[]): SchemaNode {
  const found = new Set<Schema>();
  const collect = (given: Schema | Reference): void => {
    const schema = resolveReference<Schema>(document, given);
    if (found.has(schema)) return;
    found.add(schema);
    for (const branches of [schema.allOf, schema.oneOf, schema.anyOf]) branches?.forEach(collect);
  };
  schemas.forEach(collect);
  return { document, schemas: [...found] };
}

/** The types a value may have here; empty when the schemas do not say. Null is left aside. */
export function typesOf(node: SchemaNode): ReadonlySet<string> {
  return new Set(node.schemas.flatMap((schema) => statedTypes(schema)).filter((type) => type !== 'null'));
}

function statedTypes(schema: Schema): readonly string[] {
  // Some official documents write a list of types, which OpenAPI 3.0 does not know.
  const type = schema.type as string | readonly string[] | undefined;
  if (type !== undefined) return typeof type === 'string' ? [type] : type;
  if (schema.properties) return ['object'];
  if (schema.items) return ['array'];
  return (schema.enum ?? []).filter((value) => value !== null).map((value) => typeof value);
}

/** The declared properties of an object here. */
export function propertiesOf(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
  const byName = new Map<string, (Schema | Reference)[]>();
  for (const schema of node.schemas) {
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      byName.set(name, [...(byName.get(name) ?? []), property]);
    }
  }
  return new Map([...byName].map(([name, schemas]) => [name, nodeOf(node.document, schemas)]));
}

/** The items of an array here, if any schema says what they are. */
export function itemsOf(node: SchemaNode): SchemaNode | undefined {
  const items = node.schemas.flatMap((schema) => (schema.items ? [schema.items] : []));
  return items.length > 0 ? nodeOf(node.document, items) : undefined;
}
