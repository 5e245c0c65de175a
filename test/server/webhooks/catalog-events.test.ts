/** Which writes to catalog, stock and price lists raise which events. */
import { describe, expect, it } from 'vitest';
import { listen } from './heard.js';

const tea = { name: 'Morning Tea', type: 'physical', weight: 1, price: 10 };
const sized = {
  ...tea,
  variants: [
    { sku: 'TEA-S', option_values: [{ option_display_name: 'Size', label: 'S' }] },
    { sku: 'TEA-M', option_values: [{ option_display_name: 'Size', label: 'M' }] },
  ],
};

describe('products', () => {
  it('tell of a new one, of its variants, and of the channel that shows it', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock.post('/v3/catalog/products?include=variants', sized).expect(200);
    const { id } = body.data;
    const variants = body.data.variants as { id: number; sku_id: number }[];
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/product/created', data: { type: 'product', id } },
      ...variants.map((row) => ({
        scope: 'store/sku/created',
        data: { type: 'sku', id: row.sku_id, sku: { product_id: id, variant_id: row.id } },
      })),
      { scope: 'store/channel/1/product/assigned', data: { product_id: id } },
    ]);
  });

  it('tell once of a change that counts, never of one that does not, nor of none (scenario 25)', async () => {
    const { mock, scopes } = await listen();
    const { body } = await mock.post('/v3/catalog/products', tea).expect(200);
    const path = `/v3/catalog/products/${String(body.data.id)}`;
    await scopes();
    await mock.put(path, { mpn: 'M-1', gtin: '12345678' }).expect(200);
    await mock.put(path, { price: 10 }).expect(200);
    await mock.post(`${path}/custom-fields`, { name: 'Leaf', value: 'whole' }).expect(200);
    await mock.post(`${path}/reviews`, { title: 'Good', date_reviewed: '2026-01-01T00:00:00Z' }).expect(200);
    expect(await scopes()).toEqual([]);
    await mock.put(path, { price: 11, name: 'Noon Tea' }).expect(200);
    expect(await scopes()).toEqual(['store/product/updated']);
  });

  it('tell of the first picture only, and of a deleted modifier', async () => {
    const { mock, scopes } = await listen();
    const { body } = await mock.post('/v3/catalog/products', tea).expect(200);
    const path = `/v3/catalog/products/${String(body.data.id)}`;
    await scopes();
    await mock.post(`${path}/images`, { image_url: 'https://example.com/a.png' }).expect(200);
    expect(await scopes()).toEqual(['store/product/updated']);
    const { body: image } = await mock.post(`${path}/images`, { image_url: 'https://example.com/b.png' }).expect(200);
    await mock.put(`${path}/images/${String(image.data.id)}`, { is_thumbnail: true }).expect(200);
    await mock.delete(`${path}/images/${String(image.data.id)}`).expect(204);
    const { body: modifier } = await mock
      .post(`${path}/modifiers`, { type: 'text', display_name: 'Engraving', required: false })
      .expect(200);
    expect(await scopes()).toEqual([]);
    await mock.delete(`${path}/modifiers/${String(modifier.data.id)}`).expect(204);
    expect(await scopes()).toEqual(['store/product/updated']);
  });

  it('tell of each that is gone, with its variants and channels', async () => {
    const { mock, scopes } = await listen();
    const { body } = await mock.post('/v3/catalog/products', sized).expect(200);
    await scopes();
    await mock.delete(`/v3/catalog/products?id:in=${String(body.data.id)}`).expect(204);
    expect(await scopes({ channels: true })).toEqual([
      'store/product/deleted',
      'store/sku/deleted',
      'store/sku/deleted',
      'store/channel/1/product/unassigned',
    ]);
  });

  it('tell of channels and categories that they come into and leave, of each pair that changed', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock.post('/v3/catalog/products', tea).expect(200);
    const { body: shelf } = await mock.post('/v3/catalog/categories', { name: 'Shelf', parent_id: 0 }).expect(200);
    const [product_id, category_id] = [body.data.id as number, shelf.data.id as number];
    await heard();
    const pairs = [{ product_id, category_id }];
    await mock.put('/v3/catalog/products/category-assignments', pairs).expect(204);
    await mock.put('/v3/catalog/products/category-assignments', pairs).expect(204);
    await mock.put('/v3/catalog/products/channel-assignments', [{ product_id, channel_id: 1 }]).expect(204);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/product/updated', data: { type: 'product', id: product_id } },
      { scope: 'store/channel/1/category/product/assigned', data: { product_id } },
    ]);
    await mock.delete(`/v3/catalog/products/category-assignments?product_id:in=${String(product_id)}`).expect(204);
    await mock.delete(`/v3/catalog/products/channel-assignments?product_id:in=${String(product_id)}`).expect(204);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/product/updated', data: { type: 'product', id: product_id } },
      { scope: 'store/channel/1/category/product/unassigned', data: { product_id } },
      { scope: 'store/channel/1/product/unassigned', data: { product_id } },
    ]);
  });
});

