/**
 * Search filters: those of the store, those that its catalog would allow, and those of single channels and categories.
 * Described in openapi/documents/settings/settings.v3.yaml.
 */
import {
  searchFilterId,
  type ProductRow,
  type SearchFilter,
  type SearchFilterContextRow,
  type SearchFilterRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { options } from '../catalog/product-variant-options.v3.js';
import { productChannelAssignments } from '../catalog/product-channel-assignments.v3.js';
import { products } from '../catalog/products.v3.js';
import { hasChannel } from '../channels.v3.js';
import { namedChannel } from './layered-settings.js';

type AvailableFilter = components['schemas']['AvailableSearchFilter'];

/** Rows keyed by their position. */
const searchFilters = defineResource<SearchFilterRow>('search-filters', {
  key: ({ position }) => position,
  create: ({ id, input }) => ({ position: id, filter: {}, ...input }),
});

/** Rows keyed by channel and category. */
const searchFilterContexts = defineResource<SearchFilterContextRow>('search-filter-contexts', {
  key: contextKey,
  create: ({ input }) => ({ context: {}, data: [], ...input }),
  filters: {
    channel_id: (value) => (row) => row.context.channel_id === Number(value),
    category_id: (value) => (row) => row.context.category_id === Number(value),
  },
});

function contextKey({ context: { channel_id, category_id } }: SearchFilterContextRow): string {
  return [channel_id, category_id].map((id) => String(id ?? 0).padStart(10, '0')).join(':');
}

function filtersOf({ store }: Pick<OperationContext, 'store'>): SearchFilter[] {
  return [...store.rows(searchFilters).values()].map(({ filter }) => filter);
}

const getSettingsEnabledSearchFilters: Handler<'getSettingsEnabledSearchFilters'> = (context) => ({
  status: 200,
  body: { data: filtersOf(context), meta: {} },
});

const updateSettingsEnabledSearchFilters: Handler<'updateSettingsEnabledSearchFilters'> = (context) => {
  const rows = context.store.rows(searchFilters);
  const filters = context.body.map(withId);
  requireOnce(filters);
  for (const position of [...rows.keys]) rows.delete(position);
  filters.forEach((filter, position) => {
    rows.insert({ position, filter });
  });
  return { status: 200, body: { data: filters, meta: {} } };
};

/** A filter that is sent without an id is known by what it filters by (assumed). */
function withId(filter: SearchFilter): SearchFilter {
  if (filter.id !== undefined) return filter;
  const name = filter.type === 'product' || filter.type === undefined ? (filter.display_name ?? '') : filter.type;
  return { ...filter, id: searchFilterId(name) };
}

/** @throws UnprocessableError for a filter that is there twice (assumed) */
function requireOnce(filters: readonly SearchFilter[]): void {
  const seen = new Set<string | undefined>();
  filters.forEach(({ id }, position) => {
    if (seen.has(id)) {
      throw new UnprocessableError('JSON data is missing or invalid', {
        [`${String(position)}.id`]: 'It is there twice.',
      });
    }
    seen.add(id);
  });
}

/** Counted from the products of a channel and a category; a filter that no product has is left out. */
const getSettingsAvailableFilters: Handler<'getSettingsAvailableFilters'> = (context) => {
  const { store, query } = context;
  const channel_id = namedChannel({ ...context, keys: [] });
  const category = query.get('category_id');
  const assigned = channel_id
    ? new Set(
        [...store.rows(productChannelAssignments).values()].flatMap((row) =>
          row.channel_id === channel_id ? [row.product_id] : [],
        ),
      )
    : undefined;
  const found = [...store.rows(products).values()].filter(
    (product) =>
      (!assigned || assigned.has(product.id)) &&
      (category === undefined || product.categories.includes(Number(category))),
  );
  const filters: AvailableFilter[] = [
    ...counted('category', 'Category', found.filter(({ categories }) => categories.length > 0).length),
    ...counted('brand', 'Brand', found.filter(({ brand_id }) => brand_id > 0).length),
    ...counted('rating', 'Rating', found.filter(({ reviews_count }) => reviews_count > 0).length),
    ...priceRange(found),
    ...byOption(context, new Set(found.map(({ id }) => id))),
    { id: searchFilterId('other'), name: 'Other', type: 'other' },
  ];
  return { status: 200, body: { data: filters, meta: {} } };
};

function counted(type: 'category' | 'brand' | 'rating', name: string, product_count: number): AvailableFilter[] {
  return product_count === 0 ? [] : [{ id: searchFilterId(type), name, product_count, type }];
}

function priceRange(found: readonly ProductRow[]): AvailableFilter[] {
  if (found.length === 0) return [];
  let [price_range_min, price_range_max] = [Infinity, -Infinity];
  for (const { price } of found) {
    price_range_min = Math.min(price_range_min, price);
    price_range_max = Math.max(price_range_max, price);
  }
  return [{ id: searchFilterId('price'), name: 'Price', price_range_min, price_range_max, type: 'price' }];
}

/** One filter for each name that options have. */
function byOption({ store }: Pick<OperationContext, 'store'>, ids: ReadonlySet<number>): AvailableFilter[] {
  const counts = new Map<string, number>();
  for (const { product_id, display_name } of store.rows(options).values()) {
    if (ids.has(product_id)) counts.set(display_name, (counts.get(display_name) ?? 0) + 1);
  }
  return [...counts].map(([name, product_count]) => ({
    id: searchFilterId(name),
    name,
    product_count,
    type: 'product',
  }));
}

const upsertSettingsFiltersContexts: Handler<'upsertSettingsFiltersContexts'> = (context) => {
  const rows = context.store.rows(searchFilterContexts);
  const saved = context.body.map(({ context: place = {}, data = [] }, position) => {
    const { channel_id } = place;
    if (channel_id !== undefined && !hasChannel(context.store, channel_id)) {
      const path = `${String(position)}.context.channel_id`;
      throw new UnprocessableError('JSON data is missing or invalid', { [path]: 'The channel does not exist.' });
    }
    const filters = data.map(withId);
    requireOnce(filters);
    const row: SearchFilterContextRow = { context: place, data: filters };
    if (rows.has(contextKey(row))) rows.replace(row);
    else rows.insert(row);
    return row;
  });
  return { status: 200, body: { data: saved, meta: {} } };
};

export const searchFiltersDomain: Domain = {
  resources: [searchFilters, searchFilterContexts],
  handlers: {
    getSettingsEnabledSearchFilters,
    updateSettingsEnabledSearchFilters,
    getSettingsAvailableFilters,
    upsertSettingsFiltersContexts,
  },
};
