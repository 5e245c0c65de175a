/** Which writes to orders, shipments, refunds and payments raise which events. */
import { describe, expect, it } from 'vitest';
import { mug, newOrder, newProduct, orderOf } from '../orders/order-mock.js';
import { listen } from './heard.js';

describe('orders', () => {
  it('tell of a new one, its channel too, and of the stock that it takes', async () => {
    const { mock, heard } = await listen();
    const product_id = await newProduct(mock, {
      inventory_tracking: 'product',
      inventory_level: 5,
      inventory_warning_level: 3,
    });
    await heard();
    const { id } = await newOrder(mock, [{ product_id, quantity: 2 }], { status_id: 11 });
    const all = await heard({ channels: true });
    expect(all.slice(0, 2)).toEqual([
      { scope: 'store/product/updated', data: { type: 'product', id: product_id } },
      { scope: 'store/order/created', data: { type: 'order', id } },
    ]);
    expect(all).toContainEqual({ scope: 'store/channel/1/order/created', data: { order_id: id } });
    expect(all).toContainEqual({
      scope: 'store/product/inventory/order/updated',
      data: { type: 'product', id: product_id, inventory: { product_id, method: 'relative', value: -2 } },
    });
    const levels = all.filter(({ scope }) => scope.includes('/inventory/product/')).map(({ scope }) => scope);
    expect(levels).toEqual([
      'store/channel/*/inventory/product/stock_changed',
      'store/channel/*/inventory/product/low_stock_reached',
    ]);
  });

  it('tell of a change, of the status beside it, and of the same values not at all', async () => {
    const { mock, heard } = await listen();
    const { id } = await newOrder(mock, [mug]);
    const path = `/v2/orders/${String(id)}`;
    await heard();
    await mock.put(path, { staff_notes: 'Ring twice' }).expect(200);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/order/updated', data: { type: 'order', id } },
      { scope: 'store/channel/1/order/updated', data: { order_id: id } },
    ]);
    await mock.put(path, { staff_notes: 'Ring twice' }).expect(200);
    expect(await heard()).toEqual([]);
    const { body: before } = await mock.get(path).expect(200);
    await mock.put(path, { status_id: 11 }).expect(200);
    const status = { previous_status_id: before.status_id, new_status_id: 11 };
    expect(await heard()).toEqual([
      { scope: 'store/order/updated', data: { type: 'order', id } },
      { scope: 'store/order/statusUpdated', data: { type: 'order', id, status } },
    ]);
  });

  it('tell of a changed address', async () => {
    const { mock, scopes } = await listen();
    const { id } = await newOrder(mock, [mug]);
    const path = `/v2/orders/${String(id)}/shipping_addresses`;
    const [address] = (await mock.get(path).expect(200)).body;
    await scopes();
    await mock.put(`${path}/${String(address.id)}`, { city: 'Houston' }).expect(200);
    await mock.put(`${path}/${String(address.id)}`, { city: 'Houston' }).expect(200);
    expect(await scopes()).toEqual(['store/order/updated']);
  });

  it('are archived, not deleted (scenario 10)', async () => {
    const { mock, heard } = await listen();
    const { id } = await newOrder(mock, [mug]);
    await heard();
    await mock.delete(`/v2/orders/${String(id)}`).expect(204);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/order/archived', data: { type: 'order', id } },
      { scope: 'store/channel/1/order/archived', data: { order_id: id } },
    ]);
  });

  it('tell of nothing when one is refused', async () => {
    const { mock, scopes } = await listen();
    await mock.post('/v2/orders', orderOf([{ product_id: 99_999, quantity: 1 }])).expect(400);
    expect(await scopes()).toEqual([]);
  });
});

describe('shipments', () => {
  it('tell of themselves, and then of the order that they moved (scenario 8)', async () => {
    const { mock, heard, scopes } = await listen();
    const { id: orderId } = await newOrder(mock, [{ ...mug, quantity: 2 }]);
    const path = `/v2/orders/${String(orderId)}`;
    const [line] = (await mock.get(`${path}/products`)).body;
    const [address] = (await mock.get(`${path}/shipping_addresses`)).body;
    const { body: before } = await mock.get(path);
    const one = { order_address_id: address.id, items: [{ order_product_id: line.id, quantity: 1 }] };
    await heard();
    const { body: shipment } = await mock.post(`${path}/shipments`, one).expect(201);
    const status = (previous_status_id: number, new_status_id: number): object => ({
      type: 'order',
      id: orderId,
      status: { previous_status_id, new_status_id },
    });
    expect(await heard()).toEqual([
      { scope: 'store/shipment/created', data: { type: 'shipment', id: shipment.id, orderId } },
      { scope: 'store/order/updated', data: { type: 'order', id: orderId } },
      { scope: 'store/order/statusUpdated', data: status(before.status_id, 3) },
    ]);
    await mock.post(`${path}/shipments`, one).expect(201);
    expect((await heard()).at(-1)!.data).toEqual(status(3, 2));
    await mock.put(`${path}/shipments/${String(shipment.id)}`, { tracking_number: 'T1' }).expect(200);
    expect(await scopes()).toEqual(['store/shipment/updated']);
    await mock.delete(`${path}/shipments/${String(shipment.id)}`).expect(204);
    expect((await scopes())[0]).toBe('store/shipment/deleted');
  });
});

describe('refunds', () => {
  it('tell of the refund, the order, its status and the transaction', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const { body: orders } = await mock.get('/v2/orders?status_id=10').expect(200);
    const [order] = orders;
    const [line] = (await mock.get(`/v2/orders/${String(order.id)}/products`)).body;
    const items = [{ item_type: 'PRODUCT', item_id: line.id, quantity: 1 }];
    const path = `/v3/orders/${String(order.id)}/payment_actions`;
    const { body: quote } = await mock.post(`${path}/refund_quotes`, { items }).expect(201);
    const [[method]] = quote.data.refund_methods;
    const payments = [{ provider_id: method.provider_id, amount: method.amount, offline: method.offline }];
    await heard();
    const { body: refund } = await mock.post(`${path}/refunds`, { items, payments }).expect(201);
    const all = await heard();
    expect(all[0]).toEqual({
      scope: 'store/order/refund/created',
      data: { type: 'order', id: order.id, refund: { refund_id: refund.data.id } },
    });
    expect(all.map(({ scope }) => scope)).toEqual([
      'store/order/refund/created',
      'store/order/updated',
      'store/order/statusUpdated',
      'store/order/transaction/created',
    ]);
    expect(all[3]!.data).toMatchObject({
      type: 'transaction',
      order_id: String(order.id),
      transaction_id: expect.any(String),
      transaction_type: 'refund',
      transaction_status: 'complete',
    });
  });
});

describe('payments', () => {
  it('tell of the transaction', async () => {
    const { mock, scopes } = await listen({ size: 'small' });
    const [order] = (await mock.get('/v2/orders?status_id=7').expect(200)).body;
    await mock.post(`/v3/orders/${String(order.id)}/payment_actions/capture`).expect(201);
    expect(await scopes()).toContain('store/order/transaction/created');
  });
});
