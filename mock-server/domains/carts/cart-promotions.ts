/**
 * Which promotions act on a cart, automatic ones and those whose codes are used in it, and what each takes off where.
 * What the documents say: discounts on products come first; one that cannot be used with others wants to be the only
 * one; a coupon may override the rest; each is worked out on the original prices unless the settings say otherwise.
 * Assumed: promotions rank by their ids, as nothing else ranks them.
 */
import {
  promotionSettingsDefaults,
  type CartCustomLineRow,
  type CartLineRow,
  type CartRow,
  type PromotionCodeRow,
  type PromotionRow,
} from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { promotionCodes } from '../marketing/promotion-codes.v3.js';
import { promotionSettings } from '../marketing/promotion-settings.v3.js';
import { promotions } from '../marketing/promotions.v3.js';
import { exchangeRate } from '../orders/order-currency.js';
import { cents } from './elsewhere.js';
import { isEligible } from './promotion-eligibility.js';
import { effectOf, levelOf, type Basket, type Gift, type PromotionEffect } from './promotion-rules.js';
import { spread, totalOf } from './spread.js';

export type Line = CartLineRow | CartCustomLineRow;
type Instant = Pick<Actor, 'store' | 'at'>;

/** A promotion that may act, with the code that brought it in, if any. */
export interface Candidate {
  readonly promotion: PromotionRow;
  readonly code: string | undefined;
}

export interface AppliedPromotion extends Candidate {
  readonly onItems: ReadonlyMap<Line, number>;
  /** Of a discount on the whole cart, what falls to each line. */
  readonly onCart: ReadonlyMap<Line, number>;
  readonly gifts: readonly Gift[];
  readonly zones: PromotionEffect['zones'];
}

/** @param sums what each line costs, before promotions; lines that promotions added are left out of account */
export function appliedPromotions(
  cart: CartRow,
  sums: ReadonlyMap<Line, number>,
  instant: Instant,
): readonly AppliedPromotion[] {
  const candidates = candidatesOf(cart, instant);
  if (candidates.length === 0) return [];
  const own = new Map([...sums].filter(([line]) => !('added_by_promotion' in line && line.added_by_promotion)));
  const apply = (some: readonly Candidate[]): AppliedPromotion[] => applyInTurn(some, own, cart, instant.store);

  const overriding = candidates.filter((each) => isAlone(each) && each.promotion.coupon_overrides_other_promotions);
  for (const each of overriding) {
    const alone = apply([each]);
    if (alone.length > 0) return alone;
  }
  const applied = apply(candidates.filter((each) => !isAlone(each)));
  for (const each of candidates.filter((candidate) => isAlone(candidate))) {
    if (applied.length > 0 && !offersMore(each, applied, apply)) continue;
    const alone = apply([each]);
    if (alone.length > 0) return alone;
  }
  return applied;
}

/** The promotion of a code that is in use, however it comes to act. */
export function promotionOfCode(
  code: string,
  store: Store,
): { readonly promotion: PromotionRow; readonly row: PromotionCodeRow } | undefined {
  const rows = store.rows(promotionCodes);
  const key = rows.keyByUnique('code', code.toLowerCase());
  const row = key === undefined ? undefined : rows.get(key);
  const parent = row && rows.parentOf(row.id);
  const promotion = parent === undefined ? undefined : store.rows(promotions).get(parent);
  return row && promotion ? { row, promotion } : undefined;
}

/** Documented: a discount by hand does away with those of promotions. */
function candidatesOf(cart: CartRow, instant: Instant): Candidate[] {
  const isByHand = cart.manual_discounts.length > 0 || cart.lines.some(({ manual_discount }) => manual_discount > 0);
  if (isByHand) return [];
  const automatic = [...instant.store.rows(promotions).values()]
    .filter(({ redemption_type }) => redemption_type === 'AUTOMATIC')
    .map((promotion) => ({ promotion, code: undefined }));
  const byCode = cart.coupons.flatMap(({ code }) => {
    const found = promotionOfCode(code, instant.store);
    return found ? [{ promotion: found.promotion, code: found.row.code }] : [];
  });
  return [...automatic, ...byCode]
    .filter(({ promotion }) => isEligible(promotion, cart, instant))
    .sort((a, b) => levelOf(a.promotion) - levelOf(b.promotion) || a.promotion.id - b.promotion.id);
}

/** A coupon that wants to be the only promotion of a cart. */
function isAlone({ promotion, code }: Candidate): boolean {
  return code !== undefined && promotion.can_be_used_with_other_promotions === false;
}

/** The older setting: the coupon wins where it takes more off than the automatic promotions do. */
function offersMore(
  candidate: Candidate,
  applied: readonly AppliedPromotion[],
  apply: (some: readonly Candidate[]) => readonly AppliedPromotion[],
): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- stores have it still
  if (!candidate.promotion.coupon_overrides_automatic_when_offering_higher_discounts) return false;
  return worthOf(apply([candidate])) > worthOf(applied);
}

function worthOf(applied: readonly AppliedPromotion[]): number {
  return applied.reduce((sum, { onItems, onCart }) => sum + totalOf(onItems) + totalOf(onCart), 0);
}

function applyInTurn(
  candidates: readonly Candidate[],
  sums: ReadonlyMap<Line, number>,
  cart: CartRow,
  store: Store,
): AppliedPromotion[] {
  const settings = store.rows(promotionSettings).get(1) ?? promotionSettingsDefaults;
  const left = new Map(sums);
  const take = (wanted: ReadonlyMap<Line, number>): ReadonlyMap<Line, number> => {
    const taken = new Map<Line, number>();
    for (const [line, amount] of wanted) {
      const part = Math.min(amount, left.get(line) ?? 0);
      if (part <= 0) continue;
      taken.set(line, part);
      left.set(line, cents((left.get(line) ?? 0) - part));
    }
    return taken;
  };
  const applied: AppliedPromotion[] = [];
  for (const { promotion, code } of candidates) {
    const isExclusive = promotion.can_be_used_with_other_promotions === false;
    if (isExclusive && applied.length > 0) continue;
    const base = settings.promotions_applied_on_original_product_price ? sums : left;
    const effect = effectOf(promotion, basketOf(base, settings, rateFor(promotion, cart, store), store));
    if (!effect) continue;
    const { gifts, zones } = effect;
    const onItems = take(effect.onItems);
    const onCart = take(spread(effect.onCart, left));
    if (onItems.size + onCart.size + gifts.length === 0 && zones === undefined) continue;
    applied.push({ promotion, code, onItems, onCart, gifts, zones });
    if (promotion.stop || isExclusive) break;
  }
  return applied;
}

/** Amounts of a promotion for all currencies are in the store's own (documented); of others in theirs (assumed). */
export function rateFor({ currency_code }: PromotionRow, cart: CartRow, store: Store): number {
  return currency_code === '*' ? exchangeRate(cart.currency_code, store) : 1;
}

/** A cart as promotions see it. */
export function basketOf(
  sums: ReadonlyMap<Line, number>,
  settings: typeof promotionSettingsDefaults,
  rate: number,
  store: Store,
): Basket {
  const lines = [...sums].flatMap(([row, sum]) => ('product_id' in row ? [{ row, unit: sum / row.quantity }] : []));
  return {
    lines,
    total: totalOf(sums),
    store,
    rate,
    withOwnPrices: settings.promotions_apply_on_products_with_custom_product_price,
    withFreeLines: settings.promotions_triggered_by_products_with_zero_product_price,
  };
}
