/** A stored cart as its checkout shows it. Described in openapi/documents/checkouts/checkouts.v3.yaml. */
import type { CartAddressRow, CartLineRow, CartRow, CartShippingOptionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Actor } from '../../resources/define.js';
import { priceCart, type CartPrices } from '../carts/cart-prices.js';
import { discountOf, lineDiscounts, productItem } from '../carts/cart-view.js';
import { cents } from '../carts/elsewhere.js';
import { bannersOf } from '../carts/promotion-banners.js';
import { shippingOptionsOf } from './shipping-options.js';

type Schemas = components['schemas'];

/** @param include names of what is only there when asked for */
export function toCheckout(cart: CartRow, actor: Actor, include: readonly string[]): Schemas['Checkout'] {
  const prices = priceCart(cart, actor);
  const withOptions = include.includes('consignments.available_shipping_options');
  return {
    id: cart.id,
    cart: checkoutCart(cart, prices, actor, include),
    ...(cart.billing_address && { billing_address: addressOf(cart.billing_address) }),
    consignments: prices.consignments.map(({ consignment, shipping, handling, coupons, promotions }) => ({
      id: consignment.id,
      ...(consignment.address && {
        address: addressOf(consignment.address),
        shippingAddress: addressOf(consignment.address),
      }),
      ...(withOptions && {
        available_shipping_options: shippingOptionsOf(cart, consignment, actor.store).map(optionOf),
      }),
      ...(consignment.shipping_option && { selected_shipping_option: optionOf(consignment.shipping_option) }),
      ...(consignment.pickup_method_id !== undefined && {
        selected_pickup_option: { pickup_method_id: consignment.pickup_method_id },
      }),
      coupon_discounts: [...coupons].map(([code, amount]) => ({ code, amount })),
      discounts: [...promotions.keys()].map((id) => ({ id })),
      shipping_cost_inc_tax: shipping.inc,
      shipping_cost_ex_tax: shipping.ex,
      handling_cost_inc_tax: handling.inc,
      handling_cost_ex_tax: handling.ex,
      line_item_ids: consignment.line_items.map(({ item_id }) => item_id),
    })),
    coupons: couponsOf(prices),
    fees: prices.fees.map(({ fee, ex, inc }) => ({
      id: fee.id,
      type: fee.type,
      name: fee.name,
      display_name: fee.display_name,
      cost_inc_tax: inc,
      cost_ex_tax: ex,
      source: fee.source,
      tax_class_id: fee.tax_class_id,
    })),
    taxes: [...prices.taxes].map(([name, amount]) => ({ name, amount })),
    promotions: include.includes('promotions.banners') ? [{ banners: bannersOf(cart, prices, actor) }] : [],
    order_id: cart.order_id === undefined ? null : String(cart.order_id),
    shipping_cost_total_inc_tax: prices.shipping.inc,
    shipping_cost_total_ex_tax: prices.shipping.ex,
    handling_cost_total_inc_tax: prices.handling.inc,
    handling_cost_total_ex_tax: prices.handling.ex,
    tax_total: prices.tax_total,
    subtotal_inc_tax: prices.subtotal.inc,
    subtotal_ex_tax: prices.subtotal.ex,
    grand_total: prices.grand_total,
    customer_message: cart.customer_message,
    created_time: cart.created_time,
    updated_time: cart.updated_time,
    version: cart.version,
  };
}

function checkoutCart(
  cart: CartRow,
  prices: CartPrices,
  actor: Actor,
  include: readonly string[],
): Schemas['CheckoutCart'] {
  const line = (row: CartLineRow) => {
    const item = productItem(row, prices, actor);
    const price = prices.lines.get(row);
    return {
      ...item,
      parent_id: null,
      // Names that only carts have: undefined, they are not written.
      taxable: undefined,
      coupons: undefined,
      is_taxable: item.taxable,
      discounts: price ? lineDiscounts(row, price) : [],
      comparison_price: row.original_price,
      extended_comparison_price: cents(row.original_price * row.quantity),
      ...(include.includes(`cart.line_items.${row.kind}_items.options`) && { options: [...row.options] }),
    };
  };
  return {
    id: cart.id,
    customer_id: cart.customer_id,
    channel_id: cart.channel_id,
    email: cart.email,
    currency: { code: cart.currency_code },
    tax_included: prices.tax_included,
    base_amount: prices.base_amount,
    discount_amount: prices.discount_amount,
    cart_amount_inc_tax: prices.cart.inc,
    cart_amount_ex_tax: prices.cart.ex,
    coupons: couponsOf(prices),
    discounts: cart.lines.map((row) => ({ id: row.id, discounted_amount: discountOf(row, prices) })),
    line_items: {
      physical_items: cart.lines
        .filter(({ kind }) => kind === 'physical')
        .map((row) => ({
          ...line(row),
          gift_wrapping: row.gift_wrapping
            ? { ...row.gift_wrapping, amount_as_integer: Math.round(row.gift_wrapping.amount * 100) }
            : null,
        })),
      digital_items: cart.lines.filter(({ kind }) => kind === 'digital').map(line),
      gift_certificates: cart.gift_certificates.map((row) => ({ ...row, quantity: undefined, taxable: false })),
      custom_items: cart.custom_items.map((row) => ({
        ...row,
        extended_list_price: cents(row.list_price * row.quantity),
      })),
    },
    created_time: cart.created_time,
    updated_time: cart.updated_time,
  };
}

/** The number within the type's name, as checkouts write it: a text. */
function couponsOf({ coupons }: CartPrices): Schemas['CheckoutCoupon'][] {
  return coupons.map(({ coupon, amount }) => ({
    id: coupon.id,
    code: coupon.code,
    coupon_type: coupon.kind,
    display_name: coupon.name,
    discounted_amount: amount,
  }));
}

function addressOf(row: CartAddressRow): Schemas['CheckoutAddress'] & { email: string; country_code: string } {
  return { ...row, custom_fields: [...row.custom_fields] };
}

/** Handling has fields of its own: undefined, it is not written. */
function optionOf(option: CartShippingOptionRow): Schemas['CheckoutShippingOption'] {
  return { ...option, ...{ handling: undefined } };
}
