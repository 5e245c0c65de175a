/** Figures over the whole catalog: /v3/catalog/summary. Described in openapi/documents/catalog/products.v3.yaml. */
import type { components } from '../../../openapi/index.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { untilNextWrite } from '../../state/until-next-write.js';
import { categories } from './categories.v3.js';
import { products } from './products.v3.js';
import { variants } from './variants.v3.js';

type Summary = components['schemas']['CatalogSummary'];

const getCatalogSummary: Handler<'getCatalogSummary'> = ({ store }) => ({
  status: 200,
  body: { data: summaryOf(store), meta: {} },
});

/** An empty store has zeros and nulls (assumed). */
const summaryOf = untilNextWrite((store): Summary => {
  return { ...stockOf(store), ...pricesOf(store), ...datesOf(store), ...primaryCategoryOf(store) };
});

/** What is tracked, at the prices that count: of the variant where each has its own stock, else of the product. */
function stockOf(store: Store): Pick<Summary, 'inventory_count' | 'inventory_value'> {
  const rows = store.rows(products);
  let count = 0;
  let value = 0;
  for (const { inventory_tracking, inventory_level, calculated_price } of rows.values()) {
    if (inventory_tracking !== 'product') continue;
    count += inventory_level;
    value += inventory_level * calculated_price;
  }
  for (const { product_id, inventory_level, calculated_price } of store.rows(variants).values()) {
    if (!inventory_level || rows.get(product_id)?.inventory_tracking !== 'variant') continue;
    count += inventory_level;
    value += inventory_level * calculated_price;
  }
  return { inventory_count: count, inventory_value: rounded(value, 4) };
}

function pricesOf(
  store: Store,
): Pick<Summary, 'variant_count' | 'highest_variant_price' | 'average_variant_price' | 'lowest_variant_price'> {
  let count = 0;
  let sum = 0;
  let highest = 0;
  let lowest = Infinity;
  for (const { calculated_price: price } of store.rows(variants).values()) {
    count += 1;
    sum += price;
    if (price > highest) highest = price;
    if (price < lowest) lowest = price;
  }
  return {
    variant_count: count,
    highest_variant_price: highest,
    average_variant_price: count === 0 ? 0 : rounded(sum / count, 8),
    lowest_variant_price: String(count === 0 ? 0 : lowest),
  };
}

/** Variants have no dates of their own; those of their products stand in, cut to the day (assumed). */
function datesOf(store: Store): Pick<Summary, 'oldest_variant_date' | 'newest_variant_date'> {
  let oldest: string | undefined;
  let newest: string | undefined;
  for (const { date_created: date } of store.rows(products).values()) {
    if (oldest === undefined || date < oldest) oldest = date;
    if (newest === undefined || date > newest) newest = date;
  }
  return { oldest_variant_date: dayOf(oldest), newest_variant_date: dayOf(newest) };
}

function dayOf(date: string | undefined): string | null {
  return date === undefined ? null : `${date.slice(0, 10)}T00:00:00+00:00`;
}

/** The category with the most products; of several, the oldest (assumed). */
function primaryCategoryOf(store: Store): Pick<Summary, 'primary_category_id' | 'primary_category_name'> {
  const rows = store.rows(products);
  let most = 0;
  let primary: { readonly id: number; readonly name: string } | undefined;
  for (const category of store.rows(categories).values()) {
    const { length } = rows.keysWhere('categories', category.id);
    if (length <= most) continue;
    most = length;
    primary = category;
  }
  return { primary_category_id: primary?.id ?? null, primary_category_name: primary?.name ?? null };
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

export const catalogSummaryDomain: Domain = { resources: [], handlers: { getCatalogSummary } };
