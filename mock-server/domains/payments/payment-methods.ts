/**
 * Ways to pay: those of the store, by V2 and V3, and those for one order or checkout. Described in
 * openapi/documents/payments/{methods.v2,accepted-methods.v3}.yaml.
 */
import type { PaymentMethodRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, NotFoundError } from '../../errors.js';
import { findPage } from '../../resources/actions.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import { requireCart } from '../carts/carts.v3.js';
import { allOf } from '../carts/elsewhere.js';
import { orderSource } from '../checkouts/order-source.js';
import { storedInstruments } from '../customers/stored-instruments.v3.js';

type Schemas = components['schemas'];

/** Rows keyed by `id`, such as `stripe.card`. */
export const paymentMethods = defineResource<PaymentMethodRow>('payment-methods', {
  create: () => {
    throw new Error('payment methods are switched on in the control panel');
  },
  filters: { order_id: () => () => true, checkout_id: () => () => true },
  // Documented: from A to Z.
  order: (a, b) => (a.name < b.name ? -1 : 1),
});

/** Paid outside the store, such as by check: the payments host knows nothing of it (documented). */
export function isOffline({ id }: PaymentMethodRow): boolean {
  return id.endsWith('.offline');
}

const getAllPaymentMethods: Handler<'getAllPaymentMethods'> = (context) => {
  const { items } = findPage(context, paymentMethods);
  if (items.length === 0) return emptyAnswer();
  return { status: 200, body: items.map(({ code, name, test_mode }) => ({ code, name, test_mode })) };
};

/** @throws BadRequestError without an order or a checkout, or with both (documented; the code is that of bad data) */
const getPaymentMethods: Handler<'getPaymentMethods'> = (context) => {
  const { store, query } = context;
  const order_id = query.get('order_id');
  const checkout_id = query.get('checkout_id');
  if ((order_id === undefined) === (checkout_id === undefined)) {
    throw new BadRequestError('Either order_id or checkout_id is needed.', {}, { code: 10001 });
  }
  const customer_id =
    order_id === undefined
      ? requireCart(checkout_id, context).customer_id
      : store.rows(orderSource).get(Number(order_id))?.customer_id;
  if (customer_id === undefined) throw new NotFoundError('The requested order was not found.', {}, { code: 30003 });
  const stored = store.rows(storedInstruments).rowsOf(customer_id).flatMap(cardOf);
  const accepted = allOf(store, paymentMethods).filter((method) => !isOffline(method));
  const data = accepted.map((method) => ({
    ...method,
    code: undefined,
    stored_instruments: method.type === 'card' ? stored : [],
  }));
  return { status: 200, body: { data, meta: {} } };
};

function cardOf(row: Schemas['StoredInstrument']): Schemas['PaymentMethodStoredCard'][] {
  if (row.type !== 'stored_card') return [];
  const { type, token, brand = 'VISA', expiry_month = 12, expiry_year = 2030, is_default = false } = row;
  const { issuer_identification_number = '411111', last_4 = '1111' } = row;
  // Tokens of this document have 64 characters.
  const whole = token.padEnd(64, '0').slice(0, 64);
  return [{ type, token: whole, brand, expiry_month, expiry_year, issuer_identification_number, last_4, is_default }];
}

export const paymentMethodsDomain: Domain = {
  resources: [paymentMethods],
  handlers: { getAllPaymentMethods, getPaymentMethods },
};
