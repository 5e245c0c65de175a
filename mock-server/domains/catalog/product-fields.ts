/**
 * The fields of a product as a body sets them: what is ignored, rounded or derived, and which values exclude each other.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import { calculatedPrice, productDefaults, productUrl, type ProductRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import { createRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { brands } from './brands.v3.js';
import { readDate } from './catalog-dates.js';
import { toMoney } from './money.js';
import { products } from './products.v3.js';
import { freeUrl } from './urls.js';

/** A body, of a batch with the id in it. */
export type ProductInput = components['schemas']['ProductInput'] & { readonly id?: number };

/** What exceeds it is stored as it (BigCommerce's article on inventory adjustments). */
export const MAX_LEVEL = 2_147_483_647;

/** BigCommerce's page on platform limits. */
const MAX_RELATED = 50;

const MONEY = [
  'price',
  'cost_price',
  'retail_price',
  'sale_price',
  'map_price',
  'fixed_cost_shipping_price',
] as const satisfies readonly (keyof ProductRow & keyof ProductInput)[];

/** One empty list for all rows, as rows are never edited. */
const { gift_wrapping_options_list: noGiftWrapping } = productDefaults;

/**
 * A row of its own with what the body sets. A URL that is taken is left blank: `requireFreeUrl` refuses it, once
 * everything else is found in order.
 * @throws UnprocessableError for values that exclude each other
 */
export function withFields(current: ProductRow | undefined, input: ProductInput, id: number, actor: Actor): ProductRow {
  const base = current ?? productDefaults;
  const row: ProductRow = { ...base };
  setFields(row, input);
  row.id = id;
  row.date_modified = catalogDate(actor.at);
  for (const name of MONEY) if (input[name] !== undefined) row[name] = toMoney(input[name]);
  row.calculated_price = calculatedPrice(row);
  if (row.categories.length > 1 && row.categories !== base.categories) row.categories = [...new Set(row.categories)];
  if (input.inventory_level !== undefined) row.inventory_level = levelOf(base, row, input.inventory_level);
  if (row.gift_wrapping_options_type !== 'list') row.gift_wrapping_options_list = noGiftWrapping;
  if (input.preorder_release_date) row.preorder_release_date = readDate(input.preorder_release_date) ?? null;
  if (input.date_last_imported) row.date_last_imported = readDate(input.date_last_imported) ?? null;
  if (base.availability === 'disabled' && row.availability !== 'disabled') showPrice(row, input);
  requireConsistent(row, input, actor.at);
  if (input.brand_name !== undefined && !input.brand_id) row.brand_id = brandNamed(input.brand_name, base, actor);
  row.custom_url = urlOf(row, current, input, actor);
  return row;
}

/** No fields of the row as they stand, kept by the store itself, or set by Blueprint stores only (`layout_file`). */
const NOT_TAKEN: ReadonlySet<string> = new Set<keyof ProductInput>([
  'id',
  'brand_name',
  'custom_url',
  'variants',
  'images',
  'videos',
  'custom_fields',
  'bulk_pricing_rules',
  'view_count',
  'reviews_count',
  'reviews_rating_sum',
  'layout_file',
]);

/** Sets the other fields, which are the row's own. */
function setFields(row: ProductRow, input: ProductInput): void {
  const fields = row as unknown as Record<string, unknown>;
  for (const name in input) if (!NOT_TAKEN.has(name)) fields[name] = input[name as keyof ProductInput];
}

/** Of a product tracked by variant the variants tell the level, and what is sent is ignored. */
function levelOf(base: ProductRow, row: ProductRow, sent: number): number {
  return row.inventory_tracking === 'variant' ? base.inventory_level : Math.min(sent, MAX_LEVEL);
}

/** Only products that cannot be bought hide their price: one that can again shows it (assumed). */
function showPrice(row: ProductRow, input: ProductInput): void {
  if (input.is_price_hidden === undefined) row.is_price_hidden = false;
  if (input.price_hidden_label === undefined) row.price_hidden_label = '';
}

/** The statuses of these couplings and their sentences are assumed; the couplings are documented, save for the quantities. */
function requireConsistent(row: ProductRow, input: ProductInput, at: number): void {
  const wrong: Record<string, string> = {};
  if (row.name.trim() === '') wrong.name = 'name is invalid';
  if (row.availability !== 'disabled') {
    const sentence = 'can only be set when availability is disabled';
    if (input.is_price_hidden === true) wrong.is_price_hidden = `is_price_hidden ${sentence}`;
    if (input.price_hidden_label) wrong.price_hidden_label = `price_hidden_label ${sentence}`;
  }
  if (input.date_last_imported && row.date_last_imported === null) {
    wrong.date_last_imported = 'date_last_imported must be a date';
  }
  if (input.preorder_release_date && row.preorder_release_date === null) {
    wrong.preorder_release_date = 'preorder_release_date must be a date';
  } else if (
    input.preorder_release_date &&
    row.availability === 'preorder' &&
    Date.parse(row.preorder_release_date ?? '') < at
  ) {
    wrong.preorder_release_date = 'preorder_release_date must be in the future';
  }
  if (row.order_quantity_maximum > 0 && row.order_quantity_maximum < row.order_quantity_minimum) {
    wrong.order_quantity_maximum = 'order_quantity_maximum must not be less than order_quantity_minimum';
  }
  if (row.gift_wrapping_options_type === 'list' && row.gift_wrapping_options_list.length === 0) {
    wrong.gift_wrapping_options_list = 'gift_wrapping_options_list must name at least one option';
  }
  if (row.related_products.length > MAX_RELATED) {
    wrong.related_products = `related_products must have at most ${MAX_RELATED} items`;
  }
  const names = Object.keys(wrong);
  if (names.length > 0) throw new UnprocessableError(`Invalid field(s): ${names.join(', ')}`, wrong);
}

/** The brand of a name in any case of letters, made when there is none. Beside it, a `brand_id` counts more (assumed). */
function brandNamed(name: string, base: ProductRow, actor: Actor): number {
  if (name.trim() === '') return base.brand_id;
  const known = actor.store.rows(brands).keyByUnique('name', name.toLowerCase());
  return typeof known === 'number' ? known : createRow(brands, { name }, actor).id;
}

/**
 * A new product's path follows from its name, with a number where that is taken; another one that is sent counts as
 * customized. Renaming leaves the path alone (assumed).
 */
function urlOf(
  row: ProductRow,
  current: ProductRow | undefined,
  input: ProductInput,
  actor: Actor,
): ProductRow['custom_url'] {
  const sent = input.custom_url?.url;
  if (current && (sent === undefined || sent === current.custom_url.url)) return current.custom_url;
  const rows = actor.store.rows(products);
  const isTaken = (url: string): boolean => (rows.keyByUnique('url', url.toLowerCase()) ?? row.id) !== row.id;
  const automatic = productUrl(row.name);
  const url = sent ?? freeUrl(automatic, isTaken);
  if (sent === undefined) return { url, is_customized: false };
  return isTaken(url) ? { url: '', is_customized: true } : { url, is_customized: url !== automatic };
}
