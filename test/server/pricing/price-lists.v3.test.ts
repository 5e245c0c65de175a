import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { newProduct } from '../catalog/new-product.js';

interface Place {
  readonly mock: MockClient;
  readonly list: number;
  readonly product: number;
  readonly variant: number;
}

async function aList(): Promise<Place> {
  const mock = await startMock();
  const product = await newProduct(mock, { sku: 'TOWEL', price: 20 });
  const variant = (await mock.get(`/v3/catalog/products/${product}/variants`)).body.data[0].id;
  const list = (await mock.post('/v3/pricelists', { name: 'B2B' })).body.data.id;
  return { mock, list, product, variant };
}

describe('createPriceList', () => {
  it('makes an active list, of a name that no other has', async () => {
    const mock = await startMock();
    const { status, body } = await mock.post('/v3/pricelists', { name: 'B2B' });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ id: 1, name: 'B2B', active: true });
    expect(body.data.date_created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect((await mock.post('/v3/pricelists', { name: 'b2b' })).status).toBe(409);
    expect((await mock.post('/v3/pricelists', {})).status).toBe(422);
  });
});

describe('deletePriceList', () => {
  it('takes records and assignments along', async () => {
    const { mock, list, variant } = await aList();
    await mock.put(`/v3/pricelists/${list}/records/${variant}/USD`, { price: 5 });
    await mock.post('/v3/pricelists/assignments', [{ price_list_id: list, channel_id: 1 }]);
    expect((await mock.delete(`/v3/pricelists/${list}`)).status).toBe(204);
    expect((await mock.get(`/v3/pricelists/${list}`)).status).toBe(404);
    expect((await mock.get(`/v3/pricelists/${list}/records`)).status).toBe(404);
    expect((await mock.get('/v3/pricelists/assignments')).body.data).toEqual([]);
  });

  it('of many needs a filter', async () => {
    const { mock, list } = await aList();
    expect((await mock.delete('/v3/pricelists')).status).toBe(422);
    expect((await mock.delete(`/v3/pricelists?id:in=${list}`)).status).toBe(204);
    expect((await mock.get('/v3/pricelists')).body.data).toEqual([]);
  });
});

describe('setPriceListRecord', () => {
  it('writes a record, and then what is sent of it', async () => {
    const { mock, list, variant, product } = await aList();
    const path = `/v3/pricelists/${list}/records/${variant}/USD`;
    const before = (await mock.get(`/v3/catalog/products/${product}`)).body.data.date_modified;
    const { status, body } = await mock.put(path, { price: 12.99, retail_price: 15 });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      price_list_id: list,
      variant_id: variant,
      product_id: product,
      currency: 'usd',
      price: 12.99,
      sale_price: null,
      calculated_price: 12.99,
    });
    const sale = await mock.put(path, { sale_price: 10.99 });
    expect(sale.body.data).toMatchObject({ price: 12.99, sale_price: 10.99, calculated_price: 10.99 });
    const read = await mock.get(path.replace('USD', 'usd'));
    expect(read.body.data).not.toHaveProperty('bulk_pricing_tiers');
    expect((await mock.get(`/v3/catalog/products/${product}`)).body.data.date_modified).toBe(before);
  });

  it('needs a list, a variant and a currency of the store', async () => {
    const { mock, list, variant } = await aList();
    const body = { price: 1 };
    expect((await mock.put(`/v3/pricelists/99/records/${variant}/USD`, body)).status).toBe(404);
    expect((await mock.put(`/v3/pricelists/${list}/records/999/USD`, body)).status).toBe(404);
    expect((await mock.put(`/v3/pricelists/${list}/records/${variant}/EUR`, body)).status).toBe(422);
  });
});

describe('price list records in batches', () => {
  it('keep the sound rows and tell of the others (scenario 22)', async () => {
    const { mock, list } = await aList();
    const path = `/v3/pricelists/${list}/records`;
    const good = { sku: 'towel', currency: 'USD', price: 5 };
    const { status, body } = await mock.put(path, [good, { ...good, sku: 'nothing' }]);
    expect(status).toBe(422);
    expect(body).toEqual({
      batch_errors: [
        {
          data: { price_list_id: list, sku: 'nothing', currency: 'USD' },
          field_errors: { sku: 'Variant does not exist' },
        },
      ],
    });
    expect((await mock.get(path)).body.data).toHaveLength(1);
    const again = await mock.post(path, [good]);
    expect([again.status, again.body.batch_errors.length]).toEqual([422, 1]);
    const upsert = await mock.put(path, [{ ...good, price: 6 }]);
    expect([upsert.status, upsert.body]).toEqual([200, { data: {}, meta: {} }]);
    expect((await mock.get(path)).body.data[0].price).toBe(6);
  });

  it('name their list when the path does not', async () => {
    const { mock, list, variant } = await aList();
    const row = { variant_id: variant, currency: 'usd', price: 3 };
    expect((await mock.post('/v3/pricelists/records', [{ ...row, price_list_id: list }])).status).toBe(200);
    const { status, body } = await mock.put('/v3/pricelists/records', [row]);
    expect([status, body.batch_errors[0].field_errors]).toEqual([422, { price_list_id: 'price_list_id is required' }]);
  });

  it('are selected by sku and price, with tiers and sku when asked', async () => {
    const { mock, list } = await aList();
    const tier = { quantity_min: 5, quantity_max: 10, type: 'percent', amount: 1 };
    const path = `/v3/pricelists/${list}/records`;
    await mock.post(path, [{ sku: 'TOWEL', currency: 'USD', price: 5, bulk_pricing_tiers: [tier] }]);
    const found = await mock.get(`${path}?sku=TOWEL&price:min=4&include=bulk_pricing_tiers,sku`);
    expect(found.body.data).toMatchObject([{ sku: 'TOWEL', bulk_pricing_tiers: [tier] }]);
    expect(found.body.meta).toHaveProperty('cursor_pagination');
    expect((await mock.get(`${path}?sku:in=OTHER`)).body.data).toEqual([]);
    expect((await mock.get(`${path}?price:max=4`)).body.data).toEqual([]);
  });

  it('go by filter, or all at once', async () => {
    const { mock, list, variant } = await aList();
    const path = `/v3/pricelists/${list}/records`;
    await mock.post(path, [{ variant_id: variant, currency: 'USD', price: 5 }]);
    expect((await mock.delete(`${path}?currency=EUR`)).status).toBe(204);
    expect((await mock.get(path)).body.data).toHaveLength(1);
    expect((await mock.delete(path)).status).toBe(204);
    expect((await mock.get(`${path}/${variant}`)).body.data).toEqual([]);
    expect((await mock.delete(`${path}/${variant}/USD`)).status).toBe(404);
  });
});

