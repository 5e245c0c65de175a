/**
 * What a cart comes to: discounts, coupons, tax, shipping and fees, worked out afresh whenever one is shown
 *. Carts, checkouts, their storefront forms and orders all take their amounts from here.
 */
import type {
  CartConsignmentRow,
  CartCustomLineRow,
  CartFeeRow,
  CartLineRow,
  CartRow,
} from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { appliesTo, findCoupon, type UsedCoupon } from './cart-coupons.js';
import { taxesOf, type TaxShare } from './cart-tax.js';
import { cents } from './elsewhere.js';

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
  /** Its part of the discounts on the whole cart. */
  readonly cart_discount: number;
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
}

export interface CartPrices {
  readonly tax_included: boolean;
  readonly lines: ReadonlyMap<CartLineRow | CartCustomLineRow, LinePrices>;
  readonly consignments: readonly ConsignmentPrices[];
  readonly fees: readonly (Taxed & { readonly fee: CartFeeRow })[];
  /** Coupons with what each takes off in all, goods and shipping. */
  readonly coupons: readonly { readonly coupon: UsedCoupon; readonly amount: number }[];
  /** Lines before discounts on the cart, coupons and tax. */
  readonly base_amount: number;
  /** Discounts on the whole cart, without coupons. */
  readonly discount_amount: number;
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

export function priceCart(cart: CartRow, store: Store): CartPrices {
  const taxes = taxesOf(cart, store);
  const taxed = (amount: number, shares: readonly TaxShare[]): Taxed => {
    const rate = shares.reduce((sum, share) => sum + share.rate, 0);
    return taxes.isIncluded
      ? { ex: cents(amount / (1 + rate)), inc: cents(amount) }
      : { ex: cents(amount), inc: cents(amount * (1 + rate)) };
  };
  const all: (CartLineRow | CartCustomLineRow)[] = [...cart.lines, ...cart.custom_items];
  const sums = new Map(
    all.map((line) => {
      const discount = 'manual_discount' in line ? line.manual_discount : 0;
      return [line, Math.max(0, cents(line.list_price * line.quantity - discount))] as const;
    }),
  );
  const discount_amount = Math.min(
    cents(cart.manual_discounts.reduce((sum, amount) => sum + amount, 0)),
    cents([...sums.values()].reduce((sum, amount) => sum + amount, 0)),
  );
  const cartDiscounts = spread(discount_amount, sums);
  const left = new Map([...sums].map(([line, amount]) => [line, cents(amount - (cartDiscounts.get(line) ?? 0))]));
  const byCoupon = new Map(all.map((line) => [line, new Map<string, number>()]));
  const used = cart.coupons.flatMap(({ code }) => findCoupon(code, store) ?? []);
  const couponTotals = new Map<UsedCoupon, number>();
  for (const coupon of used) {
    const amounts = takenOff(coupon, sums);
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
  const note = (total: Taxed, shares: readonly TaxShare[]): void => {
    const rate = shares.reduce((sum, share) => sum + share.rate, 0);
    for (const { name, rate: own } of shares) {
      named.set(name, (named.get(name) ?? 0) + ((total.inc - total.ex) * own) / rate);
    }
  };

  const lines = new Map<CartLineRow | CartCustomLineRow, LinePrices>();
  for (const line of all) {
    const isProduct = 'product_id' in line;
    const shares = isProduct && !line.is_taxable ? [] : taxes.of(isProduct ? line.tax_class_id : CUSTOM_TAX_CLASS);
    const extended = sums.get(line) ?? 0;
    const total = taxed(left.get(line) ?? 0, shares);
    note(total, shares);
    const coupons = byCoupon.get(line) ?? new Map<string, number>();
    lines.set(line, {
      sale_price: line.quantity > 0 ? Number((extended / line.quantity).toFixed(4)) : 0,
      extended_list_price: cents(line.list_price * line.quantity),
      extended_sale_price: extended,
      cart_discount: cartDiscounts.get(line) ?? 0,
      coupon_amount: cents([...coupons.values()].reduce((sum, amount) => sum + amount, 0)),
      coupons,
      subtotal: taxed(extended, shares),
      total,
      taxes: shares,
    });
  }

  const consignments = cart.consignments.map((consignment): ConsignmentPrices => {
    const { shipping_option } = consignment;
    let cost = shipping_option?.cost ?? 0;
    const coupons = new Map<string, number>();
    for (const coupon of used) {
      const taken =
        coupon.effect === 'free_shipping'
          ? cost
          : coupon.effect === 'shipping_discount'
            ? Math.min(cost, coupon.amount)
            : 0;
      if (taken === 0) continue;
      cost = cents(cost - taken);
      coupons.set(coupon.code, taken);
      couponTotals.set(coupon, cents((couponTotals.get(coupon) ?? 0) + taken));
    }
    const shipping = taxed(cost, taxes.onShipping);
    const handling = taxed(shipping_option?.handling ?? 0, taxes.onShipping);
    note(shipping, taxes.onShipping);
    note(handling, taxes.onShipping);
    return { consignment, shipping, handling, coupons };
  });
  const fees = cart.fees.map((fee) => {
    const shares = fee.tax_class_id === null ? [] : taxes.of(fee.tax_class_id);
    const cost = taxed(fee.cost, shares);
    note(cost, shares);
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
    discount_amount,
    cart: cartTotal,
    subtotal: plus({ ex: certificates, inc: certificates }, ...goods.map(({ subtotal }) => subtotal)),
    shipping,
    handling,
    taxes: new Map([...named].map(([name, amount]) => [name, cents(amount)])),
    tax_total: cents(grand.inc - grand.ex),
    grand_total: grand.inc,
  };
}

/** What a coupon takes off each line, before anything else was taken off. */
function takenOff(
  coupon: UsedCoupon,
  sums: ReadonlyMap<CartLineRow | CartCustomLineRow, number>,
): ReadonlyMap<CartLineRow | CartCustomLineRow, number> {
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

/** Divides an amount among lines as their prices are; the last takes what rounding leaves. */
function spread<Line>(amount: number, sums: ReadonlyMap<Line, number>): ReadonlyMap<Line, number> {
  const total = [...sums.values()].reduce((sum, each) => sum + each, 0);
  const parts = new Map<Line, number>();
  if (total <= 0 || amount <= 0) return parts;
  let rest = cents(Math.min(amount, total));
  const entries = [...sums];
  entries.forEach(([line, sum], position) => {
    const part =
      position === entries.length - 1 ? rest : Math.min(rest, cents((Math.min(amount, total) * sum) / total));
    parts.set(line, part);
    rest = cents(rest - part);
  });
  return parts;
}

function plus(...amounts: readonly Taxed[]): Taxed {
  return {
    ex: cents(amounts.reduce((sum, { ex }) => sum + ex, 0)),
    inc: cents(amounts.reduce((sum, { inc }) => sum + inc, 0)),
  };
}