describe('variants', () => {
  it('tell of a price as of a SKU, without the product, and of the same value not at all', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock.post('/v3/catalog/products?include=variants', sized).expect(200);
    const [variant] = body.data.variants;
    const path = `/v3/catalog/products/${String(body.data.id)}/variants/${String(variant.id)}`;
    await heard();
    await mock.put(path, { price: 12 }).expect(200);
    expect(await heard()).toEqual([
      {
        scope: 'store/sku/updated',
        data: { type: 'sku', id: variant.sku_id, sku: { product_id: body.data.id, variant_id: variant.id } },
      },
    ]);
    await mock.put(path, { price: 12 }).expect(200);
    expect(await heard()).toEqual([]);
    await mock.put(`/v3/catalog/products/${String(body.data.id)}`, { price: 30 }).expect(200);
    expect((await heard()).map(({ scope }) => scope)).toEqual(['store/product/updated']);
    await mock.delete(path).expect(204);
    expect((await heard()).map(({ scope }) => scope)).toEqual(['store/sku/deleted']);
  });
});

describe('stock', () => {
  it('of a product without variants is the product’s, with the new level', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock.post('/v3/catalog/products?include=variants', tea).expect(200);
    const product_id = body.data.id as number;
    const variant_id = body.data.variants[0].id as number;
    await heard();
    await mock.put(`/v3/catalog/products/${String(product_id)}`, { inventory_level: 7 }).expect(200);
    expect(await heard({ channels: true })).toEqual([
      {
        scope: 'store/product/inventory/updated',
        data: { type: 'product', id: product_id, inventory: { product_id, method: 'absolute', value: 7 } },
      },
      {
        scope: 'store/channel/*/inventory/product/stock_changed',
        data: { variant_id, product_id, location_id: 1 },
      },
    ]);
  });

  it('of variants is theirs, through the inventory service as well (scenario 20)', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock
      .post('/v3/catalog/products?include=variants', { ...sized, inventory_tracking: 'variant' })
      .expect(200);
    const product_id = body.data.id as number;
    const [small, medium] = body.data.variants as { id: number; sku_id: number }[];
    await heard();
    const items = [small, medium].map((row, place) => ({ location_id: 1, variant_id: row!.id, quantity: 3 + place }));
    await mock.put('/v3/inventory/adjustments/absolute', { items }).expect(200);
    expect(await heard()).toEqual(
      [small, medium].map((row, place) => ({
        scope: 'store/sku/inventory/updated',
        data: {
          type: 'sku',
          id: row!.sku_id,
          inventory: { product_id, method: 'absolute', value: 3 + place, variant_id: row!.id },
        },
      })),
    );
  });

  it('at another location is told of by location, and so are settings', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const [variant] = (await mock.get('/v3/catalog/variants?limit=1').expect(200)).body.data;
    const identity = { location_id: 2, variant_id: variant.id };
    await mock.put('/v3/inventory/adjustments/absolute', { items: [{ ...identity, quantity: 90 }] }).expect(200);
    await heard();
    await mock.put('/v3/inventory/adjustments/absolute', { items: [{ ...identity, quantity: 91 }] }).expect(200);
    const data = { variant_id: variant.id, product_id: variant.product_id, location_id: 2 };
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/*/inventory/product/stock_changed', data },
    ]);
    await mock
      .put('/v3/inventory/locations/2/items', {
        settings: [{ identity: { variant_id: variant.id }, safety_stock: 9, is_in_stock: true, warning_level: 2 }],
      })
      .expect(200);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/*/inventory/product/settings_changed', data },
    ]);
  });

  it('has locations, of which none is told of when it is deleted', async () => {
    const { mock, scopes } = await listen({ size: 'small' });
    const [shop] = (await mock.get('/v3/inventory/locations?location_id:in=2').expect(200)).body.data;
    await mock.put('/v3/inventory/locations', [{ id: 2, label: `${String(shop.label)} two` }]).expect(200);
    expect(await scopes()).toEqual(['store/inventory/location/updated']);
    await mock.put('/v3/inventory/locations', [{ id: 2, label: `${String(shop.label)} two` }]).expect(200);
    expect(await scopes()).toEqual([]);
  });
});

