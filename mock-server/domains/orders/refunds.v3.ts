/**
 * Refunds of orders and quotes of them: what is left to pay back of lines, shipping, handling, fees and the order
 *. Described in openapi/documents/orders/orders.v3.yaml.
 */
import type { OrderProductRow, OrderRow, RefundItemRow, RefundPaymentRow, RefundRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type BytesAnswer, type Handler } from '../../resources/handler.js';
import { errorObject } from '../../pipeline/error-text.js';
import { catalogDate } from '../../state/clock.js';
import { orderFees, orderProducts, orderShippingAddresses } from './order-rows.js';
import { changeOrder, requireOrder } from './place-order.js';
import { recordTransaction, requireVisibleOrder, settledPayment, transactions } from './transactions.v3.js';
import { without } from './without.js';

type Schemas = components['schemas'];
type RefundItem = Schemas['RefundByQuantity'] | Schemas['RefundByAmount'];
type RefundBody = Partial<Schemas['NewRefundOfItems']> & Partial<Schemas['NewRefundOfTax']>;
type Methods = NonNullable<Schemas['RefundQuote']['refund_methods']>;

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

function refundWire(row: RefundRow): Schemas['Refund'] {
  return without(row, 'amounts');
}

/** An item with what it comes to. */
interface Priced {
  readonly row: RefundItemRow;
  readonly amount: number;
  readonly tax: number;
}

interface Calculation {
  readonly items: readonly Priced[];
  readonly total: number;
  readonly tax: number;
  readonly orderLevel: number;
  readonly adjustment: number;
}

const cents = (amount: number): number => Math.round(Number((amount * 100).toPrecision(15))) / 100;

/** @throws UnprocessableError for items that the order does not have, or not so much of any more */
function calculate(order: OrderRow, body: RefundBody, actor: Actor): Calculation {
  if (body.items === undefined) {
    const total = body.tax_adjustment_amount ?? 0;
    if (total <= 0 || total > cents(order.total_tax)) throw exceeds();
    return { items: [], total: cents(total), tax: cents(total), orderLevel: 0, adjustment: 0 };
  }
  if (body.tax_adjustment_amount !== undefined) {
    throw new UnprocessableError('Either items or tax_adjustment_amount can be refunded, not both.', {
      tax_adjustment_amount: 'not allowed beside items',
    });
  }
  if (body.items.length === 0) throw unknownItem('items', 'must have at least one item');
  const items = body.items.map((item) => pricedItem(order, item, actor));
  requireLeft(order, items, actor);
  const adjustment = body.items.reduce(
    (sum, item) =>
      sum + (('adjustments' in item && item.adjustments) || []).reduce((all, { amount = 0 }) => all + amount, 0),
    0,
  );
  return {
    items,
    total: cents(items.reduce((sum, { amount }) => sum + amount, 0)),
    tax: cents(items.reduce((sum, { tax }) => sum + tax, 0)),
    orderLevel: cents(
      items.filter(({ row }) => row.item_type === 'ORDER').reduce((sum, { amount }) => sum + amount, 0),
    ),
    adjustment,
  };
}

function exceeds(): UnprocessableError {
  return new UnprocessableError('Refund amount exceeds remaining amount');
}

/** The sentences are assumed. */
function unknownItem(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError('The refund cannot be made.', { [field]: sentence });
}

/** What of a line's price is left once the order's discounts are shared out. */
function keptOf(order: OrderRow): number {
  const off = order.discount_amount + order.coupon_discount;
  return order.subtotal_ex_tax > 0 ? Math.max(0, 1 - off / order.subtotal_ex_tax) : 1;
}

function pricedItem(order: OrderRow, item: RefundItem, actor: Actor): Priced {
  const { item_type, item_id, reason = '' } = item;
  if ('quantity' in item) {
    const line = actor.store.rows(orderProducts).get(item_id);
    if (line?.order_id !== order.id) throw unknownItem('item_id', `The order has no line ${String(item_id)}.`);
    const { quantity, adjustments = [] } = item;
    if (quantity < 1 || quantity > line.quantity) throw exceeds();
    const off = adjustments.reduce((sum, { amount = 0 }) => sum + amount, 0);
    const gross = grossOf(order, line, item.item_type) * quantity + off;
    if (gross < 0) throw unknownItem('adjustments', 'Adjustments exceed the price.');
    const share = taxShareOf(line, item.item_type);
    const row: RefundItemRow = { item_type, item_id, quantity, requested_amount: null, reason };
    if (adjustments.length > 0) row.adjustments = adjustments;
    return { row, amount: cents(gross), tax: cents(gross * share) };
  }
  const { amount } = item;
  if (!(amount > 0)) throw unknownItem('amount', 'The amount must be above zero.');
  const [most, share] = mostOf(order, item, actor);
  if (amount > cents(most)) throw exceeds();
  return {
    row: { item_type, item_id, quantity: 1, requested_amount: amount, reason },
    amount: cents(amount),
    tax: cents(amount * share),
  };
}

function grossOf(order: OrderRow, line: OrderProductRow, type: Schemas['RefundByQuantity']['item_type']): number {
  if (type === 'PRODUCT') return line.price_inc_tax * keptOf(order);
  return line.quantity > 0 ? line.wrapping_cost_inc_tax / line.quantity : 0;
}

/** The part of a gross amount that is tax. */
function taxShareOf(line: OrderProductRow, type: Schemas['RefundByQuantity']['item_type']): number {
  if (type === 'PRODUCT') return shareOf(line.price_tax, line.price_inc_tax);
  return shareOf(line.wrapping_cost_tax, line.wrapping_cost_inc_tax);
}

