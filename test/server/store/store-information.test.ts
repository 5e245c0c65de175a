import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

describe('getStoreInformation', () => {
  it('follows the settings', async () => {
    const mock = await startMock();
    await mock.put('/v3/settings/store/profile', { store_name: 'Tea and Co', store_phone: '1' }).expect(200);
    await mock
      .put('/v3/settings/store/locale', { default_shopper_language: 'de', store_country: 'Germany' })
      .expect(200);
    const { body } = await mock.get('/v2/store').expect(200);
    expect(body).toMatchObject({
      id: 'mockstore1',
      name: 'Tea and Co',
      phone: '1',
      language: 'de',
      country: 'Germany',
      country_code: 'DE',
      currency: 'USD',
      weight_units: 'LBS',
      logo: [],
    });
  });
});

describe('getSystemTimestamp', () => {
  it('is the clock of the mock, in seconds', async () => {
    const mock = await startMock();
    await mock.raw.put('/_mock/clock').send({ now: '2026-01-01T00:00:00Z' });
    const { body } = await mock.get('/v2/time').expect(200);
    expect(Number.isInteger(body.time)).toBe(true);
  });
});

const field = { namespace: 'App', key: 'a', value: '1', permission_set: 'read' };

describe('createStoresMetafields', () => {
  it('keeps each sound row, with ids that are texts', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/store/metafields', [field, { ...field, key: 'b' }]).expect(200);
    expect(body).toMatchObject({
      data: [{ id: '1', resource_type: 'store', resource_id: 'mockstore1' }, { id: '2' }],
      meta: { total: 2, success: 2, failed: 0 },
    });
    const again = await mock.post('/v3/store/metafields', [field, { ...field, key: 'c' }]).expect(422);
    expect(again.body.meta).toEqual({ total: 2, success: 1, failed: 1 });
  });
});

describe('updateStoreMetafield', () => {
  it('changes, lists and deletes like any metafield', async () => {
    const mock = await startMock();
    await mock.post('/v3/store/metafields', [field]).expect(200);
    const { body } = await mock.put('/v3/store/metafields/1', { value: '2' }).expect(200);
    expect(body.data).toMatchObject({ id: '1', value: '2' });
    expect((await mock.get('/v3/store/metafields?namespace=App')).body.data).toHaveLength(1);
    await mock.delete('/v3/store/metafields/1').expect(204);
    await mock.get('/v3/store/metafields/1').expect(404);
  });
});

describe('getStoreSystemLogs', () => {
  it('asks for severities by number and answers them in words', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/store/systemlogs?severity:min=3').expect(200);
    expect(new Set((body.data as { severity: string }[]).map(({ severity }) => severity))).toEqual(
      new Set(['warnings', 'errors']),
    );
    const tax = await mock.get('/v3/store/systemlogs?type=tax').expect(200);
    expect((tax.body.data as { type: string }[]).every(({ type }) => type === 'tax')).toBe(true);
    const rest = await mock.get('/v3/store/systemlogs?type:not=tax&sort=type&direction=desc').expect(200);
    expect((rest.body.data as { type: string }[])[0]?.type).toBe('shipping');
  });
});
