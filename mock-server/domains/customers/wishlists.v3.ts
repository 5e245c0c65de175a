/**
 * Wishlists and what is on them. Items are rows of their own, so that they go with their products; every answer has
 * the whole list. Described in openapi/documents/customers/wishlists.v3.yaml.
 */
import { uuidOf, type WishlistItemRow, type WishlistRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { findPage } from '../../resources/actions.js';
import { defineResource, type Actor, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type BodyOf, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, requireRow, updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';
import { customers } from './customers.v3.js';

type Wishlist = components['schemas']['Wishlist'];
type WishlistInput = components['schemas']['WishlistInput'];
type ItemInput = components['schemas']['WishlistItem'];

/** Observed. */
const notFound = (): NotFoundError => new NotFoundError('Could not find wishlist');

/** Rows keyed by `id`, below their customers. */
export const wishlists = defineResource<WishlistRow, WishlistInput>(
  'wishlists',
  {
    notFound,
    create: ({ input, id, store }) => ({
      id,
      customer_id: input.customer_id ?? 0,
      name: input.name ?? '',
      is_public: input.is_public ?? false,
      token: uuidOf(`${store.hash}/${String(store.options.seed)}/wishlists/${String(id)}`),
    }),
    // The list stays with its customer (assumed).
    merge: ({ current, input: { name = current.name, is_public = current.is_public } }) => ({
      ...current,
      name,
      is_public,
    }),
    check: requireCustomer,
    deleted: ({ id }, actor) => {
      for (const key of [...actor.store.rows(wishlistItems).keysWhere('wishlist_id', id)]) {
        deleteRow(wishlistItems, key, actor);
      }
    },
  },
  { below: 'customers', parentField: 'customer_id' },
);

/** Rows keyed by `id`, below their products. */
export const wishlistItems = defineResource<WishlistItemRow, Omit<WishlistItemRow, 'id'>>(
  'wishlist-items',
  { notFound, index: ['wishlist_id'], create: ({ input, id }) => ({ id, ...input }) },
  { below: 'catalog.products', parentField: 'product_id' },
);

/** @throws UnprocessableError for a customer who does not exist (assumed) */
function requireCustomer({ next, store }: Change<WishlistRow, WishlistInput>): void {
  if (!store.rows(customers).has(next.customer_id)) throw invalid('customer_id');
}

function invalid(field: string): UnprocessableError {
  return new UnprocessableError('JSON data is missing or invalid', { [field]: 'error.invalid' });
}

function itemsOf(wishlist_id: number, store: Store): WishlistItemRow[] {
  const rows = store.rows(wishlistItems);
  return rows.pick(rows.keysWhere('wishlist_id', wishlist_id));
}

function whole(row: WishlistRow, store: Store): Wishlist {
  const items = itemsOf(row.id, store).map((item) => ({
    ...item,
    variant_id: item.variant_id ?? undefined,
    wishlist_id: undefined,
  }));
  return { ...row, items };
}

/** A product is on a list once, each variant of it too (assumed). @throws UnprocessableError for one that does not exist (assumed) */
function addItem(wishlist_id: number, { product_id = 0, ...item }: ItemInput, actor: Actor): void {
  const variant_id = item.variant_id ?? null;
  requireProduct(product_id, variant_id, actor.store);
  const isThere = itemsOf(wishlist_id, actor.store).some(
    (row) => row.product_id === product_id && row.variant_id === variant_id,
  );
  if (isThere) return;
  createRow(wishlistItems, { product_id, variant_id, wishlist_id }, actor, [product_id]);
}

function requireProduct(product_id: number, variant_id: number | null, store: Store): void {
  if (!store.rows(products).has(product_id)) throw invalid('items.product_id');
  if (variant_id !== null && store.rows(variants).parentOf(variant_id) !== product_id) {
    throw invalid('items.variant_id');
  }
}

/** Items with an id replace those they name, others are new; those that are not sent stay (assumed). */
function saveItem(wishlist_id: number, item: ItemInput, actor: Actor): void {
  const current = item.id === undefined ? undefined : actor.store.rows(wishlistItems).get(item.id);
  if (current?.wishlist_id !== wishlist_id) {
    addItem(wishlist_id, item, actor);
    return;
  }
  const { product_id = current.product_id, variant_id = current.variant_id } = item;
  if (product_id === current.product_id && variant_id === current.variant_id) return;
  requireProduct(product_id, variant_id, actor.store);
  const rows = actor.store.rows(wishlistItems);
  // Removed and put back, as it hangs below another product now.
  rows.delete(current.id);
  rows.insert({ id: current.id, product_id, variant_id, wishlist_id }, product_id);
}

const getWishlists: Handler<'getWishlists'> = (context) => {
  const { items, meta } = findPage(context, wishlists);
  const data = items.map((row) => whole(row, context.store));
  return { status: 200, bytes: `{"data":${JSON.stringify(data)},"meta":${meta}}` };
};

const getWishlist: Handler<'getWishlist'> = (context) => {
  const row = requireList(context);
  return { status: 200, body: { data: whole(row, context.store), meta: {} } };
};

function requireList(context: Pick<OperationContext, 'keys' | keyof Actor>): WishlistRow {
  return requireRow(wishlists, idAt(context, 0), context);
}

const createWishlist: Handler<'createWishlist'> = (context) => {
  const { items = [], ...input } = context.body;
  const row = createRow(wishlists, input, context, [input.customer_id]);
  for (const item of items) addItem(row.id, item, context);
  return { status: 201, body: { data: whole(row, context.store), meta: {} } };
};

const updateWishlist: Handler<'updateWishlist'> = (context) => {
  const { items, ...input } = context.body;
  const row = updateRow(wishlists, requireList(context), input, context);
  for (const item of items) saveItem(row.id, item, context);
  return { status: 201, body: { data: whole(row, context.store), meta: {} } };
};

const addWishlistItem: Handler<'addWishlistItem'> = (context) => {
  const row = requireList(context);
  const { items = [] } = (context.body as BodyOf<'addWishlistItem'> | undefined) ?? {};
  for (const item of items) addItem(row.id, item, context);
  return { status: 201, body: { data: whole(row, context.store), meta: {} } };
};

const deleteWishlistItem: Handler<'deleteWishlistItem'> = (context) => {
  const row = requireList(context);
  const item = requireRow(wishlistItems, idAt(context, 1), context);
  if (item.wishlist_id !== row.id) throw notFound();
  deleteRow(wishlistItems, item.id, context);
  return { status: 200, body: { data: whole(row, context.store), meta: {} } };
};

export const wishlistsDomain: Domain = {
  resources: [wishlists, wishlistItems],
  handlers: { getWishlists, getWishlist, createWishlist, updateWishlist, addWishlistItem, deleteWishlistItem },
};
