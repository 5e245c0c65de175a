/**
 * Carts of the management API. Carts end with their last line, after thirty days without a change, and when their
 * order is paid; what they come to is worked out whenever one is shown (cart-prices.ts).
 * Described in openapi/documents/carts/carts.v3.yaml.
 */
import { emptyCart, type CartLineRow, type CartRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError, NotFoundError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type BodyOf, type Handler, type OperationContext } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import type { Key } from '../../state/collection.js';
import type { Store } from '../../state/store.js';
import { products } from '../catalog/products.v3.js';
import {
  newCertificate,
  newCustomLine,
  newLine,
  refusal,
  requireQuantity,
  requireSellable,
  withLines,
  type LineInput,
} from './cart-lines.js';
import { mayPurchase } from './cart-settings.v3.js';
import { toCart } from './cart-view.js';
import { allOf, channelSource, currencySource, customerSource } from './elsewhere.js';
import { withGifts } from './promotion-gifts.js';
import { repriced } from './line-prices.js';
import { textId } from './text-ids.js';
import { sentBody } from './sent-body.js';

type Schemas = components['schemas'];

const DAY_MS = 86_400_000;
/** Documented: counted from the last change. */
const LIFETIME_MS = 30 * DAY_MS;

/** Rows keyed by `id`; a checkout is the same row. */
export const carts = defineResource<CartRow>('carts', {
  index: ['customer_id'],
  create: () => {
    throw new Error('carts are made by newCart');
  },
});

/** A cart without lines, not stored yet. */
export function newCart(
  fields: Partial<Pick<CartRow, 'customer_id' | 'channel_id' | 'locale' | 'origin'>> & { currency_code?: string },
  { store, at }: Actor,
): CartRow {
  const now = catalogDate(at);
  return {
    id: textId(store, 'carts'),
    customer_id: fields.customer_id ?? 0,
    channel_id: fields.channel_id ?? 1,
    email: '',
    currency_code: fields.currency_code ?? defaultCurrency(store),
    locale: fields.locale ?? 'en',
    version: 1,
    created_time: now,
    updated_time: now,
    is_kept: false,
    origin: fields.origin ?? 'management',
    ...emptyCart,
  };
}

export function defaultCurrency(store: Store): string {
  return allOf(store, currencySource).find(({ is_default }) => is_default)?.currency_code ?? 'USD';
}

/** @throws BadRequestError for a currency that carts cannot be in (documented: display-only ones) */
function requireTransactional(code: string, store: Store): string {
  const currencies = allOf(store, currencySource);
  const folded = code.toUpperCase();
  const found = currencies.find(({ currency_code }) => currency_code === folded);
  const isUsable = found
    ? found.is_transactional !== false && found.enabled !== false
    : currencies.length === 0 && folded === 'USD';
  if (!isUsable) {
    const sentence = `The currency ${code} is not one that shoppers can pay in.`;
    throw new BadRequestError(sentence, { 'currency.code': sentence });
  }
  return folded;
}

/** A cart that is there still. */
export function findCart(id: Key | undefined, { store, at }: Actor): CartRow | undefined {
  const cart = id === undefined ? undefined : store.rows(carts).get(String(id));
  if (!cart || !(cart.is_kept || Date.parse(cart.updated_time) + LIFETIME_MS > at)) return undefined;
  // Lines of deleted products vanish (assumed).
  const sold = store.rows(products);
  if (cart.lines.every(({ product_id }) => sold.has(product_id))) return cart;
  return { ...cart, lines: cart.lines.filter(({ product_id }) => sold.has(product_id)) };
}

/** @throws NotFoundError when there is no such cart any more (title assumed) */
export function requireCart(id: Key | undefined, actor: Actor): CartRow {
  const cart = findCart(id, actor);
  if (!cart) throw new NotFoundError('The requested cart was not found.');
  return cart;
}

/** @throws ConflictError for a version that is no longer the cart's (documented title); without one, any will do */
export function requireVersion(cart: CartRow, version: number | undefined): void {
  if (version === undefined || version === cart.version) return;
  throw new ConflictError(
    'The request cannot be processed due to a possible conflict. Please review the changes and try again.',
  );
}

/** Stores a changed cart as its next version. */
export function saveCart(cart: CartRow, actor: Actor): CartRow {
  const { store, at } = actor;
  const saved = { ...withGifts(cart, actor), version: cart.version + 1, updated_time: catalogDate(at), is_kept: false };
  store.rows(carts).replace(saved);
  return saved;
}

export function removeCart(cart: CartRow, actor: Actor): void {
  deleteRow(carts, cart.id, actor);
}

/** A changed cart, stored; without any line left it is removed instead, and shown for the last time. */
export function saveOrRemove(cart: CartRow, context: OperationContext): CartRow {
  if (hasLines(cart)) return saveCart(cart, context);
  removeCart(cart, context);
  return cart;
}

export function hasLines(cart: Pick<CartRow, 'lines' | 'custom_items' | 'gift_certificates'>): boolean {
  // What a promotion added does not keep a cart.
  const lines = cart.lines.filter(({ added_by_promotion }) => added_by_promotion === undefined);
  return lines.length + cart.custom_items.length + cart.gift_certificates.length > 0;
}

