/**
 * What a cart comes to: discounts, coupons, tax, shipping and fees, worked out afresh whenever one is shown
 *. Carts, checkouts, their storefront forms and orders all take their amounts from here.
 */
import type { CartConsignmentRow, CartFeeRow, CartRow } from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { shippingZoneOf } from '../checkouts/shipping-options.js';
import { splitPrice, UNTAXED, type ClassTax, type TaxShare } from '../tax/class-tax.js';
import { appliesTo, findCoupon, isInForce, type UsedCoupon } from './cart-coupons.js';
import { appliedPromotions, type AppliedPromotion, type Line } from './cart-promotions.js';
import { taxesOf } from './cart-tax.js';
import { cents } from './elsewhere.js';
import { spread, totalOf } from './spread.js';

/** An amount without and with tax. */
export interface Taxed {
  readonly ex: number;
  readonly inc: number;
}

export interface LinePrices {
  /** Of one piece, after discounts on the line. */
  readonly sale_price: number;
  readonly extended_list_price: number;
  readonly extended_sale_price: number;
  /** What automatic promotions take off this line, by promotion. */
  readonly promotions: ReadonlyMap<number, number>;
  /** Its part of the discounts by hand on the whole cart. */
  readonly cart_discount: number;
  /** Its part of what automatic promotions take off the whole cart, by promotion. */
  readonly cart_promotions: ReadonlyMap<number, number>;
  readonly coupon_amount: number;
  /** What is taken off by each coupon, by code. */
  readonly coupons: ReadonlyMap<string, number>;
  /** The whole quantity, before discounts on the cart and coupons. */
  readonly subtotal: Taxed;
  /** The whole quantity, after all discounts. */
  readonly total: Taxed;
  readonly taxes: readonly TaxShare[];
}

export interface ConsignmentPrices {
  readonly consignment: CartConsignmentRow;
  readonly shipping: Taxed;
  readonly handling: Taxed;
  readonly coupons: ReadonlyMap<string, number>;
  /** What automatic promotions take off the way, by promotion. */
  readonly promotions: ReadonlyMap<number, number>;
}

export interface CartPrices {
  readonly tax_included: boolean;
  readonly lines: ReadonlyMap<Line, LinePrices>;
  readonly consignments: readonly ConsignmentPrices[];
  readonly fees: readonly (Taxed & { readonly fee: CartFeeRow })[];
  /** Coupons with what each takes off in all, goods and shipping. */
  readonly coupons: readonly { readonly coupon: UsedCoupon; readonly amount: number }[];
  /** Lines before discounts on the cart, coupons and tax. */
  readonly base_amount: number;
  /** Promotions that act on the cart, those by coupon too. */
  readonly promotions: readonly AppliedPromotion[];
  /** Discounts on the whole cart, without coupons. */
  readonly discount_amount: number;
  /** The part of it that was given by hand. */
  readonly manual_discount_amount: number;
  readonly cart: Taxed;
  readonly subtotal: Taxed;
  readonly shipping: Taxed;
  readonly handling: Taxed;
  readonly taxes: ReadonlyMap<string, number>;
  readonly tax_total: number;
  readonly grand_total: number;
}

/** Custom items are taxed as what the default class holds (assumed). */
const CUSTOM_TAX_CLASS = 0;

