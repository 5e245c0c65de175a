/** Several products at a time: changed by a list, deleted by a filter. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { newProduct, aMinutePasses, dateModified, pluck } from './new-product.js';

async function total(mock: MockClient): Promise<number> {
  const { body } = await mock.get('/v3/catalog/products').expect(200);
  return body.meta.pagination.total as number;
}

describe('updateProducts', () => {
  it('refuses an eleventh element with the exact title (scenario 11)', async () => {
    const mock = await startMock();
    const ids = Array.from({ length: 11 }, (_, n) => ({ id: n + 1, price: 1 }));
    const { body } = await mock.put('/v3/catalog/products', ids).expect(413);
    expect(body).toMatchObject({
      status: 413,
      title: 'The request payload is too large. The maximum items allowed in the array is 10.',
      errors: {},
    });
  });

  it('takes an element without an id for a new product, and changes nothing (scenario 11)', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { price: 10 });
    const { body } = await mock.put('/v3/catalog/products', [{ id, price: 1 }, { price: 2 }]).expect(422);
    expect(body).toMatchObject({
      status: 422,
      title: 'Missing Required Fields',
      errors: {
        name: 'Please provide a name.',
        price: 'Please provide a price.',
        type: 'Please provide a type.',
        weight: 'Please provide a weight.',
      },
    });
    expect(Object.keys(body.errors)).toHaveLength(4);
    expect((await mock.get(`/v3/catalog/products/${id}`)).body.data.price).toBe(10);
  });

  it('changes all and dates all (scenario 11)', async () => {
    const mock = await startMock();
    const [a, b] = [await newProduct(mock, { name: 'A' }), await newProduct(mock, { name: 'B' })];
    const before = [await dateModified(mock, a), await dateModified(mock, b)];
    await aMinutePasses(mock);
    const { body } = await mock
      .put('/v3/catalog/products', [
        { id: b, price: 2 },
        { id: a, price: 1 },
      ])
      .expect(200);
    expect(pluck({ body }, 'id')).toEqual([b, a]);
    expect(pluck({ body }, 'price')).toEqual([2, 1]);
    expect(body.meta).toEqual({});
    expect(body.data[0].variants).toHaveLength(1);
    expect((await dateModified(mock, a)) > before[0]!).toBe(true);
    expect((await dateModified(mock, b)) > before[1]!).toBe(true);
  });

  it.each([
    [404, { id: 4711, price: 2 }],
    [409, { categories: [999] }],
    [422, { order_quantity_minimum: 5, order_quantity_maximum: 1 }],
    [422, { price: 'dear' }],
  ])('answers %i for one bad element and keeps the others as they were', async (status, bad) => {
    const mock = await startMock();
    const [a, b] = [await newProduct(mock, { name: 'A', price: 10 }), await newProduct(mock, { name: 'B' })];
    await mock
      .put('/v3/catalog/products', [
        { id: a, price: 1 },
        { id: b, ...bad },
      ])
      .expect(status);
    expect((await mock.get(`/v3/catalog/products/${a}`)).body.data.price).toBe(10);
  });

  it('names the unknown product', async () => {
    const mock = await startMock();
    const { body } = await mock.put('/v3/catalog/products', [{ id: 4711 }]).expect(404);
    expect(body.title).toBe('A product was not found with an id of 4711');
  });
});

describe('deleteProducts', () => {
  it('deletes nothing without a filter (scenario 10)', async () => {
    const mock = await startMock({ size: 'small' });
    const before = await total(mock);
    await mock.delete('/v3/catalog/products').expect(422);
    await mock.delete('/v3/catalog/products?name=').expect(422);
    await mock.delete('/v3/catalog/products?limit=5').expect(422);
    expect(await total(mock)).toBe(before);
  });

  it('deletes what the ids name, and then knows them no more (scenario 10)', async () => {
    const mock = await startMock();
    const [a, b, c] = [
      await newProduct(mock, { name: 'A' }),
      await newProduct(mock, { name: 'B' }),
      await newProduct(mock, { name: 'C' }),
    ];
    await mock.delete(`/v3/catalog/products?id:in=${a},${c},999`).expect(204);
    const { body } = await mock.get(`/v3/catalog/products/${a}`).expect(404);
    expect(body.title).toBe(`A product was not found with an id of ${a}`);
    await mock.get(`/v3/catalog/products/${b}`).expect(200);
    expect(await total(mock)).toBe(1);
  });

  it.each([
    ['name=A', 2],
    ['sku=s-1', 2],
    ['price=5', 2],
    ['weight=2', 2],
    ['condition=used', 2],
    ['type=digital', 2],
    ['is_visible=false', 2],
    ['is_featured=1', 2],
    ['inventory_level=9', 2],
    ['total_sold=9', 2],
    ['keyword=needle', 2],
    ['date_last_imported=2024-05-06', 2],
    ['brand_id=0', 0],
    ['price=4711', 3],
  ])('?%s leaves %i of three', async (query, left) => {
    const mock = await startMock();
    await newProduct(mock, {
      name: 'A',
      sku: 'S-1',
      type: 'digital',
      price: 5,
      weight: 2,
      condition: 'Used',
      is_visible: false,
      is_featured: true,
      inventory_level: 9,
      total_sold: 9,
      description: 'a needle in a haystack',
      date_last_imported: '2024-05-06T07:08:09+00:00',
    });
    await newProduct(mock, { name: 'B' });
    await newProduct(mock, { name: 'C' });
    await mock.delete(`/v3/catalog/products?${query}`).expect(204);
    expect(await total(mock)).toBe(left);
  });

  it('deletes 250 at most', async () => {
    const mock = await startMock({ size: 'products=300' });
    await mock.delete('/v3/catalog/products?inventory_level:min=0&price=0').expect(204);
    expect(await total(mock)).toBe(300);
    const { body } = await mock.get('/v3/catalog/products?is_visible=true&limit=1').expect(200);
    const visible = body.meta.pagination.total as number;
    expect(visible).toBeGreaterThan(250);
    await mock.delete('/v3/catalog/products?is_visible=true').expect(204);
    expect(await total(mock)).toBe(50);
  });
});
