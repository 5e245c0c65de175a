/**
 * Coupons of V2 and codes of V3 promotions, as far as a cart is concerned: may one be used, and what does it take off?
 * The words of refusals are adapted from the storefront's.
 */
import {
  promotionSettingsDefaults,
  type CartLineRow,
  type CartRow,
  type CouponRow,
  type PromotionRow,
} from '../../../fixtures/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { coupons } from '../marketing/coupons.v2.js';
import { promotionSettings } from '../marketing/promotion-settings.v3.js';
import { orderCoupons } from '../orders/order-rows.js';
import { orders } from '../orders/orders.v2.js';
import { priceCart } from './cart-prices.js';
import { promotionOfCode } from './cart-promotions.js';
import { allOf, amountOf, cents, currencySource } from './elsewhere.js';
import { isEligible } from './promotion-eligibility.js';

/** Kinds of coupons, in the order of the numbers that carts write. */
const KINDS = [
  'per_item_discount',
  'percentage_discount',
  'per_total_discount',
  'shipping_discount',
  'free_shipping',
  'promotion',
] as const;
export type CouponKind = (typeof KINDS)[number];

/** A coupon with what it takes off; of a code of a promotion, the rules of the promotion say so. */
export interface UsedCoupon {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** What it is called outside; what it does follows from `effect`. */
  readonly kind: CouponKind;
  readonly effect: CouponKind;
  readonly amount: number;
  readonly promotion?: PromotionRow;
  readonly source: Pick<CouponRow, 'max_uses' | 'max_uses_per_customer' | 'num_uses'> &
    Partial<
      Pick<CouponRow, 'enabled' | 'expires' | 'min_purchase' | 'applies_to' | 'restricted_to' | 'shipping_methods'>
    >;
}

export function kindNumber(kind: CouponKind): 0 | 1 | 2 | 3 | 4 | 5 {
  return KINDS.indexOf(kind) as 0 | 1 | 2 | 3 | 4 | 5;
}

/** The coupon of a code, whatever the case of its letters. */
export function findCoupon(code: string, store: Store): UsedCoupon | undefined {
  const rows = store.rows(coupons);
  const key = rows.keyByUnique('code', code.toLowerCase());
  const coupon = key === undefined ? undefined : rows.get(key);
  if (coupon && coupon.type !== 'promotion') {
    const { id, name, type, amount } = coupon;
    return { id, code: coupon.code, name, kind: type, effect: type, amount, source: coupon };
  }
  const found = promotionOfCode(code, store);
  if (!found) return undefined;
  const { row, promotion } = found;
  const { cart_value, cart_items } = promotion.rules[0]?.action ?? {};
  const { fixed_amount, percentage_amount } = (cart_value ?? cart_items)?.discount ?? {};
  return {
    id: row.id,
    code: row.code,
    name: promotion.display_name ?? promotion.name,
    kind: 'promotion',
    effect: 'promotion',
    amount: amountOf(percentage_amount ?? fixed_amount),
    promotion,
    source: { max_uses: row.max_uses, max_uses_per_customer: row.max_uses_per_customer, num_uses: row.current_uses },
  };
}

/** Does a coupon take something off a line? */
export function appliesTo({ source }: UsedCoupon, line: Pick<CartLineRow, 'product_id' | 'category_ids'>): boolean {
  const { entity, ids = [] } = source.applies_to ?? {};
  if (entity === 'products') return ids.includes(line.product_id);
  // Category 0 stands for all of them.
  if (entity === 'categories')
    return ids.length === 0 || ids.includes(0) || line.category_ids.some((id) => ids.includes(id));
  return true;
}

/** How many coupons a checkout takes, from the promotion settings; one unless these say more. */
function mostCoupons(store: Store): number {
  return (store.rows(promotionSettings).get(1) ?? promotionSettingsDefaults).number_of_coupons_allowed_at_checkout;
}

/** Does what a coupon asks of the address and the way hold? Where neither is known yet, it may be used already. */
export function isInForce({ source }: UsedCoupon, cart: CartRow): boolean {
  const { countries = [] } = source.restricted_to ?? {};
  const allowed = typeof countries === 'string' ? [countries].filter((code) => code !== '') : countries;
  const addresses = cart.consignments.flatMap(({ address }) => address ?? []);
  if (allowed.length > 0 && addresses.some(({ country_code }) => !allowed.includes(country_code))) return false;
  const methods = source.shipping_methods ?? [];
  if (methods.length === 0) return true;
  return cart.consignments.every(({ shipping_option }) => !shipping_option || methods.includes(shipping_option.type));
}

