/** Pairs of a product and a channel or category, as the assignment operations take them. */
import { listOf, type QueryValues } from '../../query/query-values.js';
import { UnprocessableError } from '../../errors.js';
import type { Key } from '../../state/collection.js';

/** A refusal names at most so many pairs. */
const MAX_NAMED = 50;

/** Ids of a filter such as `product_id:in`, ascending, each once; undefined when it was not sent. */
export function idsIn(query: QueryValues, name: string): readonly number[] | undefined {
  const text = query.get(name);
  if (text === undefined) return undefined;
  return [...new Set(listOf(text).map(Number))].sort((a, b) => a - b);
}

/**
 * @param known by field of a pair, the rows that its ids must name
 * @throws UnprocessableError naming each id that is none (documented); keys and sentences are assumed
 */
export function requireKnownPairs<Field extends string>(
  pairs: readonly Readonly<Record<Field, number>>[],
  known: Readonly<Record<Field, { has(key: Key): boolean }>>,
): void {
  const wrong: Record<string, string> = {};
  const fields = Object.keys(known) as Field[];
  pairs.forEach((pair, position) => {
    for (const field of fields) {
      if (!known[field].has(pair[field])) wrong[`${position}.${field}`] = `${field} ${pair[field]} does not exist`;
    }
  });
  const names = Object.keys(wrong).slice(0, MAX_NAMED);
  if (names.length === 0) return;
  const shown = Object.fromEntries(Object.entries(wrong).slice(0, MAX_NAMED));
  throw new UnprocessableError(`Invalid field(s): ${names.join(', ')}`, shown);
}
