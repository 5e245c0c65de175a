/** Categories by the older paths, and their images. Acceptance scenarios 16 and 17 are among them. */
import { describe, expect, it } from 'vitest';
import { category } from '../../../fixtures/index.js';
import { categories } from '../../../mock-server/domains/catalog/categories.v3.js';
import { startMock, type MockClient } from '../mock.js';
import { newCategory } from './new-category.js';
import { newProduct, pluck } from './new-product.js';

const PATH = '/v3/catalog/categories';

async function newChild(mock: MockClient, parent_id: number, name: string): Promise<number> {
  const { body } = await mock.post(PATH, { name, parent_id }).expect(200);
  return body.data.id as number;
}

/** A line of categories, each below the one before; gives the ids from the top. */
async function newLine(mock: MockClient, length: number, stem: string): Promise<number[]> {
  const ids: number[] = [];
  for (let level = 1; level <= length; level += 1) ids.push(await newChild(mock, ids.at(-1) ?? 0, `${stem} ${level}`));
  return ids;
}

/** A second tree with one category in it, which the older paths do not see. */
async function newOutletCategory(mock: MockClient, name: string): Promise<number> {
  const trees = await mock.put('/v3/catalog/trees', [{ name: 'Outlet', channels: [2] }]).expect(200);
  const rows = await mock.post('/v3/catalog/trees/categories', [{ name, tree_id: trees.body.data[0].id }]).expect(201);
  return rows.body.data[0].category_id as number;
}

async function namesBy(mock: MockClient, query: string): Promise<unknown[]> {
  return pluck(await mock.get(`${PATH}?${query}`).expect(200), 'name');
}