export function priceCart(cart: CartRow, instant: Pick<Actor, 'store' | 'at'>): CartPrices {
  const { store } = instant;
  const taxes = taxesOf(cart, store);
  const taxed = (amount: number, tax: ClassTax): Taxed => {
    const { ex, inc } = splitPrice(amount, tax);
    return { ex: cents(ex), inc: cents(inc) };
  };
  const all: Line[] = [...cart.lines, ...cart.custom_items];
  const listed = new Map(
    all.map((line) => {
      const discount = 'manual_discount' in line ? line.manual_discount : 0;
      return [line, Math.max(0, cents(line.list_price * line.quantity - discount))] as const;
    }),
  );
  const promotions = appliedPromotions(cart, listed, instant);
  const onItems = promotionsOn(all, listed, promotions);
  const sums = new Map(
    [...listed].map(([line, amount]) => [line, cents(amount - totalOf(onItems.get(line) ?? NONE))] as const),
  );
  const manual_discount_amount = Math.min(
    cents(cart.manual_discounts.reduce((sum, amount) => sum + amount, 0)),
    totalOf(sums),
  );
  const byHand = spread(manual_discount_amount, sums);
  const onCart = new Map(all.map((line) => [line, automaticOn(line, promotions)] as const));
  const left = new Map(
    [...sums].map(([line, amount]) => {
      const taken = (byHand.get(line) ?? 0) + totalOf(onCart.get(line) ?? NONE);
      return [line, cents(amount - taken)] as const;
    }),
  );
  const promotionTotal = cents([...onCart.values()].reduce((sum, amounts) => sum + totalOf(amounts), 0));
  const discount_amount = cents(manual_discount_amount + promotionTotal);
  const byCoupon = new Map(all.map((line) => [line, new Map<string, number>()]));
  const used = cart.coupons.flatMap(({ code }) => findCoupon(code, store) ?? []);
  const couponTotals = new Map<UsedCoupon, number>();
  for (const coupon of used) {
    const amounts = takenOff(coupon, sums, cart, promotions);
    let total = 0;
    for (const [line, amount] of amounts) {
      const taken = Math.min(amount, left.get(line) ?? 0);
      left.set(line, cents((left.get(line) ?? 0) - taken));
      if (taken > 0) byCoupon.get(line)?.set(coupon.code, taken);
      total += taken;
    }
    couponTotals.set(coupon, cents(total));
  }

  const named = new Map<string, number>();
  const note = (total: Taxed, { shares }: ClassTax): void => {
    const rate = shares.reduce((sum, share) => sum + share.rate, 0);
    for (const { name, rate: own } of shares) {
      named.set(name, (named.get(name) ?? 0) + ((total.inc - total.ex) * own) / rate);
    }
  };

  const lines = new Map<Line, LinePrices>();
  for (const line of all) {
    const isProduct = 'product_id' in line;
    const tax = isProduct && !line.is_taxable ? UNTAXED : taxes.of(isProduct ? line.tax_class_id : CUSTOM_TAX_CLASS);
    const extended = sums.get(line) ?? 0;
    const total = taxed(left.get(line) ?? 0, tax);
    note(total, tax);
    const coupons = byCoupon.get(line) ?? new Map<string, number>();
    lines.set(line, {
      sale_price: line.quantity > 0 ? Number((extended / line.quantity).toFixed(4)) : 0,
      extended_list_price: cents(line.list_price * line.quantity),
      extended_sale_price: extended,
      promotions: onItems.get(line) ?? NONE,
      cart_discount: byHand.get(line) ?? 0,
      cart_promotions: onCart.get(line) ?? NONE,
      coupon_amount: cents([...coupons.values()].reduce((sum, amount) => sum + amount, 0)),
      coupons,
      subtotal: taxed(extended, tax),
      total,
      taxes: tax.shares,
    });
  }

  const consignments = cart.consignments.map((consignment): ConsignmentPrices => {
    const { shipping_option } = consignment;
    let cost = shipping_option?.cost ?? 0;
    const free = new Map<number, number>();
    const coupons = new Map<string, number>();
    for (const { promotion, code, zones } of promotions) {
      if (cost === 0 || !isFreeWay(zones, consignment, store)) continue;
      if (code === undefined) free.set(promotion.id, cost);
      else noteCoupon(code, cost);
      cost = 0;
    }
    for (const coupon of used.filter((each) => isInForce(each, cart))) {
      const taken = Math.min(cost, offShipping(coupon));
      if (taken > 0) noteCoupon(coupon.code, taken);
      cost = cents(cost - taken);
    }
    const shipping = taxed(cost, taxes.onShipping);
    const handling = taxed(shipping_option?.handling ?? 0, taxes.onShipping);
    note(shipping, taxes.onShipping);
    note(handling, taxes.onShipping);
    return { consignment, shipping, handling, coupons, promotions: free };

    function noteCoupon(code: string, amount: number): void {
      const coupon = used.find((each) => each.code === code);
      if (coupon) couponTotals.set(coupon, cents((couponTotals.get(coupon) ?? 0) + amount));
      coupons.set(code, amount);
    }
  });
  const fees = cart.fees.map((fee) => {
    const tax = fee.tax_class_id === null ? UNTAXED : taxes.of(fee.tax_class_id);
    const cost = taxed(fee.cost, tax);
    note(cost, tax);
    return { ...cost, fee };
  });

  const certificates = cart.gift_certificates.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0);
  const goods = [...lines.values()];
  const cartTotal = plus({ ex: certificates, inc: certificates }, ...goods.map(({ total }) => total));
  const shipping = plus(...consignments.map((each) => each.shipping));
  const handling = plus(...consignments.map((each) => each.handling));
  const feeTotal = plus(...fees);
  const grand = plus(cartTotal, shipping, handling, feeTotal);
  return {
    tax_included: taxes.isIncluded,
    lines,
    consignments,
    fees,
    coupons: used.map((coupon) => ({ coupon, amount: couponTotals.get(coupon) ?? 0 })),
    base_amount: cents(goods.reduce((sum, line) => sum + line.extended_list_price, certificates)),
    promotions,
    discount_amount,
    manual_discount_amount,
    cart: cartTotal,
    subtotal: plus({ ex: certificates, inc: certificates }, ...goods.map(({ subtotal }) => subtotal)),
    shipping,
    handling,
    taxes: new Map([...named].map(([name, amount]) => [name, cents(amount)])),
    tax_total: cents(grand.inc - grand.ex),
    grand_total: grand.inc,
  };
}

