import { describe, expect, it } from 'vitest';
import { newProduct } from '../catalog/new-product.js';
import { startMock } from '../mock.js';

describe('tax classes', () => {
  it('are listed in V2 with ids in digits, and written in V3 with numbers', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v2/tax_classes').expect(200);
    expect((body as { id: string }[]).map(({ id }) => id)).toEqual(['0', '1', '2', '3']);
    const { body: made } = await mock.post('/v3/tax/classes', [{ name: 'Books' }]).expect(200);
    expect(made.data).toMatchObject([{ id: 4, name: 'Books' }]);
    const { body: renamed } = await mock.put('/v3/tax/classes', [{ id: 4, name: 'Print' }]).expect(200);
    expect(renamed.data[0].name).toBe('Print');
    expect((await mock.get('/v2/tax_classes/4').expect(200)).body).toMatchObject({ id: '4', name: 'Print' });
    await mock.delete('/v3/tax/classes?id:in=4').expect(204);
    await mock.get('/v2/tax_classes/4').expect(404);
  });

  it('refuse in lists of errors, and nothing is written then', async () => {
    const mock = await startMock();
    await mock.post('/v3/tax/classes', [{ name: 'Books' }]).expect(200);
    const { body } = await mock.post('/v3/tax/classes', [{ name: 'Toys' }, { name: 'BOOKS' }]).expect(409);
    expect(body).toMatchObject({ errors: [{ status: 409 }] });
    await mock.post('/v3/tax/classes', [{ name: 'Toys' }, { name: 'toys' }]).expect(422);
    await mock.post('/v3/tax/classes', [{ name: 'a<b' }]).expect(422);
    await mock.put('/v3/tax/classes', [{ id: 4 }]).expect(422);
    await mock.put('/v3/tax/classes', [{ id: 99, name: 'None' }]).expect(400);
    await mock.delete('/v3/tax/classes?id:in=99').expect(400);
    await mock.delete('/v3/tax/classes').expect(404).expect('content-type', 'application/problem+json');
    const many = Array.from({ length: 51 }, (_, place) => ({ name: `Class ${String(place)}` }));
    await mock.post('/v3/tax/classes', many).expect(413);
    expect((await mock.get('/v2/tax_classes').expect(200)).body).toHaveLength(5);
  });
});

describe('taxClassBatchDelete', () => {
  it('returns products to the default class, which stays', async () => {
    const mock = await startMock();
    await mock.post('/v3/tax/classes', [{ name: 'Books' }]).expect(200);
    const product_id = await newProduct(mock, { tax_class_id: 4 });
    const { body } = await mock.delete('/v3/tax/classes?id:in=0').expect(422);
    expect(body.errors[0].errors).toEqual({ 'id:in': 'error.invalid' });
    await mock.delete('/v3/tax/classes?id:in=4,x').expect(422);
    await mock.delete('/v3/tax/classes?id:in=3,4').expect(204);
    const product = (await mock.get(`/v3/catalog/products/${product_id}`).expect(200)).body;
    expect(product.data.tax_class_id).toBe(0);
  });
});

const zone = {
  name: 'Texas',
  shopper_target_settings: { locations: [{ country_code: 'US', subdivision_codes: ['TX'], postal_codes: [] }] },
};

