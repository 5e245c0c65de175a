/** Which writes to carts and checkouts, of the management API and of the storefront, raise which events. */
import { describe, expect, it } from 'vitest';
import { ADDRESS } from '../carts/checked-calls.js';
import type { MockClient } from '../mock.js';
import { newProduct } from '../orders/order-mock.js';
import { startReceiver } from './receiver.js';
import { listen } from './heard.js';

const HOUR = 3_600_000;

/** A cart with one kettle. */
async function newCart(mock: MockClient): Promise<{ id: string; item: string; product_id: number }> {
  const product_id = await newProduct(mock);
  const { body } = await mock.post('/v3/carts', { line_items: [{ product_id, quantity: 1 }] }).expect(201);
  return { id: body.data.id, item: body.data.line_items.physical_items[0].id, product_id };
}

describe('carts', () => {
  it('tell of a new one as created and updated, of its line, and the channel of all (scenario 23)', async () => {
    const { mock, heard } = await listen();
    const product_id = await newProduct(mock);
    await heard();
    const { body } = await mock.post('/v3/carts', { line_items: [{ product_id, quantity: 1 }] }).expect(201);
    const { id } = body.data;
    const item = body.data.line_items.physical_items[0].id;
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/cart/created', data: { type: 'cart', id } },
      { scope: 'store/channel/1/cart/created', data: { cart_id: id } },
      { scope: 'store/cart/updated', data: { type: 'cart', id } },
      { scope: 'store/channel/1/cart/updated', data: { cart_id: id } },
      { scope: 'store/cart/lineItem/created', data: { type: 'cart_line_item', id: item, cartId: id } },
      { scope: 'store/channel/1/cart/lineItem/created', data: { cart_id: id, cart_item_id: item } },
    ]);
  });

  it('tell of changed lines, and of the last one that takes the cart with it', async () => {
    const { mock, scopes } = await listen();
    const { id, item, product_id } = await newCart(mock);
    await scopes();
    const line_item = { product_id, quantity: 2 };
    await mock.put(`/v3/carts/${id}/items/${item}`, { line_item }).expect(200);
    expect(await scopes()).toEqual(['store/cart/updated', 'store/cart/lineItem/updated']);
    await mock.put(`/v3/carts/${id}/items/${item}`, { line_item }).expect(200);
    expect(await scopes()).toEqual([]);
    await mock.delete(`/v3/carts/${id}/items/${item}`).expect(204);
    expect(await scopes()).toEqual(['store/cart/updated', 'store/cart/lineItem/deleted', 'store/cart/deleted']);
  });

  it('tell of one deleted as a whole by that alone', async () => {
    const { mock, scopes } = await listen();
    const { id } = await newCart(mock);
    await scopes();
    await mock.delete(`/v3/carts/${id}`).expect(204);
    expect(await scopes()).toEqual(['store/cart/deleted']);
  });

  it('tell of an e-mail address that a checkout learns, and of a coupon', async () => {
    const { mock, heard } = await listen();
    const { id } = await newCart(mock);
    const { body: coupon } = await mock
      .post('/v2/coupons', {
        name: 'Tenth',
        code: 'TENTH',
        type: 'percentage_discount',
        amount: 10,
        enabled: true,
        applies_to: { entity: 'categories', ids: [0] },
      })
      .expect(201);
    await heard();
    await mock.post(`/v3/checkouts/${id}/billing-address`, ADDRESS).expect(200);
    expect(await heard()).toEqual([{ scope: 'store/cart/updated', data: { type: 'cart', id } }]);
    await mock.post(`/v3/checkouts/${id}/coupons`, { coupon_code: 'TENTH' }).expect(200);
    expect(await heard()).toEqual([
      { scope: 'store/cart/couponApplied', data: { type: 'cart', id, couponId: coupon.id } },
    ]);
  });

  it('of shoppers tell the same', async () => {
    const { mock, scopes } = await listen();
    const productId = await newProduct(mock);
    await scopes();
    await mock.raw
      .post('/api/storefront/carts')
      .send({ lineItems: [{ productId, quantity: 1 }] })
      .expect(200);
    expect(await scopes()).toEqual(['store/cart/created', 'store/cart/updated', 'store/cart/lineItem/created']);
  });

  it('become orders, which are converted once they are paid for (scenario 13)', async () => {
    const { mock, heard, scopes } = await listen();
    const { id, item } = await newCart(mock);
    const base = `/v3/checkouts/${id}`;
    await mock.post(`${base}/billing-address`, ADDRESS).expect(200);
    const consignment = { address: ADDRESS, line_items: [{ item_id: item, quantity: 1 }] };
    const { body } = await mock.post(`${base}/consignments`, [consignment]).expect(200);
    await mock
      .put(`${base}/consignments/${String(body.data.consignments[0].id)}`, {
        custom_shipping: { price: 0, description: 'Van' },
      })
      .expect(200);
    await scopes();
    const { body: placed } = await mock.post(`${base}/orders`).expect(200);
    const orderId = placed.data.id as number;
    expect(await heard()).toEqual([{ scope: 'store/order/created', data: { type: 'order', id: orderId } }]);
    const { body: token } = await mock.post('/v3/payments/access_tokens', { order: { id: orderId } }).expect(201);
    const instrument = {
      type: 'card',
      cardholder_name: 'Ada Okafor',
      number: '4111111111111111',
      expiry_month: 12,
      expiry_year: 2032,
    };
    await mock.raw
      .post('/stores/mockstore1/payments')
      .set({ authorization: `PAT ${String(token.data.id)}`, accept: 'application/vnd.bc.v1+json' })
      .send({ payment: { instrument, payment_method_id: 'stripe.card' } })
      .expect(201);
    const all = await heard();
    expect(all.filter(({ scope }) => /cart|order/.test(scope) && !scope.includes('inventory'))).toMatchObject([
      { scope: 'store/cart/converted', data: { type: 'cart', id, orderId } },
      { scope: 'store/order/updated' },
      { scope: 'store/order/statusUpdated', data: { status: { previous_status_id: 0, new_status_id: 11 } } },
      { scope: 'store/order/transaction/created' },
    ]);
  });
});

