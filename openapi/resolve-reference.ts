/** Follows references inside one document. */
import { isReference, type OpenApiDocument, type Reference } from './description.js';
import { findAt } from './json-pointer.js';

/** A reference without a target; in our own bundle there is none. */
export class DanglingReference extends Error {
  override readonly name = 'DanglingReference';
}

/**
 * The thing itself, where a document refers to it.
 * @throws DanglingReference when a reference leads nowhere in this document.
 */
export function resolveReference<T extends object>(document: OpenApiDocument, value: T | Reference): T {
  if (!isReference(value)) return value;
  const target = value.$ref.startsWith('#') ? findAt(document, value.$ref.slice(1)) : undefined;
  if (typeof target !== 'object' || target === null) throw new DanglingReference(`${value.$ref} leads nowhere`);
  return resolveReference(document, target as T | Reference);
}
