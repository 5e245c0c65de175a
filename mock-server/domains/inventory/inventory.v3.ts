/**
 * Stock: lists over all locations or at one, and adjustments, which are all done or none.
 * Described in openapi/documents/inventory/inventory.v3.yaml.
 */
import type { InventoryItemRow, LocationRow, VariantRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, PayloadTooLargeError, UnprocessableError } from '../../errors.js';
import { offsetPage } from '../../query/pagination.js';
import { listOf, type QueryValues } from '../../query/query-values.js';
import type { Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type BytesAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import type { Key } from '../../state/collection.js';
import type { Store } from '../../state/store.js';
import { isBaseVariant } from '../catalog/variant-fields.js';
import { variants } from '../catalog/variants.v3.js';
import {
  availableOf,
  findUnit,
  inventoryItems,
  stockAt,
  unitOf,
  writeStock,
  type StockUnit,
} from './inventory-stock.js';
import { locations, transaction } from './locations.v3.js';

type Schemas = components['schemas'];
type Levels = Required<Schemas['InventoryLevels']>;
type Identity = Schemas['InventoryIdentity'];

/** Documented. What is over the highest level is refused here, where the catalog cuts it. */
const MAX_LEVEL = 2_147_483_647;
const MAX_ITEMS = 2000;

interface VariantPage {
  readonly items: readonly VariantRow[];
  readonly meta: string;
}

/** One page of the variants that a query selects, by their ids; without filters none is looked at that is not on it. */
function pageOfVariants({ query, operation, store }: OperationContext): VariantPage {
  if (FILTERS.some((name) => query.has(name))) return offsetPage(selectVariants(query, store), query, operation);
  const { items, meta } = offsetPage(store.rows(variants).keys, query, operation);
  return { items: store.rows(variants).pick(items), meta };
}

const FILTERS = ['variant_id:in', 'product_id:in', 'sku:in'];

function selectVariants(query: QueryValues, store: Store): readonly VariantRow[] {
  const rows = store.rows(variants);
  const idsIn = (name: string): Set<number> | undefined => {
    const text = query.get(name);
    return text === undefined ? undefined : new Set(listOf(text).map(Number));
  };
  const ids = idsIn('variant_id:in');
  const productIds = idsIn('product_id:in');
  const skuText = query.get('sku:in');
  const skus = skuText === undefined ? undefined : new Set(listOf(skuText.toLowerCase()));
  const candidates = rows.pick(sorted(ids ?? keysBy(productIds, skus, store)));
  return candidates.filter(
    ({ product_id, sku }) => (!productIds || productIds.has(product_id)) && (!skus || skus.has(sku.toLowerCase())),
  );
}

/** Found by an index in any case. */
function keysBy(
  productIds: ReadonlySet<number> | undefined,
  skus: ReadonlySet<string> | undefined,
  store: Store,
): Key[] {
  const rows = store.rows(variants);
  if (productIds) return [...productIds].flatMap((id) => rows.keysOf(id));
  return [...(skus ?? [])].flatMap((sku) => rows.keyByUnique('sku', sku) ?? []);
}

function sorted(keys: Iterable<Key>): Key[] {
  return [...keys].sort((a, b) => Number(a) - Number(b));
}

function levelsOf(stock: InventoryItemRow): Levels {
  const { onhand, safety_stock, is_in_stock, warning_level, bin_picking_number } = stock;
  return {
    available_to_sell: availableOf(stock),
    total_inventory_onhand: onhand,
    settings: { safety_stock, is_in_stock, warning_level, bin_picking_number },
  };
}

function levelsAt(variant: VariantRow, location_id: number, store: Store): Levels {
  const unit = unitOf(variant, store);
  if (!unit) throw new Error(`variant ${String(variant.id)} has no product`);
  return levelsOf(stockAt(unit, location_id, store));
}

/** Every item has all locations, also those where it never was (assumed). */
const getInventoryItems: Handler<'get-inventory-items'> = (context) => {
  const { store, query } = context;
  const ids = query.get('location_id:in');
  const codes = query.get('location_code:in');
  const wantedIds = ids === undefined ? undefined : new Set(listOf(ids).map(Number));
  const wantedCodes = codes === undefined ? undefined : new Set(listOf(codes.toLowerCase()));
  const places = [...store.rows(locations).values()].filter(
    ({ id, code }) => (!wantedIds || wantedIds.has(id)) && (!wantedCodes || wantedCodes.has(code.toLowerCase())),
  );
  const page = places.length > 0 ? pageOfVariants(context) : offsetPage([], query, context.operation);
  const data = page.items.map((variant): Schemas['InventoryItem'] => ({
    // Base variants have none.
    identity: { ...identityOf(variant), ...(variant.sku_id === null ? {} : { sku_id: variant.sku_id }) },
    locations: places.map(({ id, code, label, enabled }) => ({
      location_id: id,
      location_code: code,
      location_name: label,
      ...levelsAt(variant, id, store),
      location_enabled: enabled,
    })),
  }));
  return listText(data, page.meta);
};

const getLocationInventoryItems: Handler<'get-location-inventory-items'> = (context) => {
  const { store } = context;
  const { id } = requireLocation(context);
  const page = pageOfVariants(context);
  const data = page.items.map((variant): Schemas['InventoryLocationItem'] => ({
    identity: identityOf(variant),
    ...levelsAt(variant, id, store),
  }));
  return listText(data, page.meta);
};

function listText(data: readonly object[], meta: string): BytesAnswer {
  return { status: 200, bytes: `{"data":${JSON.stringify(data)},"meta":${meta}}`, fidelity: 'stateful' };
}

function identityOf({ sku, id: variant_id, product_id }: VariantRow): Identity {
  return { sku, variant_id, product_id };
}

function requireLocation(context: OperationContext): LocationRow {
  const row = context.store.rows(locations).get(idAt(context, 0));
  if (!row) throw new NotFoundError('The requested location was not found.');
  return row;
}

type Adjusting = OperationContext<'put-absolute-adjustment'> | OperationContext<'post-relative-adjustment'>;

/** @throws UnprocessableError for the first item that cannot be done: then none is */
function adjust(context: Adjusting, work: (item: Schemas['InventoryAdjustment'], target: Target) => number): void {
  const { items } = context.body;
  requireFew(items.length);
  for (const item of items) {
    const target = requireTarget(item, item.location_id, context);
    const { unit, stock } = target;
    const onhand = work(item, target);
    if (onhand > MAX_LEVEL) {
      // Documented: refused and nothing saved; the words are assumed.
      throw new UnprocessableError(`[Item with ${nameOf(item)} cannot have more than ${String(MAX_LEVEL)} in stock]`);
    }
    writeStock(unit, { ...stock, onhand, is_set: true }, context);
  }
}

interface Target {
  readonly unit: StockUnit;
  readonly stock: InventoryItemRow;
}

function requireTarget(identity: Identity, location_id: number, { store }: Actor): Target {
  const location = store.rows(locations).get(location_id);
  // Sentences about locations and unknown items are assumed.
  if (!location) throw new UnprocessableError(`[Location with id ${String(location_id)} does not exist]`);
  if (!location.enabled) throw new UnprocessableError(`[Location with id ${String(location_id)} is disabled]`);
  const unit = findUnit(identity, store);
  if (!unit) throw new UnprocessableError(`[Item with ${nameOf(identity)} does not exist]`);
  requireTracking(identity, unit);
  return { unit, stock: stockAt(unit, location_id, store) };
}

/**
 * Products tracked as a whole are named by their own id, others by their variants. The first sentence is documented,
 * its mirror assumed. A simple product may be named by its SKU in either case (assumed).
 */
function requireTracking(identity: Identity, { product, variant }: StockUnit): void {
  const isOfVariant = identity.variant_id !== undefined || (identity.sku !== undefined && !isBaseVariant(variant));
  if (product.inventory_tracking === 'product' && isOfVariant && !isSkuOf(product, identity)) {
    throw new UnprocessableError(
      `[Item with ${nameOf(identity)} is tracked by product, please update stock by product id]`,
    );
  }
  if (product.inventory_tracking === 'variant' && identity.product_id !== undefined) {
    throw new UnprocessableError(
      `[Item with ${nameOf(identity)} is tracked by variant, please update stock by variant id]`,
    );
  }
}

/** A product with variants has a SKU beside theirs. */
function isSkuOf(product: StockUnit['product'], { sku }: Identity): boolean {
  return sku !== undefined && product.sku.toLowerCase() === sku.toLowerCase();
}

function nameOf({ sku, variant_id, product_id }: Identity): string {
  if (variant_id !== undefined) return `variant_id ${String(variant_id)}`;
  return product_id === undefined ? `sku ${sku ?? ''}` : `product_id ${String(product_id)}`;
}

function requireFew(count: number): void {
  if (count > MAX_ITEMS) {
    // The status is assumed, as other batches have it.
    throw new PayloadTooLargeError(
      `The request payload is too large. The maximum items allowed in the array is ${String(MAX_ITEMS)}.`,
    );
  }
}

/** Never refused for want of stock (documented). */
const putAbsoluteAdjustment: Handler<'put-absolute-adjustment'> = (context) => {
  adjust(context, (item) => {
    if (item.quantity < 0) throw new UnprocessableError(`[Item with ${nameOf(item)} has a negative quantity]`);
    return item.quantity;
  });
  return transaction();
};

const postRelativeAdjustment: Handler<'post-relative-adjustment'> = (context) => {
  adjust(context, (item, { stock }) => {
    if (!stock.is_set) {
      // Documented.
      throw new UnprocessableError(
        `Items with identity: [${nameOf(item)}] requires absolute adjustment before relative`,
      );
    }
    const onhand = stock.onhand + item.quantity;
    if (item.quantity < 0 && onhand < stock.safety_stock) {
      // The refusal is documented, the words are assumed.
      throw new UnprocessableError(`[Item with ${nameOf(item)} has not enough stock]`);
    }
    return onhand;
  });
  return transaction();
};

const putLocationInventoryItems: Handler<'put-location-inventory-items'> = (context) => {
  const location = requireLocation(context);
  const { settings } = context.body;
  requireFew(settings.length);
  settings.forEach(({ identity = {}, safety_stock, is_in_stock, warning_level, bin_picking_number }, place) => {
    const sent = { safety_stock, is_in_stock, warning_level, bin_picking_number };
    if (Object.values(sent).every((value) => value === undefined)) {
      // Documented, in these words and under this key.
      throw new UnprocessableError('Payload contains invalid fields', {
        [`setting.${String(place)}.settings`]:
          'At least one setting must be specified: warning_level, is_in_stock or safety_stock',
      });
    }
    if ((safety_stock ?? 0) < 0 || (warning_level ?? 0) < 0) {
      const field = (safety_stock ?? 0) < 0 ? 'safety_stock' : 'warning_level';
      throw new UnprocessableError('Payload contains invalid fields', {
        [`setting.${String(place)}.${field}`]: `${field} must be at least 0`,
      });
    }
    const unit = findUnit(identity, context.store);
    if (!unit) throw new UnprocessableError(`[Item with ${nameOf(identity)} does not exist]`);
    const stock = stockAt(unit, location.id, context.store);
    const next = {
      ...stock,
      safety_stock: safety_stock ?? stock.safety_stock,
      is_in_stock: is_in_stock ?? stock.is_in_stock,
      warning_level: warning_level ?? stock.warning_level,
      bin_picking_number: bin_picking_number ?? stock.bin_picking_number,
    };
    writeStock(unit, next, context);
  });
  return transaction();
};

export const inventoryDomain: Domain = {
  resources: [inventoryItems],
  handlers: {
    'get-inventory-items': getInventoryItems,
    'get-location-inventory-items': getLocationInventoryItems,
    'put-absolute-adjustment': putAbsoluteAdjustment,
    'post-relative-adjustment': postRelativeAdjustment,
    'put-location-inventory-items': putLocationInventoryItems,
  },
};