describe('price list assignments', () => {
  it('are saved as far as they are sound', async () => {
    const { mock, list } = await aList();
    const one = { price_list_id: list, channel_id: 1 };
    expect((await mock.post('/v3/pricelists/assignments', [one])).status).toBe(200);
    const { status, body } = await mock.post('/v3/pricelists/assignments', [one, { ...one, channel_id: 9 }]);
    expect(status).toBe(422);
    expect(body.meta).toEqual({ saved_records: 0 });
    expect(Object.keys(body.errors)).toEqual(['0.customer_group_id', '1.channel_id']);
    expect((await mock.get('/v3/pricelists/assignments?channel_id=1')).body.data).toMatchObject([one]);
  });

  it('point a pair of group and channel at another list', async () => {
    const { mock, list } = await aList();
    const group = (await mock.post('/v2/customer_groups', { name: 'Trade' })).body.id;
    const other = (await mock.post('/v3/pricelists', { name: 'Other' })).body.data.id;
    const pair = { customer_group_id: group, channel_id: 1 };
    const first = await mock.put(`/v3/pricelists/${list}/assignments`, pair);
    expect(first.body.data).toMatchObject({ ...pair, price_list_id: list });
    const second = await mock.put(`/v3/pricelists/${other}/assignments`, pair);
    expect(second.body.data).toEqual({ ...first.body.data, price_list_id: other });
    expect((await mock.put(`/v3/pricelists/${list}/assignments`, { ...pair, channel_id: 9 })).status).toBe(404);
    await mock.delete(`/v2/customer_groups/${group}`);
    expect((await mock.get('/v3/pricelists/assignments')).body.data).toEqual([]);
  });

  it('are deleted by a filter', async () => {
    const { mock, list } = await aList();
    await mock.post('/v3/pricelists/assignments', [{ price_list_id: list, channel_id: 1 }]);
    expect((await mock.delete('/v3/pricelists/assignments')).status).toBe(422);
    expect((await mock.delete(`/v3/pricelists/assignments?price_list_id=${list}`)).status).toBe(204);
    expect((await mock.get('/v3/pricelists/assignments')).body.data).toEqual([]);
  });
});

describe('getPrices', () => {
  it('takes the price of the list that the channel has, else that of the catalog', async () => {
    const { mock, list, product, variant } = await aList();
    const ask = { channel_id: 1, currency_code: 'USD', items: [{ product_id: product }] };
    const catalog = await mock.post('/v3/pricing/products', ask);
    expect(catalog.status).toBe(200);
    expect(catalog.headers['x-mock-fidelity']).toBe('computed');
    expect(catalog.body.data[0].calculated_price.as_entered).toBe(20);
    await mock.put(`/v3/pricelists/${list}/records/${variant}/USD`, { price: 15, sale_price: 12 });
    await mock.post('/v3/pricelists/assignments', [{ price_list_id: list, channel_id: 1 }]);
    const listed = (await mock.post('/v3/pricing/products', ask)).body.data[0];
    expect([listed.price.as_entered, listed.calculated_price.as_entered]).toEqual([15, 12]);
    await mock.put(`/v3/pricelists/${list}`, { name: 'B2B', active: false });
    const inactive = (await mock.post('/v3/pricing/products', ask)).body.data[0];
    expect(inactive.calculated_price.as_entered).toBe(20);
  });

  it('refuses what does not exist', async () => {
    const { mock, product } = await aList();
    const ask = { channel_id: 1, currency_code: 'USD', items: [{ product_id: product }] };
    expect((await mock.post('/v3/pricing/products', { ...ask, channel_id: 9 })).status).toBe(422);
    expect((await mock.post('/v3/pricing/products', { ...ask, currency_code: 'XXX' })).status).toBe(422);
    expect((await mock.post('/v3/pricing/products', { ...ask, items: [{ product_id: 9 }] })).status).toBe(422);
  });
});
