import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const catalog = '/v3/settings/catalog';
const OUTLET = 1000421;

describe('updateSettingsCatalog', () => {
  it('keeps what is sent for the store, and the rest as it was', async () => {
    const mock = await startMock();
    const { body } = await mock.put(catalog, { auto_approve_reviews: true }).expect(200);
    expect(body).toEqual({ data: { auto_approve_reviews: true, enable_product_comparisons: true }, meta: {} });
    expect((await mock.get(catalog)).body).toEqual(body);
  });

  it('lays a channel over the store, null where the channel says nothing', async () => {
    const mock = await startMock({ size: 'small' });
    const none = await mock.get(`${catalog}?channel_id=${OUTLET}`).expect(200);
    expect(none.body.data).toEqual({ auto_approve_reviews: null, enable_product_comparisons: null });
    const own = { auto_approve_reviews: null, enable_product_comparisons: false };
    const { body } = await mock.put(`${catalog}?channel_id=${OUTLET}`, own).expect(200);
    expect(body.data).toEqual(own);
    expect((await mock.get(catalog)).body.data.enable_product_comparisons).toBe(true);
    expect((await mock.get(`${catalog}?channel_id=1`)).body.data.enable_product_comparisons).toBeNull();
  });

  it('takes an override away by null', async () => {
    const mock = await startMock();
    const path = `${catalog}?channel_id=1`;
    await mock.put(path, { auto_approve_reviews: true, enable_product_comparisons: false }).expect(200);
    const none = { auto_approve_reviews: null, enable_product_comparisons: null };
    expect((await mock.put(path, none).expect(200)).body.data).toEqual(none);
  });

  it('wants all settings of a channel at once', async () => {
    const mock = await startMock();
    const { body } = await mock.put(`${catalog}?channel_id=1`, { auto_approve_reviews: true }).expect(422);
    expect(body.errors).toEqual({ enable_product_comparisons: 'error.path.missing' });
  });

  it('refuses a channel that there is not', async () => {
    const mock = await startMock();
    await mock.get(`${catalog}?channel_id=77`).expect(422);
  });
});

describe('updateSettingsStorefrontCategory', () => {
  it('lists what a setting may be', async () => {
    const mock = await startMock();
    const { body } = await mock.put('/v3/settings/storefront/category', { listing_mode: 'current__only' }).expect(422);
    expect(body).toMatchObject({
      title: 'JSON data is missing or invalid',
      errors: {
        listing_mode:
          'Incorrect value [current__only], it should match one of: current_category_only, child_categories, child_categories_if_category_empty',
      },
    });
  });

  it('holds the depth of the tree between 1 and 8', async () => {
    const mock = await startMock();
    await mock.put('/v3/settings/storefront/category', { category_tree_depth: 9 }).expect(422);
    await mock.put('/v3/settings/storefront/category', { category_tree_depth: 8 }).expect(200);
  });
});

describe('updateSettingsStorefrontSecurity', () => {
  it('changes one field of a header and leaves the others', async () => {
    const mock = await startMock();
    const path = '/v3/settings/storefront/security';
    const { body } = await mock.put(path, { hsts: { enabled: true } }).expect(200);
    expect(body.data.hsts).toEqual({
      enabled: true,
      max_age: 'zero_seconds',
      include_subdomains: false,
      include_preload: false,
    });
    const channel = await mock.get(`${path}?channel_id=1`).expect(200);
    expect(channel.body.data.csp_header).toEqual({ enabled: null, header_value: null });
  });
});

describe('updateSettingsMeasurementUnits', () => {
  it('wants all units, and no null for the store', async () => {
    const mock = await startMock();
    const path = '/v3/settings/store/units-of-measurement';
    await mock.put(path, { weight_measurement: 'KGS' }).expect(422);
    const { data } = (await mock.get(path)).body as { data: object };
    await mock.put(path, { ...data, weight_measurement: null }).expect(422);
    const { body } = await mock.put(path, { ...data, weight_measurement: 'KGS' }).expect(200);
    expect(body.data.weight_measurement).toBe('KGS');
  });
});

describe('updateSettingsInventoryNotifications', () => {
  it('saves without answering anything', async () => {
    const mock = await startMock();
    const path = '/v3/settings/inventory/notifications';
    const { text } = await mock.put(path, { low_stock_notification_address: ['a@example.com'] }).expect(200);
    expect(text).toBe('');
    expect((await mock.get(path)).body.data.low_stock_notification_address).toEqual(['a@example.com']);
  });
});

