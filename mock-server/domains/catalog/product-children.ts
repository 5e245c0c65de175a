/**
 * Rows below a product that come in the product's own body: variants, images, videos, custom fields, bulk pricing
 * rules. One that is refused refuses the whole product. Described in openapi/documents/catalog/products.v3.yaml.
 */
import type { ProductRow } from '../../../fixtures/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Actor, Resource } from '../../resources/define.js';
import { createRow, updateRow } from '../../resources/write.js';
import { bulkPricingRules } from './product-bulk-pricing-rules.v3.js';
import { customFields } from './product-custom-fields.v3.js';
import type { ProductInput } from './product-fields.js';
import { productImages } from './product-images.v3.js';
import { productVideos } from './product-videos.v3.js';
import { createBaseVariant, createInlineVariants, variants } from './variants.v3.js';

export function hasVariants({ variants: sent }: ProductInput): boolean {
  return sent !== undefined && sent.length > 0;
}

/** Adds what comes with a new product, which has one variant at least. Ids are ignored, as read-only fields are. */
export function createChildren(product: ProductRow, input: ProductInput, actor: Actor): void {
  if (hasVariants(input)) createInlineVariants(product, input.variants ?? [], actor);
  else createBaseVariant(product, actor);
  writeLists(product, input, actor, true);
}

/** Changes the rows that elements with an id name and adds the other elements; rows nothing mentions stay (assumed). */
export function updateChildren(product: ProductRow, input: ProductInput, actor: Actor): void {
  if (input.variants) {
    const added = input.variants.filter(({ id }) => !id);
    const changed = input.variants.filter(({ id }) => id);
    writeList(variants, 'variants', changed, product.id, actor, false);
    if (added.length > 0) createInlineVariants(product, added, actor);
  }
  writeLists(product, input, actor, false);
}

function writeLists({ id }: ProductRow, input: ProductInput, actor: Actor, isNew: boolean): void {
  const { images, videos, custom_fields, bulk_pricing_rules } = input;
  if (images) writeList(productImages, 'images', images, id, actor, isNew);
  if (videos) writeList(productVideos, 'videos', videos, id, actor, isNew);
  if (custom_fields) writeList(customFields, 'custom_fields', custom_fields, id, actor, isNew);
  if (bulk_pricing_rules) writeList(bulkPricingRules, 'bulk_pricing_rules', bulk_pricing_rules, id, actor, isNew);
}

/** @throws UnprocessableError for an id that is no row of the product (status and sentence assumed) */
function writeList<Row extends object, Input>(
  resource: Resource<Row, Input>,
  name: keyof ProductInput,
  items: readonly (Input & { readonly id?: number })[],
  product_id: number,
  actor: Actor,
  isNew: boolean,
): void {
  const rows = actor.store.rows(resource);
  for (const item of items) {
    if (isNew || !item.id) {
      createRow(resource, item, actor, [product_id]);
      continue;
    }
    const current = rows.parentOf(item.id) === product_id ? rows.get(item.id) : undefined;
    if (!current) {
      throw new UnprocessableError(`Invalid field(s): ${name}`, {
        [name]: `${name} has an id that the product does not have: ${item.id}`,
      });
    }
    updateRow(resource, current, item, actor, [product_id]);
  }
}
