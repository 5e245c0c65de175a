import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const billing_address = {
  first_name: 'Ada',
  last_name: 'Moss',
  street_1: '1 Elm St',
  city: 'Auckland',
  state: 'Auckland',
  zip: '1010',
  country: 'New Zealand',
  country_iso2: 'NZ',
  email: 'ada@example.com',
};
const address = {
  first_name: 'Ada',
  last_name: 'Moss',
  address1: '1 Elm St',
  city: 'Auckland',
  state_or_province: 'Auckland',
  state_or_province_code: 'AUK',
  postal_code: '1010',
  country_code: 'NZ',
  email: 'ada@example.com',
};

/** A zone for the first group beside that of the whole country, without tax, and a customer in the group. */
async function groupZone(mock: MockClient): Promise<{ readonly group: number; readonly zone: number }> {
  const { body: groups } = await mock.get('/v2/customer_groups').expect(200);
  const group = groups[0].id as number;
  const targets = { locations: [{ country_code: 'NZ' }], customer_groups: [group] };
  const { body } = await mock.post('/v3/tax/zones', [{ name: 'Trade', shopper_target_settings: targets }]).expect(200);
  const zone = body.data[0].id as number;
  const class_rates = [{ rate: 3, tax_class_id: 0 }];
  await mock.post('/v3/tax/rates', [{ name: 'Trade tax', tax_zone_id: zone, class_rates }]).expect(200);
  await mock.put('/v3/customers', [{ id: 1, customer_group_id: group }]).expect(200);
  await mock.put('/v3/customers', [{ id: 2, customer_group_id: 0 }]).expect(200);
  return { group, zone };
}

describe('the tax zone of a customer group', () => {
  it('comes before that of the country in the zone check', async () => {
    const mock = await startMock({ size: 'small' });
    const { group, zone } = await groupZone(mock);
    const zoneOf = async (place: object): Promise<unknown> =>
      (await mock.post('/v3/tax/zonecheck', [{ country_code: 'NZ', ...place }]).expect(200)).body.data[0].id;
    expect(await zoneOf({ customer_group_id: group })).toBe(zone);
    expect(await zoneOf({})).toBe(2);
    await mock.put('/v3/tax/zones', [{ id: zone, enabled: false }]).expect(200);
    expect(await zoneOf({ customer_group_id: group })).toBe(2);
  });

  it('taxes the orders of its members', async () => {
    const mock = await startMock({ size: 'small' });
    await groupZone(mock);
    const taxesOf = async (customer_id: number): Promise<unknown> => {
      const order = { customer_id, billing_address, products: [{ product_id: 102, quantity: 1 }] };
      const { body } = await mock.post('/v2/orders', order).expect(200);
      return (await mock.get(`/v2/orders/${String(body.id)}/taxes`).expect(200)).body;
    };
    expect(await taxesOf(1)).toMatchObject([{ name: 'Trade tax', rate: '3.0000' }]);
    expect(await taxesOf(2)).toMatchObject([{ name: 'GST', rate: '15.0000' }]);
  });

  it('taxes the checkouts of its members', async () => {
    const mock = await startMock({ size: 'small' });
    await groupZone(mock);
    const taxesOf = async (customer_id: number): Promise<unknown> => {
      const cart = { customer_id, line_items: [{ product_id: 102, quantity: 1 }] };
      const { body } = await mock.post('/v3/carts', cart).expect(201);
      const path = `/v3/checkouts/${String(body.data.id)}/billing-address`;
      return (await mock.post(path, address).expect(200)).body.data.taxes;
    };
    expect(await taxesOf(1)).toMatchObject([{ name: 'Trade tax' }]);
    expect(await taxesOf(2)).toMatchObject([{ name: 'GST' }]);
  });
});