describe('carts left behind', () => {
  it('are told of after an hour without a change, once, with the token that finds them', async () => {
    const [{ mock, heard }, receiver] = [await listen({ webhooks: 'local' }), await startReceiver()];
    await mock.post('/v3/hooks', { scope: 'store/cart/abandoned', destination: receiver.url }).expect(200);
    const { id, item, product_id } = await newCart(mock);
    await heard();
    const later = (advance_ms: number): Promise<unknown> =>
      mock.raw.post('/_mock/clock').send({ advance_ms }).expect(200).then();
    await later(HOUR - 60_000);
    await mock.put(`/v3/carts/${id}/items/${item}`, { line_item: { product_id, quantity: 3 } }).expect(200);
    await heard();
    await later(HOUR - 60_000);
    expect(await heard()).toEqual([]);
    await later(61_000);
    const token = expect.stringMatching(/^[0-9a-f]{32}$/) as string;
    expect(await heard()).toEqual([{ scope: 'store/cart/abandoned', data: { type: 'cart', id, token } }]);
    await later(24 * HOUR);
    expect(await heard()).toEqual([]);
    const [callback] = await receiver.got(1);
    const { body } = await mock.get(`/v3/abandoned-carts/${String(callback!.body.data.token)}`).expect(200);
    expect(body.data.cart_id).toBe(id);
  });

  it('before there was a webhook are nobody’s business', async () => {
    const { mock, scopes } = await listen({ size: 'small' });
    await mock.raw.post('/_mock/clock').send({ advance_ms: 60_000 }).expect(200);
    expect(await scopes()).toEqual([]);
  });
});