describe('scenario 28: tax zones and rates', () => {
  it('keeps the default zone', async () => {
    const mock = await startMock();
    await mock.delete('/v3/tax/zones?id:in=1').expect(422);
    await mock.put('/v3/tax/zones', [{ id: 1, enabled: false }]).expect(422);
    await mock.put('/v3/tax/zones', [{ id: 1, ...zone }]).expect(422);
    await mock.put('/v3/tax/zones', [{ id: 1, name: 'Everywhere' }]).expect(200);
    expect((await mock.get('/v3/tax/zones').expect(200)).body.data).toMatchObject([{ id: 1, name: 'Everywhere' }]);
  });

  it('makes a zone with a rate, and deletes both together', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/tax/zones', [zone]).expect(200);
    expect(body.data).toMatchObject([{ enabled: true, shopper_target_settings: { customer_groups: [] } }]);
    const country = { name: 'Chile', shopper_target_settings: { locations: [{ country_code: 'CL' }] } };
    expect((await mock.post('/v3/tax/zones', [country]).expect(200)).body.data[0].shopper_target_settings).toEqual({
      locations: [{ country_code: 'CL', subdivision_codes: [], postal_codes: [] }],
      customer_groups: [],
    });
    const tax_zone_id = body.data[0].id as number;
    const rate = { name: 'State', tax_zone_id, class_rates: [{ rate: 10, tax_class_id: 0 }] };
    const { body: rates } = await mock.post('/v3/tax/rates', [rate]).expect(200);
    expect(rates.data).toMatchObject([{ enabled: true, priority: 1, tax_zone_id }]);
    const list = `/v3/tax/rates?tax_zone_id:in=${String(tax_zone_id)}`;
    expect((await mock.get(list).expect(200)).body.data).toHaveLength(1);
    await mock.delete(`/v3/tax/zones?id:in=${String(tax_zone_id)}`).expect(204);
    expect((await mock.get(list).expect(200)).body.data).toEqual([]);
    await mock.post('/v3/tax/rates', [rate]).expect(422);
  });

  it('refuses zones without a place, and rates of unknown classes', async () => {
    const mock = await startMock();
    await mock.post('/v3/tax/zones', [{ name: 'Nowhere', shopper_target_settings: { locations: [] } }]).expect(422);
    const class_rates = [{ rate: 5, tax_class_id: 77 }];
    await mock.post('/v3/tax/rates', [{ name: 'R', tax_zone_id: 1, class_rates }]).expect(422);
    await mock.put('/v3/tax/zones', [{ id: 77, name: 'None' }]).expect(422);
    await mock.delete('/v3/tax/rates').expect(422);
  });

  it('finds the zone of an address, or the default one', async () => {
    const mock = await startMock();
    await mock.post('/v3/tax/zones', [zone]).expect(200);
    const names = async (place: object): Promise<string[]> =>
      ((await mock.post('/v3/tax/zonecheck', [place]).expect(200)).body.data as { name: string }[]).map(
        ({ name }) => name,
      );
    expect(await names({ country_code: 'US', subdivision_codes: 'TX' })).toEqual(['Texas']);
    expect(await names({ country_code: 'US', subdivision_codes: 'NY' })).toEqual(['Default Tax Zone']);
  });
});

describe('tax rates', () => {
  it('have a share for every class, also for new ones', async () => {
    const mock = await startMock();
    const ratesOf = async (): Promise<unknown> =>
      (await mock.get('/v3/tax/rates').expect(200)).body.data[0].class_rates;
    const rate = { name: 'State', tax_zone_id: 1, class_rates: [{ rate: 10, tax_class_id: 2 }] };
    await mock.post('/v3/tax/rates', [rate]).expect(200);
    const untaxed = (...ids: number[]): object[] => ids.map((tax_class_id) => ({ rate: 0, tax_class_id }));
    expect(await ratesOf()).toEqual([...rate.class_rates, ...untaxed(0, 1, 3)]);
    await mock.put('/v3/tax/rates', [{ id: 1, class_rates: [{ rate: 5, tax_class_id: 0 }] }]).expect(200);
    expect(await ratesOf()).toEqual([{ rate: 5, tax_class_id: 0 }, ...untaxed(1, 2, 3)]);
    await mock.post('/v3/tax/classes', [{ name: 'Books' }]).expect(200);
    expect(await ratesOf()).toEqual([{ rate: 5, tax_class_id: 0 }, ...untaxed(1, 2, 3, 4)]);
    await mock.delete('/v3/tax/classes?id:in=2').expect(204);
    expect(await ratesOf()).toEqual([{ rate: 5, tax_class_id: 0 }, ...untaxed(1, 3, 4)]);
  });
});

