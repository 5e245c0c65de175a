/**
 * What the rules of one promotion do to a cart: their conditions in turn until one holds and its action finds something
 * to take off (documented: the rules after it are skipped). Nothing here knows of other promotions.
 */
import type { CartLineRow, PromotionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Store } from '../../state/store.js';
import { amountOf, cents } from './elsewhere.js';
import { isOnSale, matchesItem, onlyProduct } from './promotion-items.js';
import { spread } from './spread.js';

type Schemas = components['schemas'];
export type PromotionRule = PromotionRow['rules'][number];
type CartCondition = Schemas['PromotionCartCondition'];
type Strategy = NonNullable<Schemas['PromotionStrategy']>;

/** A product of the cart with what one piece costs. */
export interface BasketLine {
  readonly row: CartLineRow;
  readonly unit: number;
}

/** What a promotion finds in a cart: all but what promotions added. */
export interface Basket {
  readonly lines: readonly BasketLine[];
  /** Products and custom items together. */
  readonly total: number;
  readonly store: Store;
  /** Lines whose price the client set take part in discounts on products. */
  readonly withOwnPrices: boolean;
  /** Lines that cost nothing count in conditions. */
  readonly withFreeLines: boolean;
  /** What one unit of the promotion's money is in the cart's. */
  readonly rate: number;
}

/** Goods that a promotion adds for nothing. */
export interface Gift {
  readonly product_id: number | undefined;
  readonly variant_id: number | undefined;
  readonly quantity: number;
}

export interface PromotionEffect {
  readonly onItems: ReadonlyMap<CartLineRow, number>;
  readonly onCart: number;
  readonly gifts: readonly Gift[];
  /** Shipping zones to which the way costs nothing. */
  readonly zones: '*' | readonly number[] | undefined;
}

type Counts = ReadonlyMap<CartLineRow, number>;

/** How often a rule that may repeat is tried: more is for no shop. */
const MOST_RUNS = 1000;

export function effectOf({ rules }: Pick<PromotionRow, 'rules'>, basket: Basket): PromotionEffect | undefined {
  for (const rule of rules) {
    const effect = runRule(rule, basket);
    if (effect) return effect;
  }
  return undefined;
}

/** Does a condition of the promotion hold, whether or not there is something to take off? */
export function isConditionMet({ rules }: Pick<PromotionRow, 'rules'>, basket: Basket): boolean {
  return rules.some((rule) => meet(rule, basket, new Map(), 0) !== undefined);
}

/** Documented: discounts on products come before those on the order, whatever the order of the promotions. */
export function levelOf({ rules }: Pick<PromotionRow, 'rules'>): number {
  const action = rules[0]?.action;
  return action?.cart_value ? 1 : action?.shipping ? 2 : 0;
}

function runRule(rule: PromotionRule, basket: Basket): PromotionEffect | undefined {
  const taken = new Map<CartLineRow, number>();
  const onItems = new Map<CartLineRow, number>();
  const gifts: Gift[] = [];
  let onCart = 0;
  let spent = 0;
  let zones: PromotionEffect['zones'];
  let hasApplied = false;
  for (let run = 0; run < MOST_RUNS; run += 1) {
    const met = meet(rule, basket, taken, spent);
    const done = met && act(rule.action, basket, taken, met.items);
    if (!done) break;
    hasApplied = true;
    for (const [row, amount] of done.onItems) onItems.set(row, cents((onItems.get(row) ?? 0) + amount));
    onCart = Math.min(basket.total, cents(onCart + done.onCart));
    if (done.gift) gifts.push(done.gift);
    zones = done.zones;
    for (const [row, count] of met.items) add(taken, row, count);
    for (const [row, count] of done.pieces) add(taken, row, count);
    spent += met.spend;
    const canRepeat = met.items.size > 0 || met.spend > 0;
    if (rule.apply_once !== false || !canRepeat) break;
  }
  return hasApplied ? { onItems, onCart, gifts, zones } : undefined;
}

function add(counts: Map<CartLineRow, number>, row: CartLineRow, count: number): void {
  counts.set(row, (counts.get(row) ?? 0) + count);
}

interface Met {
  /** Pieces that the condition is met by. */
  readonly items: Counts;
  /** What the cart must come to, of which the next run needs as much again. */
  readonly spend: number;
}

