/** A stored cart as the management API shows it. Described in openapi/documents/carts/carts.v3.yaml. */
import { defaultImageBase, type CartLineRow, type CartRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Actor } from '../../resources/define.js';
import { redirectUrls } from './cart-redirects.v3.js';
import { kindNumber } from './cart-coupons.js';
import { priceCart, type CartPrices, type LinePrices } from './cart-prices.js';
import { cents } from './elsewhere.js';
import { bannersOf } from './promotion-banners.js';
import { totalOf } from './spread.js';

type Schemas = components['schemas'];

/** @param include names of what is only there when asked for */
export function toCart(cart: CartRow, actor: Actor, include: readonly string[]): Schemas['Cart'] {
  const prices = priceCart(cart, actor);
  const line = (
    row: CartLineRow,
  ): Schemas['CartProductItem'] & Pick<Schemas['CartPhysicalItem'], 'variant_id' | 'product_id' | 'quantity'> => ({
    ...productItem(row, prices, actor),
    ...(include.includes(`line_items.${row.kind}_items.options`) && { options: [...row.options] }),
  });
  return {
    id: cart.id,
    customer_id: cart.customer_id,
    channel_id: cart.channel_id,
    email: cart.email,
    currency: { code: cart.currency_code },
    tax_included: prices.tax_included,
    base_amount: prices.base_amount,
    discount_amount: prices.discount_amount,
    manual_discount_amount: prices.manual_discount_amount,
    cart_amount: prices.cart.inc,
    coupons: prices.coupons.map(({ coupon, amount }) => ({
      id: String(coupon.id),
      code: coupon.code,
      coupon_type: String(kindNumber(coupon.kind)) as '0',
      display_name: coupon.name,
      discounted_amount: amount,
    })),
    discounts: cart.lines.map(({ id }, position) => ({
      id,
      discounted_amount: discountOf(cart.lines[position], prices),
    })),
    line_items: {
      physical_items: cart.lines
        .filter(({ kind }) => kind === 'physical')
        .map((row) => ({ ...line(row), ...(row.gift_wrapping && { gift_wrapping: row.gift_wrapping }) })),
      digital_items: cart.lines
        .filter(({ kind }) => kind === 'digital')
        .map((row) => ({ ...line(row), download_file_urls: [], download_page_url: '', download_size: '' })),
      gift_certificates: cart.gift_certificates.map((row) => ({ ...row, taxable: false })),
      custom_items: cart.custom_items.map((row) => ({
        ...row,
        // The description of carts has them as texts, that of checkouts as numbers.
        quantity: String(row.quantity),
        list_price: String(row.list_price),
        image_url: row.image_url || withoutPicture(actor.store.hash),
        extended_list_price: cents(row.list_price * row.quantity),
      })),
    },
    ...(include.includes('redirect_urls') && { redirect_urls: redirectUrls(cart, actor) }),
    ...(include.includes('promotions.banners') && { promotions: { banners: bannersOf(cart, prices, actor)[0] ?? {} } }),
    created_time: cart.created_time,
    updated_time: cart.updated_time,
    locale: cart.locale,
    version: cart.version,
  };
}

/** What every form of a cart says of a product, in the words of this API. */
export function productItem(row: CartLineRow, { lines, coupons }: CartPrices, { store }: Actor) {
  const price = lines.get(row);
  if (!price) throw new Error(`line ${row.id} was not priced`);
  return {
    id: row.id,
    variant_id: row.variant_id,
    product_id: row.product_id,
    sku: row.sku,
    name: row.name,
    url: `https://store-${store.hash}.mybigcommerce.com${row.url}`,
    quantity: row.quantity,
    taxable: row.is_taxable,
    image_url: row.image_url || withoutPicture(store.hash),
    discounts: lineDiscounts(row, price),
    coupons: lineCoupons(price, coupons),
    discount_amount: withoutCoupons(row, price),
    coupon_amount: price.coupon_amount,
    original_price: row.original_price,
    list_price: row.list_price,
    sale_price: price.sale_price,
    extended_list_price: price.extended_list_price,
    extended_sale_price: price.extended_sale_price,
    is_require_shipping: row.kind === 'physical',
    is_mutable: row.added_by_promotion === undefined,
    added_by_promotion: row.added_by_promotion !== undefined,
  };
}

type LineCoupon = Extract<Schemas['CartPhysicalItem']['coupons'], readonly unknown[]>[number];

/** Coupons as a line has them; codes of promotions have no number for what they do. */
function lineCoupons(price: LinePrices, coupons: CartPrices['coupons']): LineCoupon[] {
  return [...price.coupons].map(([code, totalDiscount]) => {
    const coupon = coupons.find((used) => used.coupon.code === code)?.coupon;
    if (!coupon) return { code, totalDiscount };
    const { id, name, kind, amount } = coupon;
    const { expires } = coupon.source;
    return {
      id,
      code,
      name,
      ...(kind !== 'promotion' && { discountType: kindNumber(kind) as 0 }),
      // Described as a whole number.
      ...(Number.isInteger(amount) && { discountAmount: amount }),
      expiresDate: expires ? Math.floor(Date.parse(expires) / 1000) : 0,
      totalDiscount,
    };
  });
}

/** What is shown of goods that have no picture: the address must be one (described). */
function withoutPicture(hash: string): string {
  return `${defaultImageBase(hash)}/images/no-picture.png`;
}

/** Observed: what coupons take off a line stands under the name `coupon`; what promotions do, under their ids. */
export function lineDiscounts(row: CartLineRow, price: LinePrices): { id: string; discounted_amount: number }[] {
  return [
    ...(row.manual_discount > 0 ? [{ id: 'manual-discount', discounted_amount: row.manual_discount }] : []),
    ...(price.cart_discount > 0 ? [{ id: 'order-discount', discounted_amount: price.cart_discount }] : []),
    ...[...price.promotions, ...price.cart_promotions].map(([id, amount]) => ({
      id: String(id),
      discounted_amount: amount,
    })),
    ...(price.coupon_amount > 0 ? [{ id: 'coupon', discounted_amount: price.coupon_amount }] : []),
  ];
}

export function discountOf(row: CartLineRow | undefined, { lines }: CartPrices): number {
  const price = row && lines.get(row);
  return price ? cents(withoutCoupons(row, price) + price.coupon_amount) : 0;
}

/** Discounts by hand and by promotions. */
function withoutCoupons(row: CartLineRow, price: LinePrices): number {
  return cents(row.manual_discount + price.cart_discount + totalOf(price.promotions) + totalOf(price.cart_promotions));
}