describe('tax properties', () => {
  it('keep their values under a new code', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/tax/properties?type:in=customer').expect(200);
    const { id } = (body.data as [{ id: number }])[0];
    await mock.put('/v3/tax/properties', [{ id, code: 'EXEMPT-NO' }]).expect(200);
    const { body: customers } = await mock.get('/v3/tax/customers?customer_id:in=1').expect(200);
    expect(customers.data).toEqual([{ customer_id: 1, tax_properties: { 'EXEMPT-NO': 'E-1' } }]);
    await mock.delete(`/v3/tax/properties?id:in=${String(id)}`).expect(409);
  });

  it('have values by product, and stay while they are used', async () => {
    const mock = await startMock({ size: 'small' });
    const property = { code: 'FABRIC', display_name: 'Fabric', type: 'PRODUCT' };
    const { body } = await mock.post('/v3/tax/properties', [property]).expect(200);
    const id = String(body.data[0].id);
    await mock.post('/v3/tax/properties', [property]).expect(422);
    const { body: products } = await mock.get('/v3/catalog/products?limit=1').expect(200);
    const product_id = products.data[0].id as number;
    const values = [{ product_id, tax_properties: { FABRIC: 'F1' } }];
    const { body: written } = await mock.put('/v3/tax/products/properties', values).expect(200);
    expect(written.data[0].tax_properties).toEqual({ FABRIC: 'F1', 'GOODS-CODE': `G-${String(product_id)}` });
    await mock.delete(`/v3/tax/properties?id:in=${id}`).expect(409);
    const list = `/v3/tax/products/properties?product_id:in=${String(product_id)}`;
    await mock.delete(list).expect(204);
    expect((await mock.get(list).expect(200)).body.data).toEqual([]);
    await mock.delete(`/v3/tax/properties?id:in=${id}`).expect(204);
  });

  it('go with the product', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: products } = await mock.get('/v3/catalog/products?limit=1').expect(200);
    const id = String(products.data[0].id);
    const list = `/v3/tax/products/properties?product_id:in=${id}`;
    expect((await mock.get(list).expect(200)).body.data).toHaveLength(1);
    await mock.delete(`/v3/catalog/products/${id}`).expect(204);
    expect((await mock.get(list).expect(200)).body.data).toEqual([]);
  });

  it('need their filters, and codes that exist', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.get('/v3/tax/products/properties').expect(400);
    await mock.delete('/v3/tax/products/properties').expect(400);
    await mock.delete('/v3/tax/properties').expect(400);
    await mock.delete('/v3/tax/customers').expect(400);
    await mock.put('/v3/tax/customers', [{ customer_id: 1, tax_properties: { NONE: 'x' } }]).expect(422);
    await mock.put('/v3/tax/customers', [{ customer_id: 1, tax_properties: { 'GOODS-CODE': 'x' } }]).expect(422);
  });

  it('have values by customer', async () => {
    const mock = await startMock({ size: 'small' });
    expect((await mock.get('/v3/tax/customers').expect(200)).body.data).toHaveLength(2);
    const values = [{ customer_id: 3, tax_properties: { EXEMPTION: 'E9' } }];
    await mock.put('/v3/tax/customers', values).expect(200);
    expect((await mock.get('/v3/tax/customers?customer_id:in=3').expect(200)).body.data).toEqual(values);
    await mock.delete('/v3/tax/customers?customer_id:in=3').expect(204);
    expect((await mock.get('/v3/tax/customers').expect(200)).body.data).toHaveLength(2);
    const { body } = await mock.get('/v3/tax/properties?type:in=CUSTOMER').expect(200);
    expect(body.data).toMatchObject([{ code: 'EXEMPTION' }]);
  });
});

describe('updateTaxSettings', () => {
  it('keeps what is not sent', async () => {
    const mock = await startMock();
    const { body: before } = await mock.get('/v3/tax/settings').expect(200);
    const sent = {
      tax_entered_with_prices: true,
      price_display_settings: { invoice_price_display_strategy: 'INCLUSIVE' },
    };
    const { body } = await mock.put('/v3/tax/settings', sent).expect(200);
    expect(body.data).toEqual({
      ...before.data,
      tax_entered_with_prices: true,
      price_display_settings: {
        ...before.data.price_display_settings,
        invoice_price_display_strategy: 'INCLUSIVE',
      },
    });
    await mock.put('/v3/tax/settings', { guest_shopper_tax_zone_id: 99 }).expect(422);
  });
});

describe('updateTaxProviderConnection', () => {
  it('connects and disconnects, and never shows the password', async () => {
    const mock = await startMock();
    const path = '/v3/tax/providers/SampleTax/connection';
    await mock.get(path).expect(404);
    await mock.delete(path).expect(404);
    const connected = { data: { username: 'me', configured: true } };
    await mock.put(path, { username: 'me', password: 'secret' }).expect(200, connected);
    await mock.get(path).expect(200, connected);
    await mock.get('/v3/tax/providers/OtherTax/connection').expect(404);
    await mock.delete(path).expect(200, { data: { username: 'me', configured: false } });
    await mock.get(path).expect(404);
  });
});
