/** Events of carts and their lines, each with its twin on the cart's channel. */
import type { CartRow, OrderRow } from '../../fixtures/index.js';
import { eachOf, ofChannel, type EventContext, type EventRule, type StoreEvent } from './event-rules.js';
import { differIn, type RowChange } from './row-changes.js';

/** What events look at in a line, of whatever kind it is. */
interface Line {
  readonly id: string;
  /** Of those that can be changed. */
  readonly quantity?: number;
  readonly list_price?: number;
  readonly options?: unknown;
}

function linesOf({ lines, custom_items, gift_certificates }: CartRow): readonly Line[] {
  return [...lines, ...custom_items, ...gift_certificates];
}

/** An event of a cart and its twin. */
export function* ofCart({ id, channel_id }: CartRow, event: string, more: object = {}): Iterable<StoreEvent> {
  yield { scope: `store/cart/${event}`, data: { type: 'cart', id, ...more } };
  yield ofChannel(channel_id, `cart/${event}`, { cart_id: id });
}

function* ofLine({ id, channel_id }: CartRow, line: Line, fate: string): Iterable<StoreEvent> {
  yield { scope: `store/cart/lineItem/${fate}`, data: { type: 'cart_line_item', id: line.id, cartId: id } };
  yield ofChannel(channel_id, `cart/lineItem/${fate}`, { cart_id: id, cart_item_id: line.id });
}

/** What became of the lines between two states of a cart. */
function lineFates(before: readonly Line[], after: readonly Line[]): (readonly [Line, string])[] {
  const known = new Map(before.map((line) => [line.id, line]));
  const left = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((line): (readonly [Line, string])[] => {
      const old = known.get(line.id);
      if (!old) return [[line, 'created']];
      return differIn(old, line, ['quantity', 'list_price', 'options']) ? [[line, 'updated']] : [];
    }),
    ...before.filter(({ id }) => !left.has(id)).map((line) => [line, 'deleted'] as const),
  ];
}

function emailOf({ email, billing_address }: CartRow): string {
  return billing_address?.email ?? email;
}

function* eventsOfCart(change: RowChange<CartRow>, context: EventContext): Iterable<StoreEvent> {
  const { before, after } = change;
  if (after) yield* changedCart(before, after);
  else if (before) yield* goneCart(before, context);
}

function* changedCart(before: CartRow | undefined, after: CartRow): Iterable<StoreEvent> {
  const fates = lineFates(before ? linesOf(before) : [], linesOf(after));
  if (!before) yield* ofCart(after, 'created');
  // A new cart counts as updated, too (documented).
  if (!before || fates.length > 0 || emailOf(before) !== emailOf(after)) yield* ofCart(after, 'updated');
  for (const [line, fate] of fates) yield* ofLine(after, line, fate);
  const used = new Set(before?.coupons.map(({ code }) => code));
  for (const { id, code } of after.coupons)
    if (!used.has(code)) yield* ofCart(after, 'couponApplied', { couponId: id });
}

/** Paid for, emptied line by line, or deleted as a whole: only the emptied one was updated before (documented). */
function* goneCart(cart: CartRow, { changes, operation }: EventContext): Iterable<StoreEvent> {
  const order = changes.of('orders').find(({ after }) => (after as OrderRow | undefined)?.cart_id === cart.id);
  if (order) {
    yield* ofCart(cart, 'converted', { orderId: order.key });
    return;
  }
  if (operation.resource?.collection !== 'carts') {
    yield* ofCart(cart, 'updated');
    for (const line of linesOf(cart)) yield* ofLine(cart, line, 'deleted');
  }
  yield* ofCart(cart, 'deleted');
}

export const cartEvents: readonly EventRule[] = [eachOf('carts', eventsOfCart)];
