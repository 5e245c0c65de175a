import { describe, expect, it } from 'vitest';
import { claimsOf } from '../../../mock-server/domains/auth/tokens.js';
import { ADDRESS, productOf, startChecked, type CheckedMock } from '../carts/checked-calls.js';

const CARD = {
  type: 'card',
  cardholder_name: 'Ada Okafor',
  number: '4111111111111111',
  expiry_month: 12,
  expiry_year: 2032,
  verification_value: '123',
};

/** An order of a mug for 20, not paid yet. */
async function newOrder(mock: CheckedMock): Promise<{ order: number; cart: string; product: number }> {
  const { id } = await productOf(mock, { price: 20, inventory_tracking: 'product', inventory_level: 5 });
  const line_items = [{ product_id: id, quantity: 1 }];
  const { body } = await mock.call(201, 'POST', '/v3/carts', { line_items });
  const { data } = body as { data: { id: string; line_items: { physical_items: { id: string }[] } } };
  const base = `/v3/checkouts/${data.id}`;
  await mock.call(200, 'POST', `${base}/billing-address`, ADDRESS);
  const items = [{ item_id: data.line_items.physical_items[0]!.id, quantity: 1 }];
  const sent = await mock.call(200, 'POST', `${base}/consignments`, [{ address: ADDRESS, line_items: items }]);
  const [consignment] = (sent.body as { data: { consignments: { id: string }[] } }).data.consignments;
  await mock.call(200, 'PUT', `${base}/consignments/${consignment!.id}`, {
    custom_shipping: { price: 0, description: 'Van' },
  });
  const placed = await mock.call(200, 'POST', `${base}/orders`);
  return { order: (placed.body as { data: { id: number } }).data.id, cart: data.id, product: id };
}

async function tokenFor(mock: CheckedMock, order: number): Promise<string> {
  const { body } = await mock.call(201, 'POST', '/v3/payments/access_tokens', { order: { id: order } });
  return (body as { data: { id: string } }).data.id;
}

const pay = (mock: CheckedMock, status: number, token: string, instrument: object, payment_method_id = 'stripe.card') =>
  mock.call(
    status,
    'POST',
    '/payments',
    { payment: { instrument, payment_method_id } },
    {
      headers: { authorization: `PAT ${token}`, accept: 'application/vnd.bc.v1+json' },
    },
  );

