/** A schema of the description with its references, its `allOf` and one alternative of each choice folded into one. */
import type { Reference, Schema } from '../../openapi/index.js';
import { resolvedSchema } from '../described-messages.js';

/** As seen from outside: what it is and what it has. Its properties are still to be flattened. */
export function flatSchema(given: Schema | Reference): Schema {
  const { allOf = [], oneOf = [], anyOf = [], ...own } = resolvedSchema(given);
  const alternatives = [oneOf[0], anyOf[0]].filter((branch) => branch !== undefined);
  return [own, ...[...allOf, ...alternatives].map(flatSchema)].reduce(merge);
}

function merge(a: Schema, b: Schema): Schema {
  const merged: Schema = { ...a, ...b };
  const properties = a.properties && b.properties ? { ...a.properties, ...b.properties } : merged.properties;
  const required = [...new Set([...(a.required ?? []), ...(b.required ?? [])])];
  return { ...merged, ...(properties ? { properties } : {}), ...(required.length > 0 ? { required } : {}) };
}

/** The properties that a request may set, by name. */
export function writableProperties(schema: Schema): readonly (readonly [name: string, schema: Schema])[] {
  return Object.entries(schema.properties ?? {})
    .map(([name, property]) => [name, flatSchema(property)] as const)
    .filter(([, property]) => !property.readOnly && !isNothing(property));
}

/** `not: {}` forbids every value: a property that may not be sent. */
function isNothing({ not }: Schema): boolean {
  return not !== undefined && Object.keys(not).length === 0;
}
