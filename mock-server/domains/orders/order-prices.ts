/** What a piece costs whoever orders it: the price of a shopper. */
import type { ProductRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import type { StoredVariant } from '../catalog/variant-fields.js';
import { shopperPrice } from '../pricing/shopper-price.js';
import { orders } from './orders.v2.js';

/** Promotions never apply to orders made through V2 (documented). */
export function unitPrice(
  product: ProductRow,
  variant: StoredVariant | undefined,
  order_id: number,
  store: Store,
): number {
  const order = store.rows(orders).get(order_id);
  if (!order) return variant?.calculated_price ?? product.calculated_price;
  return shopperPrice(product, variant, order, store).price;
}
