/** An official request example with its ids put to rows that the store under test has: the examples are of other stores. */
import type { Operation } from '../../../openapi/index.js';
import type { ExistingRows, PathValues } from '../../../contracts/index.js';
import { referenceTo } from '../../../contracts/suites/references.js';

/** An example with what it lacks of a body that the description calls valid: single properties have examples, others none. */
export function completedExample(example: unknown, valid: unknown): unknown {
  if (Array.isArray(example) && Array.isArray(valid)) return example.map((item) => completedExample(item, valid[0]));
  if (!isObject(example) || !isObject(valid)) return example;
  const completed = Object.entries(example).map(([name, value]) => [name, completedExample(value, valid[name])]);
  return { ...valid, ...Object.fromEntries(completed) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists of ids by the property that names one of them. */
const idLists: Readonly<Record<string, string>> = { categories: 'category_id', related_products: 'product_id' };

export async function adaptedExample(
  example: unknown,
  operation: Operation,
  rows: ExistingRows,
  values: PathValues,
): Promise<unknown> {
  return adapt(example, '', 0, 0);

  async function adapt(value: unknown, name: string, place: number, level: number): Promise<unknown> {
    if (Array.isArray(value)) {
      const itemName = idLists[name] ?? name;
      const isIdList = itemName !== name || level === 0;
      return Promise.all(value.map((item, index) => adapt(item, isIdList ? itemName : `${name}[]`, index, level + 1)));
    }
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).map(
        async ([key, child]) => [key, await adapt(child, key, place, level + 1)] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    }
    if (typeof value !== 'number') return value;
    if (name === 'parent_id') return 0;
    // Rows inside a row have ids of their own; without one they are new.
    if (name === 'id' && level > 2) return undefined;
    return (await referenceTo(name, operation, rows, values, place)) ?? value;
  }
}
