/** Pairs of products with channels and with categories. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { newCategory } from './new-category.js';
import { aMinutePasses, dateModified, newProduct } from './new-product.js';

const CHANNELS = '/v3/catalog/products/channel-assignments';
const CATEGORIES = '/v3/catalog/products/category-assignments';

async function pairs(mock: MockClient, path: string): Promise<unknown> {
  const { body } = await mock.get(path).expect(200);
  return body.data;
}

/** A small store has a second channel; gives its id. */
async function outlet(mock: MockClient): Promise<number> {
  const { body } = await mock.get(`${CHANNELS}?limit=250`).expect(200);
  const rows = body.data as { channel_id: number }[];
  return rows.find(({ channel_id }) => channel_id !== 1)!.channel_id;
}

describe('getProductsChannelAssignments', () => {
  it('lists pairs by product, in pages of fifty', async () => {
    const mock = await startMock({ size: 'products=60' });
    const { body } = await mock.get(CHANNELS).expect(200);
    expect(body.data).toHaveLength(50);
    expect(body.data[0]).toEqual({ product_id: 101, channel_id: 1 });
    expect(body.meta.pagination).toMatchObject({ count: 50, per_page: 50, current_page: 1 });
    const second = await mock.get(`${CHANNELS}?page=2&limit=50`).expect(200);
    expect(second.body.data[0].product_id).toBeGreaterThanOrEqual(body.data[49].product_id as number);
  });

  it('filters by product, by channel and by both', async () => {
    const mock = await startMock({ size: 'small' });
    const other = await outlet(mock);
    const [a, b] = [await newProduct(mock, { name: 'A' }), await newProduct(mock, { name: 'B' })];
    await mock.put(CHANNELS, [{ product_id: b, channel_id: other }]).expect(204);
    expect(await pairs(mock, `${CHANNELS}?product_id:in=${b},${a}`)).toEqual([
      { product_id: a, channel_id: 1 },
      { product_id: b, channel_id: 1 },
      { product_id: b, channel_id: other },
    ]);
    expect(await pairs(mock, `${CHANNELS}?product_id:in=${a},${b}&channel_id:in=${other}`)).toEqual([
      { product_id: b, channel_id: other },
    ]);
    const ofOutlet = (await pairs(mock, `${CHANNELS}?channel_id:in=${other}&limit=250`)) as { channel_id: number }[];
    expect(new Set(ofOutlet.map(({ channel_id }) => channel_id))).toEqual(new Set([other]));
    const all = (await pairs(mock, `${CHANNELS}?channel_id:in=${other},1&limit=250`)) as { product_id: number }[];
    expect(all.slice(-3).map(({ product_id }) => product_id)).toEqual([a, b, b]);
    expect(await pairs(mock, `${CHANNELS}?product_id:in=4711`)).toEqual([]);
  });
});

describe('createProductsChannelAssignments', () => {
  it('adds pairs, and leaves alone those there are', async () => {
    const mock = await startMock({ size: 'small' });
    const other = await outlet(mock);
    const id = await newProduct(mock);
    const both = [
      { product_id: id, channel_id: 1 },
      { product_id: id, channel_id: other },
    ];
    const { text } = await mock.put(CHANNELS, both).expect(204);
    expect(text).toBe('');
    await mock.put(CHANNELS, both).expect(204);
    expect(await pairs(mock, `${CHANNELS}?product_id:in=${id}`)).toEqual(both);
    const { body } = await mock.get(`/v3/catalog/products/${id}?include=channels`).expect(200);
    expect(body.data.channels).toEqual([1, other]);
  });

  it('names every bad reference with 422 and writes nothing', async () => {
    const mock = await startMock({ size: 'small' });
    const other = await outlet(mock);
    const id = await newProduct(mock);
    const { body } = await mock
      .put(CHANNELS, [
        { product_id: id, channel_id: other },
        { product_id: 4711, channel_id: 999 },
      ])
      .expect(422);
    expect(Object.keys(body.errors)).toEqual(['1.product_id', '1.channel_id']);
    expect(await pairs(mock, `${CHANNELS}?product_id:in=${id}`)).toEqual([{ product_id: id, channel_id: 1 }]);
    await mock.put(CHANNELS, [{ product_id: id }]).expect(422);
    await mock.put(CHANNELS, { product_id: id, channel_id: 1 }).expect(422);
  });
});

describe('deleteProductsChannelAssignments', () => {
  it('refuses to empty the store (scenario 10)', async () => {
    const mock = await startMock();
    const id = await newProduct(mock);
    await mock.delete(CHANNELS).expect(422);
    expect(await pairs(mock, CHANNELS)).toEqual([{ product_id: id, channel_id: 1 }]);
  });

  it('deletes what matches both filters, or the one that is sent', async () => {
    const mock = await startMock({ size: 'small' });
    const other = await outlet(mock);
    const [a, b] = [await newProduct(mock, { name: 'A' }), await newProduct(mock, { name: 'B' })];
    await mock
      .put(CHANNELS, [
        { product_id: a, channel_id: other },
        { product_id: b, channel_id: other },
      ])
      .expect(204);
    await mock.delete(`${CHANNELS}?product_id:in=${a}&channel_id:in=${other}`).expect(204);
    expect(await pairs(mock, `${CHANNELS}?product_id:in=${a},${b}`)).toEqual([
      { product_id: a, channel_id: 1 },
      { product_id: b, channel_id: 1 },
      { product_id: b, channel_id: other },
    ]);
    await mock.delete(`${CHANNELS}?channel_id:in=${other}`).expect(204);
    expect(await pairs(mock, `${CHANNELS}?channel_id:in=${other}`)).toEqual([]);
    await mock.delete(`${CHANNELS}?product_id:in=${b}`).expect(204);
    expect(await pairs(mock, `${CHANNELS}?product_id:in=${a},${b}`)).toEqual([{ product_id: a, channel_id: 1 }]);
  });

  it('leaves the product in its categories', async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    const id = await newProduct(mock, { categories: [bath] });
    await mock.delete(`${CHANNELS}?product_id:in=${id}`).expect(204);
    const { body } = await mock.get(`/v3/catalog/products/${id}?include=channels`).expect(200);
    expect(body.data).toMatchObject({ channels: [], categories: [bath] });
  });
});

