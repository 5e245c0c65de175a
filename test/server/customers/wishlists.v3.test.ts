/** Wishlists. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const WISHLISTS = '/v3/wishlists';

/** A list of customer 1 with product 101. */
async function newWishlist(mock: MockClient): Promise<{ id: number; items: { id: number }[] }> {
  const sent = { customer_id: 1, name: 'Birthday', items: [{ product_id: 101 }] };
  const { body } = await mock.post(WISHLISTS, sent).expect(201);
  return body.data as { id: number; items: { id: number }[] };
}

describe('createWishlist', () => {
  it('creates a private list with its items and a token', async () => {
    const mock = await startMock({ size: 'small' });
    const list = await newWishlist(mock);
    expect(list).toMatchObject({ customer_id: 1, name: 'Birthday', is_public: false, items: [{ product_id: 101 }] });
    expect(list).toHaveProperty('token', expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
    expect((await mock.get(`${WISHLISTS}/${String(list.id)}`).expect(200)).body.data).toEqual(list);
  });

  it('refuses customers and products that do not exist', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.post(WISHLISTS, { customer_id: 999, name: 'Birthday' }).expect(422);
    await mock.post(WISHLISTS, { customer_id: 1, name: 'Birthday', items: [{ product_id: 9 }] }).expect(422);
    await mock.post(WISHLISTS, { customer_id: 1 }).expect(422);
  });
});

describe('updateWishlist', () => {
  it('wants items, changes those with an id, adds the others and keeps the rest', async () => {
    const mock = await startMock({ size: 'small' });
    const { id, items } = await newWishlist(mock);
    const path = `${WISHLISTS}/${String(id)}`;
    const { body: refused } = await mock.put(path, { customer_id: 1 }).expect(422);
    expect(refused).toMatchObject({
      title: 'JSON data is missing or invalid',
      errors: { items: 'error.path.missing' },
    });
    await mock.put(path, { customer_id: 1, items: [{ product_id: 102 }] }).expect(201);
    const sent = { customer_id: 1, is_public: true, items: [{ id: items[0]?.id, product_id: 103 }] };
    const { body } = await mock.put(path, sent).expect(201);
    expect(body.data).toMatchObject({
      is_public: true,
      items: [{ id: items[0]?.id, product_id: 103 }, { product_id: 102 }],
    });
  });
});

describe('addWishlistItem', () => {
  it('answers with the whole list, on which a product is once', async () => {
    const mock = await startMock({ size: 'small' });
    const { id } = await newWishlist(mock);
    const sent = { items: [{ product_id: 101 }, { product_id: 102 }] };
    const { body } = await mock.post(`${WISHLISTS}/${String(id)}/items`, sent).expect(201);
    expect(body.data.items).toMatchObject([{ product_id: 101 }, { product_id: 102 }]);
  });
});

describe('deleteWishlistItem', () => {
  it('answers with what is left', async () => {
    const mock = await startMock({ size: 'small' });
    const { id, items } = await newWishlist(mock);
    const path = `${WISHLISTS}/${String(id)}/items/${String(items[0]?.id)}`;
    const { body } = await mock.delete(path).expect(200);
    expect(body.data).toMatchObject({ id, items: [] });
    await mock.delete(path).expect(404);
  });
});

describe('getWishlist', () => {
  it('says so when there is none', async () => {
    const mock = await startMock();
    expect((await mock.get(`${WISHLISTS}/5`).expect(404)).body.title).toBe('Could not find wishlist');
  });

  it('has lost a product that the store has deleted', async () => {
    const mock = await startMock({ size: 'small' });
    const { id } = await newWishlist(mock);
    await mock.delete('/v3/catalog/products/101').expect(204);
    expect((await mock.get(`${WISHLISTS}/${String(id)}`).expect(200)).body.data.items).toEqual([]);
  });
});

describe('getWishlists', () => {
  it('lists those of a customer', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get(`${WISHLISTS}?customer_id=6`).expect(200);
    expect(body.data).toMatchObject([{ customer_id: 6 }]);
    expect(body.data[0].items.length).toBeGreaterThan(0);
  });
});
