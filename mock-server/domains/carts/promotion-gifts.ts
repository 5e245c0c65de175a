/**
 * Goods that promotions put into a cart for nothing. They come and go with what the promotions ask for; one that a client
 * takes out is put back under another id (documented). What the store cannot sell is not given.
 */
import type { CartLineRow, CartRow } from '../../../fixtures/index.js';
import { BigCommerceError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import { variants } from '../catalog/variants.v3.js';
import { newLine, requireSellable } from './cart-lines.js';
import { priceCart } from './cart-prices.js';

/** The cart with the gifts that its promotions give now, and no others. */
export function withGifts(cart: CartRow, actor: Actor): CartRow {
  const old = cart.lines.filter(({ added_by_promotion }) => added_by_promotion !== undefined);
  const own = { ...cart, lines: cart.lines.filter((line) => !old.includes(line)) };
  const gifts = priceCart(own, actor).promotions.flatMap(({ promotion, gifts: given }) =>
    given.map((gift) => ({ ...gift, promotion: promotion.id })),
  );
  if (gifts.length === 0 && old.length === 0) return cart;
  let next: CartRow = own;
  for (const [promotion, given] of byPromotion(gifts)) {
    for (const gift of given) next = withGift(next, { ...gift, promotion }, old, actor);
  }
  return withGiftsSent(next);
}

/** Gifts go where the first of the goods go (assumed). */
function withGiftsSent(cart: CartRow): CartRow {
  const [first, ...others] = cart.consignments;
  if (!first) return cart;
  const known = new Set([...cart.lines, ...cart.custom_items].map(({ id }) => id));
  const gifts = cart.lines.filter(({ kind, added_by_promotion }) => kind === 'physical' && added_by_promotion);
  const sent = gifts.map(({ id, quantity }) => ({ item_id: id, quantity }));
  const isOwn = ({ item_id }: { readonly item_id: string }): boolean =>
    known.has(item_id) && !gifts.some(({ id }) => id === item_id);
  return {
    ...cart,
    consignments: [
      { ...first, line_items: [...first.line_items.filter(isOwn), ...sent] },
      ...others.map((each) => ({ ...each, line_items: each.line_items.filter(isOwn) })),
    ],
  };
}

interface GivenGift {
  readonly promotion: number;
  readonly product_id: number | undefined;
  readonly variant_id: number | undefined;
  readonly quantity: number;
}

/** What a promotion gives in several runs of its rule, together. */
function byPromotion(gifts: readonly GivenGift[]): ReadonlyMap<number, readonly GivenGift[]> {
  const found = new Map<number, GivenGift[]>();
  for (const gift of gifts) {
    const given = found.get(gift.promotion) ?? [];
    const same = given.findIndex(
      ({ product_id, variant_id }) => product_id === gift.product_id && variant_id === gift.variant_id,
    );
    const known = given[same];
    if (known) given[same] = { ...known, quantity: known.quantity + gift.quantity };
    else given.push(gift);
    found.set(gift.promotion, given);
  }
  return found;
}

function withGift(cart: CartRow, gift: GivenGift, old: readonly CartLineRow[], actor: Actor): CartRow {
  const { promotion, quantity } = gift;
  try {
    const product_id = gift.product_id ?? productOf(gift.variant_id, actor);
    const fresh = newLine({ product_id, variant_id: gift.variant_id, quantity }, actor);
    const kept = old.find((line) => line.added_by_promotion === promotion && line.variant_id === fresh.variant_id);
    const line = { ...fresh, ...(kept && { id: kept.id }), added_by_promotion: promotion };
    const next = { ...cart, lines: [...cart.lines, line] };
    requireSellable(next, actor.store);
    return next;
  } catch (error) {
    if (error instanceof BigCommerceError) return cart;
    throw error;
  }
}

function productOf(variant_id: number | undefined, { store }: Actor): number | undefined {
  return variant_id === undefined ? undefined : store.rows(variants).get(variant_id)?.product_id;
}
