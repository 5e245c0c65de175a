import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const redirects = '/v3/storefront/redirects';
const header = 'Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID';

describe('upsertRedirects', () => {
  it('keeps one redirect per path and site, the last that was sent', async () => {
    const mock = await startMock();
    const redirect = { from_path: '/old/', site_id: 1000, to: { type: 'url', url: '/one/' } };
    const first = await mock.put(redirects, [redirect]).expect(201);
    const second = await mock.put(redirects, [{ ...redirect, to: { type: 'url', url: '/two/' } }]).expect(201);
    expect(second.body.data[0].id).toBe(first.body.data[0].id);
    const { body } = await mock.get(`${redirects}?include=to_url`).expect(200);
    expect(body.data).toMatchObject([
      { to: { url: '/two/' }, to_url: 'https://store-mockstore1.mybigcommerce.com/two/' },
    ]);
  });

  it('leads to the homepage without a target', async () => {
    const mock = await startMock();
    const { body } = await mock.put(redirects, [{ from_path: 'old', site_id: 1000 }]).expect(201);
    expect(body.data).toMatchObject([{ from_path: '/old', to: { type: 'url', url: '/' } }]);
  });

  it('refuses a site that there is not', async () => {
    const mock = await startMock();
    const redirect = { from_path: '/old/', site_id: 77, to: { type: 'url', url: '/one/' } };
    const { body } = await mock.put(redirects, [redirect]).expect(422);
    expect(body.errors).toHaveProperty(['0.site_id']);
  });

  it('names the place of a redirect that leads nowhere, and saves none', async () => {
    const mock = await startMock();
    const sound = { from_path: '/a/', site_id: 1000, to: { type: 'url', url: '/b/' } };
    const { body } = await mock
      .put(redirects, [sound, { ...sound, from_path: '/c/', to: { type: 'product' } }])
      .expect(422);
    expect(body.errors).toHaveProperty(['1.to.entity_id']);
    expect((await mock.get(redirects)).body.data).toEqual([]);
  });
});

describe('getRedirects', () => {
  it('finds paths by how they begin', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get(`${redirects}?keyword=who`).expect(200);
    expect(body.data).toMatchObject([{ from_path: '/who-we-are/' }]);
  });

  it('sorts by what redirects lead to', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get(`${redirects}?sort=type&direction=desc`).expect(200);
    expect((body.data as { to: { type: string } }[]).map(({ to }) => to.type)).toEqual([
      'url',
      'url',
      'product',
      'page',
      'page',
      'category',
    ]);
  });

  it('leads to the address of the site that it is of', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get(`${redirects}?site_id=1001&keyword=help&include=to_url`).expect(200);
    expect(body.data).toMatchObject([{ to_url: 'https://outlet.example.com/contact-us/' }]);
  });
});

describe('updateProduct', () => {
  const toProduct = (id: number) => ({ type: 'product', entity_id: id });

  async function tea(mock: MockClient): Promise<string> {
    const { body } = await mock
      .post('/v3/catalog/products', { name: 'Tea', type: 'physical', weight: 1, price: 5 })
      .expect(200);
    return `/v3/catalog/products/${body.data.id}`;
  }

  it('leads the former path of a product to it, if it is told to', async () => {
    const mock = await startMock();
    const path = await tea(mock);
    const { body } = await mock.put(path, { custom_url: { url: '/green-tea/', create_redirect: true } }).expect(200);
    expect(body.data.custom_url).not.toHaveProperty('create_redirect');
    const { body: list } = await mock.get(`${redirects}?include=to_url`).expect(200);
    expect(list.data).toEqual([
      {
        id: 1,
        site_id: 1000,
        from_path: '/tea/',
        to: toProduct(body.data.id),
        to_url: 'https://store-mockstore1.mybigcommerce.com/green-tea/',
      },
    ]);
  });

  it('lets redirects follow the product, and never leads in a circle', async () => {
    const mock = await startMock();
    const path = await tea(mock);
    await mock.put(path, { custom_url: { url: '/green-tea/', create_redirect: true } }).expect(200);
    await mock.put(path, { custom_url: { url: '/tea/', create_redirect: true } }).expect(200);
    const { body } = await mock.get(`${redirects}?include=to_url`).expect(200);
    expect(body.data).toMatchObject([
      { from_path: '/green-tea/', to_url: 'https://store-mockstore1.mybigcommerce.com/tea/' },
    ]);
  });

  it('makes no redirect of its own accord, nor for a path that stays', async () => {
    const mock = await startMock();
    const path = await tea(mock);
    await mock.put(path, { custom_url: { url: '/tea/', create_redirect: true } }).expect(200);
    await mock.put(path, { custom_url: { url: '/green-tea/' } }).expect(200);
    expect((await mock.get(redirects)).body.data).toEqual([]);
  });
});

