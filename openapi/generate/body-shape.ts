/** The tree of properties that a request body may have, over every branch of its schema. */
import { isReference, type OpenApiDocument, type Reference, type Schema } from '../description.js';
import { resolveReference } from '../resolve-reference.js';
import type { LengthRange, Shape } from '../validators.js';

/** A shape while it is put together: unlike the result, it tells a plain value from an object that takes anything. */
type Draft =
  | 'value'
  | 'anything'
  | { readonly lengths: LengthRange }
  | { readonly items: Draft }
  | { readonly properties: Readonly<Record<string, Draft>> };

/** The shape of a body schema. Read-only properties are left out; a schema inside itself is cut to 1. */
export function bodyShape(document: OpenApiDocument, schema: Schema | Reference): Shape {
  return finish(draft(document, schema, new Set()));
}

function draft(document: OpenApiDocument, schema: Schema | Reference, above: ReadonlySet<string>): Draft {
  if (isReference(schema)) {
    if (above.has(schema.$ref)) return 'anything';
    return draft(document, resolveReference<Schema>(document, schema), new Set([...above, schema.$ref]));
  }
  const branches = [schema.allOf, schema.oneOf, schema.anyOf].flatMap((list) => list ?? []);
  return branches.map((branch) => draft(document, branch, above)).reduce(merge, ownDraft(document, schema, above));
}

function ownDraft(document: OpenApiDocument, schema: Schema, above: ReadonlySet<string>): Draft {
  if (schema.items) return { items: draft(document, schema.items, above) };
  const isOpen = schema.additionalProperties !== undefined && schema.additionalProperties !== false;
  if (isOpen) return 'anything';
  if (schema.properties) {
    const writable = Object.entries(schema.properties).filter(([, child]) => isReference(child) || !child.readOnly);
    return { properties: Object.fromEntries(writable.map(([name, child]) => [name, draft(document, child, above)])) };
  }
  if (schema.type === 'string' && schema.maxLength !== undefined)
    return { lengths: `${schema.minLength ?? 0}..${schema.maxLength}` };
  return 'value'; // a bare `type: object` too: in an `allOf` it only adds to what its neighbours say
}

function merge(a: Draft, b: Draft): Draft {
  if (a === 'anything' || b === 'anything') return 'anything';
  if (a === 'value') return b;
  if (b === 'value') return a;
  if ('lengths' in a) return a;
  if ('lengths' in b) return b;
  if ('items' in a && 'items' in b) return { items: merge(a.items, b.items) };
  if ('properties' in a && 'properties' in b) {
    const merged: Record<string, Draft> = { ...a.properties };
    for (const [name, child] of Object.entries(b.properties)) {
      const other = a.properties[name];
      merged[name] = other ? merge(other, child) : child;
    }
    return { properties: merged };
  }
  return 'anything'; // an array or an object: no one tree can say that
}

function finish(shape: Draft): Shape {
  if (shape === 'value' || shape === 'anything') return 1;
  if ('lengths' in shape) return shape.lengths;
  if ('items' in shape) return [finish(shape.items)];
  return Object.fromEntries(Object.entries(shape.properties).map(([name, child]) => [name, finish(child)]));
}
