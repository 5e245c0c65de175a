/**
 * Which lines of a cart a promotion is about: by brand, category, product, variant, option or custom field, and by any
 * combination of these. Custom items and gift certificates are no products: they match nothing.
 */
import type { CartLineRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Store } from '../../state/store.js';
import { customFields } from '../catalog/product-custom-fields.v3.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';

export type ItemMatcher = components['schemas']['PromotionItems'];

/** Without a matcher, every line will do. */
export function matchesItem(matcher: ItemMatcher | undefined, line: CartLineRow, store: Store): boolean {
  if (!matcher) return true;
  const { brands, categories, products: ids, variants, product_option, product_custom_field, not, and, or } = matcher;
  if (brands) return brands.includes(store.rows(products).get(line.product_id)?.brand_id ?? 0);
  if (categories) return categories.some((id) => line.category_ids.includes(id));
  if (ids) return ids.includes(line.product_id);
  if (variants) return variants.includes(line.variant_id);
  if (product_option) return hasOption(line, product_option);
  if (product_custom_field) return hasCustomField(line, product_custom_field, store);
  if (not) return !matchesItem(not, line, store);
  if (and) return and.every((each) => matchesItem(each, line, store));
  if (or) return or.some((each) => matchesItem(each, line, store));
  return true;
}

/** Documented: names and values are compared as texts. */
function hasOption(line: CartLineRow, { name, values }: NonNullable<ItemMatcher['product_option']>): boolean {
  return line.options.some((option) => option.name === name && values.includes(option.value));
}

function hasCustomField(
  line: CartLineRow,
  { name, values }: NonNullable<ItemMatcher['product_custom_field']>,
  store: Store,
): boolean {
  return store
    .rows(customFields)
    .rowsOf(line.product_id)
    .some((field) => field.name === name && values.includes(field.value));
}

/** By the catalog's sale price, of the variant or else of the product. */
export function isOnSale({ product_id, variant_id }: CartLineRow, store: Store): boolean {
  const product = store.rows(products).get(product_id);
  const variant = store.rows(variants).get(variant_id);
  const price = variant?.price ?? product?.price ?? 0;
  const sale = variant?.sale_price ?? (typeof variant?.price === 'number' ? 0 : product?.sale_price) ?? 0;
  return sale > 0 && sale < price;
}

/** The one product or variant that a matcher is about, if it is about one alone. */
export function onlyProduct(
  matcher: ItemMatcher | undefined,
): { readonly product_id?: number; readonly variant_id?: number } | undefined {
  const [product_id, ...otherProducts] = matcher?.products ?? [];
  if (product_id !== undefined && otherProducts.length === 0) return { product_id };
  const [variant_id, ...otherVariants] = matcher?.variants ?? [];
  return variant_id !== undefined && otherVariants.length === 0 ? { variant_id } : undefined;
}
