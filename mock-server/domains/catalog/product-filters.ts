/** Filters of product lists that comparing a field does not cover. Described in openapi/documents/catalog/products.v3.yaml. */
import type { ProductRow } from '../../../fixtures/index.js';
import { listOf } from '../../query/query-values.js';
import type { Filter, FilterRule } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { brands } from './brands.v3.js';
import { productChannelAssignments } from './product-channel-assignments.v3.js';

export const productFilters: Readonly<Record<string, FilterRule<ProductRow>>> = {
  /** Of a product in two categories, neither finds it (products document); `categories:in` does. */
  categories: (value) => {
    const only = Number(value);
    return ({ categories }) => categories.length === 1 && categories[0] === only;
  },
  'channel_id:in': (value) => {
    const channels = new Set(listOf(value).map(Number));
    return ({ id }, store) => {
      const pairs = store.rows(productChannelAssignments);
      return pairs.keysOf(id).some((key) => channels.has(pairs.get(key)?.channel_id ?? 0));
    };
  },
  /** Assumed: at or below a warning level that was set. */
  inventory_low: flag(
    (row) => isTracked(row) && row.inventory_warning_level > 0 && row.inventory_level <= row.inventory_warning_level,
  ),
  /** Assumed: tracked, with none left. */
  out_of_stock: flag((row) => isTracked(row) && row.inventory_level === 0),
  keyword: (value, store, query) => {
    const found = containing(value, store);
    // A shopper's search does not reach what is hidden from shoppers (assumed).
    return query.get('keyword_context') === 'shopper' ? (row) => row.is_visible && found(row, store) : found;
  },
};

function flag(holds: (row: ProductRow) => boolean): FilterRule<ProductRow> {
  return (value) => {
    const wanted = value === '1' || value.toLowerCase() === 'true';
    return (row) => holds(row) === wanted;
  };
}

function isTracked({ inventory_tracking }: ProductRow): boolean {
  return inventory_tracking !== 'none';
}

/** A part of name, description, SKU or the brand's name, in any case of letters. */
function containing(text: string, store: Store): Filter<ProductRow> {
  const part = new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
  const makers = new Set<number>();
  for (const { id, name } of store.rows(brands).values()) if (part.test(name)) makers.add(id);
  return (row) => part.test(row.name) || part.test(row.sku) || part.test(row.description) || makers.has(row.brand_id);
}