const NONE: ReadonlyMap<number, number> = new Map();

/** What automatic promotions take off single lines, by line. What they added themselves costs nothing. */
function promotionsOn(
  all: readonly Line[],
  sums: ReadonlyMap<Line, number>,
  promotions: readonly AppliedPromotion[],
): ReadonlyMap<Line, ReadonlyMap<number, number>> {
  return new Map(
    all.map((line) => {
      if ('added_by_promotion' in line && line.added_by_promotion !== undefined) {
        return [line, new Map([[line.added_by_promotion, sums.get(line) ?? 0]])];
      }
      return [line, amountsOn(line, promotions, ({ onItems }) => onItems)];
    }),
  );
}

function automaticOn(line: Line, promotions: readonly AppliedPromotion[]): ReadonlyMap<number, number> {
  return amountsOn(line, promotions, ({ onCart }) => onCart);
}

function amountsOn(
  line: Line,
  promotions: readonly AppliedPromotion[],
  amounts: (promotion: AppliedPromotion) => ReadonlyMap<Line, number>,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const each of promotions) {
    const amount = amounts(each).get(line) ?? 0;
    if (each.code === undefined && amount > 0) found.set(each.promotion.id, amount);
  }
  return found;
}

/** What a coupon takes off each line, before coupons of other codes. */
function takenOff(
  coupon: UsedCoupon,
  sums: ReadonlyMap<Line, number>,
  cart: CartRow,
  promotions: readonly AppliedPromotion[],
): ReadonlyMap<Line, number> {
  if (coupon.kind === 'promotion') return takenOffByCode(coupon.code, promotions);
  if (!isInForce(coupon, cart)) return new Map();
  const eligible = new Map([...sums].filter(([line]) => !('product_id' in line) || appliesTo(coupon, line)));
  switch (coupon.effect) {
    case 'per_item_discount':
      return new Map(
        [...eligible].map(([line, sum]) => [line, Math.min(sum, cents(coupon.amount * line.quantity))] as const),
      );
    case 'percentage_discount':
      return new Map([...eligible].map(([line, sum]) => [line, cents((sum * coupon.amount) / 100)] as const));
    case 'per_total_discount':
      return spread(coupon.amount, eligible);
    default:
      return new Map();
  }
}

function takenOffByCode(code: string, promotions: readonly AppliedPromotion[]): ReadonlyMap<Line, number> {
  const amounts = new Map<Line, number>();
  for (const { onItems, onCart } of promotions.filter((each) => each.code === code)) {
    for (const [line, amount] of [...onItems, ...onCart]) amounts.set(line, cents((amounts.get(line) ?? 0) + amount));
  }
  return amounts;
}

/** What a coupon takes off a way that costs enough. */
function offShipping({ effect, amount }: UsedCoupon): number {
  return effect === 'free_shipping' ? Infinity : effect === 'shipping_discount' ? amount : 0;
}

function isFreeWay(zones: AppliedPromotion['zones'], { address }: CartConsignmentRow, store: Store): boolean {
  if (zones === undefined || zones === '*') return zones === '*';
  const zone = address && shippingZoneOf(address, store);
  return zone !== undefined && zones.includes(zone.id);
}

function plus(...amounts: readonly Taxed[]): Taxed {
  return {
    ex: cents(amounts.reduce((sum, { ex }) => sum + ex, 0)),
    inc: cents(amounts.reduce((sum, { inc }) => sum + inc, 0)),
  };
}
