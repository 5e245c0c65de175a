import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

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
    const csv = `${header}\nstore.example.com,/old,/new,,\nstore.example.com,/p,,Product,12\nstore.example.com,/bad,,,\n`;
    const { body } = await mock
      .post(`${redirects}/imex/import`)
      .attach('import_file', Buffer.from(csv), { filename: 'redirects.csv', contentType: 'text/csv' })
      .expect(201);
    const jobs = await mock.get(`${redirects}/imex/jobs?id=${body.id}`).expect(200);
    expect(jobs.body.data).toMatchObject([
      { type: 'import', completed_items: 2, failed_items: 1, errors: [{ row: 4 }] },
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
