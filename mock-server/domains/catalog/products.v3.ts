/**
 * Catalog products: what /v3/catalog/products does beyond keeping rows. What hangs below a product has files of its
 * own beside this one; so have a product's fields, references, filters, inclusions and inline rows.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import { calculatedPrice, type ProductRow } from '../../../fixtures/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { findPage } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { BodyRefusal, Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { listOf } from '../../query/query-values.js';
import { catalogDate } from '../../state/clock.js';
import { createChildren, hasVariants, updateChildren } from './product-children.js';
import { assignToDefaultChannel } from './product-channel-assignments.v3.js';
import { withFields, type ProductInput } from './product-fields.js';
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
    url: { text: ({ custom_url }) => custom_url.url.toLowerCase() || undefined, refusal: () => duplicate('custom_url') },
  },
  // By related products, so that a deleted one leaves the others' lists without a look at the whole store.
  index: ['brand_id', 'categories', 'related_products'],
  create: completeProduct,
  merge: ({ current, input, ...actor }) => withFields(current, input, current.id, actor),
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
function completeProduct({ input, id, ...actor }: Draft<ProductInput>): ProductRow {
  const row = withFields(undefined, input, id, actor);
  row.date_created = row.date_modified;
  row.base_variant_id = hasVariants(input) ? null : actor.store.rows(variants).nextId();
  return row;
}

function addChildren({ next, input, ...actor }: Change<ProductRow, ProductInput>): void {
  assignToDefaultChannel(next.id, actor);
  createChildren(next, input, actor);
  if (hasVariants(input)) refreshProduct(actor, next.id);
  requireFreeUrl(next);
}

function carryOn({ next, current, input, ...actor }: Change<ProductRow, ProductInput>): void {
  if (!current) return;
  syncBaseVariant(next, current, actor);
  updateChildren(next, input, actor);
  if (next.inventory_tracking === 'variant' || input.variants) refreshProduct(actor, next.id);
  requireFreeUrl(next);
}

/** A taken URL was left blank so far, that every other refusal comes before this one (order assumed). */
function requireFreeUrl({ custom_url }: ProductRow): void {
  if (custom_url.url === '') throw duplicate('custom_url');
}

function leaveOthers({ id }: ProductRow, { store }: Actor): void {
  const rows = store.rows(products);
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

/** Recomputes what a product has from its variants and reviews. */
export function refreshProduct(actor: Actor, id: number): void {
  const { store } = actor;
  const rows = store.rows(products);
  const product = rows.get(id);
  if (!product) return;
  const next = { ...product, ...fromVariants(actor, product), ...fromReviews(actor, id), calculated_price: calculatedPrice(product) };
  if (Object.keys(next).some((name) => next[name as keyof ProductRow] !== product[name as keyof ProductRow])) rows.replace(next);
}
