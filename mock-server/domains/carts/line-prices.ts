/** Prices of the lines of a cart: they follow the customer, the channel, the currency and the quantity. */
import { toCents, type CartLineRow, type CartRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { bulkPricingRules } from '../catalog/product-bulk-pricing-rules.v3.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';
import { exchangeRate } from '../orders/order-currency.js';
import { modifierExtra } from '../pricing/modifier-extra.js';
import { inQuantity, shopperPrice } from '../pricing/shopper-price.js';
import { cents } from './elsewhere.js';

/**
 * A cart whose lines cost what they cost now. Prices that the client set stay. Quantities of a product count over all its
 * lines, and what modifiers add is added last (both assumed).
 */
export function repriced(cart: CartRow, store: Store): CartRow {
  const quantities = new Map<number, number>();
  for (const { product_id, quantity } of cart.lines) {
    quantities.set(product_id, (quantities.get(product_id) ?? 0) + quantity);
  }
  return { ...cart, lines: cart.lines.map((line) => priced(line, cart, quantities.get(line.product_id) ?? 0, store)) };
}

function priced(line: CartLineRow, cart: CartRow, quantity: number, store: Store): CartLineRow {
  const product = store.rows(products).get(line.product_id);
  if (!product) return line;
  const variant = store.rows(variants).get(line.variant_id);
  const { original, price, tiers } = shopperPrice(product, variant, cart, store);
  const rules = tiers ?? inCurrency(store.rows(bulkPricingRules).rowsOf(product.id), cart.currency_code, store);
  const rate = exchangeRate(cart.currency_code, store);
  // The catalog may have four decimals; what is converted has two.
  const money = rate === 1 ? toCents : cents;
  const list_price = money(inQuantity(price, quantity, rules) + modifierExtra(product, chosenBy(line), store) * rate);
  return {
    ...line,
    original_price: money(original),
    list_price: line.has_own_price ? line.list_price : list_price,
  };
}

/** Rules of the catalog are in the store's own currency. */
function inCurrency<Rule extends { readonly type: string; readonly amount: number | string }>(
  rules: readonly Rule[],
  currency_code: string,
  store: Store,
): Rule[] {
  const rate = exchangeRate(currency_code, store);
  return rules.map((rule) => (rule.type === 'percent' ? rule : { ...rule, amount: Number(rule.amount) * rate }));
}

function chosenBy({ options }: CartLineRow): ReadonlyMap<number, number> {
  return new Map(options.map(({ nameId, valueId }) => [nameId, valueId]));
}
