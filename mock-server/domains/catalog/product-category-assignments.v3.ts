/**
 * Which products are in which categories: /v3/catalog/products/category-assignments. The pairs are the `categories` of
 * products seen once more, and nothing is kept beside them.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { offsetPage } from '../../query/pagination.js';
import { requireFilter } from '../../resources/actions.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { untilNextWrite } from '../../state/until-next-write.js';
import { idsIn, requireKnownPairs } from './assignment-pairs.js';
import { categories } from './categories.v3.js';
import { products } from './products.v3.js';

type Pair = components['schemas']['ProductCategoryAssignment'];

/** Documented, per product. */
const MAX_CATEGORIES = 1000;

/** The pairs that both filters let through, by product, then in the order of its categories. */
function findPairs({ store, query }: Pick<OperationContext, 'store' | 'query'>): readonly Pair[] {
  const rows = store.rows(products);
  const productIds = idsIn(query, 'product_id:in');
  const categoryIds = idsIn(query, 'category_id:in');
  if (!productIds && !categoryIds) return allPairs(store);
  const ids = productIds ?? inAnyOf(categoryIds ?? [], store);
  const wanted = categoryIds && new Set(categoryIds);
  const pairs: Pair[] = [];
  for (const { id: product_id, categories: own } of rows.pick(ids)) {
    for (const category_id of own) if (!wanted || wanted.has(category_id)) pairs.push({ product_id, category_id });
  }
  return pairs;
}

/** Ids of the products in at least one of the categories, ascending. */
function inAnyOf(ids: readonly number[], store: Store): number[] {
  const found = new Set<number>();
  const rows = store.rows(products);
  for (const category of ids) for (const id of rows.keysWhere('categories', category)) found.add(Number(id));
  return [...found].sort((a, b) => a - b);
}

/** Kept, since whoever pages through all pairs asks for them again and again. */
const allPairs = untilNextWrite((store): readonly Pair[] => {
  const pairs: Pair[] = [];
  for (const { id: product_id, categories: own } of store.rows(products).values()) {
    for (const category_id of own) pairs.push({ product_id, category_id });
  }
  return pairs;
});

const getProductsCategoryAssignments: Handler<'getProductsCategoryAssignments'> = (context) => {
  const { items, meta } = offsetPage(findPairs(context), context.query, context.operation);
  return { status: 200, bytes: Buffer.from(`{"data":${JSON.stringify(items)},"meta":${meta}}`) };
};

const createProductsCategoryAssignments: Handler<'createProductsCategoryAssignments'> = (context) => {
  const { body, store } = context;
  requireKnownPairs(body, { product_id: store.rows(products), category_id: store.rows(categories) });
  for (const [id, added] of byProduct(body)) {
    const product = store.rows(products).get(id);
    if (!product) continue;
    const next = new Set([...product.categories, ...added]);
    if (next.size === product.categories.length) continue;
    if (next.size > MAX_CATEGORIES) {
      throw new UnprocessableError('Invalid field(s): category_id', {
        category_id: `A product can be in at most ${MAX_CATEGORIES} categories.`,
      });
    }
    updateRow(products, product, { categories: [...next] }, context);
  }
  return emptyAnswer();
};

const deleteProductsCategoryAssignments: Handler<'deleteProductsCategoryAssignments'> = (context) => {
  requireFilter(context);
  for (const [id, left] of byProduct(findPairs(context))) {
    const product = context.store.rows(products).get(id);
    if (!product) continue;
    updateRow(products, product, { categories: product.categories.filter((own) => !left.has(own)) }, context);
  }
  return emptyAnswer();
};

function byProduct(pairs: readonly Pair[]): Map<number, Set<number>> {
  const grouped = new Map<number, Set<number>>();
  for (const { product_id, category_id } of pairs) {
    const ids = grouped.get(product_id);
    if (ids) ids.add(category_id);
    else grouped.set(product_id, new Set([category_id]));
  }
  return grouped;
}

export const productCategoryAssignmentsDomain: Domain = {
  resources: [],
  handlers: { getProductsCategoryAssignments, createProductsCategoryAssignments, deleteProductsCategoryAssignments },
};