function shareOf(tax: number, gross: number): number {
  return gross > 0 ? tax / gross : 0;
}

/** The most that can be paid back of what is refunded by amount, and which part of it is tax. */
function mostOf(
  order: OrderRow,
  { item_type, item_id }: Pick<RefundItemRow, 'item_type' | 'item_id'>,
  actor: Actor,
): [number, number] {
  const { store } = actor;
  switch (item_type) {
    case 'SHIPPING':
    case 'HANDLING': {
      const address = store.rows(orderShippingAddresses).get(item_id);
      if (address?.order_id !== order.id) throw unknownItem('item_id', `The order has no address ${String(item_id)}.`);
      return item_type === 'SHIPPING'
        ? [address.cost_inc_tax, shareOf(address.cost_tax, address.cost_inc_tax)]
        : [address.handling_cost_inc_tax, shareOf(address.handling_cost_tax, address.handling_cost_inc_tax)];
    }
    case 'FEE': {
      const fee = store.rows(orderFees).get(item_id);
      if (fee?.order_id !== order.id) throw unknownItem('item_id', `The order has no fee ${String(item_id)}.`);
      return [fee.cost_inc_tax, shareOf(fee.cost_tax, fee.cost_inc_tax)];
    }
    default:
      if (item_id !== order.id) throw unknownItem('item_id', 'The item must be the order itself.');
      return item_type === 'TAX' ? [order.total_tax, 1] : [order.total_inc_tax, 0];
  }
}

/** Counts what earlier refunds paid back. @throws UnprocessableError */
function requireLeft(order: OrderRow, items: readonly Priced[], actor: Actor): void {
  const earlier = actor.store.rows(refunds).rowsOf(order.id);
  const asked = new Map<string, number>();
  for (const { row, amount } of items) {
    const name = `${row.item_type}:${String(row.item_id)}`;
    const isCounted = row.requested_amount === null;
    const had = earlier
      .flatMap((refund) => refund.items.map((item, place) => ({ item, amount: refund.amounts[place] ?? 0 })))
      .filter(({ item }) => item.item_type === row.item_type && item.item_id === row.item_id)
      .reduce((sum, past) => sum + (isCounted ? past.item.quantity : past.amount), 0);
    const now = (asked.get(name) ?? 0) + (isCounted ? row.quantity : amount);
    asked.set(name, now);
    const most = isCounted
      ? (actor.store.rows(orderProducts).get(row.item_id)?.quantity ?? 0)
      : cents(mostOf(order, row, actor)[0]);
    if (cents(had + now) > most) throw exceeds();
  }
  const total = items.reduce((sum, { amount }) => sum + amount, 0);
  if (cents(total) > leftOf(order, actor)) throw exceeds();
}

/** What has not been paid back yet. */
function leftOf(order: OrderRow, { store }: Actor): number {
  const past = store.rows(refunds).rowsOf(order.id);
  return cents(cents(order.total_inc_tax) - past.reduce((sum, { total_amount }) => sum + total_amount, 0));
}

/**
 * Ways to pay an amount back: by the provider that took it, by hand, and as store credit to whoever has an account.
 * Which are offered beside the first is assumed.
 */
function methodsOf(order: OrderRow, amount: number, actor: Actor): Methods {
  const payment = settledPayment(order.id, actor);
  const methods: Methods = [];
  const isOnline = payment !== undefined && payment.method !== 'offline' && payment.method !== 'custom';
  if (isOnline) {
    methods.push([
      {
        provider_id: payment.gateway,
        provider_description: order.payment_method,
        amount,
        offline: false,
        offline_provider: false,
        offline_reason: '',
      },
    ]);
  }
  if (order.customer_id !== 0) {
    methods.push([
      {
        provider_id: 'storecredit',
        provider_description: 'Store Credit',
        amount,
        offline: false,
        offline_provider: false,
        offline_reason: '',
      },
    ]);
  }
  methods.push([
    {
      provider_id: payment && !isOnline ? payment.gateway : 'custom',
      provider_description: isOnline ? 'Custom' : order.payment_method,
      amount,
      offline: true,
      offline_provider: true,
      offline_reason: 'The money is paid back outside the store.',
    },
  ]);
  return methods;
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
        refund_methods: methodsOf(order, quote.total, context),
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
  const payments = input.payments ?? [
    { provider_id: settledPayment(order.id, context)?.gateway ?? 'custom', amount: total },
  ];
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
  const rows = store.rows(refunds);
  const id = rows.nextId();
  const original = settledPayment(order.id, context);
  const paidBack = payments.map(
    ({ provider_id = 'custom', amount = 0, offline = false }, position): RefundPaymentRow => {
      const gateway = store
        .rows(transactions)
        .rowsOf(order.id)
        .find((each) => each.gateway === provider_id)?.gateway;
      const { gateway_transaction_id = '' } = recordTransaction(
        order,
        {
          event: 'refund',
          amount,
          method: provider_id === 'storecredit' ? 'store_credit' : offline ? 'offline' : (original?.method ?? 'custom'),
          gateway: gateway ?? (provider_id === 'storecredit' ? 'storecredit' : 'custom'),
          reference_transaction_id: original?.id ?? 0,
        },
        context,
      );
      return {
        id: id * 10 + position,
        provider_id,
        amount,
        offline,
        is_declined: false,
        declined_message: '',
        transaction_id: gateway_transaction_id,
      };
    },
  );
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

export const refundsDomain: Domain = { resources: [refunds], handlers: { createOrderRefundQuotes, createOrderRefund } };