/** @param spent what earlier runs of the rule needed of the cart's total */
function meet({ condition, action }: PromotionRule, basket: Basket, taken: Counts, spent: number): Met | undefined {
  const conditions = condition?.and?.map(({ cart }) => cart) ?? [condition?.cart];
  const items = new Map<CartLineRow, number>();
  let spend = 0;
  for (const cart of conditions) {
    if (!cart) continue;
    const met = cart.items
      ? meetByItems(cart, basket, (row) => row.quantity - (taken.get(row) ?? 0) - (items.get(row) ?? 0), action)
      : meetBySpend(cart, basket, spent);
    if (!met) return undefined;
    for (const [row, count] of met.items) add(items, row, count);
    spend = Math.max(spend, met.spend);
  }
  return { items, spend };
}

/** Documented: without items, a minimum quantity says nothing. */
function meetBySpend({ minimum_spend }: CartCondition, { total, rate }: Basket, spent: number): Met | undefined {
  const spend = cents(amountOf(minimum_spend) * rate);
  return total - spent >= spend ? { items: new Map(), spend } : undefined;
}

/** The dear pieces meet the condition, so that the cheap ones are left to be discounted; or the reverse (assumed). */
function meetByItems(
  { items, minimum_quantity = 1, minimum_spend }: CartCondition,
  { lines, store, withFreeLines, rate }: Basket,
  left: (row: CartLineRow) => number,
  action: Schemas['PromotionAction'],
): Met | undefined {
  const strategy = action.cart_items?.strategy ?? action.fixed_price_set?.strategy;
  const sorted = [...lines].sort((a, b) => (isDearFirst(strategy) ? a.unit - b.unit : b.unit - a.unit));
  const found = new Map<CartLineRow, number>();
  let pieces = minimum_quantity;
  let spend = cents(amountOf(minimum_spend) * rate);
  for (const { row, unit } of sorted) {
    if (pieces <= 0 && spend <= 0) break;
    if ((unit === 0 && !withFreeLines) || !matchesItem(items, row, store)) continue;
    const wanted = Math.max(pieces, spend > 0 && unit > 0 ? Math.ceil(cents(spend) / unit) : 0);
    const count = Math.min(left(row), wanted);
    if (count <= 0) continue;
    found.set(row, count);
    pieces -= count;
    spend = cents(spend - count * unit);
  }
  return pieces <= 0 && spend <= 0 ? { items: found, spend: 0 } : undefined;
}

function isDearFirst(strategy: Strategy | undefined): boolean {
  return strategy === 'MOST_EXPENSIVE' || strategy === 'MOST_EXPENSIVE_ONLY';
}

interface Done {
  readonly onItems: ReadonlyMap<CartLineRow, number>;
  /** Pieces that were discounted, apart from those that met the condition. */
  readonly pieces: Counts;
  readonly onCart: number;
  readonly gift?: Gift;
  readonly zones?: PromotionEffect['zones'];
}

const NOTHING = { onItems: new Map<CartLineRow, number>(), pieces: new Map<CartLineRow, number>(), onCart: 0 };

/** Undefined where there is nothing to take off. */
function act(action: Schemas['PromotionAction'], basket: Basket, taken: Counts, met: Counts): Done | undefined {
  const { cart_value, cart_items, gift_item, fixed_price_set, shipping } = action;
  if (cart_items) return discountItems(cart_items, basket, taken, met);
  if (fixed_price_set) return discountSet(fixed_price_set, basket, taken, met);
  if (gift_item) {
    const { product_id, variant_id, quantity } = gift_item;
    return { ...NOTHING, gift: { product_id, variant_id, quantity } };
  }
  if (cart_value) {
    const { discount, maximum_allowed_discount_amount: most } = cart_value;
    const amount = discount.percentage_amount
      ? (basket.total * amountOf(discount.percentage_amount)) / 100
      : amountOf(discount.fixed_amount) * basket.rate;
    const onCart = cents(Math.min(amount, basket.total, limitOf(most, basket)));
    return onCart > 0 ? { ...NOTHING, onCart } : undefined;
  }
  return shipping ? { ...NOTHING, zones: shipping.zone_ids } : undefined;
}

interface Choice {
  readonly items?: Schemas['PromotionItems'];
  readonly strategy?: Strategy;
  readonly exclude_items_on_sale?: boolean;
}

interface Portion extends BasketLine {
  readonly count: number;
}