describe('categories and trees', () => {
  it('tell the store, and the channel of the tree', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock
      .post('/v3/catalog/trees/categories', [{ tree_id: 1, name: 'Shelf', parent_id: 0 }])
      .expect(201);
    const id = body.data[0].category_id as number;
    const twin = { category_id: id, tree_id: 1 };
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/category/created', data: { type: 'category', id } },
      { scope: 'store/channel/1/category/created', data: twin },
    ]);
    await mock.put(`/v3/catalog/categories/${String(id)}`, { name: 'Rack' }).expect(200);
    await mock.put(`/v3/catalog/categories/${String(id)}`, { name: 'Rack' }).expect(200);
    await mock.delete(`/v3/catalog/categories/${String(id)}`).expect(204);
    expect((await heard()).map(({ scope }) => scope)).toEqual(['store/category/updated', 'store/category/deleted']);
    await mock.put('/v3/catalog/trees', [{ id: 1, name: 'Front' }]).expect(200);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/1/categoryTree/updated', data: { tree_id: 1 } },
    ]);
  });

  it('have no events of brands', async () => {
    const { mock, scopes } = await listen();
    await mock.post('/v3/catalog/brands', { name: 'Kettle & Co' }).expect(200);
    expect(await scopes({ channels: true })).toEqual([]);
  });
});

describe('metafields', () => {
  const note = { namespace: 'erp', key: 'rack', value: 'A1', permission_set: 'app_only' };

  it('tell under the name of what they hang on, and as metafields', async () => {
    const { mock, heard } = await listen();
    const { body: brand } = await mock.post('/v3/catalog/brands', { name: 'Kettle & Co' }).expect(200);
    const path = `/v3/catalog/brands/${String(brand.data.id)}/metafields`;
    const { body } = await mock.post(path, note).expect(200);
    const data = { metafield_id: body.data.id, resource_id: String(brand.data.id) };
    expect(await heard()).toEqual([
      { scope: 'store/brand/metafield/created', data },
      { scope: 'store/metafield/created', data: { ...data, resource_type: 'brand' } },
    ]);
    await mock.put(`${path}/${String(body.data.id)}`, { value: 'A1' }).expect(200);
    expect(await heard()).toEqual([]);
    await mock.put(`${path}/${String(body.data.id)}`, { value: 'A2' }).expect(200);
    await mock.delete(`${path}/${String(body.data.id)}`).expect(204);
    expect((await heard()).map(({ scope }) => scope)).toEqual([
      'store/brand/metafield/updated',
      'store/metafield/updated',
      'store/brand/metafield/deleted',
      'store/metafield/deleted',
    ]);
  });

  it('of products and variants say which of both', async () => {
    const { mock, heard } = await listen();
    const { body: product } = await mock.post('/v3/catalog/products?include=variants', tea).expect(200);
    await heard();
    const path = `/v3/catalog/products/${String(product.data.id)}`;
    await mock.post(`${path}/metafields`, note).expect(200);
    await mock.post(`${path}/variants/${String(product.data.variants[0].id)}/metafields`, note).expect(200);
    expect(await heard()).toMatchObject([
      { scope: 'store/product/metafield/created', data: { resource_type: 'product' } },
      { scope: 'store/metafield/created' },
      { scope: 'store/product/variant/metafield/created', data: { resource_type: 'variant' } },
      { scope: 'store/metafield/created' },
    ]);
  });
});

