/** Lines of a cart as lines of the order that it becomes. */
import { orderProductDefaults, type CartLineRow, type CartRow, type OrderProductRow } from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import type { CartPrices, LinePrices } from '../carts/cart-prices.js';
import { cents } from '../carts/elsewhere.js';
import { promotions } from '../marketing/promotions.v3.js';
import { orderProducts } from '../orders/order-rows.js';

/** Amounts of a line before discounts of the cart, per piece and in all. */
function amountsOf(price: LinePrices, quantity: number, list_price: number) {
  const { ex, inc } = price.subtotal;
  const each = (amount: number): number => Number((amount / quantity).toFixed(4));
  return {
    quantity,
    base_price: list_price,
    price_ex_tax: each(ex),
    price_inc_tax: each(inc),
    price_tax: each(inc - ex),
    base_total: price.extended_list_price,
    total_ex_tax: ex,
    total_inc_tax: inc,
    total_tax: cents(inc - ex),
    discounted_total_inc_tax: price.total.inc,
  };
}

/** A product of the cart as a line of the order, with what was taken off it. */
export function addLine(
  order_id: number,
  line: CartLineRow,
  prices: CartPrices,
  order_address_id: number,
  { store }: Actor,
): void {
  const price = prices.lines.get(line);
  if (!price) return;
  const rows = store.rows(orderProducts);
  const id = rows.nextId();
  const applied_discounts: OrderProductRow['applied_discounts'] = [];
  for (const [code, amount] of price.coupons) {
    const coupon = prices.coupons.find((each) => each.coupon.code === code)?.coupon;
    applied_discounts.push({
      id: 'coupon',
      amount: amount.toFixed(4),
      name: coupon?.name ?? code,
      code,
      target: 'product',
    });
  }
  for (const [promotion, amount] of price.promotions) {
    applied_discounts.push(promotionDiscount(promotion, amount, 'product', store));
  }
  for (const [promotion, amount] of price.cart_promotions) {
    applied_discounts.push(promotionDiscount(promotion, amount, 'order', store));
  }
  const manual = cents(line.manual_discount + price.cart_discount);
  if (manual > 0) {
    applied_discounts.push({
      id: 'manual-discount',
      amount: manual.toFixed(4),
      name: 'Manual Discount',
      code: null,
      target: 'order',
    });
  }
  rows.insert(
    {
      ...orderProductDefaults,
      ...amountsOf(price, line.quantity, line.list_price),
      id,
      order_id,
      order_address_id,
      product_id: line.product_id,
      variant_id: line.variant_id,
      name: line.name,
      name_customer: line.name,
      name_merchant: line.name,
      sku: line.sku,
      type: line.kind,
      brand: line.brand,
      applied_discounts,
      product_options: line.options.map((option, position) => ({
        id: id * 100 + position,
        option_id: option.nameId,
        order_product_id: id,
        product_option_id: option.nameId,
        display_name: option.name,
        display_name_customer: option.name,
        display_name_merchant: option.name,
        display_value: option.value,
        display_value_customer: option.value,
        display_value_merchant: option.value,
        value: option.valueId > 0 ? String(option.valueId) : option.value,
        type: option.valueId > 0 ? ('Multiple choice' as const) : ('Text field' as const),
        name: option.name,
        display_style: '',
      })),
    },
    order_id,
  );
}

function promotionDiscount(
  id: number,
  amount: number,
  target: 'product' | 'order',
  store: Store,
): OrderProductRow['applied_discounts'][number] {
  const { display_name, name = '' } = store.rows(promotions).get(id) ?? {};
  return { id: String(id), amount: amount.toFixed(4), name: display_name ?? name, code: null, target };
}

/** Custom items are products that are not in the catalog; gift certificates are sold as lines of their own kind. */
export function addOtherLines(order_id: number, cart: CartRow, prices: CartPrices, { store }: Actor): void {
  const rows = store.rows(orderProducts);
  for (const item of cart.custom_items) {
    const price = prices.lines.get(item);
    if (!price) continue;
    const names = { name: item.name, name_customer: item.name, name_merchant: item.name };
    const amounts = amountsOf(price, item.quantity, item.list_price);
    rows.insert(
      { ...orderProductDefaults, ...names, ...amounts, id: rows.nextId(), order_id, sku: item.sku },
      order_id,
    );
  }
  for (const { name, amount, quantity } of cart.gift_certificates) {
    const total = cents(amount * quantity);
    rows.insert(
      {
        ...orderProductDefaults,
        id: rows.nextId(),
        order_id,
        name,
        name_customer: name,
        name_merchant: name,
        type: 'giftcertificate',
        quantity,
        base_price: amount,
        price_ex_tax: amount,
        price_inc_tax: amount,
        base_total: total,
        total_ex_tax: total,
        total_inc_tax: total,
        discounted_total_inc_tax: total,
      },
      order_id,
    );
  }
}
