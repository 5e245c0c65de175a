import { describe, expect, it } from 'vitest';
import { newProduct } from '../catalog/new-product.js';
import { startMock } from '../mock.js';

const PATH = '/v3/shipping/products/customs-information';

describe('customs information', () => {
  const caps = {
    country_of_origin: 'US',
    commodity_description: 'Baseball caps',
    international_shipping: true,
    hs_codes: { CA: '508313', ALL: '501000' },
  };

  it('is kept by product, and goes with it', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const { status, body } = await mock.put(PATH, [{ ...caps, product_id }]);
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ ...caps, product_id }]);
    await mock.put(PATH, [{ ...caps, product_id, commodity_description: 'Hats' }]);
    expect((await mock.get(`${PATH}?product_id:in=${product_id}`)).body.data).toMatchObject([
      { commodity_description: 'Hats' },
    ]);
    await mock.delete(`/v3/catalog/products/${product_id}`);
    expect((await mock.get(PATH)).body.data).toEqual([]);
  });

  it('is checked', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    for (const wrong of [
      { product_id: 99 },
      { country_of_origin: 'USA' },
      { hs_codes: { XX: '508313' } },
      { hs_codes: { CA: '12' } },
      { commodity_description: undefined },
    ]) {
      expect((await mock.put(PATH, [{ ...caps, product_id, ...wrong }])).status).toBe(422);
    }
  });

  it('is deleted by product', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    await mock.put(PATH, [{ ...caps, product_id }]);
    expect((await mock.delete(PATH)).status).toBe(422);
    expect((await mock.delete(`${PATH}?product_id:in=${product_id}`)).status).toBe(204);
    expect((await mock.get(PATH)).body.data).toEqual([]);
  });
});

describe('shipping settings', () => {
  it('are those of the store, and what a channel says for itself', async () => {
    const mock = await startMock();
    const checkout = { country_list_strategy: 'DISPLAY_ONLY_SHIPPABLE_COUNTRIES' };
    const { body } = await mock.put('/v3/shipping/settings', { checkout });
    expect(body.data.checkout).toMatchObject({ ...checkout, out_of_delivery_zone_message: expect.any(String) });
    const path = '/v3/shipping/settings/channels/1';
    expect((await mock.get(path)).body.data).toEqual({ checkout: {} });
    const own = { checkout: { out_of_delivery_zone_message: 'Sorry.' } };
    expect((await mock.put(path, own)).body.data).toEqual(own);
    expect((await mock.get(path)).body.data).toEqual(own);
    const none = { checkout: { out_of_delivery_zone_message: null } };
    expect((await mock.put(path, none)).body.data).toEqual({ checkout: {} });
    expect((await mock.get(path)).body.data).toEqual({ checkout: {} });
    expect((await mock.get('/v3/shipping/settings/channels/9')).status).toBe(404);
    expect((await mock.put('/v3/shipping/settings', { checkout: { country_list_strategy: 'ALL' } })).status).toBe(422);
  });
});