describe('price lists', () => {
  it('tell of switching on and off, and of those deleted by a filter together (scenario 22)', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock.post('/v3/pricelists', { name: 'Trade' }).expect(200);
    const data = { price_list_id: body.data.id };
    expect(await heard()).toEqual([
      { scope: 'store/priceList/created', data },
      { scope: 'store/priceList/activated', data },
    ]);
    await mock.put(`/v3/pricelists/${String(body.data.id)}`, { name: 'Trade', active: false }).expect(200);
    await mock.put(`/v3/pricelists/${String(body.data.id)}`, { name: 'Trade', active: false }).expect(200);
    expect((await heard()).map(({ scope }) => scope)).toEqual([
      'store/priceList/updated',
      'store/priceList/deactivated',
    ]);
    await mock.delete(`/v3/pricelists?id:in=${String(body.data.id)}`).expect(204);
    expect(await heard()).toEqual([{ scope: 'store/priceLists/deleted', data: { price_list_ids: [body.data.id] } }]);
  });

  it('tell of single records one by one, of batches together, and never of products', async () => {
    const { mock, heard } = await listen();
    const { body: product } = await mock.post('/v3/catalog/products?include=variants', sized).expect(200);
    const ids = (product.data.variants as { id: number }[]).map(({ id }) => id);
    const { body: list } = await mock.post('/v3/pricelists', { name: 'Trade' }).expect(200);
    const records = `/v3/pricelists/${String(list.data.id)}/records`;
    await heard();
    const data = (variant_id: number | undefined): object => ({
      price_list_id: list.data.id,
      variant_id,
      currency: 'USD',
    });
    await mock
      .put(
        records,
        ids.map((variant_id) => ({ variant_id, currency: 'usd', price: 5 })),
      )
      .expect(200);
    expect(await heard()).toEqual([{ scope: 'store/priceList/records/created', data: ids.map(data) }]);
    await mock.put(`${records}/${String(ids[0])}/USD`, { price: 6 }).expect(200);
    await mock.delete(`${records}/${String(ids[0])}/USD`).expect(204);
    expect(await heard()).toEqual([
      { scope: 'store/priceList/record/updated', data: data(ids[0]) },
      { scope: 'store/priceList/record/deleted', data: data(ids[0]) },
    ]);
  });

  it('tell of who gets them', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const { body: list } = await mock.post('/v3/pricelists', { name: 'Trade' }).expect(200);
    await heard();
    const price_list_id = list.data.id as number;
    await mock
      .put(`/v3/pricelists/${String(price_list_id)}/assignments`, { customer_group_id: 1, channel_id: 1 })
      .expect(200);
    const data = { price_list_id, channel_id: 1, customer_group_id: 1 };
    expect(await heard()).toEqual([{ scope: 'store/priceList/assignment/updated', data }]);
    await mock.delete(`/v3/pricelists/assignments?price_list_id=${String(price_list_id)}`).expect(204);
    expect(await heard()).toEqual([{ scope: 'store/priceList/assignment/deleted', data }]);
  });
});
