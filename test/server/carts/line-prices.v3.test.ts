import { beforeEach, describe, expect, it } from 'vitest';
import { productOf, startChecked, type CheckedMock } from './checked-calls.js';

interface Line {
  id: string;
  list_price: number;
  original_price: number;
  extended_list_price: number;
}

interface Cart {
  id: string;
  version: number;
  base_amount: number;
  currency: { code: string };
  line_items: { physical_items: Line[] };
}

let mock: CheckedMock;

beforeEach(async () => {
  mock = await startChecked();
});

const cartOf = async (status: number, method: 'POST' | 'PUT' | 'GET', path: string, body?: unknown): Promise<Cart> =>
  ((await mock.call(status, method, path, body)).body as { data: Cart }).data;

const firstLine = (cart: Cart): Line => cart.line_items.physical_items[0]!;

/** A customer in a new group of these rules. */
async function customerOf(discount_rules: readonly object[]): Promise<{ customer_id: number; group: number }> {
  const { body: group } = await mock.post('/v2/customer_groups', { name: 'Trade', discount_rules }).expect(200);
  const { id } = group as { id: number };
  const customer = { email: 'trade@example.com', first_name: 'T', last_name: 'R', customer_group_id: id };
  const { body } = await mock.post('/v3/customers', [customer]).expect(200);
  return { customer_id: (body as { data: { id: number }[] }).data[0]!.id, group: id };
}

describe('prices of cart lines', () => {
  it('are those of the group of the customer that the cart goes to', async () => {
    const { customer_id } = await customerOf([{ type: 'all', method: 'percent', amount: '25.0000' }]);
    const { id } = await productOf(mock, { price: 20 });
    const cart = await cartOf(201, 'POST', '/v3/carts', { line_items: [{ product_id: id, quantity: 2 }] });
    expect(firstLine(cart)).toMatchObject({ list_price: 20, original_price: 20 });
    const given = await cartOf(201, 'PUT', `/v3/carts/${cart.id}`, { customer_id });
    expect(firstLine(given)).toMatchObject({ list_price: 15, original_price: 20, extended_list_price: 30 });
    expect(given.base_amount).toBe(30);
  });

  it('are those of the price list of the group, whatever else the group is granted', async () => {
    const { customer_id, group } = await customerOf([{ type: 'all', method: 'percent', amount: '25.0000' }]);
    const { id } = await productOf(mock, { price: 20, sku: 'MUG' });
    const list = (await mock.post('/v3/pricelists', { name: 'Trade' }).expect(200)).body as { data: { id: number } };
    const price_list_id = list.data.id;
    const variants = (await mock.get(`/v3/catalog/products/${String(id)}/variants`)).body as { data: { id: number }[] };
    await mock
      .put(`/v3/pricelists/${String(price_list_id)}/records`, [
        { variant_id: variants.data[0]!.id, currency: 'usd', price: 12 },
      ])
      .expect(200);
    await mock.post('/v3/pricelists/assignments', [{ price_list_id, customer_group_id: group }]).expect(200);
    const line_items = [{ product_id: id, quantity: 1 }];
    expect(firstLine(await cartOf(201, 'POST', '/v3/carts', { customer_id, line_items })).list_price).toBe(12);
    expect(firstLine(await cartOf(201, 'POST', '/v3/carts', { line_items })).list_price).toBe(20);
  });

  it('fall with the quantity where the product has bulk prices, and rise again', async () => {
    const { id } = await productOf(mock, { price: 10 });
    await mock
      .post(`/v3/catalog/products/${String(id)}/bulk-pricing-rules`, {
        quantity_min: 5,
        quantity_max: 9,
        type: 'percent',
        amount: 10,
      })
      .expect(200);
    const cart = await cartOf(201, 'POST', '/v3/carts', { line_items: [{ product_id: id, quantity: 1 }] });
    const path = `/v3/carts/${cart.id}/items/${firstLine(cart).id}`;
    const change = async (quantity: number): Promise<number> =>
      firstLine(await cartOf(200, 'PUT', path, { line_item: { product_id: id, quantity } })).list_price;
    expect([await change(5), await change(9), await change(10), await change(2)]).toEqual([9, 9, 10, 10]);
  });

  it('stay where the client set them', async () => {
    const { customer_id } = await customerOf([{ type: 'all', method: 'percent', amount: '25.0000' }]);
    const { id } = await productOf(mock, { price: 20 });
    const line_items = [{ product_id: id, quantity: 1, list_price: 7 }];
    const cart = await cartOf(201, 'POST', '/v3/carts', { line_items });
    expect(firstLine(await cartOf(201, 'PUT', `/v3/carts/${cart.id}`, { customer_id })).list_price).toBe(7);
  });

  it('are in the currency of the cart, whose code may be written small', async () => {
    await mock
      .post('/v2/currencies', {
        country_iso2: 'DE',
        currency_code: 'EUR',
        currency_exchange_rate: '0.8500000000',
        name: 'Euro',
        token: '€',
        token_location: 'left',
        decimal_token: '.',
        thousands_token: ',',
        decimal_places: 2,
        enabled: true,
        is_transactional: true,
      })
      .expect(200);
    const { id } = await productOf(mock, { price: 9.99 });
    const line_items = [{ product_id: id, quantity: 1 }];
    const cart = await cartOf(201, 'POST', '/v3/carts', { line_items, currency: { code: 'eur' } });
    expect(cart.currency.code).toBe('EUR');
    expect(firstLine(cart).list_price).toBe(8.49);
    await mock.call(400, 'POST', '/v3/carts', { line_items, currency: { code: 'XTS' } });
  });

  it('have what the chosen value of a modifier adds', async () => {
    const { id } = await productOf(mock, { price: 10 });
    const { body } = await mock
      .post(`/v3/catalog/products/${String(id)}/modifiers`, {
        type: 'dropdown',
        display_name: 'Handle',
        required: true,
        option_values: [
          { label: 'Plain', sort_order: 0 },
          { label: 'Gold', sort_order: 1, adjusters: { price: { adjuster: 'relative', adjuster_value: 4 } } },
        ],
      })
      .expect(200);
    const modifier = (body as { data: { id: number; option_values: { id: number }[] } }).data;
    const option_selections = [{ option_id: modifier.id, option_value: modifier.option_values[1]!.id }];
    const line_items = [{ product_id: id, quantity: 1, option_selections }];
    expect(firstLine(await cartOf(201, 'POST', '/v3/carts', { line_items })).list_price).toBe(14);
    const { body: refused } = await mock.call(422, 'POST', '/v3/carts', {
      line_items: [{ product_id: id, quantity: 1 }],
    });
    expect(refused).toMatchObject({ title: 'Please create some text for the Handle' });
  });
});
