/** `include_fields` and `exclude_fields`: the id is always returned. */
import { listOf, type QueryValues } from './query-values.js';

/** Cuts wire rows to the fields a query names; undefined when it names none. */
export function fieldCut(
  query: QueryValues,
  always: readonly string[],
): ((row: Readonly<Record<string, unknown>>) => Record<string, unknown>) | undefined {
  const included = query.get('include_fields');
  const excluded = query.get('exclude_fields');
  if (included === undefined && excluded === undefined) return undefined;
  const keep = included === undefined ? undefined : new Set([...listOf(included), ...always]);
  const drop = new Set(excluded === undefined ? [] : listOf(excluded).filter((name) => !always.includes(name)));
  return (row) => {
    const cut: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(row)) {
      if ((!keep || keep.has(name)) && !drop.has(name)) cut[name] = value;
    }
    return cut;
  };
}
