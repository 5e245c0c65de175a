import { describe, expect, it } from 'vitest';
import { newProduct, pluck } from '../catalog/new-product.js';
import { startMock, type MockClient } from '../mock.js';

const ABSOLUTE = '/v3/inventory/adjustments/absolute';
const RELATIVE = '/v3/inventory/adjustments/relative';
const tracked = { inventory_tracking: 'product', sku: 'TOWEL' };

async function itemOf(mock: MockClient, product: number): Promise<Record<string, unknown>> {
  const { body } = await mock.get(`/v3/inventory/locations/1/items?product_id:in=${product}`);
  return (body.data as Record<string, unknown>[])[0]!;
}

describe('inventory adjustments', () => {
  it('are absolute before they are relative, and keep the safety stock (scenario 19)', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, tracked);
    const by = (quantity: number): object => ({ items: [{ location_id: 1, product_id, quantity }] });
    const early = await mock.post(RELATIVE, by(-1));
    expect([early.status, early.body.title]).toEqual([
      422,
      `Items with identity: [product_id ${product_id}] requires absolute adjustment before relative`,
    ]);
    const set = await mock.put(ABSOLUTE, by(50));
    expect(set.status).toBe(200);
    expect(set.body).toEqual({ transaction_id: expect.stringMatching(/^[\da-f-]{36}$/) });
    const settings = { settings: [{ identity: { product_id }, safety_stock: 10 }] };
    expect((await mock.put('/v3/inventory/locations/1/items', settings)).status).toBe(200);
    expect(await itemOf(mock, product_id)).toMatchObject({ available_to_sell: 40, total_inventory_onhand: 50 });
    expect((await mock.post(RELATIVE, by(-41))).status).toBe(422);
    expect((await mock.post(RELATIVE, by(-20))).status).toBe(200);
    expect(await itemOf(mock, product_id)).toMatchObject({ available_to_sell: 20, total_inventory_onhand: 30 });
    const { body } = await mock.get(`/v3/catalog/products/${product_id}`);
    expect(body.data.inventory_level).toBe(20);
  });

  it('may be relative where the catalog set a level, even after it was sold', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { ...tracked, inventory_level: 1 });
    const name = { first_name: 'Ada', last_name: 'Moss', email: 'ada@example.com' };
    const billing_address = {
      ...name,
      street_1: '1 Elm St',
      city: 'Austin',
      zip: '78701',
      state: 'Texas',
      country: 'United States',
    };
    await mock.post('/v2/orders', { billing_address, products: [{ product_id, quantity: 1 }] }).expect(200);
    expect(await itemOf(mock, product_id)).toMatchObject({ available_to_sell: 0 });
    await mock.post(RELATIVE, { items: [{ location_id: 1, product_id, quantity: 3 }] }).expect(200);
    expect(await itemOf(mock, product_id)).toMatchObject({ available_to_sell: 3 });
  });

  it('name an item by what tracks it, and add up in the product (scenario 20)', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, {
      ...tracked,
      variants: ['S', 'M'].map((label) => ({
        sku: `TOWEL-${label}`,
        option_values: [{ option_display_name: 'Size', label }],
      })),
    });
    const ids = pluck(await mock.get(`/v3/catalog/products/${product_id}/variants`), 'id');
    const items = ids.map((variant_id, place) => ({ location_id: 1, variant_id, quantity: 3 + place }));
    const wrong = await mock.put(ABSOLUTE, { items });
    expect([wrong.status, wrong.body.title]).toEqual([
      422,
      `[Item with variant_id ${String(ids[0])} is tracked by product, please update stock by product id]`,
    ]);
    await mock.put(`/v3/catalog/products/${product_id}`, { inventory_tracking: 'variant' });
    expect((await mock.put(ABSOLUTE, { items })).status).toBe(200);
    expect((await mock.get(`/v3/catalog/products/${product_id}`)).body.data.inventory_level).toBe(7);
    const mirror = await mock.put(ABSOLUTE, { items: [{ location_id: 1, product_id, quantity: 1 }] });
    expect(mirror.status).toBe(422);
  });

  it('take the SKU of a product, not of its variants, where the product is tracked', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, {
      ...tracked,
      variants: [{ sku: 'TOWEL-S', option_values: [{ option_display_name: 'Size', label: 'S' }] }],
    });
    const set = (sku: string): Promise<{ status: number; body: { title?: string } }> =>
      mock.put(ABSOLUTE, { items: [{ location_id: 1, sku, quantity: 4 }] });
    const wrong = await set('towel-s');
    expect([wrong.status, wrong.body.title]).toEqual([
      422,
      '[Item with sku towel-s is tracked by product, please update stock by product id]',
    ]);
    expect((await set('towel')).status).toBe(200);
    expect((await mock.get(`/v3/catalog/products/${product_id}`)).body.data.inventory_level).toBe(4);
  });

  it('are the catalog’s level at the default location, in both directions', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { ...tracked, inventory_level: 8 });
    expect(await itemOf(mock, product_id)).toMatchObject({ available_to_sell: 8, total_inventory_onhand: 8 });
    await mock.put(ABSOLUTE, { items: [{ location_id: 1, sku: 'towel', quantity: 5 }] });
    expect((await mock.get(`/v3/catalog/products/${product_id}`)).body.data.inventory_level).toBe(5);
    await mock.put(`/v3/catalog/products/${product_id}`, { inventory_level: 9, inventory_warning_level: 3 });
    expect(await itemOf(mock, product_id)).toMatchObject({ available_to_sell: 9, settings: { warning_level: 3 } });
  });

  it('are all done or none', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, tracked);
    const good = { location_id: 1, product_id, quantity: 4 };
    for (const bad of [
      { ...good, location_id: 9 },
      { ...good, product_id: 99 },
      { ...good, quantity: -1 },
      { ...good, quantity: 2_147_483_648 },
      { location_id: 1, quantity: 1 },
    ]) {
      expect((await mock.put(ABSOLUTE, { items: [good, bad] })).status).toBe(422);
    }
    expect(await itemOf(mock, product_id)).toMatchObject({ total_inventory_onhand: 0 });
  });

  it('name an item in one way', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, tracked);
    const items = [{ location_id: 1, product_id, sku: 'TOWEL', quantity: 1 }];
    const { status, body } = await mock.put(ABSOLUTE, { items });
    expect([status, body.errors]).toEqual([422, { 'items.0': 'error.invalid' }]);
  });

  it('are kept apart by location', async () => {
    const mock = await startMock({ size: 'small' });
    const product_id = await newProduct(mock, { ...tracked, inventory_level: 2 });
    await mock.put(ABSOLUTE, { items: [{ location_id: 2, product_id, quantity: 6 }] });
    const { body } = await mock.get(`/v3/inventory/items?product_id:in=${product_id}`);
    expect(body.data).toMatchObject([
      {
        identity: { product_id, sku: 'TOWEL' },
        locations: [
          { location_id: 1, available_to_sell: 2 },
          { location_id: 2, available_to_sell: 6, location_enabled: true },
        ],
      },
    ]);
    expect((await mock.get(`/v3/catalog/products/${product_id}`)).body.data.inventory_level).toBe(2);
  });
});

