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

describe('getStoreInformation of a store with channels', () => {
  it('counts its storefronts, those that are active apart', async () => {
    const mock = await startMock({ size: 'small' });
    const limits = async (): Promise<unknown> => (await mock.get('/v2/store')).body.features.storefront_limits;
    expect(await limits()).toEqual({ active: 2, total_including_inactive: 2 });
    await mock.put('/v3/channels/1000421', { status: 'inactive' }).expect(200);
    expect(await limits()).toEqual({ active: 1, total_including_inactive: 2 });
    await mock.put('/v3/channels/1000421', { status: 'deleted' }).expect(200);
    expect(await limits()).toEqual({ active: 1, total_including_inactive: 1 });
    await mock.post('/v3/channels', { name: 'Shop', type: 'marketplace', platform: 'ebay' }).expect(200);
    expect(await limits()).toEqual({ active: 1, total_including_inactive: 1 });
  });

  it('is at the address of its default site', async () => {
    const mock = await startMock();
    await mock.put('/v3/sites/1000', { url: 'https://www.example.com/' }).expect(200);
    const { body } = await mock.get('/v2/store').expect(200);
    expect(body).toMatchObject({
      domain: 'www.example.com',
      secure_url: 'https://www.example.com',
      control_panel_base_url: 'https://store-mockstore1.mybigcommerce.com',
    });
  });

  it('tells whether shoppers are asked for their consent', async () => {
    const mock = await startMock();
    const asks = async (): Promise<unknown> =>
      (await mock.get('/v2/store')).body.features.shopper_consent_tracking_enabled;
    expect(await asks()).toBe(false);
    const privacy_settings = { ask_shopper_for_tracking_consent: true, policy_url: 'https://example.com/privacy' };
    await mock.put('/v3/customers/settings', { privacy_settings }).expect(200);
    expect(await asks()).toBe(true);
  });

  it('has the currency that is the default, as it is written', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.put('/v2/currencies/2', { is_default: true, token_location: 'right', decimal_token: ',' }).expect(200);
    expect((await mock.get('/v2/store')).body).toMatchObject({
      currency: 'GBP',
      currency_symbol: '£',
      currency_symbol_location: 'right',
      decimal_separator: ',',
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

  it.each(['order+status', 'order%20status', 'order%2Bstatus'])('takes the module %s', async (module) => {
    const mock = await startMock({ size: 'small' });
    const modules = async (query: string): Promise<Set<string>> => {
      const { body } = await mock.get(`/v3/store/systemlogs?${query}`).expect(200);
      return new Set((body.data as { module: string }[]).map((row) => row.module));
    };
    expect(await modules(`module=${module}`)).toEqual(new Set(['order status']));
    const others = await modules(`module:not=${module}`);
    expect(others).toContain('optimized checkout');
    expect(others).not.toContain('order status');
  });

  it('refuses a module that no log knows', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.get('/v3/store/systemlogs?module=order').expect(422);
  });
});
