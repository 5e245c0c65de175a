import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const ZONES = '/v2/shipping/zones';
const mexico = { name: 'Mexico', type: 'country', locations: [{ country_iso2: 'MX' }] };

describe('shipping zones', () => {
  it('are none in a new store', async () => {
    const mock = await startMock();
    const { status, text } = await mock.get(ZONES);
    expect([status, text]).toEqual([204, '']);
  });

  it('number their places, and have no fees unless they are given', async () => {
    const mock = await startMock();
    const { status, body } = await mock.post(ZONES, mexico);
    expect(status).toBe(201);
    expect(body).toEqual({
      id: 1,
      name: 'Mexico',
      type: 'country',
      locations: [{ id: 1, country_iso2: 'MX' }],
      free_shipping: { enabled: false, minimum_sub_total: '0.0000', exclude_fixed_shipping_products: false },
      handling_fees: { fixed_surcharge: '0.0000', display_separately: false },
      enabled: true,
    });
    expect((await mock.get(`${ZONES}/1`)).body).toEqual(body);
    expect((await mock.get(ZONES)).body).toEqual([body]);
  });

  it('share no place, and there is one of the whole world', async () => {
    const mock = await startMock();
    await mock.post(ZONES, mexico);
    expect((await mock.post(ZONES, { ...mexico, name: 'Again' })).status).toBe(409);
    const world = { name: 'World', type: 'global' };
    expect((await mock.post(ZONES, world)).status).toBe(201);
    expect((await mock.post(ZONES, world)).status).toBe(409);
  });

  it('change by what is sent, name required, and take money as text or number', async () => {
    const mock = await startMock();
    await mock.post(ZONES, mexico);
    const missing = await mock.put(`${ZONES}/1`, { enabled: false });
    expect([missing.status, missing.body]).toEqual([
      400,
      [{ status: 400, message: "The required field 'name' was not supplied." }],
    ]);
    const { body } = await mock.put(`${ZONES}/1`, {
      name: 'MX',
      free_shipping: { enabled: true, minimum_sub_total: '50' },
      handling_fees: { percentage_surcharge: 2.5 },
    });
    expect(body).toMatchObject({
      name: 'MX',
      locations: [{ id: 1 }],
      free_shipping: { enabled: true, minimum_sub_total: '50.0000' },
      handling_fees: { percentage_surcharge: '2.5000' },
    });
    expect((await mock.put(`${ZONES}/1`, { name: 'MX', id: 4 })).status).toBe(400);
  });

  it('take their methods along when they go', async () => {
    const mock = await startMock({ size: 'small' });
    expect((await mock.delete(`${ZONES}/1`)).status).toBe(204);
    const gone = await mock.get(`${ZONES}/1/methods/1`);
    expect([gone.status, gone.body]).toEqual([
      404,
      [{ status: 404, message: 'The requested resource was not found.' }],
    ]);
  });
});

describe('shipping methods', () => {
  it('are on all channels and answer 200', async () => {
    const mock = await startMock();
    await mock.post(ZONES, mexico);
    const sent = { name: 'Flat', type: 'perorder', settings: { rate: 8 }, handling_fees: { fixed_surcharge: '3' } };
    const { status, body } = await mock.post(`${ZONES}/1/methods`, sent);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...sent,
      id: 1,
      enabled: true,
      is_fallback: false,
      channel_ids: [1],
      handling_fees: { fixed_surcharge: 3 },
    });
    const changed = await mock.put(`${ZONES}/1/methods/1`, { settings: { rate: 11 } });
    expect(changed.body).toMatchObject({ name: 'Flat', settings: { rate: 11 } });
    expect((await mock.put(`${ZONES}/1/methods/1`, { handling_fees: { fixed_surcharge: '-1' } })).status).toBe(400);
    expect((await mock.delete(`${ZONES}/1/methods/1`)).status).toBe(204);
    expect((await mock.get(`${ZONES}/1/methods`)).status).toBe(204);
    expect((await mock.get(`${ZONES}/7/methods`)).status).toBe(404);
  });
});

describe('carrier connections', () => {
  const path = '/v2/shipping/carrier/connection';

  it('are written and never read', async () => {
    const mock = await startMock();
    const connection = { auth_key: 'wrong', test_mode: true };
    expect((await mock.post(path, { carrier_id: 'auspost', connection })).status).toBe(204);
    expect((await mock.put(path, { carrier_id: 'auspost', connection })).status).toBe(204);
    expect((await mock.delete(path, { carrier_id: 'auspost' })).status).toBe(204);
    expect((await mock.get(path)).status).toBe(405);
  });

  it('need a carrier and what it wants, and no id', async () => {
    const mock = await startMock();
    const { status, body } = await mock.post(path, { carrier_id: 'auspost' });
    expect([status, body]).toEqual([400, [{ status: 400, message: 'Required fields missing [connection]' }]]);
    expect((await mock.post(path, { id: 1, carrier_id: 'auspost', connection: {} })).status).toBe(400);
  });

  it.each([
    ['auspost', {}, 'auth_key, test_mode'],
    ['auspost', { auth_key: 'k', test_mode: false }, undefined],
    ['endicia', { account_id: 'a' }, 'pass_phrase'],
    ['endicia', { account_id: 'a', passphrase: 'p' }, undefined],
    ['fedex', { key: 'k', password: '', account_number: '1' }, 'password, meter_number'],
    ['royalmail', {}, undefined],
    ['carrier_12', { token: 't' }, undefined],
  ])('name what %s is not told in %j', async (carrier_id, connection, lacking) => {
    const mock = await startMock();
    const { status, body } = await mock.put(path, { carrier_id, connection });
    expect(status).toBe(lacking === undefined ? 204 : 400);
    if (lacking !== undefined) expect(body).toEqual([{ status: 400, message: `Required fields missing [${lacking}]` }]);
  });
});
