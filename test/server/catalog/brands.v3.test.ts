import { describe, expect, it } from 'vitest';
import { brand } from '../../../fixtures/index.js';
import { brands } from '../../../mock-server/domains/catalog/brands.v3.js';
import { startMock, type MockClient } from '../mock.js';
import { newBrand } from './new-category.js';
import { newProduct, pluck } from './new-product.js';

const PATH = '/v3/catalog/brands';

async function namesBy(mock: MockClient, query: string): Promise<unknown[]> {
  return pluck(await mock.get(`${PATH}?${query}`).expect(200), 'name');
}

describe('createBrand', () => {
  it('fills in what a new brand has, with a URL made of the name', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Common Good' }).expect(200);
    expect(body).toEqual({
      data: {
        id: 1,
        name: 'Common Good',
        page_title: '',
        meta_keywords: [''],
        meta_description: '',
        image_url: '',
        search_keywords: '',
        custom_url: { url: '/brands/Common-Good.html', is_customized: false },
      },
      meta: {},
    });
  });

  it('keeps what was sent', async () => {
    const mock = await startMock();
    const sent = {
      name: 'Acme',
      page_title: 'All of Acme',
      meta_keywords: ['anvils', 'rockets'],
      meta_description: 'Since 1920',
      image_url: 'https://example.com/acme.png',
      search_keywords: 'acme, anvil',
    };
    const { body } = await mock.post(PATH, sent).expect(200);
    expect(body.data).toMatchObject(sent);
  });

  it('needs a name', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, {}).expect(422);
    expect(body).toMatchObject({ title: 'Missing Required Fields', errors: { name: 'Please provide a name.' } });
  });

  it.each(['', '   '])('refuses the name "%s"', async (name) => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name }).expect(422);
    expect(body.errors).toHaveProperty('name');
  });

  it('takes names of 255 characters and no longer ones', async () => {
    const mock = await startMock();
    await mock.post(PATH, { name: 'x'.repeat(255) }).expect(200);
    await mock.post(PATH, { name: 'y'.repeat(256) }).expect(422);
  });

  it('answers 409 when another brand has the name, in whatever case', async () => {
    const mock = await startMock();
    await newBrand(mock, 'Acme');
    const { body } = await mock.post(PATH, { name: 'ACME' }).expect(409);
    expect(body).toMatchObject({ status: 409, errors: { name: expect.any(String) } });
  });

  it('answers 409 when another brand has the URL', async () => {
    const mock = await startMock();
    await newBrand(mock, 'Acme');
    const { body } = await mock.post(PATH, { name: 'Other', custom_url: { url: '/brands/acme.html' } }).expect(409);
    expect(body.errors).toHaveProperty('custom_url');
  });

  it('numbers the URL it makes when two names give the same', async () => {
    const mock = await startMock();
    await newBrand(mock, 'Common Good');
    const { body } = await mock.post(PATH, { name: 'Common-Good' }).expect(200);
    expect(body.data.custom_url).toEqual({ url: '/brands/Common-Good-1.html', is_customized: false });
  });

  it('calls a URL customized only when it differs from the one made of the name', async () => {
    const mock = await startMock();
    const own = await mock.post(PATH, { name: 'Acme', custom_url: { url: '/anvils/' } }).expect(200);
    expect(own.body.data.custom_url).toEqual({ url: '/anvils/', is_customized: true });
    const same = await mock.post(PATH, { name: 'Bolt', custom_url: { url: '/brands/Bolt.html' } }).expect(200);
    expect(same.body.data.custom_url).toEqual({ url: '/brands/Bolt.html', is_customized: false });
  });

  it.each(['no-slash', '/with space/', `/${'x'.repeat(257)}/`])('refuses the URL %s', async (url) => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Acme', custom_url: { url } }).expect(422);
    expect(body.errors).toHaveProperty(['custom_url.url']);
  });

  it('refuses an image URL that is none', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Acme', image_url: 'acme.png' }).expect(422);
    expect(body).toMatchObject({
      title: 'Invalid field(s): image_url',
      errors: { image_url: 'url must be an actual URL or an empty string' },
    });
  });

  it('ignores an id and fields it does not know', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { id: 500, name: 'Acme', colour: 'red' }).expect(200);
    expect(body.data.id).toBe(1);
    expect(body.data).not.toHaveProperty('colour');
  });

  it('answers 403 once the store has 30,000 brands', async () => {
    const mock = await startMock();
    const rows = Array.from({ length: 30_000 }, (_, position) =>
      brand({ name: `Brand ${position}` }, { id: position + 1 }),
    );
    mock.store.rows(brands).load(rows);
    await mock.post(PATH, { name: 'One more' }).expect(403);
  });
});

