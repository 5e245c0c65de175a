import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

describe('getPagesV2', () => {
  it('answers 204 without pages, and bare objects with their bodies otherwise', async () => {
    const mock = await startMock();
    await mock.get('/v2/pages').expect(204);
    await mock.post('/v3/content/pages', { name: 'Care', type: 'page', body: 'By hand.' }).expect(201);
    const { body } = await mock.get('/v2/pages').expect(200);
    expect(body).toMatchObject([{ name: 'Care', body: 'By hand.', layout_file: 'page.html', url: '/care' }]);
  });
});

describe('createPage', () => {
  it('makes a page that V3 shows, too', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v2/pages', { name: 'Care', type: 'page', body: 'By hand.' }).expect(200);
    const read = await mock.get(`/v3/content/pages/${body.id}`).expect(200);
    expect(read.body.data.name).toBe('Care');
  });

  it('asks for the body of a raw page in the words of V2', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v2/pages', { name: 'Facts', type: 'raw' }).expect(400);
    expect(body).toEqual([{ status: 400, message: "The required field 'body' was not supplied." }]);
  });
});

describe('createPage and updatePageV2', () => {
  it('take a page of 1 MB at most', async () => {
    const mock = await startMock();
    const page = { name: 'Long', type: 'page', body: 'x'.repeat(1_000_000) };
    const { body } = await mock.post('/v2/pages', page).expect(200);
    const longer = { body: 'x'.repeat(1_048_577) };
    await mock.put(`/v2/pages/${body.id}`, longer).expect(413);
    const refused = await mock.post('/v2/pages', { name: 'Longer', type: 'page', ...longer }).expect(413);
    expect(refused.body).toMatchObject([{ status: 413 }]);
  });
});

describe('updatePageV2', () => {
  it('leaves a page in its channel', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.put('/v2/pages/4', { channel_id: 1000421 }).expect(400);
    const { body } = await mock.put('/v2/pages/4', { name: 'Who we are' }).expect(200);
    expect(body).toMatchObject({ id: 4, name: 'Who we are' });
    await mock.delete('/v2/pages/4').expect(204);
    await mock.get('/v2/pages/4').expect(404);
  });
});

const post = { title: 'Second firing', body: '<p>Twice is better.</p>' };

describe('createBlogPosts', () => {
  it('makes a draft with a URL, a summary and a date in three forms', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post('/v2/blog/posts', { ...post, published_date: 'Fri, 18 May 2018 08:26:42 +0000' })
      .expect(200);
    expect(body).toMatchObject({
      url: '/blog/second-firing/',
      preview_url: '/blog/second-firing/',
      summary: '<p>Twice is better.</p>',
      is_published: false,
      published_date: { date: '2018-05-18T08:26:42.000Z', timezone_type: 1, timezone: '+00:00' },
      published_date_iso8601: '2018-05-18T08:26:42.000Z',
    });
  });

  it('refuses what is no date', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v2/blog/posts', { ...post, published_date: 'soon' }).expect(400);
    expect(body[0]).toMatchObject({
      message: "The field 'published_date' is invalid.",
      details: { invalid_reason: "The provided value 'soon' is not a valid RFC-2822 date." },
    });
  });

  it('saves a post whose URL is taken without it', async () => {
    const mock = await startMock();
    await mock.post('/v2/blog/posts', { ...post, url: '/blog/x/' }).expect(200);
    await mock.post('/v2/blog/posts', { ...post, url: '/blog/x/' }).expect(207);
  });
});

describe('updateBlogPost', () => {
  it('passes over what it computes itself', async () => {
    const mock = await startMock();
    const post = { title: 'Hello', body: 'Text', preview_url: '/x/', summary: 'x', published_date_iso8601: 'x' };
    const { body } = await mock.post('/v2/blog/posts', post).expect(200);
    expect(body).toMatchObject({ preview_url: '/blog/hello/', summary: '<p>Text</p>' });
    const changed = await mock.put(`/v2/blog/posts/${body.id}`, { ...post, is_published: true }).expect(200);
    expect(changed.body).toEqual({ ...body, is_published: true });
  });

  it('makes a draft of a post that is not sent as published again', async () => {
    const mock = await startMock();
    const made = await mock.post('/v2/blog/posts', { ...post, is_published: true });
    const { body } = await mock.put(`/v2/blog/posts/${made.body.id}`, { title: 'Third firing' }).expect(200);
    expect(body).toMatchObject({ title: 'Third firing', is_published: false });
  });
});

