import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const banner = { name: 'Sale', content: '<p>Sale</p>', page: 'home_page', location: 'top', date_type: 'always' };

describe('createBanner', () => {
  it('answers everything as text, dates in seconds', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v2/banners', banner).expect(200);
    expect(body).toMatchObject({ ...banner, item_id: '0', visible: '1', date_from: '0', date_to: '0' });
    expect(body.date_created).toMatch(/^\d{10}$/);
    expect((await mock.get(`/v2/banners/${String(body.id)}`).expect(200)).body).toEqual(body);
  });

  it('wants both dates of a banner with dates, and the item of a page that has one', async () => {
    const mock = await startMock();
    await mock.post('/v2/banners', { ...banner, date_type: 'custom', date_from: '1522169082' }).expect(400);
    await mock.post('/v2/banners', { ...banner, page: 'brand_page' }).expect(400);
    const dated = { ...banner, date_type: 'custom', date_from: '1522169082', date_to: '1622169082' };
    const { body } = await mock.post('/v2/banners', dated).expect(200);
    expect(body).toMatchObject({ date_from: '1522169082', date_to: '1622169082' });
  });
});

describe('getBanners', () => {
  it('lists the banners of the default store and counts them', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v2/banners').expect(200);
    await mock.get('/v2/banners/count').expect(200, { count: body.length });
    await mock.put('/v2/banners/1', { visible: '0' }).expect(200);
    await mock.delete('/v2/banners/1').expect(204);
    await mock.get('/v2/banners/1').expect(404);
    await mock.delete('/v2/banners').expect(204);
    await mock.get('/v2/banners').expect(204);
  });
});
