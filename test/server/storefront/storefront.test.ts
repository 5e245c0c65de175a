import { describe, expect, it } from 'vitest';
import type { Response } from 'supertest';
import { productOf, startChecked, type CheckedMock } from '../carts/checked-calls.js';

const ADDRESS = {
  firstName: 'Ada',
  lastName: 'Okafor',
  email: 'ada@example.com',
  address1: '1841 Linden Row',
  city: 'Austin',
  stateOrProvince: 'Texas',
  stateOrProvinceCode: 'TX',
  countryCode: 'US',
  postalCode: '78701',
};

interface Cart {
  id: string;
  version: number;
  customerId: number;
  baseAmount: number;
  lineItems: { physicalItems: { id: string; quantity: number }[] };
}

/** A browser: it keeps the cookie of its session. */
function browserOf(mock: CheckedMock) {
  let cookie: string | undefined;
  return async (
    status: number,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Response> => {
    const response = await mock.call(
      status,
      method,
      `/api/storefront${path}`,
      body,
      cookie ? { headers: { cookie } } : {},
    );
    const set = (response.headers as { 'set-cookie'?: string[] })['set-cookie'];
    if (set?.[0]) cookie = set[0].split(';')[0];
    return response;
  };
}

async function shop(): Promise<{
  mock: CheckedMock;
  browse: ReturnType<typeof browserOf>;
  cart: Cart;
  productId: number;
}> {
  const mock = await startChecked();
  const { id } = await productOf(mock);
  const browse = browserOf(mock);
  const { body } = await browse(200, 'POST', '/carts', { lineItems: [{ productId: id, quantity: 2 }] });
  return { mock, browse, cart: body as Cart, productId: id };
}

describe('a session of the storefront', () => {
  it('starts with the first answer, and another browser has another cart', async () => {
    const { mock, browse, cart } = await shop();
    expect((await browse(200, 'GET', '/carts')).body).toMatchObject([{ id: cart.id, baseAmount: 20 }]);
    const other = await browserOf(mock)(200, 'GET', '/carts');
    expect(other.body).toEqual([]);
    expect(other.headers['set-cookie']?.[0]).toMatch(/^SHOP_SESSION_TOKEN=.+; Path=\//);
  });

  it('has a cart that the management API sees, too', async () => {
    const { mock, browse, cart } = await shop();
    await mock.call(200, 'GET', `/v3/carts/${cart.id}`);
    await mock.call(404, 'POST', `/v3/carts/${cart.id}/redirect_urls`, {});
    await mock.call(204, 'DELETE', `/v3/carts/${cart.id}`);
    expect((await browse(200, 'GET', '/carts')).body).toEqual([]);
  });
});

describe('storefront carts', () => {
  it('change their lines, and end with the last one', async () => {
    const { browse, cart, productId } = await shop();
    const added = await browse(200, 'POST', `/carts/${cart.id}/items`, { lineItems: [{ productId, quantity: 1 }] });
    expect((added.body as Cart).lineItems.physicalItems).toMatchObject([{ quantity: 3 }]);
    const path = `/carts/${cart.id}/items/${cart.lineItems.physicalItems[0]!.id}`;
    const changed = await browse(200, 'PUT', path, { lineItem: { productId, quantity: 5 } });
    expect(changed.body).toMatchObject({ version: 3, baseAmount: 50 });
    await browse(409, 'PUT', path, { lineItem: { productId, quantity: 5 }, version: 1 });
    await browse(200, 'POST', `/carts/${cart.id}/currency`, { currencyCode: 'USD' });
    await browse(404, 'POST', `/carts/${cart.id}/currency`, { currencyCode: 'XXX' });
    await browse(200, 'DELETE', path);
    expect((await browse(200, 'GET', '/carts')).body).toEqual([]);
    await browse(404, 'DELETE', `/carts/${cart.id}`);
  });

  it('refuse another currency while there is a discount by hand', async () => {
    const { mock, browse, cart } = await shop();
    const discounts = [{ discounted_amount: 1 }];
    await mock.call(200, 'POST', `/v3/checkouts/${cart.id}/discounts`, { cart: { discounts } });
    await browse(422, 'POST', `/carts/${cart.id}/currency`, { currencyCode: 'USD' });
  });

  it('take gift wrapping, change it, and take it off by null', async () => {
    const { browse, productId } = await shop();
    const giftWrapping = { wrapTogether: true, wrapDetails: [{ id: 1, message: 'For you' }] };
    const made = await browse(200, 'POST', '/carts', { lineItems: [{ productId, quantity: 1, giftWrapping }] });
    const { id, lineItems } = made.body as Cart;
    expect(lineItems.physicalItems).toMatchObject([{ giftWrapping: { message: 'For you' } }]);
    const path = `/carts/${id}/items/${lineItems.physicalItems[0]!.id}`;
    const change = async (wrapping: object | null): Promise<Cart> =>
      (await browse(200, 'PUT', path, { lineItem: { productId, quantity: 1, giftWrapping: wrapping } })).body as Cart;
    const other = await change({ wrapTogether: true, wrapDetails: [{ id: 2, message: 'With love' }] });
    expect(other.lineItems.physicalItems).toMatchObject([{ giftWrapping: { message: 'With love' } }]);
    expect((await change(null)).lineItems.physicalItems).toMatchObject([{ giftWrapping: null }]);
  });

  it('refuse a body without lines', async () => {
    const mock = await startChecked();
    const response = await mock.raw.post('/api/storefront/carts').send({});
    expect([400, 422]).toContain(response.status);
  });
});

describe('storefront checkouts', () => {
  it('go by the steps of the management API', async () => {
    const { mock, browse, cart, productId } = await shop();
    const base = `/checkouts/${cart.id}`;
    expect((await browse(200, 'GET', base)).body).toMatchObject({
      id: cart.id,
      grandTotal: 20,
      outstandingBalance: 20,
    });
    const billed = await browse(200, 'POST', `${base}/billing-address`, ADDRESS);
    const address = (billed.body as { billingAddress: { id: string } }).billingAddress.id;
    await browse(200, 'PUT', `${base}/billing-address/${address}`, { ...ADDRESS, city: 'Waco' });
    const itemId = cart.lineItems.physicalItems[0]!.id;
    const sent = await browse(200, 'POST', `${base}/consignments`, [
      { address: ADDRESS, lineItems: [{ itemId, quantity: 2 }] },
    ]);
    const [consignment] = (sent.body as { consignments: { id: string; availableShippingOptions: unknown[] }[] })
      .consignments;
    expect(consignment!.availableShippingOptions).toEqual([]);
    await browse(200, 'PUT', `${base}/consignments/${consignment!.id}`, { address: { ...ADDRESS, city: 'Dallas' } });
    await browse(200, 'PUT', base, { customerMessage: 'Ring twice' });
    await browse(422, 'POST', `${base}/coupons`, { couponCode: 'NONE' });
    await browse(404, 'DELETE', `${base}/coupons/NONE`);
    await browse(404, 'POST', `${base}/gift-certificates`, { giftCertificateCode: 'NONE' });
    await browse(404, 'DELETE', `${base}/gift-certificates/NONE`);
    await browse(200, 'POST', `${base}/spam-protection`, { token: 'human' });
    expect((await browse(200, 'POST', `${base}/store-credit`)).body).toMatchObject({ isStoreCreditApplied: true });
    expect((await browse(200, 'DELETE', `${base}/store-credit`)).body).toMatchObject({ isStoreCreditApplied: false });
    const line = `${base}/carts/${cart.id}/items/${itemId}`;
    await browse(200, 'PUT', line, { lineItem: { productId, quantity: 1 } });
    const same = await mock.call(200, 'GET', `/v3/checkouts/${cart.id}`);
    expect(same.body).toMatchObject({ data: { customer_message: 'Ring twice', grand_total: 10 } });
    await browse(200, 'DELETE', `${base}/consignments/${consignment!.id}`);
    await browse(200, 'DELETE', line);
    await browse(404, 'GET', base);
  });

  it('send a guest with the address of an account to sign in, where the channel wants it', async () => {
    const { mock, browse, cart } = await shop();
    const account = { email: 'Ada@example.com', first_name: 'Ada', last_name: 'Okafor' };
    await mock.call(200, 'POST', '/v3/customers', [account]);
    await browse(200, 'POST', `/checkouts/${cart.id}/billing-address`, ADDRESS);
    const settings = { guest_checkout_for_existing_accounts: 'require_login' };
    await mock.call(200, 'PUT', '/v3/checkouts/settings/channels/1', settings);
    await browse(403, 'POST', `/checkouts/${cart.id}/billing-address`, ADDRESS);
    await browse(200, 'POST', `/checkouts/${cart.id}/billing-address`, { ...ADDRESS, email: 'guest@example.com' });
  });

  it('show the shopper when asked to', async () => {
    const { browse, cart } = await shop();
    const { body } = await browse(200, 'GET', `/checkouts/${cart.id}?include=customer,payments,promotions`);
    expect(body).toMatchObject({ customer: { isGuest: true }, payments: [], promotions: [] });
  });
});

describe('shoppers', () => {
  it('open an account once, and are signed in', async () => {
    const mock = await startChecked();
    const browse = browserOf(mock);
    const account = { firstName: 'Ada', lastName: 'Okafor', email: 'ada@example.com', password: 'secret123' };
    await browse(204, 'POST', '/customers', { ...account, acceptsMarketingEmails: true });
    await browse(409, 'POST', '/customers', account);
    await browse(422, 'POST', '/customers', { email: 'x@example.com' });
    const { id } = await productOf(mock);
    const { body } = await browse(200, 'POST', '/carts', { lineItems: [{ productId: id, quantity: 1 }] });
    expect(body).toMatchObject({ email: 'ada@example.com', customerId: expect.any(Number) as number });
    const listed = await mock.call(200, 'GET', '/v3/customers?email:in=ada@example.com');
    expect((listed.body as { data: { id: number }[] }).data[0]!.id).toBe((body as Cart).customerId);
    const readers = await mock.call(200, 'GET', '/v3/customers/subscribers?email=ada@example.com');
    expect((readers.body as { data: unknown[] }).data).toHaveLength(1);
  });

  it('keep their cart and what they said of cookies when they open an account', async () => {
    const { mock, browse, cart } = await shop();
    await browse(200, 'POST', '/consent', { allow: [1, 2], deny: [3] });
    const account = { firstName: 'Ada', lastName: 'Okafor', email: 'ada@example.com', password: 'secret123' };
    await browse(204, 'POST', '/customers', account);
    const [own] = (await browse(200, 'GET', '/carts')).body as (Cart & { email: string })[];
    expect(own).toMatchObject({ id: cart.id, email: 'ada@example.com', customerId: expect.any(Number) as number });
    expect(own!.customerId).toBeGreaterThan(0);
    const consent = await mock.call(200, 'GET', `/v3/customers/${String(own!.customerId)}/consent`);
    expect(consent.body).toMatchObject({ allow: ['essential', 'analytics', 'functional'], deny: ['targeting'] });
  });

  it('subscribe, and change what they agreed to', async () => {
    const browse = browserOf(await startChecked());
    const email = 'reader@example.com';
    const first = await browse(200, 'POST', '/subscriptions', { email, acceptsMarketingNewsletter: true });
    expect(first.body).toMatchObject({ email, consents: ['marketing_newsletter'], source: 'storefront' });
    const second = await browse(200, 'POST', '/subscriptions', {
      email,
      acceptsMarketingNewsletter: false,
      acceptsAbandonedCartEmails: true,
    });
    expect(second.body).toMatchObject({ id: (first.body as { id: number }).id, consents: ['abandoned_cart'] });
    await browse(422, 'POST', '/subscriptions', {});
  });

  it('say which cookies may be set, each kind once', async () => {
    const browse = browserOf(await startChecked());
    await browse(200, 'POST', '/consent', { allow: [1, 2], deny: [3] });
    await browse(400, 'POST', '/consent', { allow: [1], deny: [] });
  });

  it('see the fields of forms', async () => {
    const browse = browserOf(await startChecked());
    const { body } = await browse(200, 'GET', '/form-fields?filter=customerAccount');
    expect(Object.keys(body as object)).toEqual(['customerAccount']);
    const all = await browse(200, 'GET', '/form-fields');
    expect(Object.keys(all.body as object)).toHaveLength(3);
  });

  it('find where goods can be collected', async () => {
    const mock = await startChecked({ size: 'small' });
    const { id } = await productOf(mock);
    const listed = await mock.call(200, 'GET', `/v3/catalog/products/${String(id)}/variants`);
    const variantId = (listed.body as { data: { id: number }[] }).data[0]!.id;
    const items = [{ variantId, quantity: 1 }];
    const near = { radius: { value: 20, unit: 'KM' }, coordinates: { latitude: 30.2, longitude: -97.7 } };
    const far = { ...near, coordinates: { latitude: 48.1, longitude: 11.6 } };
    const optionsOf = async (searchArea: object): Promise<unknown[]> => {
      const { body } = await browserOf(mock)(200, 'POST', '/pickup-options', { searchArea, items });
      return (body as { results: { pickupOptions: unknown[] }[] }).results[0]!.pickupOptions;
    };
    expect(await optionsOf(near)).toMatchObject([{ pickupMethod: { locationId: 2 }, availableItems: items }]);
    expect(await optionsOf(far)).toEqual([]);
    await browserOf(mock)(422, 'POST', '/pickup-options', { searchArea: near, items: [] });
    await browserOf(mock)(422, 'POST', '/pickup-options', { items: [{ variantId: 99_999, quantity: 1 }] });
  });
});
