/**
 * The fields of a variant as a body sets them, and those that it takes from its product.
 * Described in openapi/documents/catalog/product-variants.v3.yaml.
 */
import { variantDefaults, variantPrice, type ProductRow, type VariantRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { toMoney } from './money.js';

type Schemas = components['schemas'];

/** A body, with the option values that only a new variant takes: by their ids, save in the body of a product. */
export type VariantInput = Schemas['VariantInput'] & {
  readonly option_values?: readonly { readonly id?: number; readonly option_id?: number }[];
};

/** Stock of a variant. */
interface Levels {
  readonly inventory_level: number;
  readonly inventory_warning_level: number;
}

/** A variant as a store keeps it. */
export type StoredVariant = VariantRow & {
  /** Its stock, while the way in which the product is tracked hides it. */
  readonly hidden?: Levels;
};

/** What exceeds it is stored as it (BigCommerce's article on inventory adjustments). */
const MAX_LEVEL = 2_147_483_647;

/** Is it the one variant of a product without options? */
export function isBaseVariant({ option_values }: Pick<VariantRow, 'option_values'>): boolean {
  return option_values.length === 0;
}

export function withoutHidden(row: StoredVariant): StoredVariant {
  return row.hidden === undefined ? row : { ...row, hidden: undefined };
}

const MONEY = [
  'price',
  'sale_price',
  'retail_price',
  'map_price',
  'cost_price',
  'fixed_cost_shipping_price',
] as const satisfies readonly (keyof VariantInput)[];

const OTHER_FIELDS = [
  'weight',
  'width',
  'height',
  'depth',
  'is_free_shipping',
  'purchasing_disabled',
  'purchasing_disabled_message',
  'image_url',
  'upc',
  'mpn',
  'gtin',
  'bin_picking_number',
  'sku',
] as const satisfies readonly (keyof VariantInput)[];

/** Sent fields over those of the row; null means the default, which for a price or measure is the product's. */
export function withFields(row: StoredVariant, input: VariantInput): StoredVariant {
  const fields: Record<string, unknown> = {};
  for (const name of OTHER_FIELDS) if (input[name] !== undefined) fields[name] = input[name] ?? variantDefaults[name];
  for (const name of MONEY) {
    const amount = input[name];
    if (amount !== undefined) fields[name] = amount === null ? null : toMoney(amount);
  }
  const next: StoredVariant = { ...row, ...fields };
  return isStockSent(input) ? { ...next, hidden: { ...levelsOf(row), ...sentLevels(input) } } : next;
}

function isStockSent(input: VariantInput): boolean {
  return input.inventory_level !== undefined || input.inventory_warning_level !== undefined;
}

export function sentLevels({ inventory_level, inventory_warning_level }: VariantInput): Partial<Levels> {
  return {
    ...(inventory_level === undefined ? {} : { inventory_level: Math.min(inventory_level ?? 0, MAX_LEVEL) }),
    ...(inventory_warning_level === undefined ? {} : { inventory_warning_level: inventory_warning_level ?? 0 }),
  };
}

function levelsOf(row: StoredVariant): Levels {
  if (row.hidden) return row.hidden;
  return { inventory_level: row.inventory_level ?? 0, inventory_warning_level: row.inventory_warning_level ?? 0 };
}

/**
 * A row with what it takes from its product: the price and weight that apply, and which stock is shown. Tracked by
 * variant a product's variants show their own; tracked by product its base variant shows the product's (for base
 * variants assumed); otherwise none is shown, and what was stored is kept.
 */
export function withProductValues(row: StoredVariant, product: ProductRow | undefined): StoredVariant {
  if (!product) return row;
  const { inventory_tracking } = product;
  const isMirror = inventory_tracking === 'product' && isBaseVariant(row);
  const own = isMirror ? product : levelsOf(row);
  const isShown = isMirror || inventory_tracking === 'variant';
  const isNone = own.inventory_level === 0 && own.inventory_warning_level === 0;
  const hidden = isShown || isNone ? undefined : own;
  const next: StoredVariant = {
    ...row,
    calculated_price: variantPrice(row, product),
    calculated_weight: row.weight ?? product.weight,
    inventory_level: isShown ? own.inventory_level : 0,
    inventory_warning_level: isShown ? own.inventory_warning_level : 0,
  };
  // Few rows ever have the property: the others stay as small as they come.
  return hidden === row.hidden ? next : { ...next, hidden };
}

export function isStockNegative({ inventory_level }: VariantInput): boolean {
  return typeof inventory_level === 'number' && inventory_level < 0;
}
