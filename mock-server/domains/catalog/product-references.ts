/**
 * What a product shares with other rows: SKUs with variants, ids of categories, brands and tax classes.
 * A clash and an unknown id are both 409 (products document); the titles of the latter are assumed.
 */
import type { ProductRow } from '../../../fixtures/index.js';
import { ConflictError } from '../../errors.js';
import type { Change } from '../../resources/define.js';
import { brands } from './brands.v3.js';
import { categories } from './categories.v3.js';
import { taxClasses } from '../tax/tax-classes.v3.js';
import type { ProductInput } from './product-fields.js';
import { variants } from './variants.v3.js';

/** @throws ConflictError in the order in which a store looks (assumed): SKU, categories, brand, tax class. */
export function requireKnownReferences({ next, current, store }: Change<ProductRow, ProductInput>): void {
  if (next.sku !== '' && next.sku !== current?.sku) {
    const holder = store.rows(variants).keyByUnique('sku', next.sku.toLowerCase());
    if (holder !== undefined && holder !== next.base_variant_id) throw duplicate('sku');
  }
  if (next.categories !== current?.categories) {
    const known = store.rows(categories);
    const unknown = next.categories.filter((id) => !known.has(id));
    if (unknown.length > 0) throw unknownId('categories', unknown);
  }
  if (next.brand_id !== 0 && next.brand_id !== current?.brand_id && !store.rows(brands).has(next.brand_id)) {
    throw unknownId('brand_id', [next.brand_id]);
  }
  // The class 0 is the default one of every store.
  const { tax_class_id } = next;
  if (tax_class_id !== 0 && tax_class_id !== current?.tax_class_id && !store.rows(taxClasses).has(tax_class_id)) {
    throw unknownId('tax_class_id', [tax_class_id]);
  }
}

/** Titles as clients in the wild match them; the one about the URL is assumed after them. */
export function duplicate(field: 'name' | 'sku' | 'custom_url'): ConflictError {
  const title = `The product ${field === 'custom_url' ? 'url' : field} is a duplicate`;
  return new ConflictError(title, { [field]: title });
}

function unknownId(field: keyof ProductInput, ids: readonly number[]): ConflictError {
  const title = `The ${field} field has ids that do not exist: ${ids.slice(0, 10).join(', ')}`;
  return new ConflictError(title, { [field]: title });
}