describe('getBrands', () => {
  it.each([
    ['id=2', ['Bolt']],
    ['id:in=3,1', ['Acme', 'acorn']],
    ['id:not_in=1', ['Bolt', 'acorn']],
    ['id:min=2', ['Bolt', 'acorn']],
    ['id:max=2', ['Acme', 'Bolt']],
    ['id:greater=2', ['acorn']],
    ['id:less=2', ['Acme']],
    ['name=bolt', ['Bolt']],
    ['name=ac', []],
    ['name:like=ac', ['Acme', 'acorn']],
    ['page_title=Nuts', ['Bolt']],
    ['sort=name', ['Acme', 'acorn', 'Bolt']],
    ['sort=name&direction=desc', ['Bolt', 'acorn', 'Acme']],
    ['', ['Acme', 'Bolt', 'acorn']],
    ['colour=red', ['Acme', 'Bolt', 'acorn']],
  ])('?%s', async (query, names) => {
    const mock = await startMock();
    await newBrand(mock, 'Acme');
    await mock.post(PATH, { name: 'Bolt', page_title: 'Nuts' }).expect(200);
    await newBrand(mock, 'acorn');
    expect(await namesBy(mock, query)).toEqual(names);
  });

  it('sorts by nothing but the name', async () => {
    const mock = await startMock();
    await mock.get(`${PATH}?sort=id`).expect(422);
  });

  it('returns the asked fields and always the id', async () => {
    const mock = await startMock();
    await newBrand(mock, 'Acme');
    const { body } = await mock.get(`${PATH}?include_fields=name`).expect(200);
    expect(body.data).toEqual([{ id: 1, name: 'Acme' }]);
    const without = await mock.get(`${PATH}?exclude_fields=id,name,custom_url`).expect(200);
    expect(without.body.data[0]).toMatchObject({ id: 1, page_title: '' });
    expect(without.body.data[0]).not.toHaveProperty('name');
  });
});

describe('getBrand', () => {
  it('answers 404 for an unknown brand', async () => {
    const mock = await startMock();
    await mock.get(`${PATH}/7`).expect(404);
  });
});

describe('updateBrand', () => {
  it('changes what was sent and nothing else', async () => {
    const mock = await startMock();
    const id = await newBrand(mock, 'Acme');
    await mock.put(`${PATH}/${id}`, { meta_keywords: ['a', 'b'] }).expect(200);
    const { body } = await mock.put(`${PATH}/${id}`, { page_title: 'Anvils' }).expect(200);
    expect(body.data).toMatchObject({ name: 'Acme', page_title: 'Anvils', meta_keywords: ['a', 'b'] });
    expect((await mock.get(`${PATH}/${id}`)).body).toEqual(body);
  });

  it('keeps the URL when the name changes', async () => {
    const mock = await startMock();
    const id = await newBrand(mock, 'Acme');
    const { body } = await mock.put(`${PATH}/${id}`, { name: 'Apex' }).expect(200);
    expect(body.data.custom_url).toEqual({ url: '/brands/Acme.html', is_customized: false });
  });

  it('takes back a whole row as it was read', async () => {
    const mock = await startMock();
    const id = await newBrand(mock, 'Acme');
    const before = await mock.get(`${PATH}/${id}`);
    const { body } = await mock.put(`${PATH}/${id}`, before.body.data as object).expect(200);
    expect(body).toEqual(before.body);
  });

  it('answers 409 for the name of another brand, and lets a brand keep its own', async () => {
    const mock = await startMock();
    await newBrand(mock, 'Acme');
    const id = await newBrand(mock, 'Bolt');
    await mock.put(`${PATH}/${id}`, { name: 'acme' }).expect(409);
    await mock.put(`${PATH}/${id}`, { name: 'BOLT' }).expect(200);
  });

  it('answers 404 for an unknown brand', async () => {
    const mock = await startMock();
    await mock.put(`${PATH}/7`, { name: 'Acme' }).expect(404);
  });
});