describe('getBlogPosts', () => {
  it('lists the newest first, and only those with a tag when asked', async () => {
    const mock = await startMock({ size: 'small' });
    const all = await mock.get('/v2/blog/posts').expect(200);
    const dates = (all.body as { published_date_iso8601: string }[]).map((each) => each.published_date_iso8601);
    expect(dates).toEqual([...dates].sort().reverse());
    const { body } = await mock.get('/v2/blog/posts?tag=ceramics').expect(200);
    expect(body).toHaveLength(1);
    await mock.get('/v2/blog/posts?tag=none').expect(204);
  });
});

describe('getBlogPosts, by published_date', () => {
  it('finds posts of an instant in either form of dates, or of a day', async () => {
    const mock = await startMock();
    const published_date = 'Wed, 10 Aug 2022 15:39:15 -0500';
    await mock.post('/v2/blog/posts', { title: 'One', body: 'Text', published_date }).expect(200);
    await mock.post('/v2/blog/posts', { title: 'Two', body: 'Text' }).expect(200);
    for (const date of [encodeURIComponent(published_date), '2022-08-10T20:39:15Z', '2022-08-10']) {
      const { body } = await mock.get(`/v2/blog/posts?published_date=${date}`).expect(200);
      expect(body).toMatchObject([{ title: 'One' }]);
    }
    await mock.get('/v2/blog/posts?published_date=2022-08-10T20:39:16Z').expect(204);
  });
});

describe('getBlogTags', () => {
  it('gathers the tags of all posts', async () => {
    const mock = await startMock();
    await mock.get('/v2/blog/tags').expect(204);
    await mock.post('/v2/blog/posts', { ...post, tags: ['kiln', 'news'] });
    await mock.post('/v2/blog/posts', { ...post, title: 'More', tags: ['news'] });
    const { body } = await mock.get('/v2/blog/tags').expect(200);
    expect(body).toEqual([
      { tag: 'kiln', post_ids: [1] },
      { tag: 'news', post_ids: [1, 2] },
    ]);
    expect((await mock.get('/v2/blog/posts/count').expect(200)).body).toEqual({ count: 2 });
  });
});

describe('deleteBlogPosts', () => {
  it('deletes one page of them', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete('/v2/blog/posts?limit=1').expect(204);
    expect((await mock.get('/v2/blog/posts/count')).body).toEqual({ count: 3 });
    await mock.delete('/v2/blog/posts').expect(204);
    await mock.get('/v2/blog/posts').expect(204);
  });
});

describe('createRedirect', () => {
  it('makes a redirect of the first site, which V3 shows as well', async () => {
    const mock = await startMock();
    const forward = { type: 'manual', ref: '/new/' };
    const { body } = await mock.post('/v2/redirects', { path: '/old/', forward }).expect(200);
    expect(body).toEqual({
      id: 1,
      path: '/old/',
      forward,
      url: 'https://store-mockstore1.mybigcommerce.com/new/',
    });
    const read = await mock.get('/v3/storefront/redirects').expect(200);
    expect(read.body.data).toEqual([{ id: 1, site_id: 1000, from_path: '/old/', to: { type: 'url', url: '/new/' } }]);
  });

  it('leads to the page of a product', async () => {
    const mock = await startMock({ size: 'small' });
    const product = await mock.get('/v3/catalog/products/101');
    const { body } = await mock.post('/v2/redirects', { path: '/p/', forward: { type: 'product', ref: 101 } });
    expect(body.forward).toEqual({ type: 'product', ref: 101 });
    expect(body.url).toBe(`https://store-mockstore1.mybigcommerce.com${product.body.data.custom_url.url}`);
  });

  it('refuses a path twice, and whatever has no path', async () => {
    const mock = await startMock();
    const redirect = { path: '/old/', forward: { type: 'manual', ref: '/new/' } };
    await mock.post('/v2/redirects', redirect).expect(200);
    await mock.post('/v2/redirects', redirect).expect(409);
    await mock.post('/v2/redirects', { forward: redirect.forward }).expect(400);
  });
});

describe('deleteRedirectsV2', () => {
  it('deletes all of the first site', async () => {
    const mock = await startMock({ size: 'small' });
    expect((await mock.get('/v2/redirects/count')).body).toEqual({ count: 4 });
    await mock.put('/v2/redirects/1', { path: '/older/' }).expect(200);
    await mock.delete('/v2/redirects/1').expect(204);
    await mock.delete('/v2/redirects').expect(204);
    await mock.get('/v2/redirects').expect(204);
  });
});