/** Pieces that an action may discount, those that it takes first first. */
function portionsOf(
  { items, strategy, exclude_items_on_sale = false }: Choice,
  { lines, store, withOwnPrices }: Basket,
  left: (row: CartLineRow) => number,
): Portion[] {
  const found = lines
    .filter(({ row }) => withOwnPrices || !row.has_own_price)
    .filter(({ row }) => !(exclude_items_on_sale && isOnSale(row, store)))
    .filter(({ row }) => matchesItem(items, row, store))
    .map((line) => ({ ...line, count: left(line.row) }))
    .filter(({ count, unit }) => count > 0 && unit > 0)
    .sort((a, b) => (isDearFirst(strategy) ? b.unit - a.unit : a.unit - b.unit));
  const isOnly = strategy === 'LEAST_EXPENSIVE_ONLY' || strategy === 'MOST_EXPENSIVE_ONLY';
  return isOnly ? found.filter(({ unit }) => unit === found[0]?.unit) : found;
}

/** The first so many pieces. */
function firstOf(portions: readonly Portion[], quantity: number): Portion[] {
  let rest = quantity;
  return portions.flatMap((portion) => {
    const count = Math.min(portion.count, rest);
    rest -= count;
    return count > 0 ? [{ ...portion, count }] : [];
  });
}

function discountItems(
  action: NonNullable<Schemas['PromotionAction']['cart_items']>,
  basket: Basket,
  taken: Counts,
  met: Counts,
): Done | undefined {
  const { discount, as_total = false, quantity = Infinity, maximum_allowed_discount_amount: most } = action;
  const withMet = action.include_items_considered_by_condition ?? false;
  const gift = action.add_free_item ? onlyProduct(action.items) : undefined;
  if (gift) {
    const pieces = Number.isFinite(quantity) ? quantity : 1;
    return { ...NOTHING, gift: { product_id: gift.product_id, variant_id: gift.variant_id, quantity: pieces } };
  }
  const chosen = firstOf(
    portionsOf(action, basket, (row) => leftOf(row, taken, withMet ? undefined : met)),
    quantity,
  );
  const full = new Map(chosen.map(({ row, unit, count }) => [row, cents(unit * count)] as const));
  const amounts = new Map<CartLineRow, number>();
  if (as_total && discount.fixed_amount !== undefined) {
    for (const [row, amount] of spread(amountOf(discount.fixed_amount) * basket.rate, full)) amounts.set(row, amount);
  } else {
    for (const { row, unit, count } of chosen) {
      const each = discount.percentage_amount
        ? (unit * amountOf(discount.percentage_amount)) / 100
        : amountOf(discount.fixed_amount) * basket.rate;
      amounts.set(row, cents(Math.min(each, unit) * count));
    }
  }
  const onItems = cappedAt(limitOf(most, basket), amounts);
  return onItems.size > 0 ? { onItems, pieces: beside(chosen, met, withMet), onCart: 0 } : undefined;
}

function limitOf(most: string | null | undefined, { rate }: Basket): number {
  return most ? amountOf(most) * rate : Infinity;
}

/** Documented: the limit is used up by one line after another. */
function cappedAt(most: number, amounts: Counts): Counts {
  let rest = most;
  const capped = new Map<CartLineRow, number>();
  for (const [row, amount] of amounts) {
    const taken = Math.min(amount, rest);
    rest = cents(rest - taken);
    if (taken > 0) capped.set(row, taken);
  }
  return capped;
}

/** So many pieces together for one price. */
function discountSet(
  action: NonNullable<Schemas['PromotionAction']['fixed_price_set']>,
  basket: Basket,
  taken: Counts,
  met: Counts,
): Done | undefined {
  const withMet = action.include_items_considered_by_condition ?? true;
  const chosen = firstOf(
    portionsOf(action, basket, (row) => leftOf(row, taken, withMet ? undefined : met)),
    action.quantity,
  );
  if (chosen.reduce((sum, { count }) => sum + count, 0) < action.quantity) return undefined;
  const full = new Map(chosen.map(({ row, unit, count }) => [row, cents(unit * count)] as const));
  const price = [...full.values()].reduce((sum, amount) => sum + amount, 0);
  const onItems = spread(cents(price - amountOf(action.fixed_price) * basket.rate), full);
  return onItems.size > 0 ? { onItems, pieces: beside(chosen, met, withMet), onCart: 0 } : undefined;
}

function leftOf(row: CartLineRow, taken: Counts, met: Counts | undefined): number {
  return row.quantity - (taken.get(row) ?? 0) - (met?.get(row) ?? 0);
}

/** Pieces that were discounted beside those that met the condition, where these may be among them. */
function beside(chosen: readonly Portion[], met: Counts, withMet: boolean): Counts {
  return new Map(chosen.map(({ row, count }) => [row, Math.max(0, withMet ? count - (met.get(row) ?? 0) : count)]));
}