describe('deleteRedirects', () => {
  it('is refused without a filter', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete(redirects).expect(422);
    await mock.delete(`${redirects}?id:in=1,2`).expect(204);
    await mock.delete(`${redirects}?site_id=1000`).expect(204);
    expect((await mock.get(`${redirects}?site_id=1000`)).body.data).toEqual([]);
    expect((await mock.get(redirects)).body.data).toHaveLength(2);
  });
});

describe('createRedirectExportJob', () => {
  it('has nothing to export in an empty store', async () => {
    const mock = await startMock();
    await mock.post(`${redirects}/imex/export`, {}).expect(409);
  });

  it('makes a file that can be downloaded, and events that tell of it', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.post(`${redirects}/imex/export`, { site_id: 1000 }).expect(201);
    const events = await mock
      .get(`${redirects}/imex/export/${body.id}/events`)
      .set('accept', 'text/event-stream')
      .expect(200)
      .expect('content-type', 'text/event-stream');
    expect(events.text).toMatch(/^event: message\ndata: \{"job_id".*"status":"complete","completed_items":4/ms);
    const file = await mock
      .get(`${redirects}/imex/export/${body.id}/download`)
      .expect(200)
      .expect('content-type', 'text/csv');
    expect(file.text.split('\n').slice(0, 2)).toEqual([
      header,
      'store-mockstore1.mybigcommerce.com,/returns-policy/,,Page,2',
    ]);
    const jobs = await mock.get(`${redirects}/imex/jobs?type=export`).expect(200);
    expect(jobs.body.data[0]).toMatchObject({ id: body.id, status: 'complete', total_items: 4 });
    expect(jobs.body.data[0]).not.toHaveProperty('csv');
  });
});

describe('createRedirectImportJob', () => {
  it('saves the rows that are sound and counts the others', async () => {
    const mock = await startMock();
    const lines = [
      'store-mockstore1.mybigcommerce.com,/old,/new,,',
      ',/p,,Product,12',
      ',/bad,,,',
      'nowhere.example.com,/old,/new,,',
    ];
    const csv = [header, ...lines, ''].join('\n');
    const { body } = await mock
      .post(`${redirects}/imex/import`)
      .attach('import_file', Buffer.from(csv), { filename: 'redirects.csv', contentType: 'text/csv' })
      .expect(201);
    const jobs = await mock.get(`${redirects}/imex/jobs?id=${body.id}`).expect(200);
    expect(jobs.body.data).toMatchObject([
      { type: 'import', completed_items: 2, failed_items: 2, errors: [{ row: 4 }, { row: 5 }] },
    ]);
    expect((await mock.get(redirects)).body.data).toMatchObject([
      { from_path: '/old', to: { type: 'url', url: '/new' } },
      { from_path: '/p', to: { type: 'product', entity_id: 12 } },
    ]);
  });

  it('refuses a file with other columns', async () => {
    const mock = await startMock();
    await mock
      .post(`${redirects}/imex/import`)
      .attach('import_file', Buffer.from('from,to\n/a,/b\n'), 'redirects.csv')
      .expect(400);
  });
});
