/** What promotions tell a shopper about a cart: what they gave, or what is wanting. */
import { promotionSettingsDefaults, type CartRow, type PromotionRow } from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import { promotions } from '../marketing/promotions.v3.js';
import { basketOf, rateFor, type Line } from './cart-promotions.js';
import type { CartPrices } from './cart-prices.js';
import { isEligible } from './promotion-eligibility.js';
import { isConditionMet } from './promotion-rules.js';

export interface PromotionBanner {
  id: string;
  type: string;
  page: string[];
  text: string;
}

/**
 * Banners of the promotions that may act on a cart: `applied` of those that do, `eligible` where the condition is met and
 * nothing came of it, `upsell` of the others (which is which is assumed).
 */
export function bannersOf(cart: CartRow, prices: CartPrices, actor: Pick<Actor, 'store' | 'at'>): PromotionBanner[] {
  const applied = new Set(prices.promotions.map(({ promotion }) => promotion.id));
  return [...actor.store.rows(promotions).values()]
    .filter(({ id, redemption_type }) => applied.has(id) || redemption_type === 'AUTOMATIC')
    .filter((promotion) => (promotion.notifications ?? []).length > 0)
    .filter((promotion) => applied.has(promotion.id) || isEligible(promotion, cart, actor))
    .flatMap((promotion) => {
      const type = applied.has(promotion.id)
        ? 'APPLIED'
        : isMet(promotion, cart, prices, actor)
          ? 'ELIGIBLE'
          : 'UPSELL';
      return (promotion.notifications ?? [])
        .filter((notification) => notification.type === type)
        .map(({ content, locations }) => ({
          id: String(promotion.id),
          type: type.toLowerCase(),
          page: locations.map(pageOf),
          text: content,
        }));
    });
}

function isMet(
  promotion: PromotionRow,
  cart: CartRow,
  { lines }: CartPrices,
  { store }: Pick<Actor, 'store'>,
): boolean {
  const sums = new Map<Line, number>([...lines].map(([line, price]) => [line, price.extended_list_price]));
  return isConditionMet(promotion, basketOf(sums, promotionSettingsDefaults, rateFor(promotion, cart, store), store));
}

/** Documented by example: HOME_PAGE is shown as `homepage`. */
function pageOf(location: string): string {
  return location.toLowerCase().replaceAll('_', '');
}
