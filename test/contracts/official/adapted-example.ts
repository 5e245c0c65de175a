/** An official request example with its ids put to rows that the store under test has: the examples are of other stores. */
import type { Operation } from '../../../openapi/index.js';
import type { ExistingRows, PathValues } from '../../../contracts/index.js';
import { referenceTo } from '../../../contracts/suites/references.js';
import { operationAdaptations } from './operation-adaptations.js';

/** Properties that stand for others: where an example has one of these, it lacks nothing. */
const alternatives: Readonly<Record<string, readonly string[]>> = {
  not: ['countries', 'id'],
  variant_id: ['sku', 'product_id'],
};

/** An example with what it lacks of a body that the description calls valid: single properties have examples, others none. */
export function completedExample(example: unknown, valid: unknown): unknown {
  if (Array.isArray(example) && Array.isArray(valid)) return example.map((item) => completedExample(item, valid[0]));
  if (!isObject(example) || !isObject(valid)) return example;
  const lacking = Object.fromEntries(
    Object.entries(valid).filter(
      ([name]) => !(alternatives[name] ?? []).some((other) => Object.hasOwn(example, other)),
    ),
  );
  const completed = Object.entries(example).map(([name, value]) => [name, completedExample(value, valid[name])]);
  return { ...lacking, ...Object.fromEntries(completed) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists of ids by the property that names one of them. */
const idLists: Readonly<Record<string, string>> = {
  categories: 'category_id',
  related_products: 'product_id',
  products: 'product_id',
  channel_ids: 'channel_id',
};

/** Rows elsewhere that the items of a list name by their `id`. */
const namedRows: Readonly<Record<string, string>> = { channels: 'channel_id' };

/** What a property names, where the object that it is in says so. */
function nameOf(key: string, { entity }: { readonly entity?: unknown }, parent: string): string {
  if (key === 'ids' && typeof entity === 'string') return entity;
  return (key === 'id' && namedRows[parent.replace('[]', '')]) || key;
}

export async function adaptedExample(
  example: unknown,
  operation: Operation,
  rows: ExistingRows,
  values: PathValues,
): Promise<unknown> {
  const adapted = await adapt(example, '', 0, 0);
  return operationAdaptations[operation.id]?.(adapted, rows, values) ?? adapted;

  /** @param product the one that the row, or that around it, is about: variants are its own */
  async function adapt(
    value: unknown,
    name: string,
    place: number,
    level: number,
    product?: unknown,
  ): Promise<unknown> {
    if (Array.isArray(value)) {
      const itemName = idLists[name] ?? name;
      const isIdList = itemName !== name || level === 0;
      return Promise.all(
        value.map((item, index) => adapt(item, isIdList ? itemName : `${name}[]`, index, level + 1, product)),
      );
    }
    if (typeof value === 'object' && value !== null) {
      const own =
        product ?? ('product_id' in value ? await adapt(value.product_id, 'product_id', place, level + 1) : undefined);
      const entries = Object.entries(value).map(
        async ([key, child]) => [key, await adapt(child, nameOf(key, value, name), place, level + 1, own)] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    }
    const sendable = rows.sendable(operation.id, name);
    if (sendable !== undefined) return sendable;
    if (typeof value !== 'number' && !name.endsWith('_uuid')) return value;
    if (name === 'parent_id') return 0;
    if (name === 'product_id' && typeof product === 'number') return product;
    if (name === 'variant_id' && typeof product === 'number') return variantOf(product, place);
    // Rows inside a row have ids of their own; without one they are new.
    if (name === 'id' && level > 2) return undefined;
    return (await referenceTo(name, operation, rows, values, place)) ?? value;
  }

  async function variantOf(product_id: number, place: number): Promise<unknown> {
    const variants = await rows.list('/stores/{store_hash}/v3/catalog/products/{product_id}/variants', {
      ...values,
      product_id,
    });
    return (variants[place] ?? variants[0])?.['id'];
  }
}
