import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const eBay = { name: 'eBay', type: 'marketplace', platform: 'ebay' };

describe('createSite', () => {
  it('gives a channel its one site', async () => {
    const mock = await startMock();
    const { id } = (await mock.post('/v3/channels', eBay)).body.data;
    const created = await mock.post('/v3/sites', { url: 'https://www.example.com', channel_id: id });
    expect(created.status).toBe(201);
    expect(created.body.data).toMatchObject({
      url: 'https://www.example.com',
      channel_id: id,
      is_checkout_url_customized: false,
      urls: [{ url: 'https://www.example.com', type: 'primary' }, { type: 'canonical' }],
    });
    expect((await mock.post('/v3/sites', { url: 'https://b.example.com', channel_id: id })).status).toBe(422);
    expect((await mock.get(`/v3/sites?channel_id:in=${id}`)).body.data).toEqual([created.body.data]);
    expect((await mock.get(`/v3/channels/${id}/site`)).body.data).toEqual(created.body.data);
  });

  it('refuses a channel that is not there, and what is no address', async () => {
    const mock = await startMock();
    expect((await mock.post('/v3/sites', { url: 'https://a.example.com', channel_id: 9 })).status).toBe(422);
    const { id } = (await mock.post('/v3/channels', eBay)).body.data;
    expect((await mock.post('/v3/sites', { url: 'nowhere', channel_id: id })).status).toBe(422);
  });
});

describe('the site of a channel', () => {
  it('is the same site under another path', async () => {
    const mock = await startMock();
    await mock.put('/v3/channels/1/site', { url: 'https://shop.example.com' });
    expect((await mock.get('/v3/sites/1000')).body.data.url).toBe('https://shop.example.com');
    expect((await mock.delete('/v3/channels/1/site')).status).toBe(200);
    expect((await mock.get('/v3/sites/1000')).status).toBe(404);
    expect((await mock.get('/v3/channels/1/site')).status).toBe(404);
    expect((await mock.post('/v3/channels/1/site', { url: 'https://new.example.com' })).status).toBe(200);
  });

  it('has its checkout on the domain of the site', async () => {
    const mock = await startMock();
    await mock.put('/v3/channels/1/site', { url: 'https://www.example.com' });
    const path = '/v3/channels/1/site/checkout-url';
    expect((await mock.put(path, { url: 'https://pay.example.org' })).status).toBe(422);
    const { status, body } = await mock.put(path, { url: 'https://checkout.example.com' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: 1000, is_checkout_url_customized: true });
    expect(body.urls).toHaveLength(3);
    const gone = await mock.delete(path);
    expect([gone.status, gone.body]).toEqual([200, { data: {}, meta: {} }]);
    expect((await mock.get('/v3/sites/1000')).body.data.urls).toHaveLength(2);
  });
});

describe('deleteSite', () => {
  it('takes the routes along', async () => {
    const mock = await startMock({ size: 'small' });
    expect((await mock.delete('/v3/sites/1000')).status).toBe(204);
    expect((await mock.get('/v3/sites/1000/routes')).status).toBe(404);
  });

  it('takes the redirects along, and leaves those of other sites', async () => {
    const mock = await startMock({ size: 'small' });
    const redirect = (site_id: number): object => ({ from_path: '/gone/', site_id, to: { type: 'url', url: '/new/' } });
    await mock.put('/v3/storefront/redirects', [redirect(1000), redirect(1001)]).expect(201);
    await mock.delete('/v3/sites/1001').expect(204);
    const { body } = await mock.get('/v3/storefront/redirects?limit=250').expect(200);
    const sites = new Set((body.data as { site_id: number }[]).map(({ site_id }) => site_id));
    expect(sites).toContain(1000);
    expect(sites).not.toContain(1001);
  });
});

describe('site routes', () => {
  const home = { type: 'home', matching: '*', route: '/welcome' };

  it('are made and changed, each with 201', async () => {
    const mock = await startMock();
    const created = await mock.post('/v3/sites/1000/routes', home);
    expect(created.status).toBe(201);
    const path = `/v3/sites/1000/routes/${created.body.data.id}`;
    const changed = await mock.put(path, { ...home, route: '/start' });
    expect([changed.status, changed.body.data.route]).toEqual([201, '/start']);
    expect((await mock.get(path)).body.data).toEqual(changed.body.data);
    expect((await mock.delete(path)).status).toBe(204);
    expect((await mock.get(path)).status).toBe(404);
  });

  it('match a thing of a kind once per site; of a batch with a clash nothing is saved', async () => {
    const mock = await startMock();
    await mock.post('/v3/sites/1000/routes', home);
    expect((await mock.post('/v3/sites/1000/routes', home)).status).toBe(422);
    const { status, body } = await mock.put('/v3/sites/1000/routes', [{ ...home, type: 'cart' }, home]);
    expect(status).toBe(422);
    expect(body).toMatchObject({
      title: 'Bulk operation has failed',
      errors: { '1.matching.type': 'Route already exists for site 1000 matching * for type home' },
      meta: { saved_records: 0 },
    });
    expect((await mock.get('/v3/sites/1000/routes')).body.data).toHaveLength(1);
  });

  it('are changed and added in one batch', async () => {
    const mock = await startMock();
    const { id } = (await mock.post('/v3/sites/1000/routes', home)).body.data;
    const { status, body } = await mock.put('/v3/sites/1000/routes', [
      { id, route: '/hello' },
      { ...home, type: 'cart', route: '/bag' },
    ]);
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ id, type: 'home', route: '/hello' }, { type: 'cart' }]);
  });
});

describe('site certificates', () => {
  it('are kept without their private key', async () => {
    const mock = await startMock();
    const path = '/v3/sites/1000/certificate';
    expect((await mock.get(path)).body.data).toEqual({ status: 'shared', installed_certificate: null });
    const certificate = { certificate: 'PEM', private_key: 'SECRET', intermediate_certificates: 'CHAIN' };
    const put = await mock.put(path, { url: 'https://shop.example.com', certificate });
    expect([put.status, put.body]).toEqual([200, { data: {}, meta: {} }]);
    const { body, text } = await mock.get(path);
    expect(body.data).toMatchObject({
      status: 'dedicated',
      installed_certificate: { certificate: 'PEM', common_name: 'shop.example.com' },
    });
    expect(text).not.toContain('SECRET');
    const found = await mock.get('/v3/sites/certificates?urls:in=https://shop.example.com');
    expect(found.body.data).toHaveLength(1);
    expect((await mock.get('/v3/sites/certificates?urls:in=https://other.example.com')).body.data).toEqual([]);
  });
});
