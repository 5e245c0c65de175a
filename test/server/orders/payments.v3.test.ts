import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { described, mug, newOrder } from './order-mock.js';

/** The order of the default store whose payment is authorized. */
async function authorized(): Promise<[MockClient, number]> {
  const mock = await startMock({ size: 'small' });
  const { body } = await mock.get('/v2/orders?status_id=7').expect(200);
  return [mock, body[0].id as number];
}

describe('captureOrderPayment', () => {
  it('captures an authorized payment once (scenario 14)', async () => {
    const [mock, id] = await authorized();
    const { body: order } = await mock.get(`/v2/orders/${id}`).expect(200);
    expect(order.payment_status).toBe('authorized');
    await described(mock.post(`/v3/orders/${id}/payment_actions/capture`), 201);
    const { body: captured } = await mock.get(`/v2/orders/${id}`).expect(200);
    expect(captured.payment_status).toBe('captured');
    const { body } = await described(mock.get(`/v3/orders/${id}/transactions`), 200);
    const [authorization, capture] = body.data as { id: number; event: string; reference_transaction_id: number }[];
    expect(capture).toMatchObject({ event: 'capture', reference_transaction_id: authorization!.id });
    await described(mock.post(`/v3/orders/${id}/payment_actions/capture`), 422);
    await described(mock.post(`/v3/orders/${id}/payment_actions/void`), 422);
    await described(mock.post('/v3/orders/999999/payment_actions/capture'), 404);
  });
});

describe('voidOrderPayment', () => {
  it('lets go of an authorized payment', async () => {
    const [mock, id] = await authorized();
    await described(mock.post(`/v3/orders/${id}/payment_actions/void`), 201);
    const { body } = await mock.get(`/v2/orders/${id}`).expect(200);
    expect(body.payment_status).toBe('void');
  });
});

describe('getOrderTransactions', () => {
  it('is 204 for an order that was not paid, 404 for none', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug]);
    await described(mock.get(`/v3/orders/${id}/transactions`), 204);
    await described(mock.get('/v3/orders/999999/transactions'), 404);
  });
});

describe('createOrderRefund', () => {
  async function paid(): Promise<[MockClient, string, number, number]> {
    const mock = await startMock();
    const line = { name: 'Mug', quantity: 1, price_ex_tax: 10, price_inc_tax: 10.83 };
    const { id } = await newOrder(mock, [line], { base_shipping_cost: '10.0000', status_id: 11 });
    const { body: lines } = await mock.get(`/v2/orders/${id}/products`).expect(200);
    const { body: addresses } = await mock.get(`/v2/orders/${id}/shipping_addresses`).expect(200);
    return [mock, `/v3/orders/${id}/payment_actions`, lines[0].id as number, addresses[0].id as number];
  }

  it('pays back goods and shipping as quoted, and no more (scenario 15)', async () => {
    const [mock, path, line, address] = await paid();
    const items = [
      { item_type: 'PRODUCT', item_id: line, quantity: 1 },
      { item_type: 'SHIPPING', item_id: address, amount: 10 },
    ];
    const { body: quote } = await described(mock.post(`${path}/refund_quotes`, { items }), 201);
    expect(quote.data).toMatchObject({ total_refund_amount: 20.83, total_refund_tax_amount: 0.83 });
    const [[method]] = quote.data.refund_methods as [[{ provider_id: string; amount: number }]];
    expect(method.amount).toBe(20.83);
    const payments = [{ provider_id: method.provider_id, amount: 20.83, offline: true }];
    await described(mock.post(`${path}/refunds`, { items, payments: [{ ...payments[0], amount: 5 }] }), 422);
    const { body: refund } = await described(mock.post(`${path}/refunds`, { items, payments }), 201);
    expect(refund.data).toMatchObject({ total_amount: 20.83, total_tax: 0.83 });
    expect(refund.data.items).toEqual([
      { ...items[0], reason: '' },
      { item_type: 'SHIPPING', item_id: address, quantity: 1, requested_amount: 10, reason: '' },
    ]);
    const order_id = refund.data.order_id as number;
    const { body: order } = await mock.get(`/v2/orders/${order_id}`).expect(200);
    expect(order).toMatchObject({ status_id: 4, payment_status: 'refunded', refunded_amount: '0.0000' });
    const { body: lines } = await mock.get(`/v2/orders/${order_id}/products`).expect(200);
    expect(lines[0]).toMatchObject({ quantity_refunded: 1, is_refunded: true });
    await described(mock.post(`${path}/refunds`, { items, payments }), 422);
    const { body: all } = await described(mock.get(`/v3/orders/payment_actions/refunds?order_id:in=${order_id}`), 200);
    expect(all.data).toHaveLength(1);
    const { body: one } = await described(mock.get(`/v3/orders/payment_actions/refunds/${refund.data.id}`), 200);
    expect(one.data).toEqual({
      ...refund.data,
      items: [
        { ...items[0], reason: '', requested_amount: null },
        { item_type: 'SHIPPING', item_id: address, quantity: 1, requested_amount: '10.00', reason: '' },
      ],
    });
    const { body: transactions } = await described(mock.get(`/v3/orders/${order_id}/transactions`), 200);
    expect(transactions.data).toMatchObject([{ event: 'refund', amount: 20.83 }]);
  });

  it('leaves an order partially refunded while something is left', async () => {
    const [mock, path] = await paid();
    const order_id = Number(path.split('/')[3]);
    const items = [{ item_type: 'ORDER', item_id: order_id, amount: 5 }];
    await described(mock.post(`${path}/refunds`, { items, payments: [{ provider_id: 'custom', amount: 5 }] }), 201);
    const { body } = await mock.get(`/v2/orders/${order_id}`).expect(200);
    expect(body).toMatchObject({ status_id: 14, payment_status: 'partially refunded' });
    const more = [{ item_type: 'ORDER', item_id: order_id, amount: 19 }];
    await described(mock.post(`${path}/refund_quotes`, { items: more }), 422);
  });

  it('has nothing to pay back of an order that is not paid', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug]);
    const items = [{ item_type: 'ORDER', item_id: id, amount: 5 }];
    await described(mock.post(`/v3/orders/${id}/payment_actions/refund_quotes`, { items }), 422);
  });

  it('has no store credit for guests', async () => {
    const [mock, path, line] = await paid();
    const items = [{ item_type: 'PRODUCT', item_id: line, quantity: 1 }];
    const payments = [{ provider_id: 'storecredit', amount: 10.83 }];
    const { body } = await mock.post(`${path}/refunds`, { items, payments }).expect(422);
    expect(body.data[0].title).toBe('Unable to provide store credit for a guest customer.');
  });
});

