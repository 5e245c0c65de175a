/** Ways to break a body: what is required left out, values of another type, null where it may not be, values out of bounds. */
import type { Reference, Schema } from '../../openapi/index.js';
import { flatSchema, writableProperties } from './flat-schema.js';

export interface BodyFault {
  /** Keys from the root of the body to the place. */
  readonly path: readonly string[];
  readonly kind: 'missing' | 'wrong type' | 'null' | 'too long' | 'too small' | 'too large';
  /** What to put there. Nothing for `missing`. */
  readonly value?: unknown;
}

/** Deeper places are seldom checked differently, and some schemas contain themselves. */
const MOST_LEVELS = 4;

/** Every fault that the schema of a body can tell. */
export function bodyFaults(schema: Schema | Reference): BodyFault[] {
  return [...faultsAt(flatSchema(schema), [])];
}

/** A text of a million characters where the schema allows far fewer, or no text at all. */
export function megabyteFault(schema: Schema | Reference): BodyFault | undefined {
  const faults = bodyFaults(schema);
  const place =
    faults.find(({ kind }) => kind === 'too long') ??
    faults.find(({ kind, value }) => kind === 'wrong type' && typeof value === 'string');
  return place && { path: place.path, kind: 'too long', value: 'x'.repeat(1_000_000) };
}

function* faultsAt(schema: Schema, path: readonly string[]): Generator<BodyFault> {
  if (path.length > MOST_LEVELS) return;
  const wrong = valueOfAnotherType(schema);
  if (wrong !== undefined) yield { path, kind: 'wrong type', value: wrong };
  if (wrong !== undefined && !schema.nullable) yield { path, kind: 'null', value: null };
  if (schema.maxLength !== undefined && schema.maxLength < 100_000) {
    yield { path, kind: 'too long', value: 'x'.repeat(schema.maxLength + 1) };
  }
  if ((schema.minLength ?? 0) > 0) yield { path, kind: 'too small', value: '' };
  if ((schema.minItems ?? 0) > 0) yield { path, kind: 'too small', value: [] };
  if (schema.minimum !== undefined) yield { path, kind: 'too small', value: schema.minimum - 1 };
  if (schema.maximum !== undefined) yield { path, kind: 'too large', value: schema.maximum + 1 };
  for (const name of schema.required ?? []) yield { path: [...path, name], kind: 'missing' };
  for (const [name, property] of writableProperties(schema)) yield* faultsAt(property, [...path, name]);
  if (schema.items) yield* faultsAt(flatSchema(schema.items), [...path, '0']);
}

function valueOfAnotherType({ type, enum: allowed }: Schema): unknown {
  switch (type) {
    case 'string':
      return allowed ? 'no such choice' : { not: 'a text' };
    case undefined:
      return undefined;
    default:
      return `no ${type}`;
  }
}

/** A body with a fault in it, as a copy. The place must be there, or its parent for something that is missing. */
export function withFault(body: unknown, { path, kind, value }: BodyFault): unknown {
  const [last] = path.slice(-1);
  if (last === undefined) return value;
  const copy = structuredClone(body);
  let holder: unknown = copy;
  for (const key of path.slice(0, -1)) holder = isObject(holder) ? holder[key] : undefined;
  if (!isObject(holder)) return copy;
  if (kind === 'missing') Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