describe('createCategory', () => {
  it('fills in what a new category has, with a URL made of the name', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Bed & Bath', parent_id: 0 }).expect(200);
    expect(body).toEqual({
      data: {
        id: 1,
        parent_id: 0,
        name: 'Bed & Bath',
        description: '',
        views: 0,
        sort_order: 0,
        page_title: '',
        meta_keywords: [''],
        meta_description: '',
        layout_file: 'category.html',
        image_url: '',
        is_visible: true,
        search_keywords: '',
        default_product_sort: 'use_store_settings',
        custom_url: { url: '/bed-bath/', is_customized: false },
      },
      meta: {},
    });
  });

  it('needs a name and a parent', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, {}).expect(422);
    expect(body.title).toBe('Missing Required Fields');
    expect(Object.keys(body.errors as object).sort()).toEqual(['name', 'parent_id']);
  });

  it('says how long a name may be', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'x'.repeat(51), parent_id: 0 }).expect(422);
    expect(body.errors).toEqual({ name: 'name must have a length between 1 and 50' });
    await mock.post(PATH, { name: 'x'.repeat(50), parent_id: 0 }).expect(200);
    await mock.post(PATH, { name: '', parent_id: 0 }).expect(422);
    await mock.post(PATH, { name: '   ', parent_id: 0 }).expect(422);
  });

  it('takes descriptions of 65,535 characters and no longer ones', async () => {
    const mock = await startMock();
    await mock.post(PATH, { name: 'A', parent_id: 0, description: 'x'.repeat(65_535) }).expect(200);
    await mock.post(PATH, { name: 'B', parent_id: 0, description: 'x'.repeat(65_536) }).expect(422);
  });

  it('lets siblings have one name once, whatever its case (acceptance scenario 17)', async () => {
    const mock = await startMock();
    await newCategory(mock, 'Bath');
    const { body } = await mock.post(PATH, { name: 'BATH', parent_id: 0 }).expect(409);
    expect(body).toMatchObject({ status: 409, errors: { name: expect.any(String) } });
    const other = await newCategory(mock, 'Kitchen');
    await mock.post(PATH, { name: 'Bath', parent_id: other }).expect(200);
  });

  it("puts the parent's path before the URL", async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    const { body } = await mock.post(PATH, { name: 'Small Baths', parent_id: bath }).expect(200);
    expect(body.data.custom_url).toEqual({ url: '/bath/small-baths/', is_customized: false });
  });

  it('takes a URL of its own, once per store', async () => {
    const mock = await startMock();
    const own = await mock.post(PATH, { name: 'Bath', parent_id: 0, custom_url: { url: '/wet/' } }).expect(200);
    expect(own.body.data.custom_url).toEqual({ url: '/wet/', is_customized: true });
    const taken = await mock.post(PATH, { name: 'Pool', parent_id: 0, custom_url: { url: '/WET/' } }).expect(409);
    expect(taken.body.errors).toHaveProperty('custom_url');
    await mock.post(PATH, { name: 'Pool', parent_id: 0, custom_url: { url: `/${'x'.repeat(255)}/` } }).expect(422);
  });

  it('refuses a URL that a category of another tree has', async () => {
    const mock = await startMock();
    await newOutletCategory(mock, 'Sale');
    await mock.post(PATH, { name: 'Reduced', parent_id: 0, custom_url: { url: '/sale/' } }).expect(409);
    const { body } = await mock.post(PATH, { name: 'Sale', parent_id: 0 }).expect(200);
    expect(body.data.custom_url).toEqual({ url: '/sale-1/', is_customized: false });
  });

  it('does not call the automatic URL customized when it was sent', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Bath', parent_id: 0, custom_url: { url: '/bath/' } }).expect(200);
    expect(body.data.custom_url.is_customized).toBe(false);
  });

  it('numbers the URL it makes when two names give the same', async () => {
    const mock = await startMock();
    await newCategory(mock, 'Bath');
    const { body } = await mock.post(PATH, { name: 'Bath!', parent_id: 0 }).expect(200);
    expect(body.data.custom_url).toEqual({ url: '/bath-1/', is_customized: false });
  });

  it('makes no URL longer than a URL may be', async () => {
    const mock = await startMock();
    const ids = await newLine(mock, 7, 'x'.repeat(48));
    const { body } = await mock.post(PATH, { name: 'y'.repeat(50), parent_id: ids.at(-1) }).expect(200);
    expect((body.data.custom_url.url as string).length).toBeLessThanOrEqual(255);
  });

  it.each([404, -1])('refuses the parent %i, which does not exist', async (parent_id) => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Bath', parent_id }).expect(422);
    expect(body.errors).toHaveProperty('parent_id');
  });

  it('refuses a parent in a tree of another channel', async () => {
    const mock = await startMock();
    const parent_id = await newOutletCategory(mock, 'Sale');
    await mock.post(PATH, { name: 'Bath', parent_id }).expect(422);
  });

  it('nests eight levels deep and no deeper', async () => {
    const mock = await startMock();
    const ids = await newLine(mock, 8, 'Level');
    const { body } = await mock.post(PATH, { name: 'Level 9', parent_id: ids[7] }).expect(422);
    expect(body.errors).toHaveProperty('parent_id');
  });

  it('answers 403 once the store has 16,000 categories', async () => {
    const mock = await startMock();
    const rows = Array.from({ length: 16_000 }, (_, position) =>
      category({ name: `Category ${position}` }, { id: position + 1 }),
    );
    mock.store.rows(categories).load(rows);
    await mock.post(PATH, { name: 'One more', parent_id: 0 }).expect(403);
  });

  it('refuses an image URL that is none, and a file within JSON', async () => {
    const mock = await startMock();
    const { body } = await mock.post(PATH, { name: 'Bath', parent_id: 0, image_url: '/bath.png' }).expect(422);
    expect(body.errors).toEqual({ image_url: 'url must be an actual URL or an empty string' });
    const file = await mock.post(PATH, { name: 'Bath', parent_id: 0, image_file: 'bath.png' }).expect(422);
    expect(file.body.errors).toHaveProperty('image_file');
  });

  it('ignores an id and fields it does not know, those of the tree service among them', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post(PATH, { id: 9, tree_id: 5, colour: 'red', name: 'Bath', parent_id: 0 })
      .expect(200);
    expect(body.data.id).toBe(1);
    expect(body.data).not.toHaveProperty('tree_id');
    expect(body.data).not.toHaveProperty('colour');
  });
});