describe('getProductsCategoryAssignments', () => {
  it('shows the categories of products as pairs', async () => {
    const mock = await startMock();
    const [bath, linen] = [await newCategory(mock, 'Bath'), await newCategory(mock, 'Linen')];
    const a = await newProduct(mock, { name: 'A', categories: [bath, linen] });
    const b = await newProduct(mock, { name: 'B', categories: [linen] });
    const all = [
      { product_id: a, category_id: bath },
      { product_id: a, category_id: linen },
      { product_id: b, category_id: linen },
    ];
    const { body } = await mock.get(CATEGORIES).expect(200);
    expect(body.data).toEqual(all);
    expect(body.meta.pagination).toMatchObject({ total: 3, count: 3, per_page: 50, total_pages: 1 });
    expect(await pairs(mock, `${CATEGORIES}?limit=2&page=2`)).toEqual([all[2]]);
    expect(await pairs(mock, `${CATEGORIES}?product_id:in=${a}`)).toEqual([all[0], all[1]]);
    expect(await pairs(mock, `${CATEGORIES}?category_id:in=${linen}`)).toEqual([all[1], all[2]]);
    expect(await pairs(mock, `${CATEGORIES}?product_id:in=${a}&category_id:in=${linen},999`)).toEqual([all[1]]);
    await mock.put(`/v3/catalog/products/${a}`, { categories: [] }).expect(200);
    expect(await pairs(mock, CATEGORIES)).toEqual([all[2]]);
  });
});

describe('createProductsCategoryAssignments', () => {
  it('adds to the categories of a product, and DELETE takes away (scenario 9)', async () => {
    const mock = await startMock();
    const [bath, linen] = [await newCategory(mock, 'Bath'), await newCategory(mock, 'Linen')];
    const id = await newProduct(mock, { categories: [linen] });
    const categories = async (): Promise<unknown> =>
      (await mock.get(`/v3/catalog/products/${id}`)).body.data.categories;
    const { text } = await mock.put(CATEGORIES, [{ product_id: id, category_id: bath }]).expect(204);
    expect(text).toBe('');
    expect(await categories()).toEqual([linen, bath]);
    await mock.delete(`${CATEGORIES}?product_id:in=${id}&category_id:in=${linen}`).expect(204);
    expect(await categories()).toEqual([bath]);
  });

  it('dates the product when it comes into a category, not when it is there already', async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    const id = await newProduct(mock);
    const before = await dateModified(mock, id);
    await aMinutePasses(mock);
    await mock.put(CATEGORIES, [{ product_id: id, category_id: bath }]).expect(204);
    const after = await dateModified(mock, id);
    expect(after > before).toBe(true);
    await aMinutePasses(mock);
    await mock.put(CATEGORIES, [{ product_id: id, category_id: bath }]).expect(204);
    expect(await dateModified(mock, id)).toBe(after);
  });

  it('names every bad reference with 422 and writes nothing', async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    const id = await newProduct(mock);
    const { body } = await mock
      .put(CATEGORIES, [
        { product_id: id, category_id: bath },
        { product_id: 4711, category_id: 999 },
      ])
      .expect(422);
    expect(Object.keys(body.errors)).toEqual(['1.product_id', '1.category_id']);
    expect(await pairs(mock, CATEGORIES)).toEqual([]);
  });
});

describe('deleteProductsCategoryAssignments', () => {
  it('refuses to empty the store', async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    const id = await newProduct(mock, { categories: [bath] });
    await mock.delete(CATEGORIES).expect(422);
    expect(await pairs(mock, CATEGORIES)).toEqual([{ product_id: id, category_id: bath }]);
  });

  it('empties a category, and frees it to be deleted (scenario 16)', async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    await newProduct(mock, { name: 'A', categories: [bath] });
    await newProduct(mock, { name: 'B', categories: [bath] });
    await mock.delete(`/v3/catalog/categories?id:in=${bath}`).expect(422);
    await mock.delete(`${CATEGORIES}?category_id:in=${bath}`).expect(204);
    expect(await pairs(mock, CATEGORIES)).toEqual([]);
    await mock.delete(`/v3/catalog/categories?id:in=${bath}`).expect(204);
  });

  it('forgets the place that a product had in the category', async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    const id = await newProduct(mock, { categories: [bath] });
    const places = `/v3/catalog/categories/${bath}/products/sort-order`;
    await mock.put(places, [{ product_id: id, sort_order: 3 }]).expect(200);
    await mock.delete(`${CATEGORIES}?product_id:in=${id}`).expect(204);
    await mock.put(CATEGORIES, [{ product_id: id, category_id: bath }]).expect(204);
    expect(await pairs(mock, places)).toEqual([{ product_id: id, sort_order: null }]);
  });
});
