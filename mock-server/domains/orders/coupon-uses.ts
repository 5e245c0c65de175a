/**
 * Coupons count as used once their order is more than incomplete, however it got there, and never come back (both
 * assumed): those of V2, and the codes of promotions; with them promotions and gift certificates.
 */
import type { OrderRow } from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import { settleCredit } from '../marketing/certificate-uses.js';
import { coupons } from '../marketing/coupons.v2.js';
import { promotionCodes } from '../marketing/promotion-codes.v3.js';
import { countPromotionUses } from '../marketing/promotion-uses.js';
import { orderCoupons } from './order-rows.js';

export function countCouponUses(order: OrderRow, actor: Actor): void {
  const { store } = actor;
  countPromotionUses(order.id, actor);
  settleCredit(order, actor);
  const shown = store.rows(coupons);
  const codes = store.rows(promotionCodes);
  for (const { code } of store.rows(orderCoupons).rowsOf(order.id)) {
    const key = shown.keyByUnique('code', (code ?? '').toLowerCase());
    const coupon = key === undefined ? undefined : shown.get(key);
    if (!coupon) continue;
    shown.replace({ ...coupon, num_uses: coupon.num_uses + 1 });
    // A code of a promotion has the id of its coupon.
    const own = coupon.type === 'promotion' ? codes.get(coupon.id) : undefined;
    if (own) codes.replace({ ...own, current_uses: own.current_uses + 1 });
  }
}
