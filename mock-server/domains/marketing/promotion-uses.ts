/**
 * Uses of promotions. An order remembers which promotions acted on the cart that it came from; they count as used once
 * the order is more than incomplete (assumed), and one that has been used as often as it may be is turned off
 * (documented).
 */
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { promotions } from './promotions.v3.js';

interface OrderPromotionsRow {
  order_id: number;
  promotion_ids: readonly number[];
}

/** Rows keyed by `order_id`. No API shows them. */
const orderPromotions = defineResource<OrderPromotionsRow>(
  'order-promotions',
  { key: ({ order_id }) => order_id, create: ({ input }) => ({ order_id: 0, promotion_ids: [], ...input }) },
  { below: 'orders', keyField: 'order_id' },
);

export function notePromotions(order_id: number, ids: readonly number[], { store }: Pick<Actor, 'store'>): void {
  const promotion_ids = [...new Set(ids)];
  if (promotion_ids.length > 0) store.rows(orderPromotions).insert({ order_id, promotion_ids }, order_id);
}

export function countPromotionUses(order_id: number, { store }: Pick<Actor, 'store'>): void {
  const rows = store.rows(promotions);
  for (const id of store.rows(orderPromotions).get(order_id)?.promotion_ids ?? []) {
    const promotion = rows.get(id);
    if (!promotion) continue;
    const current_uses = promotion.current_uses + 1;
    const isUsedUp = promotion.max_uses ? current_uses >= promotion.max_uses : false;
    rows.replace({ ...promotion, current_uses, ...(isUsedUp && { status: 'DISABLED' }) });
  }
}

export const promotionUsesDomain: Domain = { resources: [orderPromotions] };
