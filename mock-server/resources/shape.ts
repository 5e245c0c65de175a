/** Walks the shapes of bodies: the properties that a description gives them. */
import type { Shape } from '../../openapi/index.js';

/** A copy of a value with the properties of the shape only. */
export function cutTo(shape: Shape, value: unknown): unknown {
  if (typeof shape !== 'object' || value === null || typeof value !== 'object') return value;
  if (isListShape(shape)) {
    const [item] = shape;
    return Array.isArray(value) ? (typeof item !== 'object' ? value : value.map((each) => cutTo(item, each))) : value;
  }
  const cut: Record<string, unknown> = {};
  for (const name in value) {
    const part = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (part !== undefined) cut[name] = cutTo(part, (value as Readonly<Record<string, unknown>>)[name]);
  }
  return cut;
}

/** A shape of a list, as opposed to that of an object or a plain value. */
export function isListShape(shape: Shape): shape is readonly [Shape] {
  return Array.isArray(shape);
}
