/**
 * Catalog products: what /v3/catalog/products does beyond keeping rows. What hangs below a product has files of its
 * own beside this one; so have a product's fields, references, filters, inclusions and inline rows.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import { calculatedPrice, type ProductRow, type VariantRow } from '../../../fixtures/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { findPage } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { BodyRefusal, Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { listOf } from '../../query/query-values.js';
import { catalogDate } from '../../state/clock.js';
import { redirectProduct } from '../content/redirects.v3.js';
import { dropFromGroups } from '../customers/customer-groups.v2.js';
import { dropSortOrders } from './category-sort-orders.v3.js';
import { createChildren, hasVariants, updateChildren } from './product-children.js';
import { assignToDefaultChannel } from './product-channel-assignments.v3.js';
import { MAX_LEVEL, withFields, type ProductInput } from './product-fields.js';
import { productFilters } from './product-filters.js';
import { productIncludes, productWriteIncludes } from './product-includes.js';
import { duplicate, requireKnownReferences } from './product-references.js';
import { productReviews } from './product-reviews.v3.js';
import { syncBaseVariant, variants } from './variants.v3.js';

/** With options or modifiers in it, a page has so many products at most (products document). */
const MAX_WITH_OPTIONS = 10;

/** Rows keyed by `id`. */
export const products = defineResource<ProductRow, ProductInput>('catalog.products', {
  notFound: (id) => new NotFoundError(`A product was not found with an id of ${id}`),
  unique: {
    name: { text: ({ name }) => name.toLowerCase(), refusal: () => duplicate('name') },
    sku: { text: ({ sku }) => sku.toLowerCase() || undefined, refusal: () => duplicate('sku') },
    url: {
      text: ({ custom_url }) => custom_url.url.toLowerCase() || undefined,
      refusal: () => duplicate('custom_url'),
    },
  },
  // By related products, so that a deleted one leaves the others' lists without a look at the whole store.
  index: ['brand_id', 'categories', 'related_products'],
  create: completeProduct,
  merge: (change) => withFields(change.current, change.input, change.current.id, change),
  check: requireKnownReferences,
  created: addChildren,
  updated: carryOn,
  deleted: leaveOthers,
  filters: productFilters,
  includes: productIncludes,
  alwaysIncluded: ['gift_wrapping_options_type', 'gift_wrapping_options_list'],
  writeIncludes: productWriteIncludes,
});

/** A new row; its base variant comes next and takes the next id. */
function completeProduct(draft: Draft<ProductInput>): ProductRow {
  const { input, id, store } = draft;
  const row = withFields(undefined, input, id, draft);
  row.date_created = row.date_modified;
  row.base_variant_id = hasVariants(input) ? null : store.rows(variants).nextId();
  return row;
}

function addChildren(change: Change<ProductRow, ProductInput>): void {
  const { next, input } = change;
  assignToDefaultChannel(next.id, change);
  createChildren(next, input, change);
  requireFreeUrl(next);
}

function carryOn(change: Change<ProductRow, ProductInput>): void {
  const { next, current, input } = change;
  if (!current) return;
  syncBaseVariant(next, current, change);
  if (next.categories !== current.categories) dropSortOrders(change, next.id, next.categories);
  updateChildren(next, input, change);
  if (next.inventory_tracking === 'variant' || input.variants) refreshProduct(change, next.id);
  requireFreeUrl(next);
  if (input.custom_url?.create_redirect) {
    redirectProduct(next.id, current.custom_url.url, next.custom_url.url, change);
  }
}

/** A taken URL was left blank so far, so that every other refusal comes before this one (order assumed). */
function requireFreeUrl({ custom_url }: ProductRow): void {
  if (custom_url.url === '') throw duplicate('custom_url');
}

function leaveOthers({ id }: ProductRow, actor: Actor): void {
  dropSortOrders(actor, id);
  dropFromGroups('product_id', id, actor.store);
  const rows = actor.store.rows(products);
  for (const other of rows.pick(rows.keysWhere('related_products', id))) {
    rows.replace({ ...other, related_products: other.related_products.filter((related) => related !== id) });
  }
}

/** Dates a product's last change now: something below it was written. */
export function touchProduct(actor: Actor, id: number): void {
  const rows = actor.store.rows(products);
  const product = rows.get(id);
  const date_modified = catalogDate(actor.at);
  if (product && product.date_modified !== date_modified) rows.replace({ ...product, date_modified });
}

/** Recomputes what a product has from its prices, variants and reviews. */
export function refreshProduct({ store }: Actor, id: number): void {
  const rows = store.rows(products);
  const product = rows.get(id);
  if (!product) return;
  const own = store.rows(variants).rowsOf(id);
  const isComposed = own.some(({ option_values }) => option_values.length > 0);
  const approved = store
    .rows(productReviews)
    .rowsOf(id)
    .filter(({ status }) => status === 'approved');
  const fresh = {
    calculated_price: calculatedPrice(product),
    inventory_level: product.inventory_tracking === 'variant' ? levelOf(own) : product.inventory_level,
    base_variant_id: isComposed ? null : (own[0]?.id ?? null),
    reviews_count: approved.length,
    reviews_rating_sum: approved.reduce((sum, { rating }) => sum + rating, 0),
  };
  const names = Object.keys(fresh) as (keyof typeof fresh)[];
  if (names.some((name) => fresh[name] !== product[name])) rows.replace({ ...product, ...fresh });
}

function levelOf(own: readonly VariantRow[]): number {
  return Math.min(
    own.reduce((sum, { inventory_level }) => sum + (inventory_level ?? 0), 0),
    MAX_LEVEL,
  );
}

const getProducts: Handler<'getProducts'> = (context) => {
  const included = listOf(context.query.get('include') ?? '');
  const isLong = included.includes('options') || included.includes('modifiers');
  const page = findPage(context, products, isLong ? MAX_WITH_OPTIONS : undefined);
  return listAnswer(context, products, page.items, page.meta);
};

/** An element without an id is taken for a new product, and told what such a one lacks (documented). */
const refuseWithoutId: BodyRefusal = (errors) => {
  const hasNoId = errors.some(({ keyword, params }) => keyword === 'required' && params.missingProperty === 'id');
  if (!hasNoId) return undefined;
  const names = ['name', 'price', 'type', 'weight'];
  return new UnprocessableError(
    'Missing Required Fields',
    Object.fromEntries(names.map((name) => [name, `Please provide a ${name}.`])),
  );
};

export const productsDomain: Domain = {
  resources: [products],
  handlers: { getProducts },
  bodyRefusals: { updateProducts: refuseWithoutId },
};