const png = Buffer.from('89504e470d0a1a0a', 'hex');

describe('createSettingsLogoImage', () => {
  it('keeps the picture, serves it, and tells of it in the settings and in the store', async () => {
    const mock = await startMock();
    await mock.post('/v3/settings/logo/image').attach('LogoFile', png, 'logo.png').expect(204);
    const { body } = await mock.get('/v3/settings/logo').expect(200);
    expect(body.data.logo_image_url).toMatch(/\/logo__\d+\.png$/);
    await mock.raw.get(new URL(body.data.logo_image_url as string).pathname).expect(200);
    expect((await mock.get('/v2/store')).body.logo).toEqual({ url: body.data.logo_image_url });
  });

  it('refuses what is no picture', async () => {
    const mock = await startMock();
    await mock.post('/v3/settings/logo/image').attach('LogoFile', Buffer.from('x'), 'logo.txt').expect(422);
    await mock.post('/v3/settings/favicon/image').attach('Wrong', png, 'logo.png').expect(422);
  });
});

describe('createSettingsFaviconImage', () => {
  it('is one of the channel where that is named', async () => {
    const mock = await startMock();
    await mock.post('/v3/settings/favicon/image?channel_id=1').attach('FaviconFile', png, 'icon.png').expect(204);
    expect((await mock.get('/v3/settings/logo?channel_id=1')).body.data.favicon_url).toMatch(/icon__\d+\.png$/);
    expect((await mock.get('/v3/settings/logo')).body.data.favicon_url).toBe('');
  });
});

describe('updateAnalyticsProvider', () => {
  it('sets the code of one provider, and answers without an envelope', async () => {
    const mock = await startMock();
    const { body } = await mock.put('/v3/settings/analytics/2', { code: 'PX-1', enabled: true }).expect(200);
    expect(body).toMatchObject({ id: 2, channel_id: 1, code: 'PX-1', enabled: true });
    expect((await mock.get('/v3/settings/analytics/2')).body).toEqual(body);
    expect((await mock.get('/v3/settings/analytics')).body.data).toHaveLength(4);
    await mock.get('/v3/settings/analytics/9').expect(404);
  });

  it('refuses the name of another', async () => {
    const mock = await startMock();
    await mock.put('/v3/settings/analytics/2', { name: 'Pinterest' }).expect(409);
  });
});

describe('updateSettingsEnabledSearchFilters', () => {
  it('replaces the whole list, in the order that is sent', async () => {
    const mock = await startMock();
    const path = '/v3/settings/search/filters';
    const { data } = (await mock.get(path).expect(200)).body as { data: object[] };
    const next = [data[2], data[0]];
    expect((await mock.put(path, next).expect(200)).body.data).toEqual(next);
    expect((await mock.get(path)).body.data).toEqual(next);
    await mock.put(path, [data[0], data[0]]).expect(422);
  });
});

describe('getSettingsAvailableFilters', () => {
  it('counts the products that a filter would find', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/settings/search/filters/available').expect(200);
    const brand = (body.data as { type: string; product_count?: number }[]).find(({ type }) => type === 'brand');
    expect(brand?.product_count).toBe(30);
    const none = await mock.get('/v3/settings/search/filters/available?category_id=999999').expect(200);
    expect(none.body.data).toMatchObject([{ type: 'other' }]);
  });
});

describe('upsertSettingsFiltersContexts', () => {
  it('keeps one list per channel and category', async () => {
    const mock = await startMock();
    const path = '/v3/settings/search/filters/contexts';
    const context = { channel_id: 1, category_id: 5 };
    const price = { id: 'cHJpY2U=', type: 'price', is_enabled: true };
    await mock.put(path, [{ context, data: [price] }]).expect(200);
    await mock.put(path, [{ context, data: [{ ...price, is_enabled: false }] }]).expect(200);
    const { body } = await mock.get(`${path}?category_id=5`).expect(200);
    expect(body.data).toEqual([{ context, data: [{ ...price, is_enabled: false }] }]);
    expect((await mock.get(`${path}?category_id=6`)).body.data).toEqual([]);
  });
});
