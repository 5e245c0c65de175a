/**
 * Checkouts of the management API: the cart of the same id, with addresses, consignments, coupons, discounts and fees,
 * up to the order it becomes. Described in openapi/documents/checkouts/checkouts.v3.yaml.
 */
import type { CartRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { findCart, requireVersion, saveCart } from '../carts/carts.v3.js';
import { requireUsableCoupon, withoutCoupon } from '../carts/cart-coupons.js';
import { refusal } from '../carts/cart-lines.js';
import { textId } from '../carts/text-ids.js';
import { INCOMPLETE, placeOrder } from './checkout-order.js';
import { toCheckout } from './checkout-view.js';
import {
  withBillingAddress,
  withChangedBillingAddress,
  withChangedConsignment,
  withChangedFees,
  withManualDiscounts,
  withNewConsignments,
  withNewFees,
  withoutConsignment,
  withoutFees,
  type ConsignmentInput,
} from './checkout-steps.js';
import { withListed404 } from './no-such-checkout.js';
import { orderSource } from './order-source.js';
import { sentBody } from '../carts/sent-body.js';

type Schemas = components['schemas'];

interface CheckoutAnswer {
  readonly status: 200;
  readonly body: { data: Schemas['Checkout']; meta: Record<string, never> };
}

/** The cart behind a checkout. @throws NotFoundError with an assumed title */
function requireCheckout(context: OperationContext): CartRow {
  const cart = findCart(context.keys[0], context);
  if (!cart) throw new NotFoundError('The requested checkout was not found.');
  return cart;
}

function answer(cart: CartRow, context: OperationContext): CheckoutAnswer {
  const include = listOf(context.query.get('include') ?? '');
  return { status: 200, body: { data: toCheckout(cart, context, include), meta: {} } };
}

function saved(cart: CartRow, context: OperationContext): CheckoutAnswer {
  return answer(saveCart(cart, context), context);
}

const getCheckout: Handler<'getCheckout'> = (context) => answer(requireCheckout(context), context);

const updateCheckout: Handler<'updateCheckout'> = (context) => {
  const cart = requireCheckout(context);
  requireVersion(cart, context.body.version);
  return saved({ ...cart, customer_message: context.body.customer_message }, context);
};

const addCheckoutDiscount: Handler<'addCheckoutDiscount'> = (context) => {
  const cart = requireCheckout(context);
  const { cart: sent, version } = sentBody(context) ?? {};
  requireVersion(cart, version ?? sent?.version);
  const discounts = {
    discounts: (sent?.discounts ?? []).map(({ discounted_amount }) => discounted_amount),
    lines: (sent?.line_items ?? []).map(({ id = '', discounted_amount = 0 }) => ({ id, amount: discounted_amount })),
  };
  return saved(withManualDiscounts(cart, discounts, context), context);
};

const addCheckoutBillingAddress: Handler<'addCheckoutBillingAddress'> = (context) => {
  const cart = requireCheckout(context);
  const { version, ...address } = context.body;
  requireVersion(cart, version);
  return saved(withBillingAddress(cart, address, context), context);
};

const updateCheckoutBillingAddress: Handler<'updateCheckoutBillingAddress'> = (context) => {
  const cart = requireCheckout(context);
  const { version, ...address } = context.body;
  const next = withChangedBillingAddress(cart, context.keys[1], address, context);
  requireVersion(cart, version);
  return saved(next, context);
};

function consignmentOf(body: Schemas['CheckoutConsignmentUpdate']): ConsignmentInput {
  return {
    address: body.address,
    line_items: body.line_items,
    shipping_option_id: body.shipping_option_id,
    custom_shipping: body.custom_shipping,
    pickup_method_id: body.pickup_option?.pickup_method_id,
  };
}

const addCheckoutConsignment: Handler<'addCheckoutConsignment'> = (context) => {
  const cart = requireCheckout(context);
  const sent = sentBody(context) ?? [];
  requireVersion(cart, sent[0]?.version);
  return saved(withNewConsignments(cart, sent.map(consignmentOf), context), context);
};

const updateCheckoutConsignment: Handler<'updateCheckoutConsignment'> = (context) => {
  const cart = requireCheckout(context);
  requireVersion(cart, context.body.version);
  return saved(withChangedConsignment(cart, context.keys[1], consignmentOf(context.body), context), context);
};

const deleteCheckoutConsignment: Handler<'deleteCheckoutConsignment'> = (context) => {
  const cart = requireCheckout(context);
  requireVersion(cart, sentBody(context)?.version);
  return saved(withoutConsignment(cart, context.keys[1]), context);
};

const addCheckoutCoupon: Handler<'addCheckoutCoupon'> = (context) => {
  const cart = requireCheckout(context);
  const { coupon_code, version } = context.body;
  requireVersion(cart, version);
  const { id, code } = requireUsableCoupon(coupon_code, cart, context);
  return saved({ ...cart, coupons: [...cart.coupons, { id, code }] }, context);
};

const deleteCheckoutCoupon: Handler<'deleteCheckoutCoupon'> = (context) => {
  const cart = requireCheckout(context);
  const next = withoutCoupon(cart, String(context.keys[1]));
  requireVersion(cart, sentBody(context)?.version);
  return saved(next, context);
};

const addFees: Handler<'CheckoutsFeesByCheckoutIdPost'> = (context) =>
  saved(withNewFees(requireCheckout(context), context.body.fees, context), context);

const updateFees: Handler<'CheckoutsFeesByCheckoutIdPut'> = (context) =>
  saved(withChangedFees(requireCheckout(context), context.body.fees), context);

const removeFees: Handler<'CheckoutsFeesByCheckoutIdDelete'> = (context) =>
  saved(withoutFees(requireCheckout(context), context.body.ids), context);

/** Documented: each call makes another order. */
const createOrder: Handler<'createOrder'> = (context) => {
  const cart = requireCheckout(context);
  const id = placeOrder(cart, context);
  return { status: 200, body: { data: { id }, meta: {} } };
};

/**
 * The schema, and not the example, says where the token stands.
 * @throws UnprocessableError once the order is finished (documented; title assumed)
 */
const createCheckoutToken: Handler<'createCheckoutToken'> = (context) => {
  const { order_id } = requireCheckout(context);
  const order = order_id === undefined ? undefined : context.store.rows(orderSource).get(order_id);
  if (order && order.status_id !== INCOMPLETE) throw refusal('The order of this checkout is finished already.');
  const token = `${textId(context.store, 'checkout-tokens')}${textId(context.store, 'checkout-tokens')}`;
  return { status: 200, body: { checkoutToken: token.replaceAll('-', ''), meta: {} } };
};

export const checkoutsDomain: Domain = {
  resources: [],
  handlers: {
    getCheckout: withListed404(getCheckout),
    updateCheckout: withListed404(updateCheckout),
    addCheckoutDiscount: withListed404(addCheckoutDiscount),
    addCheckoutBillingAddress: withListed404(addCheckoutBillingAddress),
    updateCheckoutBillingAddress: withListed404(updateCheckoutBillingAddress),
    addCheckoutConsignment: withListed404(addCheckoutConsignment),
    updateCheckoutConsignment: withListed404(updateCheckoutConsignment),
    deleteCheckoutConsignment: withListed404(deleteCheckoutConsignment),
    addCheckoutCoupon: withListed404(addCheckoutCoupon),
    deleteCheckoutCoupon: withListed404(deleteCheckoutCoupon),
    CheckoutsFeesByCheckoutIdPost: withListed404(addFees),
    CheckoutsFeesByCheckoutIdPut: withListed404(updateFees),
    CheckoutsFeesByCheckoutIdDelete: withListed404(removeFees),
    createOrder: withListed404(createOrder),
    createCheckoutToken: withListed404(createCheckoutToken),
  },
};