describe('getCategories', () => {
  it.each([
    ['', ['Bath', 'Kitchen', 'Baths', 'attic']],
    ['id=2', ['Kitchen']],
    ['id:in=3,1', ['Bath', 'Baths']],
    ['id:not_in=1,2', ['Baths', 'attic']],
    ['id:min=3', ['Baths', 'attic']],
    ['id:max=2', ['Bath', 'Kitchen']],
    ['id:greater=3', ['attic']],
    ['id:less=2', ['Bath']],
    ['name=bath', ['Bath']],
    ['name:like=bath', ['Bath', 'Baths']],
    ['parent_id=0', ['Bath', 'Kitchen', 'attic']],
    ['parent_id=1', ['Baths']],
    ['parent_id:in=1,2', ['Baths']],
    ['parent_id:min=1', ['Baths']],
    ['parent_id:max=0', ['Bath', 'Kitchen', 'attic']],
    ['parent_id:greater=0', ['Baths']],
    ['parent_id:less=1', ['Bath', 'Kitchen', 'attic']],
    ['page_title=All pots', ['Kitchen']],
    ['page_title:like=pot', ['Kitchen']],
    ['keyword=BATH', ['Bath', 'Baths', 'attic']],
    ['is_visible=false', ['attic']],
    ['is_visible=1', ['Bath', 'Kitchen', 'Baths']],
    ['parent_id=0&is_visible=true', ['Bath', 'Kitchen']],
    ['sort=name', ['attic', 'Bath', 'Baths', 'Kitchen']],
    ['sort=id', ['Bath', 'Kitchen', 'Baths', 'attic']],
    ['sort=parent_id', ['Bath', 'Kitchen', 'attic', 'Baths']],
    ['sort=sort_order', ['Kitchen', 'Bath', 'Baths', 'attic']],
    ['limit=2&page=2', ['Baths', 'attic']],
    ['colour=red', ['Bath', 'Kitchen', 'Baths', 'attic']],
  ])('?%s', async (query, names) => {
    const mock = await startMock();
    await newCategory(mock, 'Bath');
    await mock.post(PATH, { name: 'Kitchen', parent_id: 0, page_title: 'All pots', sort_order: -1 }).expect(200);
    await newChild(mock, 1, 'Baths');
    await mock.post(PATH, { name: 'attic', parent_id: 0, is_visible: false, description: 'No baths' }).expect(200);
    expect(await namesBy(mock, query)).toEqual(names);
  });

  it('shows the tree of the default storefront only', async () => {
    const mock = await startMock();
    const outlet = await newOutletCategory(mock, 'Sale');
    await newCategory(mock, 'Bath');
    expect(await namesBy(mock, '')).toEqual(['Bath']);
    expect(await namesBy(mock, `id:in=${outlet}`)).toEqual([]);
  });

  it('returns the asked fields and always the id', async () => {
    const mock = await startMock();
    await newCategory(mock, 'Bath');
    const { body } = await mock.get(`${PATH}?include_fields=name,tree_id`).expect(200);
    expect(body.data).toEqual([{ id: 1, name: 'Bath' }]);
  });
});

describe('getCategory', () => {
  it('answers 404 for an unknown category and for one of another tree', async () => {
    const mock = await startMock();
    const outlet = await newOutletCategory(mock, 'Sale');
    await mock.get(`${PATH}/404`).expect(404);
    await mock.get(`${PATH}/${outlet}`).expect(404);
  });
});

