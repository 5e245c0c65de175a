/** Which writes to channels, their pages, scripts and settings raise which events. */
import { describe, expect, it } from 'vitest';
import { listen } from './heard.js';

const OUTLET = 1000421;

describe('channels', () => {
  it('tell of new ones and of changes that count', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock
      .post('/v3/channels', { name: 'eBay', type: 'marketplace', platform: 'ebay' })
      .expect(200);
    const { id } = body.data;
    expect(await heard()).toEqual([{ scope: 'store/channel/created', data: { type: 'channel', id } }]);
    await mock.put(`/v3/channels/${String(id)}`, { icon_url: 'https://example.com/i.png' }).expect(200);
    await mock.put(`/v3/channels/${String(id)}`, { name: 'eBay' }).expect(200);
    expect(await heard()).toEqual([]);
    await mock.put(`/v3/channels/${String(id)}`, { name: 'eBay Germany' }).expect(200);
    expect((await heard()).map(({ scope }) => scope)).toEqual(['store/channel/updated']);
  });

  it('have sites, routes, addresses of the checkout and currencies', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const site = { site_id: 1000 };
    await mock.put('/v3/channels/1/site', { url: 'https://shop.example.com' }).expect(200);
    await mock.put('/v3/channels/1/site/checkout-url', { url: 'https://pay.shop.example.com' });
    await mock.post('/v3/sites/1000/routes', { type: 'home', matching: '*', route: '/hello' });
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/1/settings/site/updated', data: site },
      { scope: 'store/channel/1/settings/site/checkoutUrl/updated', data: site },
      { scope: 'store/channel/1/settings/route/updated', data: site },
    ]);
    await mock.delete('/v3/channels/1/site/checkout-url');
    await mock
      .put(`/v3/channels/${String(OUTLET)}/currency-assignments`, {
        enabled_currencies: ['USD'],
        default_currency: 'USD',
      })
      .expect(200);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/1/settings/site/checkoutUrl/deleted', data: site },
      { scope: `store/channel/${String(OUTLET)}/settings/currency/updated`, data: {} },
    ]);
  });

  it('have pages and scripts, whose end is not told of', async () => {
    const { mock, heard, scopes } = await listen();
    const { body: page } = await mock.post('/v3/content/pages', { name: 'Care', type: 'page', body: 'x' }).expect(201);
    const path = `/v3/content/pages/${String(page.data.id)}`;
    await mock.put(path, { name: 'Care guide', type: 'page' }).expect(200);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/1/page/created', data: { page_id: page.data.id } },
      { scope: 'store/channel/1/page/updated', data: { page_id: page.data.id } },
    ]);
    await mock.delete(path).expect(204);
    const script = { name: 'Chat', kind: 'src', src: 'https://example.com/chat.js', load_method: 'default' };
    const { body } = await mock.post('/v3/content/scripts', script).expect(200);
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/1/script/created', data: { uuid: body.data.uuid } },
    ]);
    await mock.delete(`/v3/content/scripts/${String(body.data.uuid)}`).expect(204);
    expect(await scopes({ channels: true })).toEqual([]);
  });

  it('have a theme, which is told of when it is switched', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const { body } = await mock.get('/v3/themes').expect(200);
    const other = (body.data as { uuid: string; is_active: boolean; variations: { uuid: string }[] }[]).find(
      ({ is_active }) => !is_active,
    );
    await mock.post('/v3/themes/actions/activate', { variation_id: other!.variations[0]!.uuid }).expect(204);
    expect(await heard({ channels: true })).toMatchObject([
      { scope: 'store/channel/1/theme/configuration/activated', data: { theme_id: other!.uuid } },
    ]);
  });
});

describe('settings', () => {
  it('of a channel tell of their group, those of the store do not', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const values = { auto_approve_reviews: true, enable_product_comparisons: false };
    await mock.put('/v3/settings/catalog', values).expect(200);
    expect(await heard({ channels: true })).toEqual([]);
    await mock.put(`/v3/settings/catalog?channel_id=${String(OUTLET)}`, values).expect(200);
    await mock.put(`/v3/settings/catalog?channel_id=${String(OUTLET)}`, values).expect(200);
    expect(await heard({ channels: true })).toEqual([
      { scope: `store/channel/${String(OUTLET)}/settings/catalog/updated`, data: {} },
    ]);
  });

  it('of the store’s profile are information about the store (scenario 30)', async () => {
    const { mock, heard } = await listen();
    await mock.put('/v3/settings/store/profile', { store_name: 'Kettle & Co' }).expect(200);
    await mock.put('/v3/settings/store/profile', { store_name: 'Kettle & Co' }).expect(200);
    expect(await heard()).toEqual([{ scope: 'store/information/updated', data: { type: 'store' } }]);
  });

  it('of a channel’s e-mails name the kind of e-mail', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const [template] = (await mock.get('/v3/marketing/email-templates').expect(200)).body.data;
    const path = `/v3/marketing/email-templates/${String(template.type_id)}?channel_id=1`;
    await mock.put(path, { ...template, body: '<p>Hello</p>' }).expect(200);
    await mock.delete(path).expect(200);
    const data = { template_kind: template.type_id };
    expect(await heard({ channels: true })).toEqual([
      { scope: 'store/channel/1/email/templates/updated', data },
      { scope: 'store/channel/1/email/templates/deleted', data },
    ]);
  });
});

describe('what has no events', () => {
  it('coupons, banners, redirects and wishlists raise none', async () => {
    const { mock, scopes } = await listen();
    await mock.post('/v2/banners', { name: 'Sale', content: '<b>Sale</b>', page: 'home_page', location: 'top' });
    await mock.put('/v3/storefront/redirects', [{ from_path: '/a', site_id: 1000, to: { type: 'url', url: '/b' } }]);
    await mock.post('/v3/customers/attributes', [{ name: 'Cups', type: 'string' }]);
    expect(await scopes({ channels: true })).toEqual([]);
  });
});
