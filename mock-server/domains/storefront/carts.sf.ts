/**
 * Carts as a shopper's browser handles them: the cart of the session. An id opens any cart, as it does for a page that
 * was sent one. Described in openapi/documents/storefront/carts.sf.yaml.
 */
import type { CartRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { listOf } from '../../query/query-values.js';
import type { Domain } from '../../resources/engine.js';
import type { AnswerHeaders, Handler, OperationContext } from '../../resources/handler.js';
import {
  carts,
  hasLines,
  newCart,
  removeCart,
  requireCart,
  requireItem,
  requireTransactional,
  requireVersion,
  saveCart,
  withChangedItem,
  withItems,
  withoutItem,
  type ItemsInput,
} from '../carts/carts.v3.js';
import { refusal, type LineInput } from '../carts/cart-lines.js';
import { mayPurchase } from '../carts/cart-settings.v3.js';
import { allOf, customerSource, currencySource } from '../carts/elsewhere.js';
import { sessionCart, sessionOf } from './session.js';
import { toStorefrontCart } from './storefront-view.js';
import { sentBody } from '../carts/sent-body.js';

type Schemas = components['schemas'];

/** The browser's words in those of the management API. */
export function lineOf(
  input: Schemas['StorefrontLineItemInput'] & Pick<Schemas['StorefrontCartLineItemInput'], 'optionSelections'>,
): LineInput {
  const { productId, variantId, quantity, giftWrapping, optionSelections } = input;
  return {
    product_id: productId,
    variant_id: variantId,
    quantity,
    option_selections: optionSelections?.map(({ optionId = 0, optionValue }) => ({
      option_id: optionId,
      option_value: optionValue,
    })),
    gift_wrapping: giftWrapping && { message: giftWrapping.wrapDetails[0]?.message ?? '' },
  };
}

function itemsOf({ lineItems = [], giftCertificates = [] }: Schemas['NewStorefrontCartItems']): ItemsInput {
  return {
    line_items: lineItems.map((item) => lineOf(item)),
    gift_certificates: giftCertificates.map((item) => ({ ...item, name: item.name, message: item.message ?? '' })),
  };
}

function shown(cart: CartRow, context: OperationContext): Schemas['StorefrontCart'] {
  return toStorefrontCart(cart, context, listOf(context.query.get('include') ?? ''));
}

function answer(cart: CartRow, context: OperationContext, headers: AnswerHeaders = sessionOf(context).headers) {
  return { status: 200 as const, body: shown(cart, context), headers };
}

const getStorefrontCart: Handler<'getStorefrontCart'> = (context) => {
  const session = sessionOf(context);
  const cart = sessionCart(session, context);
  return { status: 200, body: cart ? [shown(cart, context)] : [], headers: session.headers };
};

const createStorefrontCart: Handler<'createStorefrontCart'> = (context) => {
  const { body, store } = context;
  if (!mayPurchase(store, 1)) throw refusal('Purchasing is turned off on this channel.');
  const session = sessionOf(context);
  const { customer_id } = session.row;
  const empty = newCart(
    { customer_id, origin: 'storefront', ...(body.locale !== undefined && { locale: body.locale }) },
    context,
  );
  const email = store.rows(customerSource).get(customer_id)?.email ?? '';
  const cart = { ...withItems(empty, itemsOf(body), context), email };
  store.rows(carts).insert(cart);
  session.keep({ cart_id: cart.id });
  return answer(cart, context, session.headers);
};

const deleteStorefrontCart: Handler<'deleteStorefrontCart'> = (context) => {
  removeCart(requireCart(context.keys[0], context), context);
  return { status: 204, bytes: undefined, headers: sessionOf(context).headers };
};

const addCartLineItem: Handler<'addCartLineItem'> = (context) => {
  const cart = requireCart(context.keys[0], context);
  const { version, ...items } = sentBody(context) ?? {};
  requireVersion(cart, version);
  return answer(saveCart(withItems(cart, itemsOf(items), context), context), context);
};

const updateStorefrontCartLineItem: Handler<'updateStorefrontCartLineItem'> = (context) => {
  const { body, keys } = context;
  const cart = requireCart(keys[0], context);
  requireItem(cart, keys[1]);
  requireVersion(cart, body.version);
  const next = changedItem(cart, body, context);
  if (!hasLines(next)) {
    removeCart(cart, context);
    return answer(next, context);
  }
  return answer(saveCart(next, context), context);
};

/** Gift certificates change as a whole here, unlike in the management API (its document has no word of it). */
export function changedItem(
  cart: CartRow,
  {
    lineItem,
    giftCertificate,
  }: Pick<Schemas['StorefrontCartItemUpdate'], 'lineItem'> & {
    readonly giftCertificate?: Schemas['StorefrontGiftCertificateInput'];
  },
  context: OperationContext,
): CartRow {
  const id = context.keys[context.keys.length - 1];
  if (lineItem) return withChangedItem(cart, id, lineOf(lineItem), context);
  if (!giftCertificate) throw refusal('Missing lineItem in request body', 'lineItem');
  const current = cart.gift_certificates.find((each) => each.id === id);
  if (!current) throw refusal('The item is no gift certificate.', 'giftCertificate');
  const { name = current.name, message = current.message, amount, quantity, sender, recipient } = giftCertificate;
  const changed = { ...current, name, message, amount, quantity, sender, recipient };
  return { ...cart, gift_certificates: cart.gift_certificates.map((each) => (each === current ? changed : each)) };
}

/** Without its last line the cart is gone; the answer is what was left of it, as no other is described. */
const deleteStorefrontCartLineItem: Handler<'deleteStorefrontCartLineItem'> = (context) => {
  const { keys } = context;
  const cart = requireCart(keys[0], context);
  requireItem(cart, keys[1]);
  requireVersion(cart, sentBody(context)?.version);
  const next = withoutItem(cart, keys[1]);
  if (!hasLines(next)) {
    removeCart(cart, context);
    return answer(next, context);
  }
  return answer(saveCart(next, context), context);
};

/** Prices stay: the mock converts none (assumed). Coupons go, as they are for the default currency. */
const updateCartCurrency: Handler<'updateCartCurrency'> = (context) => {
  const { store } = context;
  const cart = requireCart(context.keys[0], context);
  const currency_code = requireTransactional(sentBody(context)?.currencyCode ?? '', store);
  const isDefault = allOf(store, currencySource).find((row) => row.currency_code === currency_code)?.is_default ?? true;
  const next = saveCart({ ...cart, currency_code, coupons: isDefault ? cart.coupons : [] }, context);
  return { status: 200, body: [shown(next, context)], headers: sessionOf(context).headers };
};

export const storefrontCartsDomain: Domain = {
  resources: [],
  handlers: {
    getStorefrontCart,
    createStorefrontCart,
    deleteStorefrontCart,
    addCartLineItem,
    updateStorefrontCartLineItem,
    deleteStorefrontCartLineItem,
    updateCartCurrency,
  },
};