describe('updateCategory', () => {
  it('changes what was sent and nothing else', async () => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    await mock.put(`${PATH}/${id}`, { meta_keywords: ['a', 'b'] }).expect(200);
    const { body } = await mock.put(`${PATH}/${id}`, { meta_keywords: ['c'], is_visible: false }).expect(200);
    expect(body.data).toMatchObject({ name: 'Bath', meta_keywords: ['c'], is_visible: false });
    expect((await mock.get(`${PATH}/${id}`)).body).toEqual(body);
  });

  it('keeps the URL when the name or the parent changes', async () => {
    const mock = await startMock();
    const parent_id = await newCategory(mock, 'Home');
    const id = await newCategory(mock, 'Bath');
    const { body } = await mock.put(`${PATH}/${id}`, { name: 'Wet room', parent_id }).expect(200);
    expect(body.data).toMatchObject({ parent_id, custom_url: { url: '/bath/', is_customized: false } });
  });

  it('takes back a whole row as it was read', async () => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    const before = await mock.get(`${PATH}/${id}`);
    const { body } = await mock.put(`${PATH}/${id}`, before.body.data as object).expect(200);
    expect(body).toEqual(before.body);
  });

  it('answers 409 for the name of a sibling, also of one it would join, and for a taken URL', async () => {
    const mock = await startMock();
    const home = await newCategory(mock, 'Home');
    await newChild(mock, home, 'Bath');
    const id = await newCategory(mock, 'Bath');
    await mock.put(`${PATH}/${id}`, { name: 'home' }).expect(409);
    await mock.put(`${PATH}/${id}`, { parent_id: home }).expect(409);
    await mock.put(`${PATH}/${id}`, { custom_url: { url: '/home/' } }).expect(409);
    await mock.put(`${PATH}/${id}`, { name: 'BATH' }).expect(200);
  });

  it('does not move a category below itself', async () => {
    const mock = await startMock();
    const [top, , bottom] = await newLine(mock, 3, 'Level');
    await mock.put(`${PATH}/${top}`, { parent_id: top }).expect(422);
    const { body } = await mock.put(`${PATH}/${top}`, { parent_id: bottom }).expect(422);
    expect(body.errors).toHaveProperty('parent_id');
    await mock.put(`${PATH}/${bottom}`, { parent_id: top }).expect(200);
  });

  it('counts what is below a category when it moves', async () => {
    const mock = await startMock();
    const six = await newLine(mock, 6, 'Six');
    const three = await newLine(mock, 3, 'Three');
    await mock.put(`${PATH}/${three[0]}`, { parent_id: six[5] }).expect(422);
    await mock.put(`${PATH}/${three[0]}`, { parent_id: six[4] }).expect(200);
  });

  it('answers 422 for an unknown parent and 404 for an unknown category', async () => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    const outlet = await newOutletCategory(mock, 'Sale');
    await mock.put(`${PATH}/${id}`, { parent_id: 404 }).expect(422);
    await mock.put(`${PATH}/${id}`, { parent_id: outlet }).expect(422);
    await mock.put(`${PATH}/404`, { name: 'Bath' }).expect(404);
    await mock.put(`${PATH}/${outlet}`, { name: 'Bath' }).expect(404);
  });
});

describe('deleteCategory', () => {
  it('takes all below it with it', async () => {
    const mock = await startMock();
    const [top] = await newLine(mock, 3, 'Level');
    await newCategory(mock, 'Bath');
    const { text } = await mock.delete(`${PATH}/${top}`).expect(204);
    expect(text).toBe('');
    expect(await namesBy(mock, '')).toEqual(['Bath']);
  });

  it('answers 404 for an unknown category and for one of another tree', async () => {
    const mock = await startMock();
    const outlet = await newOutletCategory(mock, 'Sale');
    await mock.delete(`${PATH}/404`).expect(404);
    await mock.delete(`${PATH}/${outlet}`).expect(404);
  });

  it('refuses while products are in it, or in a category below', async () => {
    const mock = await startMock();
    const [top, bottom] = await newLine(mock, 2, 'Level');
    await newProduct(mock, { categories: [bottom] });
    await mock.delete(`${PATH}/${bottom}`).expect(422);
    await mock.delete(`${PATH}/${top}`).expect(422);
    expect(await namesBy(mock, '')).toEqual(['Level 1', 'Level 2']);
  });
});

