/** What a piece costs whoever buys it: by price list, else less what the customer's group is granted. */
import { toCents, type ProductRow, type VariantRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { customerGroups } from '../customers/customer-groups.v2.js';
import { customers } from '../customers/customers.v3.js';
import { exchangeRate } from '../orders/order-currency.js';
import { priceRecordOf } from './pricing.v3.js';

/** Who buys, where, and in what money. */
interface Buyer {
  /** 0 for a guest. */
  readonly customer_id: number;
  readonly channel_id: number;
  readonly currency_code: string;
}

interface ShopperPrice {
  /** Before sales, price lists and groups. */
  readonly original: number;
  readonly price: number;
  /** What makes it cheaper in quantities, of the price list where it has a record. */
  readonly tiers: readonly PriceTier[] | undefined;
}

interface PriceTier {
  readonly quantity_min?: number;
  /** 0 or null for no upper end. */
  readonly quantity_max?: number | null;
  readonly type?: string;
  readonly amount?: number | string;
}

/** In the buyer's currency. A record of a price list counts as it stands; a group's discount does not touch it. */
export function shopperPrice(
  product: ProductRow,
  variant: Pick<VariantRow, 'id' | 'price' | 'calculated_price'> | undefined,
  { customer_id, channel_id, currency_code }: Buyer,
  store: Store,
): ShopperPrice {
  const rate = exchangeRate(currency_code, store);
  const original = toCents((variant?.price ?? product.price) * rate);
  const price = toCents((variant?.calculated_price ?? product.calculated_price) * rate);
  const group = customer_id === 0 ? 0 : (store.rows(customers).get(customer_id)?.customer_group_id ?? 0);
  const record = variant && priceRecordOf(store, variant.id, group === 0 ? null : group, channel_id, currency_code);
  if (record)
    return { original, price: record.sale_price || (record.price ?? price), tiers: record.bulk_pricing_tiers };
  return { original, price: lessGroupDiscount(price, product, group, store), tiers: undefined };
}

/**
 * The narrowest rule of a group counts: of the product, of one of its categories, of all (order assumed).
 * @param group 0 for none
 */
export function lessGroupDiscount(price: number, product: ProductRow, group: number, store: Store): number {
  if (group === 0) return price;
  const rules = store.rows(customerGroups).get(group)?.discount_rules ?? [];
  const rule =
    rules.find(({ type, product_id }) => type === 'product' && product_id === product.id) ??
    rules.find(({ type, category_id }) => type === 'category' && product.categories.includes(category_id ?? 0)) ??
    rules.find(({ type }) => type === 'all');
  if (!rule) return price;
  const amount = Number(rule.amount ?? 0);
  if (rule.method === 'fixed') return amount;
  return toCents(Math.max(0, rule.method === 'price' ? price - amount : price * (1 - amount / 100)));
}

/** A price in a quantity: the tier that the quantity falls into takes off an amount or a share, or is the price. */
export function inQuantity(price: number, quantity: number, tiers: readonly PriceTier[]): number {
  const tier = tiers.find(
    ({ quantity_min = 0, quantity_max }) => quantity >= quantity_min && (!quantity_max || quantity <= quantity_max),
  );
  if (!tier) return price;
  const amount = Number(tier.amount ?? 0);
  if (tier.type === 'fixed') return amount;
  return toCents(Math.max(0, tier.type === 'percent' ? price * (1 - amount / 100) : price - amount));
}
