import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { described } from './order-mock.js';

const lists = [
  '/v2/orders',
  '/v2/orders/100',
  '/v2/orders?include=consignments,consignments.line_items,fees&consignment_structure=object',
  '/v2/orders/100?include=consignments,fees&consignment_structure=object',
  '/v2/orders/count',
  '/v2/order_statuses',
  '/v2/order_statuses/14',
  '/v2/orders/100/products',
  '/v2/orders/100/coupons',
  '/v2/orders/100/fees',
  '/v2/orders/100/taxes',
  '/v2/orders/100/taxes?details=true',
  '/v2/orders/100/messages',
  '/v2/orders/100/shipping_addresses',
  '/v2/orders/100/shipping_addresses/501/shipping_quotes',
  '/v2/orders/100/consignments',
  '/v2/orders/100/consignments?include=consignments.line_items',
  '/v2/orders/100/consignments/shipping/501/shipping_quotes',
  '/v2/orders/100/shipments',
  '/v2/orders/100/shipments/count',
  '/v3/orders/100/transactions',
  '/v3/orders/100/payment_actions/refunds',
  '/v3/orders/payment_actions/refunds',
  '/v3/orders/payment_actions/refunds/1301',
  '/v3/orders/settings',
  '/v3/orders/settings/channels/1',
  '/v3/orders/100/metafields',
  '/v3/orders/metafields',
  '/v3/orders/pickups',
] as const;

describe('the default store', () => {
  it('answers every read of orders with data that keeps to the description', async () => {
    const mock = await startMock({ size: 'small' });
    for (const path of lists) {
      const { body } = await described(mock.get(path), 200);
      const data = (body as { data?: unknown }).data ?? (body as unknown);
      expect(Array.isArray(data) ? data.length : 1, path).toBeGreaterThan(0);
    }
    const { text } = await mock.raw.get('/api/storefront/orders/100').expect(200);
    expect(JSON.parse(text)).toMatchObject({ orderId: 100, status: 'PARTIALLY_REFUNDED' });
  });

  it('has orders whose customers, products, parcels and totals fit together', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: orders } = await mock.get('/v2/orders').expect(200);
    for (const order of orders as { id: number; customer_id: number; subtotal_ex_tax: string; items_total: number }[]) {
      if (order.customer_id > 0) {
        const { body } = await mock.get(`/v3/customers?id:in=${order.customer_id}`).expect(200);
        expect(body.data).toHaveLength(1);
      }
      const { body: lines } = await mock.get(`/v2/orders/${order.id}/products`).expect(200);
      let total = 0;
      let items = 0;
      for (const line of lines as { product_id: number; total_ex_tax: string; quantity: number }[]) {
        await mock.get(`/v3/catalog/products/${line.product_id}`).expect(200);
        total += Number(line.total_ex_tax);
        items += line.quantity;
      }
      expect(total.toFixed(4)).toBe(order.subtotal_ex_tax);
      expect(items).toBe(order.items_total);
    }
  });

  it('has an order to pay, and one of which something is left to ship and to pay back', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: orders } = await mock.get('/v2/orders?status_id=0').expect(200);
    const [{ id, customer_id }] = orders as [{ id: number; customer_id: number }];
    await mock.post('/v3/payments/access_tokens', { order: { id } }).expect(201);
    const { body: methods } = await mock.get(`/v3/payments/methods?order_id=${id}`).expect(200);
    const card = (methods.data as { id: string; stored_instruments: object[] }[]).find(
      (method) => method.id === 'stripe.card',
    );
    expect(customer_id).toBeGreaterThan(0);
    expect(card?.stored_instruments).not.toEqual([]);
    const { body: lines } = await mock.get('/v2/orders/100/products').expect(200);
    const [line] = lines as [{ id: number; order_address_id: number }];
    const parcel = { order_address_id: line.order_address_id, items: [{ order_product_id: line.id, quantity: 2 }] };
    await described(mock.post('/v2/orders/100/shipments', parcel), 201);
    const items = [{ item_type: 'PRODUCT', item_id: line.id, quantity: 3 }];
    await described(mock.post('/v3/orders/100/payment_actions/refund_quotes', { items }), 201);
  });

  it('has coupons in orders that the store has, and they take off what they are worth', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: used } = await mock.get('/v2/orders/100/coupons').expect(200);
    const [coupon] = used as [{ coupon_id: number; code: string; amount: string; type: number }];
    const { body: own } = await mock.get(`/v2/coupons?code=${coupon.code}`).expect(200);
    expect(own).toMatchObject([{ id: coupon.coupon_id, amount: coupon.amount, type: 'per_total_discount' }]);
    const { body: order } = await mock.get('/v2/orders/100').expect(200);
    expect(order).toMatchObject({ coupon_discount: coupon.amount });
    expect(coupon.type).toBe(2);
  });

  it('has as many orders as its size says', async () => {
    const mock = await startMock({ size: 'medium' });
    const { body } = await described(mock.get('/v2/orders/count'), 200);
    expect(body.count).toBe(1000);
  });
});
