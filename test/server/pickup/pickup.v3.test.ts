import { describe, expect, it } from 'vitest';
import { newProduct, pluck } from '../catalog/new-product.js';
import { startMock } from '../mock.js';

const PATH = '/v3/pickup/methods';

describe('pickup methods', () => {
  it('are made, changed and deleted in batches', async () => {
    const mock = await startMock();
    const created = await mock.post(PATH, [{ location_id: 1, display_name: 'Counter' }]);
    expect(created.status).toBe(200);
    expect(created.body.data).toMatchObject([
      { id: 1, location_id: 1, display_name: 'Counter', collection_instructions: '' },
    ]);
    const changed = await mock.put(PATH, [{ id: 1, collection_instructions: 'Ring the bell.' }]);
    expect(changed.body.data).toMatchObject([{ display_name: 'Counter', collection_instructions: 'Ring the bell.' }]);
    expect((await mock.put(PATH, [{ id: 9 }])).status).toBe(404);
    expect((await mock.post(PATH, [{ location_id: 9, display_name: 'x' }])).status).toBe(422);
    const nowhere = await mock.post(PATH, [{ display_name: 'x' }]);
    expect([nowhere.status, nowhere.body.errors]).toEqual([422, { location_id: 'error.path.missing' }]);
    expect((await mock.delete(`${PATH}?id:in=1`)).status).toBe(204);
    expect((await mock.get(PATH)).body.data).toEqual([]);
  });

  it('sort by name', async () => {
    const mock = await startMock();
    await mock.post(
      PATH,
      ['B', 'C', 'A'].map((display_name) => ({ location_id: 1, display_name })),
    );
    const names = async (sort: string): Promise<unknown> =>
      pluck(await mock.get(`${PATH}?sort=${sort}`), 'display_name');
    expect(await names('name:asc')).toEqual(['A', 'B', 'C']);
    expect(await names('name:desc')).toEqual(['C', 'B', 'A']);
  });
});

describe('post-pickup-options', () => {
  it('finds places in reach that have all the goods', async () => {
    const mock = await startMock({ size: 'small' });
    const product_id = await newProduct(mock, { inventory_tracking: 'product' });
    const variant_id = (await mock.get(`/v3/catalog/products/${product_id}/variants`)).body.data[0].id;
    await mock.put('/v3/inventory/adjustments/absolute', { items: [{ location_id: 2, product_id, quantity: 3 }] });
    const ask = async (quantity: number, latitude = 30.3): Promise<unknown[]> => {
      const { body, status } = await mock.post('/v3/pickup/options', {
        search_area: { coordinates: { latitude, longitude: -97.75 }, radius: { value: 20, unit: 'KM' } },
        items: [{ variant_id, quantity }],
      });
      expect(status).toBe(200);
      return body.results[0].pickup_options as unknown[];
    };
    expect(await ask(3)).toMatchObject([
      { pickup_method: { id: 1, location_id: 2 }, available_items: [{ variant_id, quantity: 3 }] },
    ]);
    expect(await ask(4)).toEqual([]);
    expect(await ask(1, 40)).toEqual([]);
  });
});
