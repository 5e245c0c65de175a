/**
 * Checkouts as a shopper's browser handles them, on the rows and by the steps of the management API; gift certificates
 * and store credit are the storefront's own. Described in openapi/documents/storefront/checkouts.sf.yaml.
 */
import type { CartRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ForbiddenError, NotFoundError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { findCart, requireItem, requireVersion, saveCart, saveOrRemove, withoutItem } from '../carts/carts.v3.js';
import { requireUsableCoupon, withoutCoupon } from '../carts/cart-coupons.js';
import { refusal } from '../carts/cart-lines.js';
import { allOf, amountOf, customerSource, giftCertificateSource } from '../carts/elsewhere.js';
import {
  withBillingAddress,
  withChangedBillingAddress,
  withChangedConsignment,
  withNewConsignments,
  withoutConsignment,
  type AddressInput,
  type ConsignmentInput,
} from '../checkouts/checkout-steps.js';
import { channelSettings } from '../checkouts/checkout-settings.v3.js';
import { changedItem } from './carts.sf.js';
import { sessionOf } from './session.js';
import { toStorefrontCheckout } from './storefront-view.js';
import { sentBody } from '../carts/sent-body.js';

type Schemas = components['schemas'];

/** The cart behind a checkout. @throws NotFoundError with an assumed title */
function requireCheckout(context: OperationContext): CartRow {
  const cart = findCart(context.keys[0], context);
  if (!cart) throw new NotFoundError('The requested checkout was not found.');
  return cart;
}

/** What can be shipped how is there unless something else is asked for (documented default). */
function answer(cart: CartRow, context: OperationContext) {
  const include = listOf(context.query.get('include') ?? 'consignments.availableShippingOptions');
  return {
    status: 200 as const,
    body: toStorefrontCheckout(cart, context, include),
    headers: sessionOf(context).headers,
  };
}

function saved(cart: CartRow, context: OperationContext) {
  return answer(saveCart(cart, context), context);
}

function addressOf(input: Schemas['StorefrontAddress']): AddressInput {
  return {
    first_name: input.firstName,
    last_name: input.lastName,
    email: input.email,
    company: input.company,
    address1: input.address1,
    address2: input.address2,
    city: input.city,
    state_or_province: input.stateOrProvince,
    state_or_province_code: input.stateOrProvinceCode,
    country: input.country,
    country_code: input.countryCode,
    postal_code: input.postalCode,
    phone: input.phone,
    custom_fields: input.customFields?.map(({ fieldId = '', fieldValue = '' }) => ({
      field_id: fieldId,
      field_value: fieldValue,
    })),
  };
}

function consignmentOf({
  address,
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- older pages still send it
  shippingAddress,
  lineItems,
  shippingOptionId,
  pickupOption,
}: Schemas['StorefrontConsignmentInput']): ConsignmentInput {
  const sent = address ?? (shippingAddress as Schemas['StorefrontAddress'] | undefined);
  return {
    address: sent && addressOf(sent),
    line_items: lineItems?.map(({ itemId, quantity }) => ({ item_id: itemId, quantity })),
    shipping_option_id: shippingOptionId,
    pickup_method_id: pickupOption?.pickupMethodId,
  };
}

const getStorefrontCheckout: Handler<'getStorefrontCheckout'> = (context) => answer(requireCheckout(context), context);

const updateStorefrontCheckout: Handler<'updateStorefrontCheckout'> = (context) => {
  const cart = requireCheckout(context);
  const { customerMessage = cart.customer_message, version } = context.body;
  requireVersion(cart, version);
  return saved({ ...cart, customer_message: customerMessage }, context);
};

/** @throws NotFoundError for a cart that is not the checkout's */
function requireOwnItem(context: OperationContext): CartRow {
  const cart = requireCheckout(context);
  if (context.keys[1] !== cart.id) throw new NotFoundError('The requested cart was not found.');
  requireItem(cart, context.keys[2]);
  return cart;
}

const updateCheckoutLineItem: Handler<'updateCheckoutLineItem'> = (context) => {
  const cart = requireOwnItem(context);
  const next = changedItem(cart, context.body as Parameters<typeof changedItem>[1], context);
  return answer(saveOrRemove(next, context), context);
};

const deleteCheckoutLineItem: Handler<'deleteCheckoutLineItem'> = (context) => {
  const cart = requireOwnItem(context);
  return answer(saveOrRemove(withoutItem(cart, context.keys[2]), context), context);
};

const addStorefrontCheckoutBillingAddress: Handler<'addStorefrontCheckoutBillingAddress'> = (context) => {
  const cart = requireCheckout(context);
  const { version, ...address } = context.body;
  requireVersion(cart, version);
  requireSignIn(cart, address.email, context);
  return saved(withBillingAddress(cart, addressOf(address), context), context);
};

const updateStorefrontCheckoutBillingAddress: Handler<'updateStorefrontCheckoutBillingAddress'> = (context) => {
  const cart = requireCheckout(context);
  const { version, ...address } = context.body;
  const next = withChangedBillingAddress(cart, context.keys[1], addressOf(address), context);
  requireVersion(cart, version);
  requireSignIn(cart, address.email, context);
  return saved(next, context);
};

/**
 * @throws ForbiddenError for a guest with the e-mail address of an account, where the channel wants its owner to sign in
 * (documented; which value of the setting says so is assumed)
 */
function requireSignIn(cart: CartRow, email: string | undefined, context: OperationContext): void {
  const { customer_id, channel_id } = cart;
  if (customer_id !== 0 || !email) return;
  if (channelSettings(context, channel_id).guest_checkout_for_existing_accounts === 'allow') return;
  const folded = email.toLowerCase();
  if (!allOf(context.store, customerSource).some((row) => row.email.toLowerCase() === folded)) return;
  throw new ForbiddenError('The e-mail address belongs to an account. Sign in to continue.');
}

const createCheckoutConsignment: Handler<'createCheckoutConsignment'> = (context) => {
  const cart = requireCheckout(context);
  requireVersion(cart, context.body[0]?.version);
  return saved(withNewConsignments(cart, context.body.map(consignmentOf), context), context);
};

const updateStorefrontCheckoutConsignment: Handler<'updateStorefrontCheckoutConsignment'> = (context) => {
  const cart = requireCheckout(context);
  requireVersion(cart, context.body.version);
  return saved(withChangedConsignment(cart, context.keys[1], consignmentOf(context.body), context), context);
};

const deleteStorefrontCheckoutConsignment: Handler<'deleteStorefrontCheckoutConsignment'> = (context) => {
  const cart = requireCheckout(context);
  requireVersion(cart, sentBody(context)?.version);
  return saved(withoutConsignment(cart, context.keys[1]), context);
};

const addStorefrontCheckoutCoupon: Handler<'addStorefrontCheckoutCoupon'> = (context) => {
  const cart = requireCheckout(context);
  const { couponCode, version } = context.body;
  requireVersion(cart, version);
  const { id, code } = requireUsableCoupon(couponCode, cart, context);
  return saved({ ...cart, coupons: [...cart.coupons, { id, code }] }, context);
};

const deleteStorefrontCheckoutCoupon: Handler<'deleteStorefrontCheckoutCoupon'> = (context) => {
  const cart = requireCheckout(context);
  const next = withoutCoupon(cart, String(context.keys[1]));
  requireVersion(cart, sentBody(context)?.version);
  return saved(next, context);
};

/**
 * @throws NotFoundError for a code that there is none of (documented; title assumed)
 * @throws UnprocessableError for one that pays no more (assumed)
 */
const addCheckoutGiftCertificate: Handler<'addCheckoutGiftCertificate'> = (context) => {
  const { store, at, body } = context;
  const cart = requireCheckout(context);
  const code = body.giftCertificateCode;
  const found = allOf(store, giftCertificateSource).find((row) => row.code.toLowerCase() === code.toLowerCase());
  if (!found) throw new NotFoundError('The gift certificate code was not found.');
  const isOver = found.expiry_date ? Date.parse(found.expiry_date) < at : false;
  if (found.status !== 'active' || isOver || amountOf(found.balance) <= 0) {
    throw refusal('The gift certificate code is not valid.', 'giftCertificateCode');
  }
  const others = cart.certificate_codes.filter((used) => used !== found.code);
  return saved({ ...cart, certificate_codes: [...others, found.code] }, context);
};

const deleteCheckoutGiftCertificate: Handler<'deleteCheckoutGiftCertificate'> = (context) => {
  const cart = requireCheckout(context);
  const code = String(context.keys[1]).toLowerCase();
  const certificate_codes = cart.certificate_codes.filter((used) => used.toLowerCase() !== code);
  if (certificate_codes.length === cart.certificate_codes.length) {
    throw new NotFoundError('The gift certificate is not in use.');
  }
  return saved({ ...cart, certificate_codes }, context);
};

const addCheckoutStoreCredit: Handler<'addCheckoutStoreCredit'> = (context) =>
  saved({ ...requireCheckout(context), is_store_credit_applied: true }, context);

const removeCheckoutStoreCredit: Handler<'removeCheckoutStoreCredit'> = (context) =>
  saved({ ...requireCheckout(context), is_store_credit_applied: false }, context);

/** Any token passes: the mock asks nobody whether it is one. */
const checkoutSpamProtection: Handler<'checkoutSpamProtection'> = (context) => {
  const cart = requireCheckout(context);
  return saved({ ...cart, has_passed_spam_check: true }, context);
};

export const storefrontCheckoutsDomain: Domain = {
  resources: [],
  handlers: {
    getStorefrontCheckout,
    updateStorefrontCheckout,
    updateCheckoutLineItem,
    deleteCheckoutLineItem,
    addStorefrontCheckoutBillingAddress,
    updateStorefrontCheckoutBillingAddress,
    createCheckoutConsignment,
    updateStorefrontCheckoutConsignment,
    deleteStorefrontCheckoutConsignment,
    addStorefrontCheckoutCoupon,
    deleteStorefrontCheckoutCoupon,
    addCheckoutGiftCertificate,
    deleteCheckoutGiftCertificate,
    addCheckoutStoreCredit,
    removeCheckoutStoreCredit,
    checkoutSpamProtection,
  },
};