describe('updateChannelOrderSettings', () => {
  it('takes both lists or null for both', async () => {
    const mock = await startMock();
    const { body: inherited } = await described(mock.get('/v3/orders/settings/channels/1'), 200);
    expect(inherited.notifications.order_placed.email_addresses).toBeNull();
    const of = (placed: string[] | null, invoice: string[] | null) => ({
      notifications: {
        order_placed: { email_addresses: placed },
        forward_invoice: { email_addresses: invoice },
      },
    });
    const path = '/v3/orders/settings/channels/1';
    const { body } = await described(mock.put(path, of(['a@example.com'], [])), 200);
    expect(body).toMatchObject(of(['a@example.com'], []));
    await described(mock.put(path, of(null, [])), 422);
    await described(mock.put(path, of(null, null)), 200);
    const { body: global } = await described(mock.put('/v3/orders/settings', of(['b@example.com'], [])), 200);
    expect(global).toMatchObject({ ...of(['b@example.com'], []), meta: {} });
  });
});

describe('post-pickup', () => {
  it('creates, collects and deletes pickups, which leave the order alone', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: methods } = await mock.get('/v3/pickup/methods').expect(200);
    const pickup_method_id = methods.data[0].id as number;
    const { id: order_id } = await newOrder(mock, [mug]);
    const { body: lines } = await mock.get(`/v2/orders/${order_id}/products`).expect(200);
    const pickup = {
      pickup_method_id,
      order_id,
      ready_at: '1704103200',
      pickup_items: [{ order_product_id: lines[0].id, quantity: 1 }],
    };
    const { body: made } = await described(mock.post('/v3/orders/pickups', [pickup]), 200);
    expect(made.data[0]).toMatchObject({
      ready_at: '2024-01-01T10:00:00+00:00',
      pickup_items: [{ status: 'AWAITING_COLLECTION', collected_at: null }],
    });
    const { id } = made.data[0] as { id: number };
    const collected = { id, pickup_id: id, collected_at: '2024-01-02T10:00:00Z' };
    const { body: changed } = await described(mock.put('/v3/orders/pickups', [collected]), 200);
    expect(changed.data[0].pickup_items[0]).toMatchObject({
      status: 'COLLECTED',
      collected_at: '2024-01-02T10:00:00+00:00',
    });
    const { body: found } = await described(mock.get(`/v3/orders/pickups?order_id:in=${order_id}`), 200);
    expect(found.data).toHaveLength(1);
    await described(mock.post('/v3/orders/pickups', [{ ...pickup, order_id: 999_999 }]), 422);
    await described(mock.delete(`/v3/orders/pickups?id:in=${id}`), 204);
    const { body: none } = await described(mock.get(`/v3/orders/pickups?pickup_id:in=${id}`), 200);
    expect(none.data).toEqual([]);
    const { body: order } = await mock.get(`/v2/orders/${order_id}`).expect(200);
    expect(order.status_id).toBe(1);
  });
});

describe('createOrdersMetafields', () => {
  it('keeps values on several orders', async () => {
    const mock = await startMock();
    const { id: resource_id } = await newOrder(mock, [mug]);
    const field = { key: 'route', namespace: 'vans', value: 'north', permission_set: 'write', resource_id };
    const { body } = await described(mock.post('/v3/orders/metafields', [field]), 200);
    expect(body.data[0]).toMatchObject({ resource_type: 'order', resource_id, value: 'north' });
    const { body: own } = await described(mock.get(`/v3/orders/${resource_id}/metafields`), 200);
    expect(own.data).toHaveLength(1);
  });
});
