import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const LATE = { status: 'deleted' };
const headless = { name: 'Headless', type: 'storefront', platform: 'next' };
const eBay = { name: 'eBay shop', type: 'marketplace', platform: 'ebay' };

describe('createChannel', () => {
  it('connects a marketplace, and serves it back', async () => {
    const mock = await startMock();
    const { body, status } = await mock.post('/v3/channels', eBay);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ ...eBay, status: 'connected', is_visible: true, external_id: '' });
    expect(body.data.id).toBeGreaterThan(1_000_000);
    expect(body.data.icon_url).toMatch(/^https:.*ebay/);
    const read = await mock.get(`/v3/channels/${body.data.id}`);
    expect(read.body.data).toEqual(body.data);
  });

  it('refuses a platform that its type does not have', async () => {
    const mock = await startMock();
    const { status, body } = await mock.post('/v3/channels', { ...eBay, platform: 'bigcommerce' });
    expect(status).toBe(422);
    expect(body.title).toBe('Input channel type [marketplace] with platform [bigcommerce] is not supported');
  });

  it('refuses names of other letters, and statuses of other types', async () => {
    const mock = await startMock();
    const named = await mock.post('/v3/channels', { ...eBay, name: 'Größe!' });
    expect([named.status, named.body.title]).toEqual([
      422,
      'Only latin alphabet letters, arabic numerals, dash and underscore are allowed to be used as channel name.',
    ]);
    expect((await mock.post('/v3/channels', { ...eBay, status: 'active' })).status).toBe(422);
    expect((await mock.post('/v3/channels', { ...eBay, ...LATE })).status).toBe(422);
  });

  it('refuses a second of the same name, platform and type', async () => {
    const mock = await startMock();
    await mock.post('/v3/channels', eBay);
    const { status, body } = await mock.post('/v3/channels', eBay);
    expect(status).toBe(409);
    expect(body.title).toBe('Channel already exists with name: "eBay shop", platform: "ebay", and type: "marketplace"');
  });
});

describe('updateChannel', () => {
  it('takes the type and the platform as they are, and no others', async () => {
    const mock = await startMock();
    const same = await mock.put('/v3/channels/1', { type: 'storefront', platform: 'bigcommerce', name: 'Same' });
    expect([same.status, same.body.data.name]).toEqual([200, 'Same']);
    const other = await mock.put('/v3/channels/1', { type: 'pos', platform: 'square', name: 'Other' });
    expect([other.status, other.body.title]).toEqual([422, 'The following fields are invalid: type, platform']);
    expect((await mock.get('/v3/channels/1')).body.data).toMatchObject({ type: 'storefront', name: 'Same' });
  });

  it('does not go back to before the launch, and only to statuses of its type', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/channels', { ...headless, status: 'prelaunch' });
    const path = `/v3/channels/${body.data.id}`;
    expect(body.data.status).toBe('prelaunch');
    expect((await mock.put(path, { status: 'active' })).body.data.status).toBe('active');
    for (const status of ['prelaunch', 'connected', 'terminated']) {
      expect((await mock.put(path, { status })).status).toBe(422);
    }
    expect((await mock.put(path, { status: 'archived' })).status).toBe(200);
  });

  it('keeps what is not sent', async () => {
    const mock = await startMock();
    const { body } = await mock.put('/v3/channels/1', { name: 'Shop' });
    expect(body.data).toMatchObject({ id: 1, name: 'Shop', platform: 'bigcommerce', status: 'active' });
  });

  it('deletes by status: hidden then, unless asked for, and closed to changes', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/channels', eBay);
    const path = `/v3/channels/${body.data.id}`;
    expect((await mock.put(path, LATE)).status).toBe(200);
    expect((await mock.get('/v3/channels')).body.data).toHaveLength(1);
    expect((await mock.get('/v3/channels?status:in=deleted')).body.data).toMatchObject([{ id: body.data.id }]);
    expect((await mock.get(path)).status).toBe(404);
    const again = await mock.put(path, { name: 'Back' });
    expect(again.status).toBe(422);
    expect(again.body.title).toMatch(/^A deleted channel cannot be updated\./);
  });

  it('leaves nothing of a deleted channel to refer to', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.put('/v3/channels/1000421', LATE).expect(200);
    await mock.get('/v3/settings/catalog?channel_id=1000421').expect(422);
    await mock.get('/v3/channels/1000421/site').expect(404);
    await mock.delete('/v3/sites/1001').expect(204);
    await mock.post('/v3/sites', { url: 'https://b.example.com', channel_id: 1000421 }).expect(422);
    const listing = { product_id: 101, state: 'active', variants: [] };
    await mock.post('/v3/channels/1000421/listings', [listing]).expect(422);
    const currencies = { channel_id: 1000421, enabled_currencies: ['USD'], default_currency: 'USD' };
    await mock.put('/v3/channels/currency-assignments', [currencies]).expect(422);
  });

  it('knows no channel of another id', async () => {
    const mock = await startMock();
    const { status, body } = await mock.put('/v3/channels/77', { name: 'x' });
    expect([status, body.title]).toEqual([404, 'The requested entity was not found.']);
    expect((await mock.get('/v3/channels/77')).body.title).toBe('Not found');
  });
});

