/**
 * The order of the products within a category. Only products that were given a place have a row, which goes when they
 * leave (`dropSortOrders`); a list shows all products of the category. Described in openapi/documents/catalog/categories.v3.yaml.
 */
import type { CategorySortOrderRow } from '../../../fixtures/index.js';
import { UnprocessableError } from '../../errors.js';
import { offsetPage } from '../../query/pagination.js';
import { requireParents } from '../../resources/actions.js';
import { defineResource, pairKey, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { products } from './products.v3.js';

/** Rows keyed by category and product. */
export const categorySortOrders = defineResource<CategorySortOrderRow>(
  'catalog.category-sort-orders',
  {
    key: ({ category_id, product_id }) => pairKey(category_id, product_id),
    index: ['product_id'],
    create: ({ input }) => ({ category_id: 0, product_id: 0, sort_order: null, ...input }),
  },
  { below: 'catalog.categories', keyField: 'product_id' },
);

/**
 * Forgets the places of a product: it is deleted, or no longer in those categories.
 * @param kept categories whose places stay
 */
export function dropSortOrders(actor: Actor, product_id: number, kept: readonly number[] = []): void {
  const rows = actor.store.rows(categorySortOrders);
  for (const { category_id } of rows.pick(rows.keysWhere('product_id', product_id))) {
    if (!kept.includes(category_id)) deleteRow(categorySortOrders, pairKey(category_id, product_id), actor);
  }
}

/** Placed products first, by place and then id; the others by id (assumed where places are equal or none). */
const getCategorySortOrders: Handler<'getCategorySortOrders'> = (context) => {
  const [category_id] = requireParents(context);
  const { store, query, operation } = context;
  const placed = store
    .rows(categorySortOrders)
    .rowsOf(Number(category_id))
    .sort((a, b) => (a.sort_order ?? Infinity) - (b.sort_order ?? Infinity));
  const places = new Map(placed.map(({ product_id, sort_order }) => [product_id, sort_order]));
  const unplaced = store
    .rows(products)
    .keysWhere('categories', category_id)
    .map(Number)
    .filter((id) => !places.has(id));
  const page = offsetPage([...places.keys(), ...unplaced], query, operation);
  const data = page.items.map((product_id) => ({ product_id, sort_order: places.get(product_id) ?? null }));
  return { status: 200, bytes: Buffer.from(`{"data":${JSON.stringify(data)},"meta":${page.meta}}`) };
};

/** All or none; the answer is the list that was sent. @throws UnprocessableError for a product that is not in the category */
const updateCategorySortOrders: Handler<'updateCategorySortOrders'> = (context) => {
  const category_id = Number(requireParents(context)[0]);
  const { store, body } = context;
  const strangers = body.filter(({ product_id }) => !isIn(product_id, category_id, store));
  if (strangers.length > 0) {
    const ids = strangers.slice(0, 10).map(({ product_id }) => product_id);
    throw new UnprocessableError('Every product must be assigned to the category.', {
      product_id: `not in category ${category_id}: ${ids.join(', ')}`,
    });
  }
  const rows = store.rows(categorySortOrders);
  for (const { product_id, sort_order } of body) {
    const row = { category_id, product_id, sort_order };
    if (rows.has(pairKey(category_id, product_id))) rows.replace(row);
    else rows.insert(row, category_id);
  }
  return { status: 200, body };
};

function isIn(product_id: number, category_id: number, store: Store): boolean {
  return store.rows(products).get(product_id)?.categories.includes(category_id) ?? false;
}

export const categorySortOrdersDomain: Domain = {
  resources: [categorySortOrders],
  handlers: { getCategorySortOrders, updateCategorySortOrders },
};
