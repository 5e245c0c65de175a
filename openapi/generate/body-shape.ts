/** The tree of properties that a request body may have, over every branch of its schema, and those only answers have. */
import { isReference, type OpenApiDocument, type Reference, type Schema } from '../description.js';
import { resolveReference } from '../resolve-reference.js';
import type { LengthRange, Shape } from '../validators.js';

/**
 * A shape while it is put together: unlike the result, it tells a plain value from an object that takes anything, and
 * still has what is read-only.
 */
type Draft =
  | 'value'
  | 'readOnly'
  | 'anything'
  | { readonly lengths: LengthRange }
  | { readonly items: Draft }
  | { readonly properties: Readonly<Record<string, Draft>> };

/** The shape of a body schema. Read-only properties are left out; a schema inside itself is cut to 1. */
export function bodyShape(document: OpenApiDocument, schema: Schema | Reference): Shape {
  return finish(draft(document, schema, new Set()));
}

/** The read-only properties of a body schema: `id`, `addresses[].id`. One that any branch lets write is none. */
export function readOnlyPaths(document: OpenApiDocument, schema: Schema | Reference): string[] {
  return pathsOf(draft(document, schema, new Set()), '');
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
    const properties = Object.entries(schema.properties).map(([name, child]) => {
      const isReadOnly = !isReference(child) && child.readOnly;
      return [name, isReadOnly ? 'readOnly' : draft(document, child, above)] as const;
    });
    return { properties: Object.fromEntries(properties) };
  }
  if (schema.type === 'string' && schema.maxLength !== undefined)
    return { lengths: `${schema.minLength ?? 0}..${schema.maxLength}` };
  return 'value'; // a bare `type: object` too: in an `allOf` it only adds to what its neighbours say
}

function merge(a: Draft, b: Draft): Draft {
  if (a === 'readOnly') return b;
  if (b === 'readOnly') return a;
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
  if (typeof shape === 'string') return 1;
  if ('lengths' in shape) return shape.lengths;
  if ('items' in shape) return [finish(shape.items)];
  const writable = Object.entries(shape.properties).filter(([, child]) => child !== 'readOnly');
  return Object.fromEntries(writable.map(([name, child]) => [name, finish(child)]));
}

function pathsOf(shape: Draft, at: string): string[] {
  if (shape === 'readOnly') return [at];
  if (typeof shape === 'string' || 'lengths' in shape) return [];
  if ('items' in shape) return pathsOf(shape.items, `${at}[]`);
  return Object.entries(shape.properties).flatMap(([name, child]) =>
    pathsOf(child, at === '' ? name : `${at}.${name}`),
  );
}
