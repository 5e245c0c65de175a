import { describe, expect, it } from 'vitest';
import { productOf, startChecked, type CheckedMock } from './checked-calls.js';

interface CartBody {
  data: {
    id: string;
    version: number;
    email: string;
    base_amount: number;
    cart_amount: number;
    customer_id: number;
    line_items: { physical_items: { id: string; quantity: number; name: string }[]; custom_items: { id: string }[] };
    redirect_urls?: { cart_url: string };
  };
}

async function cartOf(mock: CheckedMock, product_id: number, quantity = 1): Promise<CartBody['data']> {
  const { body } = await mock.call(201, 'POST', '/v3/carts', { line_items: [{ product_id, quantity }] });
  return (body as CartBody).data;
}

const itemOf = (cart: CartBody['data']): string => cart.line_items.physical_items[0]!.id;

describe('createCart', () => {
  it('makes a cart of version 1 with what its lines cost', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock, { price: 12.5 });
    const cart = await cartOf(mock, id, 3);
    expect(cart).toMatchObject({
      version: 1,
      base_amount: 37.5,
      cart_amount: 37.5,
      customer_id: 0,
      tax_included: false,
    });
    const { body } = await mock.call(200, 'GET', `/v3/carts/${cart.id}`);
    expect((body as CartBody).data).toEqual(cart);
  });

  it('refuses a cart with nothing in it', async () => {
    const mock = await startChecked();
    const { body } = await mock.call(422, 'POST', '/v3/carts', { customer_id: 0 });
    expect(body).toMatchObject({ title: 'Missing line_items in request body' });
  });

  it('asks for a variant of a product with options', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock, {
      variants: [{ sku: 'RED', option_values: [{ option_display_name: 'Color', label: 'Red' }] }],
    });
    const { body } = await mock.call(422, 'POST', '/v3/carts', { line_items: [{ product_id: id, quantity: 1 }] });
    expect(body).toMatchObject({ title: 'This product has options; variant ID is required' });
  });

  it('keeps to the most that an order may have, in the words that clients have seen', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock, { order_quantity_maximum: 2 });
    const { body } = await mock.call(422, 'POST', '/v3/carts', { line_items: [{ product_id: id, quantity: 3 }] });
    expect(body).toMatchObject({ title: 'You can only purchase a maximum of 2 of the Tin Mug per order.' });
  });

  it('refuses more than is in stock', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock, { inventory_tracking: 'product', inventory_level: 2 });
    await mock.call(422, 'POST', '/v3/carts', { line_items: [{ product_id: id, quantity: 3 }] });
    await cartOf(mock, id, 2);
  });

  it('takes a price and a name of the client, custom items and gift certificates', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const { body } = await mock.call(201, 'POST', '/v3/carts?include=redirect_urls', {
      line_items: [{ product_id: id, quantity: 1, list_price: 4, name: 'Second choice' }],
      custom_items: [{ sku: 'EXTRA', name: 'Engraving', quantity: 2, list_price: 3 }],
      gift_certificates: [
        {
          name: 'Gift',
          theme: 'Birthday',
          amount: 25,
          quantity: 1,
          sender: { name: 'A', email: 'a@example.com' },
          recipient: { name: 'B', email: 'b@example.com' },
        },
      ],
    });
    const { data } = body as CartBody;
    expect(data.line_items.physical_items[0]).toMatchObject({ name: 'Second choice', list_price: 4 });
    expect(data.cart_amount).toBe(35);
    expect(data.redirect_urls?.cart_url).toContain(`id=${data.id}`);
  });

  it('refuses a currency that nobody can pay in by 400', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const line_items = [{ product_id: id, quantity: 1 }];
    await mock.call(400, 'POST', '/v3/carts', { line_items, currency: { code: 'XXX' } });
  });
});

describe('the life of a cart', () => {
  it('goes from version to version, and ends with its last line', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const cart = await cartOf(mock, id);
    const path = `/v3/carts/${cart.id}/items/${itemOf(cart)}`;
    const line_item = { product_id: id, quantity: 2 };
    const changed = await mock.call(200, 'PUT', path, { line_item, version: 1 });
    expect((changed.body as CartBody).data).toMatchObject({ version: 2, cart_amount: 20 });
    const stale = await mock.call(409, 'PUT', path, { line_item, version: 1 });
    expect(stale.body).toMatchObject({ title: expect.stringContaining('possible conflict') as string });
    await mock.call(204, 'DELETE', path);
    await mock.call(404, 'GET', `/v3/carts/${cart.id}`);
  });

  it('is over thirty days after the last change', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const cart = await cartOf(mock, id);
    mock.store.clock.advance(31 * 86_400_000);
    await mock.call(404, 'GET', `/v3/carts/${cart.id}`);
  });

  it('takes metafields along when it is deleted', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const cart = await cartOf(mock, id);
    const metafield = { key: 'k', namespace: 'n', value: 'v', permission_set: 'app_only' };
    await mock.call(200, 'POST', `/v3/carts/${cart.id}/metafields`, metafield);
    await mock.call(409, 'POST', `/v3/carts/${cart.id}/metafields`, metafield);
    await mock.call(204, 'DELETE', `/v3/carts/${cart.id}`);
    const { body } = await mock.call(200, 'GET', '/v3/carts/metafields');
    expect(body).toMatchObject({ data: [] });
  });
});

