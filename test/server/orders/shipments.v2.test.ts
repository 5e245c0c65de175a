import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { billing, described, mug, newOrder } from './order-mock.js';

async function ordered() {
  const mock = await startMock();
  const { id } = await newOrder(mock, [
    { ...mug, quantity: 2 },
    { ...mug, name: 'Bowl' },
  ]);
  const path = `/v2/orders/${id}`;
  const { body: lines } = await mock.get(`${path}/products`).expect(200);
  const { body: addresses } = await mock.get(`${path}/shipping_addresses`).expect(200);
  const [a, b] = (lines as { id: number }[]).map(({ id: line }) => line) as [number, number];
  return { mock, path, a, b, order_address_id: addresses[0].id as number };
}

describe('createOrderShipments', () => {
  it('moves the order to partially shipped and then to shipped (scenario 8)', async () => {
    const { mock, path, a, b, order_address_id } = await ordered();
    await described(mock.get(`${path}/shipments`), 204);
    const items = (...sent: [id: number, quantity: number][]) => ({
      order_address_id,
      items: sent.map(([order_product_id, quantity]) => ({ order_product_id, quantity })),
    });
    const { body: first } = await described(mock.post(`${path}/shipments`, items([a, 1])), 201);
    expect(first).toMatchObject({
      shipping_provider: 'custom',
      shipping_method: 'None',
      merchant_shipping_cost: '0.0000',
      billing_address: { city: 'Austin' },
      shipping_address: { city: 'Austin' },
      items: [{ order_product_id: a, product_id: 0, quantity: 1 }],
    });
    const { body: partly } = await mock.get(path).expect(200);
    expect(partly).toMatchObject({ status_id: 3, items_shipped: 1, date_shipped: '' });
    await described(mock.post(`${path}/shipments`, items([a, 1], [b, 1])), 201);
    const { body: wholly } = await mock.get(path).expect(200);
    expect(wholly).toMatchObject({ status_id: 2, items_shipped: 3 });
    expect(wholly.date_shipped).not.toBe('');
    const { body: refused } = await described(mock.post(`${path}/shipments`, items([a, 1])), 400);
    expect(refused[0].message).toBe(`The field 'quantity' is invalid.`);
    const { body: count } = await described(mock.get(`${path}/shipments/count`), 200);
    expect(count).toEqual({ count: 2 });
    await described(mock.delete(`${path}/shipments/${first.id}`), 204);
    const { body: after } = await mock.get(path).expect(200);
    expect(after).toMatchObject({ status_id: 2, items_shipped: 2 });
    await described(mock.delete(`${path}/shipments`), 204);
    await described(mock.get(`${path}/shipments`), 204);
  });

  it('refuses addresses and lines of other orders, and a parcel without items', async () => {
    const { mock, path, a, order_address_id } = await ordered();
    const item = { order_product_id: a, quantity: 1 };
    const refusals: readonly [object, string][] = [
      [{ order_address_id: 999_999, items: [item] }, `The field 'order_address_id' is invalid.`],
      [
        { order_address_id, items: [{ ...item, order_product_id: 999_999 }] },
        `The field 'order_product_id' is invalid.`,
      ],
      [{ order_address_id, items: [] }, `The required field 'items' was not supplied.`],
      [{ order_address_id }, `The required field 'items' was not supplied.`],
    ];
    for (const [body, message] of refusals) {
      const { body: answer } = await described(mock.post(`${path}/shipments`, body), 400);
      expect(answer[0].message).toBe(message);
    }
  });

  it('moves a parcel to another address of the order, and to none of another order', async () => {
    const mock = await startMock();
    const addresses = [billing, { ...billing, city: 'Salem' }];
    const { id } = await newOrder(mock, [mug], { shipping_addresses: addresses });
    const path = `/v2/orders/${id}`;
    const { body: places } = await mock.get(`${path}/shipping_addresses`).expect(200);
    const { body: lines } = await mock.get(`${path}/products`).expect(200);
    const items = [{ order_product_id: lines[0].id as number, quantity: 1 }];
    const parcel = { order_address_id: places[0].id as number, items };
    const { body } = await described(mock.post(`${path}/shipments`, parcel), 201);
    const put = (order_address_id: number, status: number) =>
      described(mock.put(`${path}/shipments/${body.id}`, { order_address_id }), status);
    const { body: moved } = await put(places[1].id as number, 200);
    expect(moved.order_address_id).toBe(places[1].id);
    await put(999_999, 400);
  });

  it('makes a link from carrier and number unless one is given', async () => {
    const { mock, path, a, order_address_id } = await ordered();
    const parcel = {
      order_address_id,
      items: [{ order_product_id: a, quantity: 1 }],
      tracking_number: 'EJ958083578US',
    };
    const { body } = await described(mock.post(`${path}/shipments`, { ...parcel, shipping_provider: 'usps' }), 201);
    expect(body.shipping_provider_display_name).toBe('USPS');
    expect(body.generated_tracking_link).toContain('EJ958083578US');
    const own = { tracking_link: 'https://parcels.example.com/1' };
    const { body: changed } = await described(mock.put(`${path}/shipments/${body.id}`, own), 200);
    expect(changed).toMatchObject({ ...own, generated_tracking_link: '', tracking_number: 'EJ958083578US' });
  });
});