describe('deleteCategories', () => {
  it('refuses without a filter, and nothing is lost', async () => {
    const mock = await startMock();
    await newCategory(mock, 'Bath');
    await mock.delete(PATH).expect(422);
    await mock.delete(`${PATH}?id:in=`).expect(422);
    expect(await namesBy(mock, '')).toEqual(['Bath']);
  });

  it.each([
    'id=1',
    'id:in=1',
    'name=bath',
    'name:like=bat',
    'page_title=Soap',
    'keyword=bath',
    'is_visible=false',
    'id:max=1',
  ])('deletes what ?%s finds, with all below it', async (query) => {
    const mock = await startMock();
    await mock.post(PATH, { name: 'Bath', parent_id: 0, page_title: 'Soap', is_visible: false }).expect(200);
    await newChild(mock, 1, 'Tubs');
    await newCategory(mock, 'Kitchen');
    await mock.delete(`${PATH}?${query}`).expect(204);
    expect(await namesBy(mock, '')).toEqual(['Kitchen']);
  });

  it('refuses categories with products until those are gone (acceptance scenario 16)', async () => {
    const mock = await startMock();
    const empty = await newCategory(mock, 'Attic');
    const id = await newCategory(mock, 'Bath');
    const product = await newProduct(mock, { categories: [id] });
    await mock.delete(`${PATH}?id:in=${id}`).expect(422);
    await mock.delete(`${PATH}?id:in=${empty},${id}`).expect(422);
    expect(await namesBy(mock, '')).toEqual(['Attic', 'Bath']);
    await mock.put(`/v3/catalog/products/${product}`, { categories: [] }).expect(200);
    await mock.delete(`${PATH}?id:in=${id}`).expect(204);
    expect(await namesBy(mock, '')).toEqual(['Attic']);
  });

  it('leaves the categories of other trees alone', async () => {
    const mock = await startMock();
    const outlet = await newOutletCategory(mock, 'Sale');
    await mock.delete(`${PATH}?id:in=${outlet}`).expect(204);
    const { body } = await mock.get(`/v3/catalog/trees/categories?category_id:in=${outlet}`).expect(200);
    expect(body.data).toHaveLength(1);
  });
});

describe('createCategoryImage', () => {
  const file = Buffer.from('89504e470d0a1a0a', 'hex');

  it.each(['bath.png', 'bath.jpg', 'bath.jpeg', 'bath.gif', 'bath.ico'])('keeps %s and serves it', async (name) => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    const { body } = await mock.post(`${PATH}/${id}/image`).attach('image_file', file, name).expect(200);
    expect(body.meta).toEqual({});
    expect((await mock.get(`${PATH}/${id}`)).body.data.image_url).toBe(body.data.image_url);
    expect((await mock.raw.get(new URL(body.data.image_url as string).pathname).expect(200)).body).toEqual(file);
  });

  it.each(['bath.bmp', 'bath.webp', 'bath.txt'])('refuses %s', async (name) => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    await mock.post(`${PATH}/${id}/image`).attach('image_file', file, name).expect(422);
  });

  it('refuses a form without the file, a file of more than 8 MB, and JSON', async () => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    await mock.post(`${PATH}/${id}/image`).field('note', 'no file').expect(422);
    const tooLarge = Buffer.alloc(8 * 1024 * 1024 + 1);
    const { body } = await mock.post(`${PATH}/${id}/image`).attach('image_file', tooLarge, 'bath.png').expect(422);
    expect(body.title).toBe('The maximum of 8 MB size limit for upload image is exceeded');
    await mock.post(`${PATH}/${id}/image`, { image_url: 'https://example.com/bath.png' }).expect(415);
  });

  it('answers 404 for an unknown category, and serves those of other trees', async () => {
    const mock = await startMock();
    const outlet = await newOutletCategory(mock, 'Sale');
    await mock.post(`${PATH}/404/image`).attach('image_file', file, 'bath.png').expect(404);
    const { body } = await mock.post(`${PATH}/${outlet}/image`).attach('image_file', file, 'sale.png').expect(200);
    const rows = await mock.get(`/v3/catalog/trees/categories?category_id:in=${outlet}`).expect(200);
    expect(pluck(rows, 'image_url')).toEqual([body.data.image_url]);
  });
});

describe('deleteCategoryImage', () => {
  it('leaves the category without an image', async () => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    await mock.put(`${PATH}/${id}`, { image_url: 'https://example.com/bath.png' }).expect(200);
    await mock.delete(`${PATH}/${id}/image`).expect(204);
    expect((await mock.get(`${PATH}/${id}`)).body.data.image_url).toBe('');
    await mock.delete(`${PATH}/404/image`).expect(404);
  });
});
