/**
 * Refunds of orders and quotes of them. What they come to and who pays them back is in files of its own beside this one.
 * Described in openapi/documents/orders/orders.v3.yaml.
 */
import type { OrderRow, RefundRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { errorObject } from '../../pipeline/error-text.js';
import { defineResource, defineView, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type BytesAnswer, type Handler } from '../../resources/handler.js';
import { catalogDate } from '../../state/clock.js';
import { cents } from '../carts/elsewhere.js';
import { orderProducts } from './order-rows.js';
import { changeOrder, requireOrder } from './place-order.js';
import { calculate, exceeds, leftOf, type RefundBody } from './refund-amounts.js';
import { payBack, refundMethods, requireShares, usualPayments } from './refund-payments.js';
import { requireVisibleOrder } from './transactions.v3.js';
import { without } from './without.js';

type Schemas = components['schemas'];

/** Rows keyed by `id`. */
export const refunds = defineResource<RefundRow>(
  'refunds',
  {
    create: () => {
      throw new Error('refunds are made by their handler');
    },
    filters: {
      'created:min': (text) => (row) => Date.parse(row.created) >= Date.parse(text),
      'created:max': (text) => (row) => Date.parse(row.created) <= Date.parse(text),
      transaction_id: (text) => (row) => row.payments.some(({ transaction_id }) => transaction_id === text),
    },
    wire: refundWire,
  },
  { below: 'orders', parentField: 'order_id' },
);

/** Amounts asked for are numbers that are not null, as lists and answers to writes are documented. */
function refundWire(row: RefundRow): Schemas['Refund'] {
  const items = row.items.map(({ requested_amount, ...item }) => ({
    ...item,
    ...(requested_amount !== null && { requested_amount }),
  }));
  return { ...without(row, 'amounts'), items };
}

/** A refund by itself: there, amounts asked for are documented as texts, or null. */
const refundDetails = defineView(refunds, { wire: refundDetailsWire }, 'id');

function refundDetailsWire(row: RefundRow): Schemas['RefundDetails'] {
  const items = row.items.map((item) => ({ ...item, requested_amount: item.requested_amount?.toFixed(2) ?? null }));
  return { ...without(row, 'amounts'), items };
}

const createOrderRefundQuotes: Handler<'createOrderRefundQuotes'> = (context) => {
  const order = requireRefundable(idAt(context, 0), context);
  const quote = calculate(order, context.body, context);
  return {
    status: 201,
    body: {
      data: {
        order_id: order.id,
        total_refund_amount: quote.total,
        total_refund_tax_amount: quote.tax,
        order_level_refund_amount: quote.orderLevel,
        rounding: 0,
        adjustment: quote.adjustment,
        tax_inclusive: order.is_tax_inclusive_pricing,
        refund_methods: refundMethods(order, quote.total, context),
      },
      meta: {},
    },
  };
};

/**
 * Documented: payment must have been settled. Orders made through V2 have no payment: there a status counts that
 * BigCommerce calls paid (assumed).
 */
function requireRefundable(id: number, actor: Actor): OrderRow {
  const order = requireVisibleOrder(id, actor);
  const isPaid = order.payment_status === '' ? !UNPAID.has(order.status_id) : SETTLED.has(order.payment_status);
  if (!isPaid) throw new UnprocessableError('The order has no settled payment that could be refunded.');
  return order;
}

const SETTLED: ReadonlySet<string> = new Set(['captured', 'paid', 'partially refunded', 'refunded']);
/** Incomplete, pending, cancelled, declined, awaiting payment, to be verified, disputed. */
const UNPAID: ReadonlySet<number> = new Set([0, 1, 5, 6, 7, 12, 13]);

const createOrderRefund: Handler<'createOrderRefund'> = (context) => {
  const { store, at, body } = context;
  const order = requireRefundable(idAt(context, 0), context);
  const input: RefundBody = body;
  const calculation = calculate(order, input, context);
  const override = input.merchant_calculated_override;
  const total = override?.total_amount ?? calculation.total;
  const payments = input.payments ?? usualPayments(order, total, context);
  for (const { provider_id } of payments) {
    if (provider_id === 'storecredit' && order.customer_id === 0) return guestCredit();
  }
  const paid = cents(payments.reduce((sum, { amount = 0 }) => sum + amount, 0));
  if (paid !== cents(total)) {
    throw new UnprocessableError('The payments do not add up to the refund amount.', {
      payments: `The refund comes to ${total.toFixed(2)}.`,
    });
  }
  if (paid > leftOf(order, context)) throw exceeds();
  requireShares(order, payments, context);
  const rows = store.rows(refunds);
  const id = rows.nextId();
  const paidBack = payments.map((payment, position) => payBack(order, id * 10 + position, payment, context));
  const row: RefundRow = {
    id,
    order_id: order.id,
    user_id: context.account.id,
    created: catalogDate(at),
    reason: calculation.items.find(({ row: item }) => item.reason !== '')?.row.reason ?? '',
    total_amount: total,
    total_tax: override?.total_tax ?? calculation.tax,
    uses_merchant_override_values: override !== undefined,
    items: calculation.items.map((item) => item.row),
    payments: paidBack,
    amounts: calculation.items.map(({ amount }) => amount),
  };
  rows.insert(row, order.id);
  follow(row, context);
  return { status: 201, body: { data: refundWire(row), meta: {} } };
};

/** This one refusal is wrapped in `data` (documented). */
function guestCredit(): BytesAnswer {
  const refusal = new UnprocessableError('Unable to provide store credit for a guest customer.', null);
  return { status: 422, bytes: JSON.stringify({ data: [errorObject(refusal)] }), reason: refusal.message };
}

/** Lines and the order say what was paid back; stock and totals stay (documented). */
function follow({ order_id, items }: RefundRow, actor: Actor): void {
  const { store } = actor;
  const lines = store.rows(orderProducts);
  for (const { item_type, item_id, quantity } of items) {
    const line = item_type === 'PRODUCT' ? lines.get(item_id) : undefined;
    if (!line) continue;
    const quantity_refunded = line.quantity_refunded + quantity;
    lines.replace({ ...line, quantity_refunded, is_refunded: quantity_refunded >= line.quantity });
  }
  const order = requireOrder(order_id, actor);
  const isAll = leftOf(order, actor) <= 0;
  changeOrder(order, { status_id: isAll ? 4 : 14, payment_status: isAll ? 'refunded' : 'partially refunded' }, actor, {
    keepsStock: true,
  });
}

export const refundsDomain: Domain = {
  resources: [refunds],
  views: { getOrderRefund: refundDetails },
  handlers: { createOrderRefundQuotes, createOrderRefund },
};
