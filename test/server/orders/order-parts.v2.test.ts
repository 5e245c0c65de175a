/** Parts of orders that V2 makes: several addresses, fees, names of lines, currencies, prices with tax in them. */
import { describe, expect, it } from 'vitest';
import { cartId } from '../../../fixtures/index.js';
import { startMock, type MockClient } from '../mock.js';
import { billing, described, mug, newOrder, newProduct, orderOf } from './order-mock.js';

const oakland = { ...billing, city: 'Oakland', zip: '94607' };
const boston = { ...billing, city: 'Boston', zip: '02108' };

async function addressesOf(mock: MockClient, id: number): Promise<{ id: number; city: string; items_total: number }[]> {
  const { body } = await described(mock.get(`/v2/orders/${id}/shipping_addresses`), 200);
  return body as { id: number; city: string; items_total: number }[];
}

describe('shipping addresses of an order', () => {
  it('are all kept, and the lines go to the first', async () => {
    const mock = await startMock();
    const order = await newOrder(mock, [mug], { shipping_addresses: [oakland, boston], base_shipping_cost: '5' });
    expect(order['shipping_address_count']).toBe(2);
    expect(await addressesOf(mock, order.id)).toMatchObject([
      { city: 'Oakland', items_total: 1, base_cost: '5.0000' },
      { city: 'Boston', items_total: 0, base_cost: '0.0000' },
    ]);
  });

  it('are changed by id, by place, or added; an id of another order is refused', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug], { shipping_addresses: [oakland, boston] });
    const [, second] = await addressesOf(mock, id);
    const put = (shipping_addresses: object[], status: number) =>
      described(mock.put(`/v2/orders/${id}`, { shipping_addresses }), status);
    await put([{ id: second!.id, city: 'Salem' }], 200);
    await put([{ city: 'Alameda' }, {}, { city: 'Reno', country_iso2: 'US' }], 200);
    expect((await addressesOf(mock, id)).map(({ city }) => city)).toEqual(['Alameda', 'Salem', 'Reno']);
    const other = await newOrder(mock, [mug]);
    const [foreign] = await addressesOf(mock, other.id);
    const { body } = await put([{ id: foreign!.id, city: 'Rome' }], 400);
    expect(body[0].message).toBe(`The field 'id' is invalid.`);
  });

  it('are none for downloads alone', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { type: 'digital' });
    const { id } = await newOrder(mock, [{ product_id }], { shipping_addresses: [oakland, boston] });
    await described(mock.get(`/v2/orders/${id}/shipping_addresses`), 204);
  });
});

describe('fees of an order', () => {
  it('take two of three costs, by either spelling, and count towards the total', async () => {
    const mock = await startMock();
    const fees = [
      { display_name_merchant: 'Wrap', cost_exc_tax: '10.0000', cost_inc_tax: '11.0000' },
      { display_name_customer: 'Rush', cost_ex_tax: 4, cost_tax: 8 },
    ];
    const order = await newOrder(mock, [mug], { fees });
    expect(order).toMatchObject({ total_ex_tax: '59.0000', total_inc_tax: '73.0000', total_tax: '14.0000' });
    const { body } = await described(mock.get(`/v2/orders/${order.id}/fees`), 200);
    expect(body).toMatchObject([
      { display_name_customer: 'Wrap', base_cost: '10.0000', cost_tax: '1.0000', source: 'v2', type: 'custom_fee' },
      { display_name_merchant: 'Rush', cost_inc_tax: '12.0000' },
    ]);
    await described(mock.post('/v2/orders', orderOf([mug], { fees: [{ ...fees[1], cost_tax: undefined }] })), 400);
  });
});

describe('lines of an order', () => {
  it('get another name for shoppers only with one for the merchant', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const { id } = await newOrder(mock, [{ product_id }]);
    const { body: lines } = await mock.get(`/v2/orders/${id}/products`).expect(200);
    const put = (more: object, status: number) =>
      described(mock.put(`/v2/orders/${id}`, { products: [{ id: lines[0].id, ...more }] }), status);
    const { body: refused } = await put({ name: 'Tea kettle' }, 400);
    expect(refused[0].message).toBe(`The required field 'products.name_merchant' was not supplied.`);
    await put({ name_merchant: '' }, 400);
    await put({ name: 'Kettle', quantity: 2 }, 200);
    await put({ name: 'Tea kettle', name_merchant: 'K-1' }, 200);
    const { body } = await mock.get(`/v2/orders/${id}/products/${lines[0].id}`).expect(200);
    expect(body).toMatchObject({ name: 'Tea kettle', name_customer: 'Tea kettle', name_merchant: 'K-1', quantity: 2 });
  });
});

describe('the channel of an order', () => {
  it('must be connected', async () => {
    const mock = await startMock();
    const channel = { name: 'Till', type: 'pos', platform: 'square', status: 'connected' };
    const { body } = await mock.post('/v3/channels', channel).expect(200);
    const { id: channel_id } = body.data as { id: number };
    await newOrder(mock, [mug], { channel_id });
    await mock.put(`/v3/channels/${channel_id}`, { status: 'disconnected' }).expect(200);
    const { body: refused } = await described(mock.post('/v2/orders', orderOf([mug], { channel_id })), 400);
    expect(refused[0].message).toBe(`The field 'channel_id' is invalid.`);
  });
});