describe('deleteBrand', () => {
  it('answers 204 once and 404 from then on', async () => {
    const mock = await startMock();
    const id = await newBrand(mock, 'Acme');
    const { text } = await mock.delete(`${PATH}/${id}`).expect(204);
    expect(text).toBe('');
    await mock.delete(`${PATH}/${id}`).expect(404);
    await mock.get(`${PATH}/${id}`).expect(404);
  });

  it('leaves its products without a brand (acceptance scenario 14)', async () => {
    const mock = await startMock();
    const first = await newProduct(mock, { name: 'Anvil', brand_name: 'Acme' });
    const second = await newProduct(mock, { name: 'Rocket', brand_name: 'ACME' });
    const { body } = await mock.get('/v3/catalog/products?include_fields=brand_id').expect(200);
    const { brand_id } = body.data[0] as { brand_id: number };
    expect(pluck({ body }, 'brand_id')).toEqual([brand_id, brand_id]);
    await mock.delete(`${PATH}/${brand_id}`).expect(204);
    for (const id of [first, second]) {
      const product = await mock.get(`/v3/catalog/products/${id}`).expect(200);
      expect(product.body.data.brand_id).toBe(0);
    }
  });

  it('never gives its id again', async () => {
    const mock = await startMock();
    await newBrand(mock, 'Acme');
    const last = await newBrand(mock, 'Bolt');
    await mock.delete(`${PATH}/${last}`).expect(204);
    expect(await newBrand(mock, 'Clamp')).toBe(last + 1);
  });
});

describe('deleteBrands', () => {
  it('refuses without a filter, and nothing is lost', async () => {
    const mock = await startMock();
    await newBrand(mock, 'Acme');
    await mock.delete(PATH).expect(422);
    await mock.delete(`${PATH}?id:in=1`).expect(422);
    expect(await namesBy(mock, '')).toEqual(['Acme']);
  });

  it.each(['name=acme', 'page_title=Anvils'])('deletes what ?%s finds', async (query) => {
    const mock = await startMock();
    await mock.post(PATH, { name: 'Acme', page_title: 'Anvils' }).expect(200);
    await newBrand(mock, 'Bolt');
    await mock.delete(`${PATH}?${query}`).expect(204);
    expect(await namesBy(mock, '')).toEqual(['Bolt']);
  });
});

describe('createBrandImage', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');

  it('keeps the file and serves it from where the brand says', async () => {
    const mock = await startMock();
    const id = await newBrand(mock, 'Acme');
    const { body } = await mock.post(`${PATH}/${id}/image`).attach('image_file', png, 'acme.png').expect(200);
    const { image_url } = body.data as { image_url: string };
    expect((await mock.get(`${PATH}/${id}`)).body.data.image_url).toBe(image_url);
    const file = await mock.raw.get(new URL(image_url).pathname).expect(200);
    expect(file.headers['content-type']).toBe('image/png');
    expect(file.body).toEqual(png);
  });

  it('lets go of the file that it replaces', async () => {
    const mock = await startMock();
    const id = await newBrand(mock, 'Acme');
    const first = await mock.post(`${PATH}/${id}/image`).attach('image_file', png, 'one.png').expect(200);
    await mock.post(`${PATH}/${id}/image`).attach('image_file', png, 'two.png').expect(200);
    await mock.raw.get(new URL(first.body.data.image_url as string).pathname).expect(404);
  });

  it('needs a file that is an image, in a form', async () => {
    const mock = await startMock();
    const id = await newBrand(mock, 'Acme');
    await mock.post(`${PATH}/${id}/image`).field('note', 'no file').expect(422);
    await mock.post(`${PATH}/${id}/image`).attach('image_file', Buffer.from('text'), 'acme.txt').expect(422);
    await mock.post(`${PATH}/${id}/image`, { image_url: 'https://example.com/acme.png' }).expect(415);
  });

  it('answers 404 for an unknown brand', async () => {
    const mock = await startMock();
    await mock.post(`${PATH}/7/image`).attach('image_file', png, 'acme.png').expect(404);
  });
});

describe('deleteBrandImage', () => {
  it('leaves the brand without an image', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Acme', image_url: 'https://example.com/acme.png' }).expect(200);
    await mock.delete(`${PATH}/${body.data.id}/image`).expect(204);
    expect((await mock.get(`${PATH}/${body.data.id}`)).body.data.image_url).toBe('');
  });

  it('answers 404 for an unknown brand', async () => {
    const mock = await startMock();
    await mock.delete(`${PATH}/7/image`).expect(404);
  });
});
