/**
 * Stock of variants by location. At the default location what is available to sell is the catalog's inventory level,
 * and both are written as one; elsewhere it is kept here.
 */
import {
  DEFAULT_LOCATION_ID,
  type InventoryItemRow,
  type ProductRow,
  type VariantRow,
} from '../../../fixtures/index.js';
import { defineResource, pairKey, type Actor } from '../../resources/define.js';
import { updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { products } from '../catalog/products.v3.js';
import { isBaseVariant, type StoredVariant } from '../catalog/variant-fields.js';
import { variants } from '../catalog/variants.v3.js';

/** Rows keyed by variant and location. Where there is none, nothing was ever set. */
export const inventoryItems = defineResource<InventoryItemRow>(
  'inventory-items',
  {
    key: ({ variant_id, location_id }) => pairKey(variant_id, location_id),
    index: ['location_id'],
    create: () => {
      throw new Error('stock is written by its handlers');
    },
  },
  { below: 'catalog.variants', parentField: 'variant_id', keyField: 'variant_id' },
);

/** Something that stock is kept of: a variant, or a product that is tracked as a whole. */
export interface StockUnit {
  readonly product: ProductRow;
  /** The variant that stands for it; of a product tracked as a whole, its first. */
  readonly variant: StoredVariant;
  /** Is the stock the product's own? */
  readonly isProduct: boolean;
}

/** What a variant's stock is kept as. */
export function unitOf(variant: StoredVariant, store: Store): StockUnit | undefined {
  const product = store.rows(products).get(variant.product_id);
  if (!product) return undefined;
  if (product.inventory_tracking === 'variant') return { product, variant, isProduct: false };
  if (isBaseVariant(variant)) return { product, variant, isProduct: true };
  // Variants of a product tracked as a whole share its stock (assumed); untracked ones keep what was set for each.
  if (product.inventory_tracking === 'none') return { product, variant, isProduct: false };
  const first = store.rows(variants).rowsOf(product.id)[0] ?? variant;
  return { product, variant: first, isProduct: true };
}

function levelInCatalog({ product, variant, isProduct }: StockUnit): number {
  if (isProduct) return product.inventory_level;
  return product.inventory_tracking === 'variant'
    ? (variant.inventory_level ?? 0)
    : (variant.hidden?.inventory_level ?? 0);
}

function warningInCatalog({ product, variant, isProduct }: StockUnit): number {
  if (isProduct) return product.inventory_warning_level;
  return product.inventory_tracking === 'variant'
    ? (variant.inventory_warning_level ?? 0)
    : (variant.hidden?.inventory_warning_level ?? 0);
}

/** Stock of a unit at a location, as it is now. */
export function stockAt(unit: StockUnit, location_id: number, store: Store): InventoryItemRow {
  const variant_id = unit.variant.id;
  const row = store.rows(inventoryItems).get(pairKey(variant_id, location_id)) ?? {
    variant_id,
    location_id,
    onhand: 0,
    is_set: false,
    safety_stock: 0,
    is_in_stock: true,
    warning_level: 0,
    bin_picking_number: '',
  };
  if (location_id !== DEFAULT_LOCATION_ID) return row;
  const level = levelInCatalog(unit);
  const isCatalogNewer = availableOf(row) !== level;
  return {
    ...row,
    onhand: isCatalogNewer ? level + row.safety_stock : row.onhand,
    // A level that the catalog was given counts, also once it is sold.
    is_set: row.is_set || level > 0 || unit.product.total_sold > 0,
    warning_level: warningInCatalog(unit),
    bin_picking_number: row.bin_picking_number || (unit.variant.bin_picking_number ?? ''),
  };
}

export function availableOf({ onhand, safety_stock }: Pick<InventoryItemRow, 'onhand' | 'safety_stock'>): number {
  return Math.max(0, onhand - safety_stock);
}

/** Keeps stock; at the default location the catalog's level and warning level change with it. */
export function writeStock(unit: StockUnit, stock: InventoryItemRow, actor: Actor): void {
  const rows = actor.store.rows(inventoryItems);
  if (rows.has(pairKey(stock.variant_id, stock.location_id))) rows.replace(stock);
  else rows.insert(stock, stock.variant_id);
  if (stock.location_id !== DEFAULT_LOCATION_ID) return;
  const inventory_level = availableOf(stock);
  const inventory_warning_level = stock.warning_level;
  if (inventory_level === levelInCatalog(unit) && inventory_warning_level === warningInCatalog(unit)) return;
  const { product, variant, isProduct } = unit;
  const levels = { inventory_level, inventory_warning_level };
  if (isProduct) updateRow(products, product, levels, actor);
  else updateRow(variants, variant, levels, actor, [product.id]);
}

/** Stock at a location that is gone is gone too (documented). */
export function dropStockAt(location_id: number, actor: Actor): void {
  const rows = actor.store.rows(inventoryItems);
  for (const key of [...rows.keysWhere('location_id', location_id)]) rows.delete(key);
}

/** A variant by its id, by its SKU, or as that of a product. */
export function findUnit(
  identity: { readonly sku?: string; readonly variant_id?: number; readonly product_id?: number },
  store: Store,
): StockUnit | undefined {
  const variant = findVariant(identity, store);
  return variant && unitOf(variant, store);
}

function findVariant(
  {
    sku,
    variant_id,
    product_id,
  }: { readonly sku?: string; readonly variant_id?: number; readonly product_id?: number },
  store: Store,
): VariantRow | undefined {
  const rows = store.rows(variants);
  if (variant_id !== undefined) return rows.get(variant_id);
  if (product_id !== undefined) return rows.rowsOf(product_id)[0];
  if (!sku) return undefined;
  const key = rows.keyByUnique('sku', sku.toLowerCase());
  if (key !== undefined) return rows.get(key);
  // The SKU of a product with variants names the product.
  const product = store.rows(products).keyByUnique('sku', sku.toLowerCase());
  return product === undefined ? undefined : rows.rowsOf(product)[0];
}