describe('getChannels', () => {
  it('filters, and adds currencies when asked', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.post('/v3/channels', eBay);
    expect((await mock.get('/v3/channels?type:in=marketplace')).body.data).toHaveLength(1);
    expect((await mock.get('/v3/channels?platform:in=ebay,etsy')).body.data).toHaveLength(1);
    const { body } = await mock.get('/v3/channels?include=currencies');
    expect(body.data[0].currencies).toEqual({
      channel_id: 1,
      enabled_currencies: ['USD', 'GBP', 'AUD', 'JPY'],
      default_currency: 'USD',
    });
    expect((await mock.get('/v3/channels?colour=red')).status).toBe(422);
  });
});

describe('channel currency assignments', () => {
  const path = '/v3/channels/1/currency-assignments';

  it('are those of the store until a channel chooses, and again when it no longer does', async () => {
    const mock = await startMock({ size: 'small' });
    const chosen = { enabled_currencies: ['USD', 'GBP'], default_currency: 'GBP' };
    expect((await mock.put(path, chosen)).body.data).toEqual({ channel_id: 1, ...chosen });
    expect((await mock.get(path)).body.data).toEqual({ channel_id: 1, ...chosen });
    const gone = await mock.delete(path);
    expect([gone.status, gone.body]).toEqual([200, { data: 1, meta: {} }]);
    expect((await mock.get(path)).body.data.enabled_currencies).toHaveLength(4);
  });

  it('refuse currencies that the store does not have, and a default that is not enabled', async () => {
    const mock = await startMock();
    const unknown = await mock.post(path, { enabled_currencies: ['USD', 'AWG'], default_currency: 'USD' });
    expect(unknown.status).toBe(422);
    expect(unknown.body.errors).toEqual({
      enabled_currencies:
        'The field `enabled_currencies` contains the following currencies that have not been enabled [AWG]',
    });
    expect((await mock.post(path, { enabled_currencies: ['USD'], default_currency: 'EUR' })).status).toBe(422);
  });

  it('of several channels are changed together or not at all', async () => {
    const mock = await startMock({ size: 'small' });
    const one = { channel_id: 1, enabled_currencies: ['GBP'], default_currency: 'GBP' };
    const { status, body } = await mock.put('/v3/channels/currency-assignments', [one, { ...one, channel_id: 5 }]);
    expect(status).toBe(422);
    expect(body.title).toBe('The following `channel_id`s [5] are not valid for store mockstore1.');
    expect((await mock.get(path)).body.data.default_currency).toBe('USD');
    expect((await mock.put('/v3/channels/currency-assignments', [one])).body.data).toEqual([one]);
  });

  it('lose a currency that the store loses', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.put(path, { enabled_currencies: ['GBP', 'USD'], default_currency: 'GBP' });
    await mock.delete('/v2/currencies/2');
    expect((await mock.get(path)).body.data).toEqual({
      channel_id: 1,
      enabled_currencies: ['USD'],
      default_currency: 'USD',
    });
  });
});

