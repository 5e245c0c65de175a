/** Figures over the whole catalog. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { newCategory } from './new-category.js';
import { newProduct } from './new-product.js';

describe('getCatalogSummary', () => {
  it('has zeros and nulls for an empty store', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/catalog/summary').expect(200);
    expect(body).toEqual({
      data: {
        inventory_count: 0,
        inventory_value: 0,
        variant_count: 0,
        highest_variant_price: 0,
        average_variant_price: 0,
        lowest_variant_price: '0',
        oldest_variant_date: null,
        newest_variant_date: null,
        primary_category_id: null,
        primary_category_name: null,
      },
      meta: {},
    });
  });

  it('counts and values what is tracked, and every variant', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/clock').send({ now: '2030-01-02T10:00:00Z' }).expect(200);
    const [bath, linen] = [await newCategory(mock, 'Bath'), await newCategory(mock, 'Linen')];
    await newProduct(mock, { name: 'Untracked', price: 7, inventory_level: 100, categories: [bath, linen] });
    await newProduct(mock, {
      name: 'By product',
      price: 20,
      sale_price: 10.5,
      inventory_tracking: 'product',
      inventory_level: 4,
      categories: [linen],
    });
    await mock.raw.post('/_mock/clock').send({ now: '2030-02-03T10:00:00Z' }).expect(200);
    await newProduct(mock, {
      name: 'By variant',
      price: 30,
      inventory_tracking: 'variant',
      variants: [
        { sku: 'S', inventory_level: 2, option_values: [{ option_display_name: 'Size', label: 'S' }] },
        { sku: 'M', price: 40, inventory_level: 1, option_values: [{ option_display_name: 'Size', label: 'M' }] },
      ],
    });
    const { body } = await mock.get('/v3/catalog/summary').expect(200);
    expect(body.data).toEqual({
      inventory_count: 7,
      inventory_value: 4 * 10.5 + 2 * 30 + 40,
      variant_count: 4,
      highest_variant_price: 40,
      average_variant_price: (7 + 10.5 + 30 + 40) / 4,
      lowest_variant_price: '7',
      oldest_variant_date: '2030-01-02T00:00:00+00:00',
      newest_variant_date: '2030-02-03T00:00:00+00:00',
      primary_category_id: linen,
      primary_category_name: 'Linen',
    });
  });

  it('names the older of two categories with as many products', async () => {
    const mock = await startMock();
    const [bath, linen] = [await newCategory(mock, 'Bath'), await newCategory(mock, 'Linen')];
    await newProduct(mock, { categories: [linen, bath] });
    const { body } = await mock.get('/v3/catalog/summary').expect(200);
    expect(body.data).toMatchObject({ primary_category_id: bath, primary_category_name: 'Bath' });
  });

  it('gives the average to eight decimals', async () => {
    const mock = await startMock();
    for (const [name, price] of Object.entries({ A: 1, B: 1, C: 0 })) await newProduct(mock, { name, price });
    const { body } = await mock.get('/v3/catalog/summary').expect(200);
    expect(body.data.average_variant_price).toBe(0.66666667);
  });

  it('follows every write, a refused one and a reset too', async () => {
    const mock = await startMock();
    const highest = async (): Promise<unknown> => {
      const { body } = await mock.get('/v3/catalog/summary').expect(200);
      return body.data.highest_variant_price;
    };
    const product = { name: 'Towel', type: 'physical', weight: 1, price: 10 };
    await mock.post('/v3/catalog/products', { ...product, images: [{}] }).expect(422);
    expect(await highest()).toBe(0);
    await mock.post('/v3/catalog/products', product).expect(200);
    expect(await highest()).toBe(10);
    await mock.raw.post('/_mock/reset').expect(200);
    expect(await highest()).toBe(0);
    await mock.raw.post('/_mock/reset').expect(200);
    await mock.post('/v3/catalog/products', { ...product, images: [{}] }).expect(422);
    await mock.post('/v3/catalog/products', { ...product, price: 20 }).expect(200);
    expect(await highest()).toBe(20);
  });
});
