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

/** Adds what comes with a new product; ids in it are ignored, as read-only fields are. Every product has a variant. */
export function createChildren(product: ProductRow, input: ProductInput, actor: Actor): void {
  if (hasVariants(input)) createInlineVariants(product, input.variants ?? [], actor);
  else createBaseVariant(product, actor);
  writeRows(product, { ...input }, actor, () => undefined);
}

export function hasVariants({ variants: sent }: ProductInput): boolean {
  return sent !== undefined && sent.length > 0;
}

/**
 * Changes the rows that elements with an id name and adds the other elements; rows that nothing mentions stay (assumed).
 * @throws UnprocessableError for an id that is no row of the product
 */
export function updateChildren(product: ProductRow, input: ProductInput, actor: Actor): void {
  if (input.variants) updateVariants(product, input.variants, actor);
  writeRows(product, input, actor, ({ id }) => id);
}
