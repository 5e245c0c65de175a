import { describe, expect, it } from 'vitest';
import { pluck } from '../catalog/new-product.js';
import { startMock } from '../mock.js';

const PATH = '/v3/inventory/locations';
const location = {
  code: 'SHOP',
  label: 'Shop',
  managed_by_external_source: false,
  type_id: 'PHYSICAL',
  time_zone: 'Europe/Berlin',
  address: {
    address1: 'Hauptstr. 1',
    city: 'Berlin',
    state: 'Berlin',
    zip: '10115',
    email: 'shop@example.com',
    geo_coordinates: { latitude: 52.53, longitude: 13.38 },
    country_code: 'DE',
  },
};

describe('createLocations', () => {
  it('answers with a transaction alone, so that a list tells the id (scenario 21)', async () => {
    const mock = await startMock();
    const { status, body } = await mock.post(PATH, [location]);
    expect([status, Object.keys(body)]).toEqual([200, ['transaction_id']]);
    const rows = (await mock.get(PATH)).body.data;
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatchObject({
      ...location,
      id: 2,
      enabled: true,
      storefront_visibility: true,
      special_hours: [],
    });
    expect(rows[1].operating_hours.monday.open).toBe(false);
    expect((await mock.post(PATH, [location])).status).toBe(422);
    expect((await mock.post(PATH, [{ ...location, code: 'B', address: undefined }])).status).toBe(422);
  });
});

describe('updateLocations', () => {
  it('changes what is sent', async () => {
    const mock = await startMock();
    await mock.post(PATH, [location]);
    const address = { country_code: 'DE', city: 'Potsdam' };
    expect((await mock.put(PATH, [{ id: 2, label: 'New', address }])).status).toBe(200);
    const [row] = (await mock.get(`${PATH}?location_id:in=2`)).body.data;
    expect(row).toMatchObject({ label: 'New', code: 'SHOP', address: { city: 'Potsdam', zip: '10115' } });
    expect((await mock.put(PATH, [{ id: 9, label: 'x' }])).status).toBe(422);
  });

  it('completes days, and keeps those that are not sent', async () => {
    const mock = await startMock();
    const monday = { open: true, opening: '08:00', closing: '17:30' };
    await mock.post(PATH, [{ ...location, operating_hours: { monday } }]);
    const special_hours = [{ label: 'Inventory', date: '2025-02-03', open: false }];
    await mock.put(PATH, [{ id: 2, operating_hours: { monday: { closing: '12:00' } }, special_hours }]);
    const [row] = (await mock.get(`${PATH}?location_id:in=2`)).body.data;
    expect(row.operating_hours).toMatchObject({
      monday: { ...monday, closing: '12:00' },
      sunday: { open: false, opening: '00:00', closing: '00:00' },
    });
    expect(row.special_hours).toEqual([
      { ...special_hours[0], opening: '00:00', closing: '00:00', all_day: false, annual: false },
    ]);
  });
});

describe('deleteLocations', () => {
  it('keeps the origin of shipments', async () => {
    const mock = await startMock();
    const { status, body } = await mock.delete(`${PATH}?location_id:in=1`);
    expect(status).toBe(422);
    expect(body.title).toBe(
      'Location canʼt be deleted. Default location is set as a shipping origin for this store and canʼt be deleted.',
    );
    expect((await mock.delete(`${PATH}?location_id:in=9`)).status).toBe(404);
  });

  it('keeps a place where orders wait to be collected', async () => {
    const mock = await startMock({ size: 'small' });
    const refused = await mock.delete(`${PATH}?location_id:in=2`);
    expect([refused.status, refused.body.title]).toEqual([
      422,
      'Location with associated orders canʼt be deleted. Riverside shop is associated with 1 order(s) ' +
        'and canʼt be deleted by now.',
    ]);
    expect((await mock.get(`${PATH}?location_id:in=2`)).body.data).toHaveLength(1);
    const [{ order_id }] = (await mock.get('/v3/orders/pickups')).body.data;
    expect((await mock.put(`/v2/orders/${order_id}`, { status_id: 10 })).status).toBe(200);
    expect((await mock.delete(`${PATH}?location_id:in=2`)).status).toBe(200);
  });

  it('takes stock and pickup methods along', async () => {
    const mock = await startMock({ size: 'small' });
    const [{ order_id }] = (await mock.get('/v3/orders/pickups')).body.data;
    await mock.delete(`/v2/orders/${order_id}`);
    const { status, body } = await mock.delete(`${PATH}?location_id:in=2`);
    expect([status, Object.keys(body)]).toEqual([200, ['transaction_id']]);
    const items = await mock.get('/v3/inventory/items?limit=1');
    expect(items.body.data[0].locations).toHaveLength(1);
    expect((await mock.get('/v3/pickup/methods')).body.data).toEqual([]);
  });
});

describe('getLocations', () => {
  it('filters', async () => {
    const mock = await startMock();
    await mock.post(PATH, [{ ...location, enabled: false }]);
    const idsBy = async (query: string): Promise<unknown> => pluck(await mock.get(`${PATH}?${query}`), 'id');
    expect(await idsBy('is_default=true')).toEqual([1]);
    expect(await idsBy('is_default=false')).toEqual([2]);
    expect(await idsBy('is_active=true')).toEqual([1]);
    expect(await idsBy('location_code:in=shop')).toEqual([2]);
    expect(await idsBy('type_id:in=VIRTUAL')).toEqual([]);
  });
});

describe('adjustments at a disabled location', () => {
  it('are refused', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.put(PATH, [{ id: 2, enabled: false }]);
    const items = [{ location_id: 2, product_id: 101, quantity: 1 }];
    expect((await mock.put('/v3/inventory/adjustments/absolute', { items })).status).toBe(422);
  });
});
