/** Tokens with which one order can be paid, for an hour. Described in payments/access-tokens.v3.yaml. */
import { ConflictError, NotFoundError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { sign, storeSecret } from '../auth/tokens.js';
import { orderSource } from '../checkouts/order-source.js';

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
  const token = sign(
    { order_id: id, sub: store.hash, aud: 'payments', exp: Math.floor(at / 1000) + LIFETIME_SECONDS },
    storeSecret(store),
    context,
  );
  return { status: 201, body: { data: { id: token }, meta: {} } };
};

export const paymentAccessTokensDomain: Domain = { resources: [], handlers: { createPaymentAccessToken } };
