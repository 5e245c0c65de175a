/**
 * Transactions of an order, and capture and void of an authorized payment. What a real gateway does later is done by the
 * next read of the order or of its transactions. Described in openapi/documents/orders/orders.v3.yaml.
 */
import type { OrderRow, TransactionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { findPage, requireParents } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler } from '../../resources/handler.js';
import { catalogDate } from '../../state/clock.js';
import { orders } from './orders.v2.js';
import { changeOrder } from './place-order.js';

/** Rows keyed by `id`. */
export const transactions = defineResource<TransactionRow>(
  'transactions',
  {
    create: ({ input, id, at }) => ({
      ...blank,
      ...input,
      id,
      order_id: input.order_id ?? 0,
      date_created: catalogDate(at),
    }),
    wire: (row): components['schemas']['OrderTransaction'] => ({ ...row, order_id: String(row.order_id) }),
  },
  { below: 'orders', parentField: 'order_id' },
);

const blank: TransactionRow = {
  id: 0,
  order_id: 0,
  event: 'purchase',
  method: 'credit_card',
  amount: 0,
  currency: 'USD',
  gateway: 'testgateway',
  gateway_transaction_id: '',
  date_created: '',
  test: true,
  status: 'ok',
  fraud_review: false,
  reference_transaction_id: 0,
  payment_method_id: 'testgateway.card',
  avs_result: { code: '', message: '', street_match: '', postal_match: '' },
  cvv_result: { code: '', message: '' },
};

/** Notes that money moved, or was held. */
export function recordTransaction(
  order: OrderRow,
  fields: Partial<TransactionRow> & Pick<TransactionRow, 'event' | 'amount'>,
  { store, at }: Actor,
): TransactionRow {
  const rows = store.rows(transactions);
  const id = rows.nextId();
  const row: TransactionRow = {
    ...blank,
    currency: order.currency_code,
    gateway_transaction_id: `mock_${String(order.id)}_${String(id)}`,
    ...fields,
    id,
    order_id: order.id,
    date_created: catalogDate(at),
  };
  rows.insert(row, order.id);
  return row;
}

/** The payment that a capture or a void is about: the first that went well. */
function settledPayment(order_id: number, { store }: Pick<Actor, 'store'>): TransactionRow | undefined {
  return store
    .rows(transactions)
    .rowsOf(order_id)
    .find(({ event, status }) => (event === 'purchase' || event === 'authorization') && status !== 'error');
}

/** All payments that were taken: what was only held, or let go of again, is none. */
export function settledPayments(order_id: number, { store }: Pick<Actor, 'store'>): TransactionRow[] {
  const own = store.rows(transactions).rowsOf(order_id);
  const actedOn = (event: TransactionRow['event']): ReadonlySet<number | undefined> =>
    new Set(own.filter((row) => row.event === event).map(({ reference_transaction_id }) => reference_transaction_id));
  const [captured, released] = [actedOn('capture'), actedOn('void')];
  return own.filter(
    ({ id, event, status }) =>
      status !== 'error' &&
      !released.has(id) &&
      (event === 'purchase' || (event === 'authorization' && captured.has(id))),
  );
}

export function requireVisibleOrder(id: number, { store }: Pick<Actor, 'store'>): OrderRow {
  const order = store.rows(orders).get(id);
  if (!order || order.is_deleted) throw new NotFoundError('The requested order was not found.');
  return order;
}

/** The sentence is assumed. @throws UnprocessableError when nothing is authorized */
function requireAuthorized(id: number, actor: Actor): OrderRow {
  const order = requireVisibleOrder(id, actor);
  if (order.payment_status !== 'authorized') {
    throw new UnprocessableError('The payment of this order is not authorized.', {
      payment_status: `The payment status is "${order.payment_status}".`,
    });
  }
  return order;
}

/**
 * The answer to a POST says nothing yet; what the gateway does with it is done at once (assumed: a store takes
 * moments), so that the next read shows the result.
 */
function settleAuthorization(id: number, event: 'capture' | 'void', actor: Actor): void {
  const order = requireAuthorized(id, actor);
  const held = settledPayment(id, actor);
  recordTransaction(
    order,
    {
      event,
      amount: held?.amount ?? order.total_inc_tax,
      method: held?.method ?? 'credit_card',
      gateway: held?.gateway ?? 'testgateway',
      reference_transaction_id: held?.id ?? 0,
      ...(held?.payment_method_id !== undefined && { payment_method_id: held.payment_method_id }),
    },
    actor,
  );
  changeOrder(order, { payment_status: event === 'capture' ? 'captured' : 'void' }, actor);
}

const captureOrderPayment: Handler<'captureOrderPayment'> = (context) => {
  settleAuthorization(idAt(context, 0), 'capture', context);
  return { status: 201, body: {} };
};

const voidOrderPayment: Handler<'voidOrderPayment'> = (context) => {
  settleAuthorization(idAt(context, 0), 'void', context);
  return { status: 201, body: {} };
};

/** Without any, 204 (documented). */
const getOrderTransactions: Handler<'getOrderTransactions'> = (context) => {
  requireParents(context);
  const page = findPage(context, transactions);
  return page.items.length === 0 ? emptyAnswer() : listAnswer(context, transactions, page.items, page.meta);
};

export const transactionsDomain: Domain = {
  resources: [transactions],
  handlers: { captureOrderPayment, voidOrderPayment, getOrderTransactions },
};
