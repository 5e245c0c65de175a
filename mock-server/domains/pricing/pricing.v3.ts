/**
 * Prices as a shopper would get them: computed from the catalog, price lists, customer groups, chosen modifiers, bulk
 * prices and taxes; nothing is stored. Without a country there is no tax (assumed).
 * Described in openapi/documents/pricing/pricing.v3.yaml.
 */
import {
  OPEN_END,
  type CurrencyRow,
  type PriceListRecordRow,
  type ProductRow,
  type VariantRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { bulkPricingRules } from '../catalog/product-bulk-pricing-rules.v3.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';
import { channels } from '../channels/channels.v3.js';
import { customers } from '../customers/customers.v3.js';
import { currencies } from '../store-currencies/currencies.v2.js';
import { classTaxIn, hasPricesWithTax, splitPrice, UNTAXED } from '../tax/class-tax.js';
import { taxZoneAt } from '../tax/tax-zone-at.js';
import { modifierExtra } from './modifier-extra.js';
import { priceListAssignments } from './price-list-assignments.v3.js';
import { priceListRecords } from './price-list-records.v3.js';
import { priceLists } from './price-lists.v3.js';
import { lessGroupDiscount } from './shopper-price.js';

type Schemas = components['schemas'];
type ItemPrices = Schemas['ItemPrices'];
type TaxedPrice = Schemas['TaxedPrice'];
type PricedItem = Schemas['PricedItem'];

/** Who buys, where, and in what money. */
interface Shopper {
  readonly store: Store;
  readonly group: number | null;
  readonly channel: number;
  readonly currency: CurrencyRow;
  readonly country: string | undefined;
}

/** Amounts of one variant; in the default currency when they come from the catalog. */
interface Amounts {
  readonly price: number;
  readonly sale: number;
  readonly retail: number;
  readonly map: number;
}

/** Amounts in the shopper's currency, with what is paid in the end. */
interface ShopperAmounts extends Amounts {
  readonly calculated: number;
}

/** The price list for a group on a channel, weakest last: group and channel, group, channel (order assumed). */
export function priceListOf(store: Store, group: number | null, channel: number): number | undefined {
  const rows = store.rows(priceListAssignments);
  const pairs: readonly (readonly [number | null, number | null])[] = [
    ...(group === null
      ? []
      : ([
          [group, channel],
          [group, null],
        ] as const)),
    [null, channel],
  ];
  for (const [customer_group_id, channel_id] of pairs) {
    const key = rows.keyByUnique('pair', `${String(customer_group_id)}:${String(channel_id)}`);
    const list = key === undefined ? undefined : rows.get(key)?.price_list_id;
    if (list !== undefined && store.rows(priceLists).get(list)?.active) return list;
  }
  return undefined;
}

/** The record that prices a variant for a group on a channel in a currency, if any. */
export function priceRecordOf(
  store: Store,
  variant_id: number,
  group: number | null,
  channel: number,
  currency: string,
): PriceListRecordRow | undefined {
  const list = priceListOf(store, group, channel);
  if (list === undefined) return undefined;
  const rows = store.rows(priceListRecords);
  return rows
    .pick(rows.keysWhere('variant_id', variant_id))
    .find((row) => row.price_list_id === list && row.currency === currency.toLowerCase());
}

const getPrices: Handler<'getPrices'> = ({ store, body }) => {
  const { channel_id, currency_code, items } = body;
  if (!store.rows(channels).has(channel_id)) throw invalid('channel_id', 'Channel does not exist');
  const code = store.rows(currencies).keyByUnique('code', currency_code.toUpperCase());
  const currency = code === undefined ? undefined : store.rows(currencies).get(code);
  if (!currency?.enabled) throw invalid('currency_code', `The store has no currency ${currency_code}`);
  const ownGroup = body.customer_id ? store.rows(customers).get(body.customer_id)?.customer_group_id : undefined;
  const group = body.customer_group_id ?? ownGroup ?? null;
  const shopper = { store, group, channel: channel_id, currency, country: body.country_code };
  const data = items.map((item, place) => pricesOf(item, place, shopper));
  return { status: 200, body: { data, meta: {} } };
};

/** The sentences are assumed. */
function invalid(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError(sentence, { [field]: sentence });
}

function pricesOf(item: PricedItem, place: number, shopper: Shopper): ItemPrices {
  const { store } = shopper;
  const product = store.rows(products).get(item.product_id ?? 0);
  if (!product) throw invalid(`items.${String(place)}.product_id`, 'Product does not exist');
  const own = store.rows(variants).rowsOf(product.id);
  const chosen = variantOf(item, own);
  if (item.variant_id !== undefined && !chosen) {
    throw invalid(`items.${String(place)}.variant_id`, 'Variant does not exist');
  }
  const { options = [] } = item;
  const values = new Map(
    options.flatMap(({ option_id, value_id }) => (option_id && value_id ? [[option_id, value_id]] : [])),
  );
  const extra = modifierExtra(product, values, store) * rateOf(shopper);
  const all = (chosen ? [chosen] : own).map((variant) => amountsOf(product, variant, extra, shopper));
  const amounts = (chosen ? all[0] : undefined) ?? amountsOf(product, undefined, extra, shopper);
  const calculations = (all.length > 0 ? all : [amounts]).map(({ calculated }) => calculated);
  const retails = (all.length > 0 ? all : [amounts]).map(({ retail }) => retail);
  const named = { product_id: product.id, ...(chosen ? { variant_id: chosen.id } : {}), options: [...options] };
  const taxed = taxing(product, shopper);
  return {
    ...named,
    reference_request: item,
    price: taxed(amounts.price),
    calculated_price: taxed(amounts.calculated),
    ...(amounts.sale > 0 ? { sale_price: taxed(amounts.sale) } : {}),
    ...(amounts.retail > 0 ? { retail_price: taxed(amounts.retail) } : {}),
    ...(amounts.map > 0 ? { minimum_advertised_price: taxed(amounts.map) } : {}),
    ...(amounts.retail > amounts.calculated ? { saved: taxed(amounts.retail - amounts.calculated) } : {}),
    price_range: { minimum: taxed(Math.min(...calculations)), maximum: taxed(Math.max(...calculations)) },
    retail_price_range: { minimum: taxed(Math.min(...retails)), maximum: taxed(Math.max(...retails)) },
    bulk_pricing: bulkPricesOf(product, chosen, shopper, taxed),
  };
}

/** By its id, by the values of its options, or because there is no other. */
function variantOf({ variant_id, options = [] }: PricedItem, own: readonly VariantRow[]): VariantRow | undefined {
  if (variant_id !== undefined) return own.find(({ id }) => id === variant_id);
  if (own.length === 1) return own[0];
  if (options.length === 0) return undefined;
  return own.find(({ option_values }) =>
    option_values.every((value) =>
      options.some(({ option_id, value_id }) => option_id === value.option_id && value_id === value.id),
    ),
  );
}

/** A group's discount does not touch what a price list says (documented); modifiers are added last. */
function amountsOf(
  product: ProductRow,
  variant: VariantRow | undefined,
  extra: number,
  shopper: Shopper,
): ShopperAmounts {
  const record = variant && recordOf(variant, shopper);
  const { price, sale_price, retail_price, map_price } = product;
  const rate = rateOf(shopper);
  const isPriced = variant !== undefined && variant.price !== null;
  const catalog: Amounts = {
    price: (variant?.price ?? price) * rate,
    sale: (variant?.sale_price ?? (isPriced ? 0 : sale_price)) * rate,
    retail: (variant?.retail_price ?? retail_price) * rate,
    map: (variant?.map_price ?? map_price) * rate,
  };
  const amounts: Amounts = record
    ? {
        price: record.price ?? catalog.price,
        sale: record.sale_price ?? (record.price === null ? catalog.sale : 0),
        retail: record.retail_price ?? catalog.retail,
        map: record.map_price ?? catalog.map,
      }
    : catalog;
  const paid = amounts.sale > 0 ? amounts.sale : amounts.price;
  const calculated = record ? paid : lessGroupDiscount(paid, product, shopper.group ?? 0, shopper.store);
  return { ...amounts, calculated: calculated + extra };
}

function recordOf(variant: VariantRow, { store, group, channel, currency }: Shopper): PriceListRecordRow | undefined {
  return priceRecordOf(store, variant.id, group, channel, currency.currency_code);
}

function rateOf({ currency }: Shopper): number {
  return currency.is_default ? 1 : currency.currency_exchange_rate;
}

/** Class 1 is the one for goods without tax, in every new store. */
const NON_TAXABLE_CLASS = 1;

/** Writes amounts of a product with and without the tax of the shopper's country. */
function taxing(product: ProductRow, { store, country, group, currency }: Shopper): (amount: number) => TaxedPrice {
  const place = { country_code: country ?? '', postal_code: '', isIn: () => false, customer_group_id: group ?? 0 };
  const zone = country === undefined ? undefined : taxZoneAt(place, store);
  const isTaxed = zone && product.tax_class_id !== NON_TAXABLE_CLASS;
  const tax = isTaxed ? classTaxIn(zone.id, product.tax_class_id, store) : UNTAXED;
  const entered_inclusive = hasPricesWithTax(store);
  const rounded = (amount: number): number => Number(amount.toFixed(currency.decimal_places));
  return (amount) => {
    const { ex, inc } = splitPrice(amount, tax);
    return {
      as_entered: rounded(amount),
      entered_inclusive,
      tax_exclusive: rounded(ex),
      tax_inclusive: rounded(inc),
    };
  };
}

/** Tiers of the record take the place of the product's bulk prices. */
function bulkPricesOf(
  product: ProductRow,
  variant: VariantRow | undefined,
  shopper: Shopper,
  taxed: (amount: number) => TaxedPrice,
): NonNullable<ItemPrices['bulk_pricing']> {
  const record = variant && recordOf(variant, shopper);
  const rules = record
    ? record.bulk_pricing_tiers.map(({ quantity_min = 0, quantity_max, type = 'price', amount = 0 }) => ({
        quantity_min,
        // 0 is no upper end, as in the catalog's bulk prices.
        quantity_max: quantity_max === OPEN_END ? 0 : (quantity_max ?? 0),
        type,
        amount,
      }))
    : shopper.store.rows(bulkPricingRules).rowsOf(product.id);
  return rules.map(({ quantity_min, quantity_max, type, amount }) => ({
    minimum: quantity_min,
    maximum: quantity_max,
    discount_amount: Number(amount),
    discount_type: type,
    tax_discount_amount: [taxed(Number(amount))],
  }));
}

export const pricingDomain: Domain = { resources: [], handlers: { getPrices } };