interface Identity {
  readonly sku: string;
  readonly variant_id: number;
  readonly product_id: number;
}

describe('get-inventory-items', () => {
  it('finds items by product, variant or SKU, and pages without filters', async () => {
    const mock = await startMock({ size: 'small' });
    const identities = async (query: string): Promise<Identity[]> =>
      ((await mock.get(`/v3/inventory/items?${query}`)).body.data as { identity: Identity }[]).map(
        ({ identity }) => identity,
      );
    const [first, second] = await identities('limit=2');
    expect(await identities('limit=1&page=2')).toEqual([second]);
    const sku = second!.sku.toLowerCase();
    expect(await identities(`sku:in=${sku},none`)).toEqual([second]);
    expect(await identities(`variant_id:in=${second!.variant_id},${first!.variant_id}`)).toEqual([first, second]);
    expect(await identities(`product_id:in=${first!.product_id}&sku:in=${sku}`)).toEqual([second]);
    expect(await identities(`product_id:in=1&sku:in=${sku}`)).toEqual([]);
    expect(await identities('location_id:in=99')).toEqual([]);
  });
});

describe('put-location-inventory-items', () => {
  it('wants a setting, an item and a location', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, tracked);
    const path = '/v3/inventory/locations/1/items';
    const none = await mock.put(path, { settings: [{ identity: { product_id } }] });
    expect([none.status, none.body.title]).toEqual([422, 'Payload contains invalid fields']);
    expect(none.body.errors).toEqual({
      'setting.0.settings': 'At least one setting must be specified: warning_level, is_in_stock or safety_stock',
    });
    expect((await mock.put(path, { settings: [{ identity: { product_id: 9 }, safety_stock: 1 }] })).status).toBe(422);
    expect((await mock.put('/v3/inventory/locations/9/items', { settings: [] })).status).toBe(404);
  });

  it('keeps what is not sent', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, tracked);
    const path = '/v3/inventory/locations/1/items';
    const identity = { product_id };
    await mock.put(path, { settings: [{ identity, warning_level: 4, bin_picking_number: 'B-7' }] });
    await mock.put(path, { settings: [{ identity, is_in_stock: false }] });
    expect((await itemOf(mock, product_id)).settings).toEqual({
      safety_stock: 0,
      is_in_stock: false,
      warning_level: 4,
      bin_picking_number: 'B-7',
    });
    expect((await mock.get(`/v3/catalog/products/${product_id}`)).body.data.inventory_warning_level).toBe(4);
  });
});