describe('channel listings', () => {
  const variant = (id: number, product_id = 101): object => ({ product_id, variant_id: id, state: 'active' });

  it('are created, and their variants added to, never taken away', async () => {
    const mock = await startMock({ size: 'small' });
    const [first, second] = (await mock.get('/v3/catalog/products/105/variants?limit=2')).body.data;
    const input = { product_id: 105, state: 'active', variants: [variant(first.id, 105)] };
    const created = await mock.post('/v3/channels/1/listings', [input]);
    expect(created.status).toBe(200);
    const [listing] = created.body.data;
    expect(listing).toMatchObject({ channel_id: 1, product_id: 105, variants: [{ variant_id: first.id }] });
    const others = second ? [variant(second.id, 105)] : [];
    const changed = await mock.put('/v3/channels/1/listings', [
      { ...input, listing_id: listing.listing_id, name: 'Better', variants: others },
    ]);
    expect(changed.body.data[0].name).toBe('Better');
    expect(changed.body.data[0].variants).toHaveLength(1 + others.length);
    const read = await mock.get(`/v3/channels/1/listings/${listing.listing_id}`);
    expect(read.body.data).toEqual(changed.body.data[0]);
  });

  it('are none for a channel that is not there', async () => {
    const mock = await startMock();
    const { status, body } = await mock.get('/v3/channels/4711/listings');
    expect([status, body.data]).toEqual([200, []]);
  });

  it('of an unknown channel are refused, and so is a variant of another product', async () => {
    const mock = await startMock({ size: 'small' });
    const input = { product_id: 101, state: 'active', variants: [] };
    const unknown = await mock.post('/v3/channels/4711/listings', [input]);
    expect([unknown.status, unknown.body.title]).toEqual([
      422,
      'Channel id (4711) is not valid for store (mockstore1)!',
    ]);
    const other = (await mock.get('/v3/catalog/products/102/variants')).body.data[0].id;
    const mixed = await mock.post('/v3/channels/1/listings', [{ ...input, variants: [variant(other)] }]);
    expect(mixed.status).toBe(422);
  });

  it('that do not exist are passed over when updated, and missed when read', async () => {
    const mock = await startMock({ size: 'small' });
    const input = { product_id: 101, state: 'active', variants: [], listing_id: 9 };
    const { status, body } = await mock.put('/v3/channels/1/listings', [input]);
    expect([status, body.data]).toEqual([200, []]);
    expect((await mock.put('/v3/channels/1/listings', [{ ...input, listing_id: 0 }])).status).toBe(422);
    expect((await mock.get('/v3/channels/1/listings/9')).body.title).toBe('Listing [9] not found');
  });

  it('end with their product', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete('/v3/catalog/products/101');
    expect((await mock.get('/v3/channels/1/listings')).body.data).toHaveLength(2);
  });

  it('go on after a listing', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/channels/1/listings?limit=2');
    expect(body.data).toHaveLength(2);
    const rest = await mock.get(`/v3/channels/1/listings?limit=2&after=${body.data[1].listing_id}`);
    expect(rest.body.data).toHaveLength(1);
  });
});

describe('channel menus', () => {
  it('are replaced as a whole, and emptied', async () => {
    const mock = await startMock({ size: 'small' });
    const path = '/v3/channels/1/channel-menus';
    const menus = { bigcommerce_protected_app_sections: ['social'], custom_app_sections: [] };
    expect((await mock.post(path, menus)).body.data).toEqual(menus);
    expect((await mock.get(path)).body.data).toEqual(menus);
    expect((await mock.delete(path)).body).toEqual({ data: 1, meta: {} });
    expect((await mock.get(path)).body.data.bigcommerce_protected_app_sections).toEqual([]);
  });
});

describe('getChannelActiveTheme', () => {
  it('is missing for a channel that shows nothing', async () => {
    const mock = await startMock();
    expect((await mock.get('/v3/channels/1/active-theme')).status).toBe(200);
    const { status, body } = await mock.get('/v3/channels/12/active-theme');
    expect([status, body.title]).toEqual([404, 'No active theme found with channel_id: 12']);
  });
});

describe('channel metafields', () => {
  it('hang on a channel', async () => {
    const mock = await startMock();
    const input = { namespace: 'a', key: 'b', value: 'c', permission_set: 'read' };
    const { body } = await mock.post('/v3/channels/1/metafields', input);
    expect(body.data).toMatchObject({ ...input, resource_type: 'channel', resource_id: 1 });
    expect((await mock.post('/v3/channels/1/metafields', input)).status).toBe(409);
    const batch = await mock.post('/v3/channels/metafields', [
      { ...input, resource_id: 1 },
      { ...input, key: 'd', resource_id: 1 },
    ]);
    expect([batch.status, batch.body.meta]).toEqual([422, { total: 2, success: 1, failed: 1 }]);
    expect((await mock.get('/v3/channels/metafields')).body.data).toHaveLength(2);
  });
});