describe('addCartLineItems', () => {
  it('adds to the quantity of a line that is the same, and other lines beside it', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const cart = await cartOf(mock, id);
    const line_items = [
      { product_id: id, quantity: 2 },
      { product_id: id, quantity: 1, list_price: 1 },
    ];
    const { body } = await mock.call(201, 'POST', `/v3/carts/${cart.id}/items`, { line_items });
    const quantities = (body as CartBody).data.line_items.physical_items.map(({ quantity }) => quantity);
    expect(quantities).toEqual([3, 1]);
  });
});

describe('createCartRedirectURL', () => {
  it('puts parameters into the links, as an object of them or as pairs', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const cart = await cartOf(mock, id);
    const linkOf = async (query_params: unknown): Promise<string> => {
      const { body } = await mock.call(201, 'POST', `/v3/carts/${cart.id}/redirect_urls`, { query_params });
      return (body as { data: { checkout_url: string } }).data.checkout_url;
    };
    expect(await linkOf({ utm_source: 'mail', utm_term: 'mug' })).toContain('&utm_source=mail&utm_term=mug');
    expect(await linkOf([{ key: 'utm_source', value: 'mail' }])).toContain('&utm_source=mail');
    expect(await linkOf({ key: 'utm_source', value: 'mail' })).toContain('&utm_source=mail');
  });
});

describe('updateCartLineItem', () => {
  it('changes a gift certificate as a whole, and no custom item', async () => {
    const mock = await startChecked();
    const person = { name: 'A', email: 'a@example.com' };
    const certificate = { name: 'Gift', theme: 'Boy', amount: 25, quantity: 1, sender: person, recipient: person };
    const { body } = await mock.call(201, 'POST', '/v3/carts', {
      custom_items: [{ sku: 'X', name: 'Extra', quantity: 1, list_price: 1 }],
      gift_certificates: [certificate],
    });
    const { id, line_items } = (body as CartBody).data;
    const [own] = (line_items as unknown as { gift_certificates: { id: string }[] }).gift_certificates;
    const changed = await mock.call(200, 'PUT', `/v3/carts/${id}/items/${own!.id}`, {
      gift_certificates: [{ ...certificate, amount: 40 }],
    });
    expect(changed.body).toMatchObject({
      data: { cart_amount: 41, line_items: { gift_certificates: [{ id: own!.id, amount: 40 }] } },
    });
    const custom = `/v3/carts/${id}/items/${line_items.custom_items[0]!.id}`;
    await mock.call(422, 'PUT', custom, { line_item: { product_id: 1, quantity: 2 } });
  });
});

describe('updateCart', () => {
  it('gives the cart to a customer by 201, with the address of the account', async () => {
    const mock = await startChecked();
    const { body } = await mock.post('/v3/customers', [{ email: 'c@example.com', first_name: 'C', last_name: 'D' }]);
    const customer_id = (body as { data: { id: number }[] }).data[0]!.id;
    const { id } = await productOf(mock);
    const cart = await cartOf(mock, id);
    const given = await mock.call(201, 'PUT', `/v3/carts/${cart.id}`, { customer_id });
    expect((given.body as CartBody).data).toMatchObject({ customer_id, email: 'c@example.com', version: 2 });
    await mock.call(422, 'PUT', `/v3/carts/${cart.id}`, { customer_id: 99_999 });
    const kept = await mock.call(201, 'PUT', `/v3/carts/${cart.id}`, { version: 2 });
    expect((kept.body as CartBody).data).toMatchObject({ customer_id, version: 3 });
  });
});

describe('cart settings', () => {
  it('hold for channels without one of their own, and stop carts', async () => {
    const mock = await startChecked();
    const { id } = await productOf(mock);
    const path = '/v3/carts/settings/channels/1';
    expect((await mock.call(200, 'GET', path)).body).toMatchObject({ data: { allow_purchasing: null } });
    await mock.call(200, 'PUT', path, { allow_purchasing: false });
    const line_items = [{ product_id: id, quantity: 1 }];
    await mock.call(422, 'POST', '/v3/carts', { line_items });
    await mock.call(200, 'PUT', path, { allow_purchasing: null });
    await mock.call(201, 'POST', '/v3/carts', { line_items });
    await mock.call(200, 'PUT', '/v3/carts/settings', { allow_purchasing: false });
    expect((await mock.call(200, 'GET', '/v3/carts/settings')).body).toMatchObject({
      data: { allow_purchasing: false },
    });
    await mock.call(422, 'POST', '/v3/carts', { line_items });
  });
});
