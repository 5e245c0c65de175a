/**
 * What orders ask of stock: quantities that suffice and keep to a product's bounds, and levels that follow.
 */
import { resourceLink, type OrderProductRow } from '../../../fixtures/index.js';
import { ConflictError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import { products, refreshProduct } from '../catalog/products.v3.js';
import { syncBaseVariant, variants } from '../catalog/variants.v3.js';
import { inventorySettings } from '../settings/settings.v3.js';

/** How levels follow orders, in the words of the settings of inventory. */
export function stockSettings({ store }: Pick<Actor, 'store'>): ReturnType<typeof inventorySettings.valuesOf> {
  return inventorySettings.valuesOf(store);
}

/** Quantities of lines that are new or changed. */
export type Wanted = Pick<OrderProductRow, 'product_id' | 'variant_id' | 'quantity'>;

/**
 * @param wanted what the order has of each once it is stored
 * @param held what it has taken of stock so far
 * @throws ConflictError with each product that is out of stock or outside its bounds
 */
export function requireStock(wanted: readonly Wanted[], held: readonly Wanted[], { store }: Actor): void {
  const errors: object[] = [];
  for (const [product_id, quantity] of totals(wanted, 'product_id')) {
    const product = store.rows(products).get(product_id);
    if (!product) continue;
    const path = `/products/${String(product_id)}`;
    const shown = { id: product_id, name: product.name, ...resourceLink(store.hash, path) };
    const { order_quantity_minimum: least, order_quantity_maximum: most } = product;
    const had = totals(held, 'product_id').get(product_id) ?? 0;
    if (product.inventory_tracking === 'product' && quantity - had > product.inventory_level) {
      errors.push({ type: 'OutOfStock', product: { ...shown, inventory_level: product.inventory_level } });
    } else if (product.inventory_tracking === 'variant') {
      for (const [variant_id, count] of totals(wanted, 'variant_id')) {
        const variant = store.rows(variants).get(variant_id);
        const hadOfIt = totals(held, 'variant_id').get(variant_id) ?? 0;
        if (variant?.product_id !== product_id || count - hadOfIt <= (variant.inventory_level ?? 0)) continue;
        const id = variant.sku_id ?? variant.id;
        const link = resourceLink(store.hash, `${path}/skus/${String(id)}`);
        const sku = { id, sku: variant.sku, ...link, inventory_level: variant.inventory_level ?? 0 };
        errors.push({ type: 'OutOfStock', product: { ...shown, sku } });
      }
    }
    if (most > 0 && quantity > most) {
      errors.push({ type: 'ExceedsMaxQuantity', product: { ...shown, maximum_quantity: most } });
    }
    if (least > 0 && quantity < least) {
      errors.push({ type: 'InsufficientQuantity', product: { ...shown, minimum_quantity: least } });
    }
  }
  if (errors.length === 0) return;
  throw new ConflictError(
    'Quantities of one or more products are out of stock or did not meet quantity requirements.',
    {},
    { extra: { errors } },
  );
}

function totals(lines: readonly Wanted[], field: 'product_id' | 'variant_id'): Map<number, number> {
  const byId = new Map<number, number>();
  for (const line of lines) {
    if (line[field] !== 0) byId.set(line[field], (byId.get(line[field]) ?? 0) + line.quantity);
  }
  return byId;
}

/** Takes the goods of lines out of stock, or with -1 puts them back. */
export function moveStock(lines: readonly Wanted[], direction: 1 | -1, isSale: boolean, actor: Actor): void {
  const { store } = actor;
  for (const { product_id, variant_id, quantity } of lines) {
    const product = store.rows(products).get(product_id);
    if (!product || quantity === 0) continue;
    const taken = direction * quantity;
    const total_sold = isSale ? Math.max(0, product.total_sold + taken) : product.total_sold;
    const isTracked = product.inventory_tracking === 'product';
    const inventory_level = isTracked ? product.inventory_level - taken : product.inventory_level;
    const changed = { ...product, total_sold, inventory_level };
    store.rows(products).replace(changed);
    if (isTracked) syncBaseVariant(changed, product, actor);
    if (product.inventory_tracking !== 'variant') continue;
    const variant = store.rows(variants).get(variant_id);
    if (variant?.product_id !== product_id) continue;
    store.rows(variants).replace({ ...variant, inventory_level: (variant.inventory_level ?? 0) - taken });
    refreshProduct(actor, product_id);
  }
}
