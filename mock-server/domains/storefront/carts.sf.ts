/**
 * Carts as a shopper's browser handles them: the cart of the session. An id opens any cart, as it does for a page that
 * was sent one. Described in openapi/documents/storefront/carts.sf.yaml.
 */
import type { CartRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import type { Domain } from '../../resources/engine.js';
import type { AnswerHeaders, Handler, OperationContext } from '../../resources/handler.js';
import {
  carts,
  forgetShipping,
  newCart,
  removeCart,
  requireCart,
  requireItem,
  requireVersion,
  saveCart,
  saveOrRemove,
  withChangedCertificate,
  withChangedItem,
  withItems,
  withoutItem,
  type ItemsInput,
} from '../carts/carts.v3.js';
import { refusal, type LineInput } from '../carts/cart-lines.js';
import { mayPurchase } from '../carts/cart-settings.v3.js';
import { allOf, currencySource, customerSource, giftCertificateSource } from '../carts/elsewhere.js';
import { withGifts } from '../carts/promotion-gifts.js';
import { repriced } from '../carts/line-prices.js';
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
  const cart = withGifts({ ...withItems(empty, itemsOf(body), context), email }, context);
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
  return answer(saveOrRemove(changedItem(cart, body, context), context), context);
};

/** A gift certificate changes as a whole, all else by its line. */
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
  return withChangedCertificate(cart, id, giftCertificate, context);
}

/** Without its last line the cart is gone; the answer is what was left of it, as no other is described. */
const deleteStorefrontCartLineItem: Handler<'deleteStorefrontCartLineItem'> = (context) => {
  const { keys } = context;
  const cart = requireCart(keys[0], context);
  requireItem(cart, keys[1]);
  requireVersion(cart, sentBody(context)?.version);
  return answer(saveOrRemove(withoutItem(cart, keys[1]), context), context);
};

/**
 * Prices follow. Documented: a discount by hand forbids it, and gift certificates of another currency are given up; so are
 * coupons, which are for the default currency.
 * @throws NotFoundError for a currency that the store does not have (documented)
 * @throws UnprocessableError for one that shoppers cannot pay in (assumed)
 */
const updateCartCurrency: Handler<'updateCartCurrency'> = (context) => {
  const { store } = context;
  const cart = requireCart(context.keys[0], context);
  const code = (sentBody(context)?.currencyCode ?? '').toUpperCase();
  const currency = allOf(store, currencySource).find(({ currency_code }) => currency_code === code);
  if (!currency) throw new NotFoundError('The requested currency was not found.');
  if (currency.is_transactional === false || currency.enabled === false) {
    throw refusal(`The currency ${code} is not one that shoppers can pay in.`, 'currencyCode');
  }
  if (hasManualDiscount(cart)) throw refusal('The currency of a cart with a manual discount cannot be changed.');
  const certificates = allOf(store, giftCertificateSource);
  const certificate_codes = cart.certificate_codes.filter((used) => {
    return certificates.some((row) => row.code === used && (row.currency_code ?? code) === code);
  });
  const coupons = currency.is_default ? cart.coupons : [];
  const next = repriced(forgetShipping({ ...cart, currency_code: code, coupons, certificate_codes }), store);
  return { status: 200, body: [shown(saveCart(next, context), context)], headers: sessionOf(context).headers };
};

function hasManualDiscount({ manual_discounts, lines }: CartRow): boolean {
  return manual_discounts.length > 0 || lines.some(({ manual_discount }) => manual_discount > 0);
}

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