/** Lines of other shapes than this API's are brought into it before. */
export interface ItemsInput {
  readonly line_items?: readonly LineInput[];
  readonly custom_items?: readonly Schemas['CartCustomItemInput'][];
  readonly gift_certificates?: readonly Parameters<typeof newCertificate>[0][];
}

/** @throws UnprocessableError when nothing is added (documented title), or what the store does not sell */
export function withItems(cart: CartRow, input: ItemsInput, actor: Actor): CartRow {
  const { line_items = [], custom_items = [], gift_certificates = [] } = input;
  if (line_items.length + custom_items.length + gift_certificates.length === 0) {
    throw refusal('Missing line_items in request body', 'line_items');
  }
  const next: CartRow = {
    ...withLines(
      cart,
      line_items.map((item) => newLine(item, actor)),
    ),
    custom_items: [...cart.custom_items, ...custom_items.map((item) => newCustomLine(item, actor))],
    gift_certificates: [...cart.gift_certificates, ...gift_certificates.map((item) => newCertificate(item, actor))],
  };
  requireSellable(next, actor.store);
  return repriced(forgetShipping(next, cart), actor.store);
}

/**
 * Other lines make choices of shipping void, as another address does. A consignment that had the whole of a line still has
 * it when its quantity changes (assumed).
 */
export function forgetShipping(cart: CartRow, before: CartRow = cart): CartRow {
  const free = new Map([...cart.lines, ...cart.custom_items].map(({ id, quantity }) => [id, quantity] as const));
  const had = new Map([...before.lines, ...before.custom_items].map(({ id, quantity }) => [id, quantity] as const));
  const consignments = cart.consignments.map((consignment) => ({
    ...consignment,
    shipping_option: undefined,
    line_items: consignment.line_items.flatMap(({ item_id, quantity }) => {
      const left = free.get(item_id) ?? 0;
      const kept = quantity === had.get(item_id) ? left : Math.min(quantity, left);
      free.set(item_id, left - kept);
      return kept > 0 ? [{ item_id, quantity: kept }] : [];
    }),
  }));
  return { ...cart, consignments };
}

/** The line of an id. @throws NotFoundError when the cart has none */
export function requireItem(cart: CartRow, id: Key | undefined): CartLineRow | undefined {
  const line = cart.lines.find((each) => each.id === id);
  if (line) return line;
  if ([...cart.custom_items, ...cart.gift_certificates].some((each) => each.id === id)) return undefined;
  throw new NotFoundError('The requested item was not found in the cart.');
}

export function withoutItem(cart: CartRow, id: Key | undefined): CartRow {
  requireItem(cart, id);
  return forgetShipping({
    ...cart,
    lines: cart.lines.filter((each) => each.id !== id),
    custom_items: cart.custom_items.filter((each) => each.id !== id),
    gift_certificates: cart.gift_certificates.filter((each) => each.id !== id),
  });
}

/** Documented: only quantity and price of a product change. A quantity of 0 removes the line (assumed). */
export function withChangedItem(cart: CartRow, id: Key | undefined, input: LineInput, { store }: Actor): CartRow {
  const line = requireItem(cart, id);
  if (!line) throw refusal('Custom items and gift certificates cannot be updated; remove and add them again.');
  if (line.added_by_promotion !== undefined) throw refusal('Items that a promotion added cannot be changed.');
  if (input.quantity === 0) return withoutItem(cart, id);
  const changed: CartLineRow = {
    ...line,
    quantity: input.quantity === undefined ? line.quantity : requireQuantity(input.quantity),
    list_price: input.list_price ?? line.list_price,
    has_own_price: line.has_own_price || input.list_price !== undefined,
    gift_wrapping:
      input.gift_wrapping === undefined
        ? line.gift_wrapping
        : input.gift_wrapping === null
          ? undefined
          : { name: 'Gift wrapping', message: input.gift_wrapping.message, amount: 0 },
  };
  const lines = cart.lines.map((each) => (each === line ? changed : each));
  const next = forgetShipping({ ...cart, lines }, cart);
  requireSellable(next, store);
  return repriced(next, store);
}

/** @throws UnprocessableError for a customer that the store does not have (title assumed) */
export function requireCustomer(customer_id: number | undefined, store: Store): number {
  if (customer_id === undefined || customer_id === 0) return 0;
  if (!store.rows(customerSource).has(customer_id)) throw refusal('The customer does not exist.', 'customer_id');
  return customer_id;
}

/** One cart, in the envelope of V3. */
export function cartBody(
  cart: CartRow,
  context: OperationContext,
): { data: Schemas['Cart']; meta: Record<string, never> } {
  const include = listOf(context.query.get('include') ?? '');
  return { data: toCart(cart, context, include), meta: {} };
}

function linesOf(items: readonly Schemas['CartLineItemInput'][] | undefined): LineInput[] {
  return (items ?? []).map((item) => lineOf(item));
}

