/** `sort` and `direction` of V3 lists. */
import type { QueryValues } from './query-values.js';

/**
 * The order a query asks for, or undefined when it asks for none. Rows that compare equal keep their key order.
 * @param values what is compared where a name that can be sorted by is no field of the row
 */
export function orderOf<Row extends object>(
  query: QueryValues,
  usual?: (a: Row, b: Row) => number,
  values?: Readonly<Record<string, (row: Row) => unknown>>,
): ((a: Row, b: Row) => number) | undefined {
  // V2 orders and some services write both in one: `date_created:desc`.
  const [field, inField] = query.get('sort')?.split(':', 2) ?? [];
  const sign = (query.get('direction') ?? inField) === 'desc' ? -1 : 1;
  if (field !== undefined) {
    const own = values?.[field];
    if (own) return (a, b) => sign * compare(own(a), own(b));
    return (a, b) => sign * compare(valueOf(a, field), valueOf(b, field));
  }
  if (sign === 1) return usual;
  return usual ? (a, b) => -usual(a, b) : (a, b) => -compare(valueOf(a, 'id'), valueOf(b, 'id'));
}

function valueOf(row: object, field: string): unknown {
  return (row as Readonly<Record<string, unknown>>)[field];
}

/** Numbers by size, texts without regard to case, false before true, and nothing before everything. */
export function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') {
    const left = a.toLowerCase();
    const right = b.toLowerCase();
    return left < right ? -1 : left > right ? 1 : 0;
  }
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return Number(a !== null && a !== undefined) - Number(b !== null && b !== undefined);
}
