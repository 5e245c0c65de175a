/** The order of the products within a category. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { newCategory } from './new-category.js';
import { newProduct, pluck } from './new-product.js';

const PATH = '/v3/catalog/categories';

/** A category with three products: Anvil, Bolt and Clamp. */
async function stockedCategory(mock: MockClient): Promise<{ path: string; id: number; products: number[] }> {
  const id = await newCategory(mock, 'Tools');
  const products: number[] = [];
  for (const name of ['Anvil', 'Bolt', 'Clamp']) products.push(await newProduct(mock, { name, categories: [id] }));
  return { path: `${PATH}/${id}/products/sort-order`, id, products };
}

describe('getCategorySortOrders', () => {
  it('lists all products of the category, placed ones first', async () => {
    const mock = await startMock();
    const { path, products } = await stockedCategory(mock);
    const [anvil, bolt, clamp] = products;
    await newProduct(mock, { name: 'Elsewhere' });
    const before = await mock.get(path).expect(200);
    expect(before.body.data).toEqual(products.map((product_id) => ({ product_id, sort_order: null })));
    await mock
      .put(path, [
        { product_id: clamp, sort_order: 2 },
        { product_id: bolt, sort_order: 10 },
      ])
      .expect(200);
    const { body } = await mock.get(path).expect(200);
    expect(body.data).toEqual([
      { product_id: clamp, sort_order: 2 },
      { product_id: bolt, sort_order: 10 },
      { product_id: anvil, sort_order: null },
    ]);
    expect(body.meta.pagination).toMatchObject({ total: 3, count: 3, per_page: 50 });
  });

  it('gives pages', async () => {
    const mock = await startMock();
    const { path, products } = await stockedCategory(mock);
    const { body } = await mock.get(`${path}?limit=2&page=2`).expect(200);
    expect(body.data).toEqual([{ product_id: products[2], sort_order: null }]);
    expect(body.meta.pagination).toMatchObject({ total: 3, count: 1, current_page: 2, total_pages: 2 });
  });

  it('answers 404 for an unknown category', async () => {
    const mock = await startMock();
    await mock.get(`${PATH}/404/products/sort-order`).expect(404);
  });

  it('forgets the place of a product that left the category or the store', async () => {
    const mock = await startMock();
    const { path, id, products } = await stockedCategory(mock);
    const [anvil, bolt, clamp] = products;
    await mock
      .put(
        path,
        products.map((product_id, place) => ({ product_id, sort_order: place + 1 })),
      )
      .expect(200);
    await mock.put(`/v3/catalog/products/${anvil}`, { categories: [] }).expect(200);
    await mock.delete(`/v3/catalog/products/${bolt}`).expect(204);
    expect((await mock.get(path)).body.data).toEqual([{ product_id: clamp, sort_order: 3 }]);
    await mock.put(`/v3/catalog/products/${anvil}`, { categories: [id] }).expect(200);
    expect((await mock.get(path)).body.data).toEqual([
      { product_id: clamp, sort_order: 3 },
      { product_id: anvil, sort_order: null },
    ]);
    expect(mock.store.counts()['catalog.category-sort-orders']).toBe(1);
  });

  it('goes with the category', async () => {
    const mock = await startMock();
    const { path, id, products } = await stockedCategory(mock);
    await mock.put(path, [{ product_id: products[0], sort_order: 1 }]).expect(200);
    await mock.delete(`/v3/catalog/trees/categories?category_id:in=${id}`).expect(202);
    await mock.get(path).expect(404);
    expect(mock.store.counts()).not.toHaveProperty(['catalog.category-sort-orders']);
  });
});

describe('updateCategorySortOrders', () => {
  it('answers the bare list and leaves other products where they were', async () => {
    const mock = await startMock();
    const { path, products } = await stockedCategory(mock);
    const [anvil, bolt] = products;
    await mock.put(path, [{ product_id: anvil, sort_order: 5 }]).expect(200);
    const { body } = await mock.put(path, [{ product_id: bolt, sort_order: 0 }]).expect(200);
    expect(body).toEqual([{ product_id: bolt, sort_order: 0 }]);
    await mock.put(path, [{ product_id: bolt, sort_order: 9 }]).expect(200);
    expect(pluck(await mock.get(path), 'sort_order')).toEqual([5, 9, null]);
  });

  it('refuses the whole list for a product that is not in the category', async () => {
    const mock = await startMock();
    const { path, products } = await stockedCategory(mock);
    const stranger = await newProduct(mock, { name: 'Elsewhere' });
    for (const product_id of [stranger, 9999]) {
      await mock
        .put(path, [
          { product_id: products[0], sort_order: 1 },
          { product_id, sort_order: 2 },
        ])
        .expect(422);
    }
    expect(pluck(await mock.get(path), 'sort_order')).toEqual([null, null, null]);
  });

  it('refuses places below 0, rows without a place, and what is no list', async () => {
    const mock = await startMock();
    const { path, products } = await stockedCategory(mock);
    await mock.put(path, [{ product_id: products[0], sort_order: -1 }]).expect(422);
    await mock.put(path, [{ product_id: products[0] }]).expect(422);
    await mock.put(path, { product_id: products[0], sort_order: 1 }).expect(422);
    await mock.put(`${PATH}/404/products/sort-order`, []).expect(404);
  });
});
