/** Walks the shapes of bodies: the properties that a description gives them. */
import type { Shape } from '../../openapi/index.js';

/** A value with the properties of the shape only: itself when it has no others, otherwise a copy. */
export function cutTo(shape: Shape, value: unknown): unknown {
  if (typeof shape !== 'object' || value === null || typeof value !== 'object') return value;
  if (isListShape(shape)) {
    const [item] = shape;
    return Array.isArray(value) && typeof item === 'object' ? value.map((each) => cutTo(item, each)) : value;
  }
  const fields = value as Readonly<Record<string, unknown>>;
  return isWithin(shape, fields) ? fields : copyWithin(shape, fields);
}

type ObjectShape = Readonly<Record<string, Shape>>;

/** Are all properties plain ones of the shape? Then there is nothing to cut, nor to look into. */
function isWithin(shape: ObjectShape, fields: Readonly<Record<string, unknown>>): boolean {
  for (const name in fields) {
    if (!Object.hasOwn(shape, name)) return false;
    if (typeof shape[name] === 'object' && typeof fields[name] === 'object') return false;
  }
  return true;
}

function copyWithin(shape: ObjectShape, fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const cut: Record<string, unknown> = {};
  for (const name in fields) {
    const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (part !== undefined) cut[name] = cutTo(part, fields[name]);
  }
  return cut;
}

/** A shape of a list, as opposed to that of an object or a plain value. */
export function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