describe('the currency of an order', () => {
  const euro = {
    currency_code: 'EUR',
    name: 'Euro',
    country_iso2: 'DE',
    token: '€',
    token_location: 'left',
    decimal_token: '.',
    thousands_token: ',',
    decimal_places: 2,
    currency_exchange_rate: '0.5000000000',
    is_transactional: true,
    enabled: true,
  };

  it("is the store's own, or one that the store has", async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { price: 10 });
    await mock.post('/v2/currencies', euro).expect(200);
    const inDollars = await newOrder(mock, [{ product_id }]);
    expect(inDollars).toMatchObject({ currency_code: 'USD', subtotal_ex_tax: '10.0000' });
    const inEuros = await newOrder(mock, [{ product_id }], { default_currency_code: 'EUR' });
    expect(inEuros).toMatchObject({
      currency_code: 'EUR',
      default_currency_code: 'EUR',
      store_default_currency_code: 'USD',
      store_default_to_transactional_exchange_rate: '0.5000000000',
      currency_exchange_rate: '1.0000000000',
      subtotal_ex_tax: '5.0000',
    });
    const unknown = orderOf([mug], { default_currency_code: 'XXX' });
    const { body } = await described(mock.post('/v2/orders', unknown), 400);
    expect(body[0].message).toBe(`The field 'default_currency_code' is invalid.`);
  });
});

describe('an order of a store whose prices have tax in them', () => {
  it('takes discounts off with the tax that is in them', async () => {
    const mock = await startMock();
    await mock.put('/v3/tax/settings', { tax_entered_with_prices: true }).expect(200);
    const line = { name: 'Mug', quantity: 1, price_ex_tax: 50, price_inc_tax: 60 };
    const order = await newOrder(mock, [line], { discount_amount: '6' });
    expect(order).toMatchObject({
      is_tax_inclusive_pricing: true,
      subtotal_inc_tax: '60.0000',
      subtotal_tax: '9.0000',
      total_inc_tax: '54.0000',
      total_tax: '9.0000',
      total_ex_tax: '45.0000',
    });
    const { body } = await mock.get(`/v2/orders/${order.id}/products`).expect(200);
    expect(body[0]).toMatchObject({ base_price: '60.0000', price_tax: '10.0000' });
  });
});

describe('getOrderConsignments', () => {
  it('leads to the quote of each parcel', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await described(mock.get('/v2/orders/100/consignments'), 200);
    const [{ id, shipping_quotes }] = body.shipping as [{ id: number; shipping_quotes: { resource: string } }];
    expect(shipping_quotes.resource).toBe(`/orders/100/consignments/shipping/${id}/shipping_quotes`);
    await described(mock.get(`/v2${shipping_quotes.resource}`), 200);
  });
});

describe('coupons of an order', () => {
  it('are lost with the lines that they were taken off (scenario 6)', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: lines } = await mock.get('/v2/orders/100/products').expect(200);
    const [first] = lines as [{ id: number; quantity: number; applied_discounts: { amount: string; code: string }[] }];
    expect(first.applied_discounts).toMatchObject([{ id: 'coupon', code: 'WELCOME', target: 'order' }]);
    const off = Number(first.applied_discounts[0]!.amount);
    await described(mock.put('/v2/orders/100', { staff_notes: 'Called.' }), 200);
    const { body: same } = await mock.get('/v2/orders/100').expect(200);
    expect(same.coupon_discount).toBe('5.0000');
    await described(mock.put('/v2/orders/100', { products: [{ id: first.id, quantity: 4 }] }), 200);
    const { body: order } = await mock.get('/v2/orders/100').expect(200);
    expect(order.coupon_discount).toBe((5 - off).toFixed(4));
    const { body: changed } = await mock.get(`/v2/orders/100/products/${first.id}`).expect(200);
    expect(changed.applied_discounts).toEqual([]);
  });

  it('leave by hand what was sent beside changed lines', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [{ ...mug, quantity: 2 }], { discount_amount: '4' });
    const { body: lines } = await mock.get(`/v2/orders/${id}/products`).expect(200);
    const products = [{ id: lines[0].id as number, quantity: 1 }];
    const { body } = await described(mock.put(`/v2/orders/${id}`, { products, discount_amount: '9' }), 200);
    expect(body).toMatchObject({ discount_amount: '9.0000', subtotal_ex_tax: '45.0000', total_ex_tax: '36.0000' });
  });

  it('count as used once the order is more than incomplete', async () => {
    const mock = await startMock({ size: 'small' });
    const cart = cartId(1, 1);
    const uses = async (): Promise<number> => {
      const { body } = await mock.get('/v2/coupons?code=WELCOME').expect(200);
      return (body as { num_uses: number }[])[0]!.num_uses;
    };
    const before = await uses();
    await mock.post(`/v3/checkouts/${cart}/coupons`, { coupon_code: 'WELCOME' }).expect(200);
    const { body } = await mock.post(`/v3/checkouts/${cart}/orders`).expect(200);
    const path = `/v2/orders/${body.data.id}`;
    expect(await uses()).toBe(before);
    await described(mock.put(path, { status_id: 11 }), 200);
    expect(await uses()).toBe(before + 1);
    await described(mock.put(path, { status_id: 10 }), 200);
    await described(mock.put(path, { status_id: 0 }), 200);
    await described(mock.put(path, { status_id: 1 }), 200);
    expect(await uses()).toBe(before + 1);
  });
});
