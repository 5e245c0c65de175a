/** What a piece costs whoever orders it: by price list, else less what the customer's group is granted. */
import { toCents, type ProductRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import type { StoredVariant } from '../catalog/variant-fields.js';
import { customerGroups } from '../customers/customer-groups.v2.js';
import { customers } from '../customers/customers.v3.js';
import { priceRecordOf } from '../pricing/pricing.v3.js';
import { orders } from './orders.v2.js';

/** Promotions never apply to orders made through V2 (documented). */
export function unitPrice(
  product: ProductRow,
  variant: StoredVariant | undefined,
  order_id: number,
  store: Store,
): number {
  const order = store.rows(orders).get(order_id);
  const price = variant?.calculated_price ?? product.calculated_price;
  if (!order) return price;
  const { customer_id, channel_id, currency_code } = order;
  const group = customer_id === 0 ? 0 : (store.rows(customers).get(customer_id)?.customer_group_id ?? 0);
  const record = variant && priceRecordOf(store, variant.id, group === 0 ? null : group, channel_id, currency_code);
  if (record) return record.sale_price || record.price || price;
  return group === 0 ? price : withDiscount(price, product, group, store);
}

/** The narrowest rule of a group counts: of the product, of one of its categories, of all (order assumed). */
function withDiscount(price: number, product: ProductRow, group: number, store: Store): number {
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
