/**
 * The order that a checkout becomes: incomplete until it is paid, with lines, addresses, coupons, fees and taxes as the
 * checkout has them. The cart stays.
 */
import {
  orderDefaults,
  orderFeeDefaults,
  orderShippingAddressDefaults,
  type CartAddressRow,
  type CartRow,
  type OrderAddressRow,
  type OrderRow,
} from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import { catalogDate } from '../../state/clock.js';
import { carts } from '../carts/carts.v3.js';
import { kindNumber } from '../carts/cart-coupons.js';
import { refusal } from '../carts/cart-lines.js';
import { priceCart, type CartPrices } from '../carts/cart-prices.js';
import { allOf, cents, currencySource } from '../carts/elsewhere.js';
import { noteCredit, type OrderCredit } from '../marketing/certificate-uses.js';
import { notePromotions } from '../marketing/promotion-uses.js';
import { orderCoupons, orderFees, orderShippingAddresses, orderTaxes } from '../orders/order-rows.js';
import { creditOf, type Credit } from '../storefront/storefront-view.js';
import { addLine, addOtherLines } from './checkout-order-lines.js';
import { orderSource } from './order-source.js';

/** Status of an order until it is paid. */
export const INCOMPLETE = 0;

/** Countries whose addresses have a state, and those that have a postal code (assumed). */
const WITH_STATE = new Set(['US', 'CA', 'AU']);
const WITH_POSTAL_CODE = new Set(['US', 'CA', 'AU', 'GB', 'DE', 'FR', 'NL']);

/** @throws UnprocessableError with the documented title for a checkout that is not complete; gives the order's id */
export function placeOrder(cart: CartRow, actor: Actor): number {
  requireComplete(cart);
  const { store, at } = actor;
  const prices = priceCart(cart, actor);
  const orders = store.rows(orderSource);
  const id = Math.max(orders.nextId(), 100);
  const credit = creditOf(cart, prices.grand_total, actor);
  const used = cents(credit.certificates.reduce((sum, certificate) => sum + certificate.used, 0));
  const order = {
    ...orderOf(id, cart, prices, actor),
    gift_certificate_amount: used,
    store_credit_amount: credit.storeCredit,
  };
  orders.insert(order);
  const addressIds = addShippingAddresses(id, cart, prices, actor);
  for (const line of cart.lines) {
    const consignment = cart.consignments.find(({ line_items }) =>
      line_items.some(({ item_id }) => item_id === line.id),
    );
    addLine(id, line, prices, addressIds.get(consignment?.id ?? '') ?? 0, actor);
  }
  addOtherLines(id, cart, prices, actor);
  for (const { coupon, amount } of prices.coupons) {
    const rows = store.rows(orderCoupons);
    rows.insert(
      {
        id: rows.nextId(),
        coupon_id: coupon.id,
        order_id: id,
        code: coupon.code,
        amount: coupon.amount,
        type: kindNumber(coupon.kind),
        discount: amount,
      },
      id,
    );
  }
  for (const { fee, ex, inc } of prices.fees) {
    const rows = store.rows(orderFees);
    rows.insert(
      {
        ...orderFeeDefaults,
        id: rows.nextId(),
        display_name_customer: fee.display_name,
        display_name_merchant: fee.name,
        source: fee.source,
        base_cost: fee.cost,
        cost_ex_tax: ex,
        cost_inc_tax: inc,
        cost_tax: cents(inc - ex),
        tax_class_id: fee.tax_class_id,
        order_id: id,
      },
      id,
    );
  }
  for (const [name, amount] of prices.taxes) {
    const rows = store.rows(orderTaxes);
    rows.insert(
      {
        id: rows.nextId(),
        order_id: id,
        order_address_id: [...addressIds.values()][0] ?? 0,
        order_pickup_method_id: 0,
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- every row has it still
        tax_rate_id: 0,
        sales_tax_id: '',
        tax_class_id: 0,
        name,
        class: 'Default Tax Class',
        rate:
          prices.cart.ex > 0 ? Number(((100 * amount) / (prices.grand_total - prices.tax_total || 1)).toFixed(4)) : 0,
        priority: 1,
        priority_amount: amount,
        line_amount: amount,
        order_product_id: 0,
        line_item_type: 'item',
      },
      id,
    );
  }
  noteCredit(id, creditFor(cart, credit), actor);
  notePromotions(
    id,
    prices.promotions.map(({ promotion }) => promotion.id),
    actor,
  );
  store.rows(carts).replace({ ...cart, order_id: id, updated_time: catalogDate(at) });
  return id;
}

/** @throws UnprocessableError: both titles are documented, the second in a newer text */
function requireComplete(cart: CartRow): void {
  if (!cart.billing_address || !isComplete(cart.billing_address)) {
    throw refusal('A billing address for this order is incomplete');
  }
  const sent = new Map<string, number>();
  for (const { address, line_items, shipping_option, pickup_method_id } of cart.consignments) {
    const isReady = pickup_method_id !== undefined || (address && isComplete(address) && shipping_option);
    if (!isReady) throw refusal('A shipping address for this order is incomplete');
    for (const { item_id, quantity } of line_items) sent.set(item_id, (sent.get(item_id) ?? 0) + quantity);
  }
  for (const { id, kind, quantity } of cart.lines) {
    if (kind === 'physical' && (sent.get(id) ?? 0) < quantity) {
      throw refusal('A shipping address for this order is incomplete');
    }
  }
}

