/**
 * Where a row has its key that none of its properties is. JSON leaves it out: whoever writes a row down writes the key
 * beside it, and puts it back with `withRowKey`.
 */
import type { Key } from './collection.js';

export const ROW_KEY = Symbol('key');

/** Undefined for a row whose key follows from its properties. */
export function rowKeyOf(row: object): Key | undefined {
  return (row as { readonly [ROW_KEY]?: Key })[ROW_KEY];
}

export function withRowKey(row: object, key: Key | undefined): object {
  return key === undefined ? row : { ...row, [ROW_KEY]: key };
}
