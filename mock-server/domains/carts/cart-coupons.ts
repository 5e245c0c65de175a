/**
 * Coupons of V2 and codes of V3 promotions, as far as a cart is concerned: may one be used, and what does it take off?
 * The words of refusals are adapted from the storefront's.
 */
import type { CartLineRow, CartRow } from '../../../fixtures/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import {
  allOf,
  amountOf,
  cents,
  couponSource,
  promotionCodeSource,
  promotionSettingsSource,
  promotionSource,
  type CouponSource,
} from './elsewhere.js';

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

/** A coupon with what it takes off. */
export interface UsedCoupon {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  /** What it is called outside; what it does follows from `effect`. */
  readonly kind: CouponKind;
  readonly effect: Exclude<CouponKind, 'promotion'>;
  readonly amount: number;
  readonly source: Omit<CouponSource, 'id' | 'name' | 'code' | 'type'>;
}

export function kindNumber(kind: CouponKind): 0 | 1 | 2 | 3 | 4 | 5 {
  return KINDS.indexOf(kind) as 0 | 1 | 2 | 3 | 4 | 5;
}

/** The coupon of a code, whatever the case of its letters. */
export function findCoupon(code: string, store: Store): UsedCoupon | undefined {
  const folded = code.toLowerCase();
  const coupon = allOf(store, couponSource).find((row) => row.code.toLowerCase() === folded);
  if (coupon && coupon.type !== 'promotion') {
    const kind = KINDS.find((name) => name === coupon.type) ?? 'per_total_discount';
    return {
      id: coupon.id,
      code: coupon.code,
      name: coupon.name,
      kind,
      effect: kind === 'promotion' ? 'per_total_discount' : kind,
      amount: amountOf(coupon.amount),
      source: coupon,
    };
  }
  const found = allOf(store, promotionCodeSource).find((row) => row.code.toLowerCase() === folded);
  if (!found) return undefined;
  const parent = found.promotion_id ?? store.rows(promotionCodeSource).parentOf(found.id);
  const promotion = parent === undefined ? undefined : store.rows(promotionSource).get(parent);
  const action = promotion?.rules?.[0]?.action;
  const discount = action?.cart_value?.discount ?? action?.cart_items?.discount;
  const percentage = amountOf(discount?.percentage_amount);
  const isShipping = action?.shipping?.free_shipping === true;
  return {
    id: found.id,
    code: found.code,
    name: promotion?.name ?? found.code,
    kind: 'promotion',
    effect: isShipping ? 'free_shipping' : percentage > 0 ? 'percentage_discount' : 'per_total_discount',
    amount: percentage > 0 ? percentage : amountOf(discount?.fixed_amount),
    source: {
      enabled: promotion?.status !== 'DISABLED' && promotion?.status !== 'INVALID',
      max_uses: found.max_uses ?? 0,
      num_uses: found.current_uses ?? 0,
    },
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
  return allOf(store, promotionSettingsSource)[0]?.number_of_coupons_allowed_at_checkout ?? 1;
}

/**
 * The coupon of a code that may be used on a cart now.
 * @throws UnprocessableError in the storefront's words
 */
export function requireUsableCoupon(code: string, cart: CartRow, { store, at }: Actor): UsedCoupon {
  const coupon = findCoupon(code, store);
  if (!coupon) throw refusal(`The coupon code "${code}" is not valid.`);
  const { source } = coupon;
  if (cart.coupons.some((used) => used.code === coupon.code)) throw refusal('The coupon code is in use already.');
  if (source.enabled === false) throw refusal('This coupon is disabled.');
  if (source.expires && Date.parse(source.expires) < at) throw refusal('This coupon has expired.');
  if (source.max_uses && (source.num_uses ?? 0) >= source.max_uses) {
    throw refusal('This coupon has been used as often as it may be.');
  }
  const eligible = cart.lines.filter((line) => appliesTo(coupon, line));
  if (eligible.length === 0 && cart.custom_items.length === 0)
    throw refusal('This coupon does not apply to any item in the cart.');
  const total = cents(cart.lines.reduce((sum, { list_price, quantity }) => sum + list_price * quantity, 0));
  const least = amountOf(source.min_purchase);
  if (total < least) throw refusal(`This coupon needs a purchase of ${least.toFixed(2)} or more.`);
  if (cart.coupons.length >= mostCoupons(store)) {
    throw refusal('The most coupons that one order may have are in use already.');
  }
  return coupon;
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
