/** Tokens with which one order can be paid, for an hour. Described in payments/access-tokens.v3.yaml. */
import { ConflictError, NotFoundError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { sign, storeSecret, type Claims } from '../auth/tokens.js';
import { textId } from '../carts/text-ids.js';
import { orderSource } from '../checkouts/order-source.js';
import { STORE_ID } from '../store/store-information.v2.js';

const ISSUER = 'payments.bigcommerce.com';
const LIFETIME_SECONDS = 3600;
const INCOMPLETE = 0;
/** Documented codes of the payments host. */
export const ORDER_NOT_FOUND = 30003;
export const ORDER_IS_INVALID = 30101;

/** @throws NotFoundError for an order that is not there; ConflictError for one that is not to be paid (codes documented) */
const createPaymentAccessToken: Handler<'createPaymentAccessToken'> = (context) => {
  const { store, at, body } = context;
  const { id } = body.order;
  const order = store.rows(orderSource).get(id);
  if (!order || order.is_deleted) {
    throw new NotFoundError('Order not found.', {}, { code: ORDER_NOT_FOUND });
  }
  if (order.status_id !== INCOMPLETE || order.order_source === 'manual') {
    throw new ConflictError('Order is invalid.', {}, { code: ORDER_IS_INVALID });
  }
  const now = Math.floor(at / 1000);
  const token = sign(
    {
      exp: now + LIFETIME_SECONDS,
      nbf: now,
      iss: ISSUER,
      sub: store.hash,
      jti: textId(store, 'payment-access-tokens'),
      data: {
        store_id: STORE_ID,
        order_id: id,
        amount: Math.round(order.total_inc_tax * 100),
        currency: order.currency_code,
      },
    },
    storeSecret(store),
    context,
  );
  return { status: 201, body: { data: { id: token }, meta: {} } };
};

/** The id of the order that a token is for; 0 for a token of another kind. */
export function paidOrder(claims: Claims | undefined): number {
  const { order_id } = (claims?.['iss'] === ISSUER ? claims['data'] : {}) as { readonly order_id?: unknown };
  return typeof order_id === 'number' ? order_id : 0;
}

export const paymentAccessTokensDomain: Domain = { resources: [], handlers: { createPaymentAccessToken } };