describe('PaymentsPost', () => {
  it('pays an order: it awaits fulfilment, its cart is gone, its stock is taken', async () => {
    const mock = await startChecked();
    const { order, cart, product } = await newOrder(mock);
    const token = await tokenFor(mock, order);
    const { body } = await pay(mock, 201, token, CARD);
    expect(body).toMatchObject({ data: { transaction_type: 'purchase', status: 'success' } });
    expect((body as { data: { id: string } }).data.id).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    const paid = await mock.call(200, 'GET', `/v2/orders/${String(order)}`);
    expect(paid.body).toMatchObject({ status_id: 11, payment_status: 'captured', payment_method: 'Stripe' });
    await mock.call(404, 'GET', `/v3/carts/${cart}`);
    const transactions = await mock.call(200, 'GET', `/v3/orders/${String(order)}/transactions`);
    expect(transactions.body).toMatchObject({ data: [{ event: 'purchase', amount: 20, order_id: String(order) }] });
    const left = await mock.call(200, 'GET', `/v3/catalog/products/${String(product)}`);
    expect(left.body).toMatchObject({ data: { inventory_level: 4 } });
    await pay(mock, 422, token, CARD);
    const again = await mock.call(409, 'POST', '/v3/payments/access_tokens', { order: { id: order } });
    expect(again.body).toMatchObject({ code: 30101, title: 'Order is invalid.' });
  });

  it('only authorizes with a provider that does', async () => {
    const mock = await startChecked({ size: 'small' });
    const { order } = await newOrder(mock);
    const { body } = await pay(mock, 201, await tokenFor(mock, order), CARD, 'authorizenet.card');
    expect(body).toMatchObject({ data: { transaction_type: 'authorization', status: 'pending' } });
    const paid = await mock.call(200, 'GET', `/v2/orders/${String(order)}`);
    expect(paid.body).toMatchObject({ payment_status: 'authorized' });
  });

  it('leaves an order pending that a gift certificate pays in part', async () => {
    const mock = await startChecked();
    const certificate = {
      to_name: 'A',
      to_email: 'a@example.com',
      from_name: 'B',
      from_email: 'b@example.com',
      amount: 5,
      code: 'GIFT-5',
      status: 'active',
    };
    await mock.post('/v2/gift_certificates', certificate).expect(201);
    const { order } = await newOrder(mock);
    const token = await tokenFor(mock, order);
    const instrument = { type: 'gift_certificate', gift_certificate_code: 'GIFT-5' };
    await pay(mock, 201, token, instrument, 'bigcommerce.gift_certificate');
    expect((await mock.call(200, 'GET', `/v2/orders/${String(order)}`)).body).toMatchObject({ status_id: 1 });
    await pay(mock, 201, token, CARD);
    expect((await mock.call(200, 'GET', `/v2/orders/${String(order)}`)).body).toMatchObject({ status_id: 11 });
    const left = await mock.get('/v2/gift_certificates');
    expect((left.body as { balance: string }[])[0]!.balance).toBe('0.0000');
  });

  it('refuses a token that is none, or an hour old, by 401', async () => {
    const mock = await startChecked();
    await pay(mock, 401, 'nonsense', CARD);
    const { order } = await newOrder(mock);
    const token = await tokenFor(mock, order);
    mock.store.clock.advance(3_601_000);
    await pay(mock, 401, token, CARD);
  });

  it('refuses some cards and methods with a code of their own, and the order stays as it is', async () => {
    const mock = await startChecked({ size: 'small' });
    const { order } = await newOrder(mock);
    const token = await tokenFor(mock, order);
    const card = (number: string): object => ({ ...CARD, number });
    const refusals: readonly [code: number, instrument: object, method?: string][] = [
      [30104, card('4000000000000002')],
      [30106, card('4000000000009995')],
      [30103, card('4000000000000069')],
      [30102, card('4111111111111112')],
      [30000, CARD, 'braintree.card'],
      [30000, CARD, 'cheque.offline'],
      [30051, { type: 'stored_card', token: '0'.repeat(64) }],
    ];
    for (const [code, instrument, method] of refusals) {
      const { body } = await pay(mock, 422, token, instrument, method);
      expect(body).toMatchObject({ code });
    }
    expect((await mock.call(200, 'GET', `/v2/orders/${String(order)}`)).body).toMatchObject({ status_id: 0 });
  });
});

describe('payment methods', () => {
  it('are listed for one order or one checkout', async () => {
    const mock = await startChecked();
    const { order, cart } = await newOrder(mock);
    const { body } = await mock.call(200, 'GET', `/v3/payments/methods?order_id=${String(order)}`);
    const ids = (body as { data: { id: string }[] }).data.map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['bigcommerce.gift_certificate', 'bigcommerce.store_credit', 'stripe.card']),
    );
    expect(ids.some((id) => id.endsWith('.offline'))).toBe(false);
    await mock.call(200, 'GET', `/v3/payments/methods?checkout_id=${cart}`);
    await mock.call(400, 'GET', '/v3/payments/methods');
    await mock.call(404, 'GET', '/v3/payments/methods?order_id=99999');
  });

  it('are a bare list from A to Z in V2', async () => {
    const mock = await startChecked({ size: 'small' });
    const { body } = await mock.call(200, 'GET', '/v2/payments/methods');
    const names = (body as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual([...names].sort());
    expect(names).toContain('Stripe');
    await mock.call(204, 'GET', '/v2/payments/methods?page=9');
  });
});

describe('createPaymentAccessToken', () => {
  it('says which order may be paid, and how much it is', async () => {
    const mock = await startChecked();
    const { order } = await newOrder(mock);
    const claims = claimsOf(await tokenFor(mock, order));
    expect(claims).toMatchObject({
      iss: 'payments.bigcommerce.com',
      sub: 'mockstore1',
      data: { order_id: order, amount: 2000, currency: 'USD' },
    });
    expect(Number(claims?.['exp']) - Number(claims?.['iat'])).toBe(3600);
  });

  it('answers code 30003 for an order that is not there', async () => {
    const mock = await startChecked();
    const { body } = await mock.call(404, 'POST', '/v3/payments/access_tokens', { order: { id: 4711 } });
    expect(body).toMatchObject({ code: 30003 });
  });
});
