/** Events of stock: levels as the catalog shows them, levels at locations, and the locations themselves. */
import { DEFAULT_LOCATION_ID, type InventoryItemRow, type ProductRow, type VariantRow } from '../../fixtures/index.js';
import { products } from '../domains/catalog/products.v3.js';
import { variants } from '../domains/catalog/variants.v3.js';
import type { Store } from '../state/store.js';
import { eachOf, fateOf, rowOf, type EventContext, type EventRule, type StoreEvent } from './event-rules.js';
import { differIn, type RowChange } from './row-changes.js';

/**
 * Orders move levels by a number, everybody else sets them to one. Of two documented readings of `method` this is the
 * one whose words fit; `value` is the new level, or for orders what it moved by.
 */
function moveOf(
  before: number,
  after: number,
  { changes }: EventContext,
): { isOrder: boolean; method: string; value: number } {
  const isOrder = changes.has('orders');
  return { isOrder, method: isOrder ? 'relative' : 'absolute', value: isOrder ? after - before : after };
}

/** A level in the catalog is that at the default location. */
function* atDefaultLocation(
  ids: { readonly variant_id: number; readonly product_id: number },
  level: number,
  warningLevel: number,
  { changes }: EventContext,
): Iterable<StoreEvent> {
  const data = { ...ids, location_id: DEFAULT_LOCATION_ID };
  yield { scope: `${OF_CHANNELS}/stock_changed`, data };
  if (!changes.has('orders')) return;
  if (level <= 0) yield { scope: `${OF_CHANNELS}/out_of_stock_reached`, data };
  else if (level <= warningLevel) yield { scope: `${OF_CHANNELS}/low_stock_reached`, data };
}

/** Delivered as it stands, with the asterisk (documented). */
const OF_CHANNELS = 'store/channel/*/inventory/product';

/** Whatever the tracking mode, a product without variants has a level of its own; a sum over variants is none. */
function* productStock(change: RowChange<ProductRow>, context: EventContext): Iterable<StoreEvent> {
  const { before, after } = change;
  if (!before || !after || before.inventory_level === after.inventory_level) return;
  if (after.inventory_tracking === 'variant' || before.inventory_tracking !== after.inventory_tracking) return;
  const { id, inventory_level, inventory_warning_level } = after;
  const { isOrder, method, value } = moveOf(before.inventory_level, inventory_level, context);
  yield {
    scope: isOrder ? 'store/product/inventory/order/updated' : 'store/product/inventory/updated',
    data: { type: 'product', id, inventory: { product_id: id, method, value } },
  };
  const variant_id = Number(context.store.rows(variants).keysOf(id)[0] ?? 0);
  yield* atDefaultLocation({ variant_id, product_id: id }, inventory_level, inventory_warning_level, context);
}

function* variantStock(change: RowChange<VariantRow>, context: EventContext): Iterable<StoreEvent> {
  const { before, after } = change;
  if (!before || !after || before.inventory_level === after.inventory_level) return;
  const { id: variant_id, product_id, sku_id, inventory_level, inventory_warning_level } = after;
  if (!isTrackedByVariant(product_id, context)) return;
  const { isOrder, method, value } = moveOf(before.inventory_level ?? 0, inventory_level ?? 0, context);
  if (after.option_values.length > 0) {
    yield {
      scope: isOrder ? 'store/sku/inventory/order/updated' : 'store/sku/inventory/updated',
      data: { type: 'sku', id: sku_id ?? variant_id, inventory: { product_id, method, value, variant_id } },
    };
  }
  yield* atDefaultLocation({ variant_id, product_id }, inventory_level ?? 0, inventory_warning_level ?? 0, context);
}

/** Is it now, and was it before? Switching the way of tracking keeps the numbers, and is no move of stock. */
function isTrackedByVariant(product_id: number, { store, changes }: EventContext): boolean {
  const now = store.rows(products).get(product_id)?.inventory_tracking;
  const own = changes.of('catalog.products').find(({ key }) => key === product_id)?.before;
  return now === 'variant' && (own === undefined || (own as ProductRow).inventory_tracking === 'variant');
}

const SETTINGS: readonly (keyof InventoryItemRow)[] = [
  'safety_stock',
  'is_in_stock',
  'warning_level',
  'bin_picking_number',
];

/** What an item has that nobody ever wrote anything of. */
const UNTOUCHED = { onhand: 0, safety_stock: 0, is_in_stock: true, warning_level: 0, bin_picking_number: '' };

/** The stock at the default location is that of the catalog, and told with it. */
function* itemEvents(change: RowChange<InventoryItemRow>, { store }: EventContext): Iterable<StoreEvent> {
  const { variant_id, location_id } = rowOf(change);
  const { after } = change;
  if (!after) return;
  const before = change.before ?? { ...after, ...UNTOUCHED };
  const data = { variant_id, product_id: productOf(variant_id, store), location_id };
  if (location_id !== DEFAULT_LOCATION_ID && differIn(before, after, ['onhand']))
    yield { scope: `${OF_CHANNELS}/stock_changed`, data };
  const isNewAtDefault = change.before === undefined && location_id === DEFAULT_LOCATION_ID;
  const settings = isNewAtDefault
    ? SETTINGS.filter((name) => name !== 'warning_level' && name !== 'bin_picking_number')
    : SETTINGS;
  if (differIn(before, after, settings)) yield { scope: `${OF_CHANNELS}/settings_changed`, data };
}

function productOf(variant_id: number, store: Store): number {
  return store.rows(variants).get(variant_id)?.product_id ?? 0;
}

export const stockEvents: readonly EventRule[] = [
  eachOf('catalog.products', productStock),
  eachOf('catalog.variants', variantStock),
  eachOf('inventory-items', itemEvents),
  eachOf('locations', function* (change) {
    const { id: location_id } = rowOf(change);
    const fate = fateOf(change);
    if (fate === 'created' || fate === 'updated')
      yield { scope: `store/inventory/location/${fate}`, data: { location_id } };
  }),
];