/**
 * The coupon of a code that may be used on a cart now.
 * @throws UnprocessableError in the storefront's words
 */
export function requireUsableCoupon(code: string, cart: CartRow, actor: Actor): UsedCoupon {
  const { store } = actor;
  const coupon = findCoupon(code, store);
  if (!coupon) throw refusal(`The coupon code "${code}" is not valid.`);
  const { source, promotion } = coupon;
  if (cart.coupons.some((used) => used.code === coupon.code)) throw refusal('The coupon code is in use already.');
  if (source.max_uses && source.num_uses >= source.max_uses) {
    throw refusal('This coupon has been used as often as it may be.');
  }
  if (source.max_uses_per_customer && usesOf(coupon.code, cart.customer_id, store) >= source.max_uses_per_customer) {
    throw refusal('This coupon has been used as often as one customer may use it.');
  }
  if (cart.coupons.length >= mostCoupons(store)) {
    throw refusal('The most coupons that one order may have are in use already.');
  }
  if (promotion) requireActingPromotion(coupon, promotion, cart, actor);
  else requireActingCoupon(coupon, cart, actor);
  return coupon;
}

/** Orders of a customer in which a code was used; those that were never finished do not count. */
function usesOf(code: string, customer_id: number, store: Store): number {
  if (customer_id === 0) return 0;
  const rows = store.rows(orders);
  const used = store.rows(orderCoupons);
  return rows
    .pick(rows.keysWhere('customer_id', customer_id))
    .filter(({ id, status_id }) => status_id !== 0 && used.rowsOf(id).some((row) => row.code === code)).length;
}

function requireActingCoupon(coupon: UsedCoupon, cart: CartRow, { store, at }: Actor): void {
  const { source } = coupon;
  if (source.enabled === false) throw refusal('This coupon is disabled.');
  if (source.expires && Date.parse(source.expires) < at) throw refusal('This coupon has expired.');
  const currency = allOf(store, currencySource).find(({ currency_code }) => currency_code === cart.currency_code);
  // Documented.
  if (currency?.is_default === false) throw refusal('Coupons only apply to default currency.');
  const eligible = cart.lines.filter((line) => appliesTo(coupon, line));
  if (eligible.length === 0 && cart.custom_items.length === 0)
    throw refusal('This coupon does not apply to any item in the cart.');
  const total = cents(cart.lines.reduce((sum, { list_price, quantity }) => sum + list_price * quantity, 0));
  const least = amountOf(source.min_purchase);
  if (total < least) throw refusal(`This coupon needs a purchase of ${least.toFixed(2)} or more.`);
  if (!isInForce(coupon, cart)) throw refusal('This coupon does not apply to this address or way of shipping.');
}

/** A code does something at once, or is refused. */
function requireActingPromotion({ id, code }: UsedCoupon, promotion: PromotionRow, cart: CartRow, actor: Actor): void {
  const { status, end_date, max_uses, current_uses } = promotion;
  if (status !== 'ENABLED') throw refusal('This coupon is disabled.');
  if (end_date && Date.parse(end_date) <= actor.at) throw refusal('This coupon has expired.');
  if (max_uses && current_uses >= max_uses) throw refusal('This coupon has been used as often as it may be.');
  if (!isEligible(promotion, cart, actor)) throw refusal('This coupon does not apply to this cart.');
  const { promotions } = priceCart({ ...cart, coupons: [...cart.coupons, { id, code }] }, actor);
  if (promotions.some((applied) => applied.code === code)) return;
  if (promotion.can_be_used_with_other_promotions === false && promotions.length > 0) {
    throw refusal('This coupon cannot be used together with other promotions.');
  }
  throw refusal('This coupon does not apply to any item in the cart.');
}

/** @throws NotFoundError when the cart does not use it */
export function withoutCoupon(cart: CartRow, code: string): CartRow {
  const coupons = cart.coupons.filter((used) => used.code.toLowerCase() !== code.toLowerCase());
  if (coupons.length === cart.coupons.length) throw new NotFoundError('The coupon code is not in use.');
  return { ...cart, coupons };
}

function refusal(title: string): UnprocessableError {
  return new UnprocessableError(title);
}