function isComplete(address: CartAddressRow): boolean {
  const { first_name, last_name, address1, city, country_code, postal_code } = address;
  if (![first_name, last_name, address1, city, country_code].every((text) => text !== '')) return false;
  if (WITH_STATE.has(country_code) && address.state_or_province === '' && address.state_or_province_code === '')
    return false;
  return !WITH_POSTAL_CODE.has(country_code) || postal_code !== '';
}

function orderOf(id: number, cart: CartRow, prices: CartPrices, { store, at }: Actor): OrderRow {
  const { subtotal, shipping, handling } = prices;
  const now = catalogDate(at);
  const currency = allOf(store, currencySource).find(({ currency_code }) => currency_code === cart.currency_code);
  const isDigital = cart.lines.every(({ kind }) => kind === 'digital') && cart.custom_items.length === 0;
  return {
    ...orderDefaults,
    id,
    customer_id: cart.customer_id,
    date_created: now,
    date_modified: now,
    status_id: INCOMPLETE,
    cart_id: cart.id,
    subtotal_ex_tax: subtotal.ex,
    subtotal_inc_tax: subtotal.inc,
    subtotal_tax: cents(subtotal.inc - subtotal.ex),
    base_shipping_cost: prices.tax_included ? shipping.inc : shipping.ex,
    shipping_cost_ex_tax: shipping.ex,
    shipping_cost_inc_tax: shipping.inc,
    shipping_cost_tax: cents(shipping.inc - shipping.ex),
    base_handling_cost: prices.tax_included ? handling.inc : handling.ex,
    handling_cost_ex_tax: handling.ex,
    handling_cost_inc_tax: handling.inc,
    handling_cost_tax: cents(handling.inc - handling.ex),
    total_ex_tax: cents(prices.grand_total - prices.tax_total),
    total_inc_tax: prices.grand_total,
    total_tax: prices.tax_total,
    items_total: [...cart.lines, ...cart.custom_items, ...cart.gift_certificates].reduce(
      (sum, line) => sum + line.quantity,
      0,
    ),
    payment_method: '',
    order_is_digital: isDigital,
    currency_id: currency?.id ?? 1,
    currency_code: cart.currency_code,
    default_currency_code: cart.currency_code,
    customer_message: cart.customer_message,
    discount_amount: prices.discount_amount,
    coupon_discount: cents(prices.coupons.reduce((sum, { amount }) => sum + amount, 0)),
    shipping_address_count: cart.consignments.filter(({ address }) => address).length,
    billing_address: cart.billing_address
      ? { ...addressOf(cart.billing_address), email: cart.billing_address.email || cart.email, form_fields: [] }
      : orderDefaults.billing_address,
    order_source: cart.origin === 'storefront' ? 'www' : 'checkout_api',
    channel_id: cart.channel_id,
    customer_locale: cart.locale,
    is_tax_inclusive_pricing: prices.tax_included,
    store_hash: store.hash,
  };
}

function addressOf(row: CartAddressRow): OrderAddressRow {
  return {
    first_name: row.first_name,
    last_name: row.last_name,
    company: row.company,
    street_1: row.address1,
    street_2: row.address2,
    city: row.city,
    state: row.state_or_province || row.state_or_province_code,
    zip: row.postal_code,
    country: row.country,
    country_iso2: row.country_code,
    phone: row.phone,
    email: row.email,
  };
}

/** Ids of the addresses by consignment. */
function addShippingAddresses(
  order_id: number,
  cart: CartRow,
  prices: CartPrices,
  { store }: Actor,
): ReadonlyMap<string, number> {
  const rows = store.rows(orderShippingAddresses);
  const ids = new Map<string, number>();
  for (const { consignment, shipping, handling } of prices.consignments) {
    const { id, address, line_items, shipping_option } = consignment;
    if (!address) continue;
    const row = {
      ...orderShippingAddressDefaults,
      ...addressOf(address),
      id: rows.nextId(),
      order_id,
      items_total: line_items.reduce((sum, { quantity }) => sum + quantity, 0),
      base_cost: prices.tax_included ? shipping.inc : shipping.ex,
      cost_ex_tax: shipping.ex,
      cost_inc_tax: shipping.inc,
      cost_tax: cents(shipping.inc - shipping.ex),
      base_handling_cost: prices.tax_included ? handling.inc : handling.ex,
      handling_cost_ex_tax: handling.ex,
      handling_cost_inc_tax: handling.inc,
      handling_cost_tax: cents(handling.inc - handling.ex),
      shipping_method: shipping_option?.description ?? '',
      store_hash: store.hash,
    };
    rows.insert(row, order_id);
    ids.set(id, row.id);
  }
  return ids;
}

/** What the checkout pays with beside money, and the certificates that it buys. */
function creditFor(cart: CartRow, { certificates, storeCredit }: Credit): OrderCredit {
  return {
    certificates: certificates.filter(({ used }) => used > 0).map(({ code, used }) => ({ code, amount: used })),
    store_credit: storeCredit,
    bought: cart.gift_certificates,
  };
}