export function lineOf({ option_selections, gift_wrapping, ...item }: Schemas['CartLineItemInput']): LineInput {
  return {
    ...item,
    option_selections: option_selections?.map(({ option_id, nameId, option_value, valueId, value }) => ({
      option_id: option_id ?? nameId ?? 0,
      option_value: option_value ?? valueId ?? value,
    })),
    gift_wrapping: gift_wrapping && { message: gift_wrapping.wrap_details?.[0]?.message ?? '' },
  };
}

const createCart: Handler<'createCart'> = (context) => {
  const { store, body } = context;
  const { channel_id = 1 } = body;
  if (!store.rows(channelSource).has(channel_id)) throw refusal('The channel does not exist.', 'channel_id');
  if (!mayPurchase(store, channel_id)) throw refusal('Purchasing is turned off on this channel.', 'channel_id');
  const code = body.currency?.code;
  const cart = newCart(
    {
      channel_id,
      customer_id: requireCustomer(body.customer_id, store),
      ...(body.locale !== undefined && { locale: body.locale }),
      currency_code: code === undefined ? defaultCurrency(store) : requireTransactional(code, store),
    },
    context,
  );
  const filled = withItems(cart, { ...body, line_items: linesOf(body.line_items) }, context);
  const email = store.rows(customerSource).get(filled.customer_id)?.email ?? '';
  const made = withGifts({ ...filled, email }, context);
  store.rows(carts).insert(made);
  return { status: 201, body: cartBody(made, context) };
};

const getCart: Handler<'getCart'> = (context) => ({
  status: 200,
  body: cartBody(requireCart(context.keys[0], context), context),
});

/** Documented: promotions, coupons and what was worked out for shipping go. Without a customer nothing does (assumed). */
const updateCart: Handler<'updateCart'> = (context) => {
  const { body, store } = context;
  const cart = requireCart(context.keys[0], context);
  requireVersion(cart, body.version);
  if (body.customer_id === undefined) return { status: 201, body: cartBody(saveCart(cart, context), context) };
  const customer_id = requireCustomer(body.customer_id, store);
  const email = store.rows(customerSource).get(customer_id)?.email ?? cart.email;
  const next = forgetShipping({ ...cart, customer_id, email, coupons: [], manual_discounts: [] });
  return { status: 201, body: cartBody(saveCart(repriced(next, store), context), context) };
};

const deleteCart: Handler<'deleteCart'> = (context) => {
  removeCart(requireCart(context.keys[0], context), context);
  return emptyAnswer();
};

const addCartLineItems: Handler<'addCartLineItems'> = (context) => {
  const { body } = context;
  const cart = requireCart(context.keys[0], context);
  requireVersion(cart, body.version);
  const next = withItems(cart, { ...body, line_items: linesOf(body.line_items) }, context);
  return { status: 201, body: cartBody(saveCart(next, context), context) };
};

const updateCartLineItem: Handler<'updateCartLineItem'> = (context) => {
  const { body, keys } = context;
  const cart = requireCart(keys[0], context);
  requireItem(cart, keys[1]);
  requireVersion(cart, body.version);
  return { status: 200, body: cartBody(saveOrRemove(changedItem(cart, body, context), context), context) };
};

/** A gift certificate changes as a whole, all else by its line. */
function changedItem(cart: CartRow, body: BodyOf<'updateCartLineItem'>, context: OperationContext): CartRow {
  const id = context.keys[1];
  const [certificate] = body.gift_certificates ?? [];
  if (certificate && cart.gift_certificates.some((each) => each.id === id)) {
    return withChangedCertificate(cart, id, certificate, context);
  }
  if (!body.line_item) throw refusal('Missing line_item in request body', 'line_item');
  return withChangedItem(cart, id, lineOf(body.line_item), context);
}

type CertificateInput = Parameters<typeof newCertificate>[0];

/** @throws UnprocessableError when the item is no gift certificate */
export function withChangedCertificate(
  cart: CartRow,
  id: Key | undefined,
  input: Omit<CertificateInput, 'name'> & { readonly name?: string },
  actor: Actor,
): CartRow {
  const current = cart.gift_certificates.find((each) => each.id === id);
  if (!current) throw refusal('The item is no gift certificate.', 'gift_certificates');
  const { name = current.name, message = current.message } = input;
  const changed = { ...newCertificate({ ...input, name, message }, actor), id: current.id };
  return { ...cart, gift_certificates: cart.gift_certificates.map((each) => (each === current ? changed : each)) };
}

/** The bare cart of the description is taken for a slip of it: all other calls have the envelope. */
const deleteCartLineItem: Handler<'deleteCartLineItem'> = (context) => {
  const { keys } = context;
  const cart = requireCart(keys[0], context);
  requireItem(cart, keys[1]);
  requireVersion(cart, sentBody(context)?.version);
  const next = saveOrRemove(withoutItem(cart, keys[1]), context);
  return hasLines(next) ? { status: 200, body: cartBody(next, context) } : emptyAnswer();
};

export const cartsDomain: Domain = {
  resources: [carts],
  handlers: {
    createCart,
    getCart,
    updateCart,
    deleteCart,
    addCartLineItems,
    updateCartLineItem,
    deleteCartLineItem,
  },
};
