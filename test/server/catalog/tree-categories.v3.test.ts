/** Categories of all trees, in batches. Acceptance scenarios 15 and 17 are among them. */
import { describe, expect, it } from 'vitest';
import { category } from '../../../fixtures/index.js';
import { categories } from '../../../mock-server/domains/catalog/categories.v3.js';
import { startMock } from '../mock.js';
import { newCategory } from './new-category.js';
import { newProduct, pluck } from './new-product.js';
import { newTree, newTreeCategory, REFUSAL, TREE_CATEGORIES, treeCategoryNames } from './tree-service.js';

const LEGACY = '/v3/catalog/categories';

interface LegacyRow extends Record<string, unknown> {
  readonly id: number;
  readonly custom_url: { readonly url: string };
}

describe('getAllCategories', () => {
  it('shows what the older paths show, under other names', async () => {
    const mock = await startMock();
    const id = await newCategory(mock, 'Bath');
    const legacy = await mock.get(`${LEGACY}/${id}`);
    const { id: category_id, custom_url, ...same } = legacy.body.data as LegacyRow;
    const { body } = await mock.get(TREE_CATEGORIES).expect(200);
    expect(body.data).toEqual([
      {
        ...same,
        category_id,
        category_uuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        tree_id: 1,
        url: { path: custom_url.url, is_customized: false },
      },
    ]);
    const link = '?limit=50&page=1';
    expect(body.meta.pagination).toMatchObject({ total: 1, links: { previous: link, current: link, next: link } });
  });

  it.each([
    ['', ['Bath', 'Tubs', 'Sale', 'attic']],
    ['category_id:in=4,1', ['Bath', 'attic']],
    ['category_id:not_in=1,2', ['Sale', 'attic']],
    ['tree_id:in=2', ['Sale']],
    ['tree_id:in=1,2', ['Bath', 'Tubs', 'Sale', 'attic']],
    ['tree_id:not_in=1', ['Sale']],
    ['parent_id:in=0', ['Bath', 'Sale', 'attic']],
    ['parent_id:in=1', ['Tubs']],
    ['parent_id:not_in=0', ['Tubs']],
    ['parent_id:in=0&tree_id:in=1', ['Bath', 'attic']],
    ['name=bath', ['Bath']],
    ['name:like=at', ['Bath', 'attic']],
    ['page_title=Half price', ['Sale']],
    ['page_title:like=half', ['Sale']],
    ['keyword=BATH', ['Bath', 'attic']],
    ['is_visible=false', ['attic']],
    ['limit=3&page=2', ['attic']],
  ])('?%s', async (query, names) => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    await newTreeCategory(mock, { name: 'Tubs', parent_id: 1 });
    await newTreeCategory(mock, { name: 'Sale', tree_id, page_title: 'Half price' });
    await newTreeCategory(mock, { name: 'attic', tree_id: 1, is_visible: false, description: 'No baths' });
    expect(await treeCategoryNames(mock, query)).toEqual(names);
  });

  it('finds categories by UUID', async () => {
    const mock = await startMock();
    await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    await newTreeCategory(mock, { name: 'Kitchen', tree_id: 1 });
    const [bath] = pluck(await mock.get(TREE_CATEGORIES), 'category_uuid').map(String);
    expect(await treeCategoryNames(mock, `category_uuid:in=${bath}`)).toEqual(['Bath']);
    expect(await treeCategoryNames(mock, `category_uuid:not_in=${bath}`)).toEqual(['Kitchen']);
  });

  it.each(['parent_id=0', 'tree_id=1', 'id:in=1', 'category_id=1', 'sort=name', 'direction=asc'])(
    'refuses ?%s (acceptance scenario 17)',
    async (query) => {
      const mock = await startMock();
      const { body } = await mock.get(`${TREE_CATEGORIES}?${query}`).expect(422);
      const [name] = query.split('=');
      expect(body).toMatchObject({ title: `The filter(s): ${name} are not valid filter parameter(s).`, errors: {} });
    },
  );

  it('names an empty filter by an empty name', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${TREE_CATEGORIES}?foo=1&&=2`).expect(422);
    expect(body.title).toMatch(/^The filter\(s\): foo, {1,2}are not valid filter parameter\(s\)\.$/);
  });

  it('returns the asked fields and always the id', async () => {
    const mock = await startMock();
    const id = await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    const some = await mock.get(`${TREE_CATEGORIES}?include_fields=name`).expect(200);
    expect(some.body.data).toEqual([{ category_id: id, name: 'Bath' }]);
    const most = await mock.get(`${TREE_CATEGORIES}?exclude_fields=category_id,name`).expect(200);
    expect(most.body.data[0]).toMatchObject({ category_id: id, tree_id: 1 });
    expect(most.body.data[0]).not.toHaveProperty('name');
  });

  it('has no metafields below it', async () => {
    const mock = await startMock();
    const id = await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    await mock.get(`${TREE_CATEGORIES}/metafields`).expect(404);
    await mock.get(`${TREE_CATEGORIES}/${id}/metafields`).expect(404);
  });
});

describe('createCategories', () => {
  it('answers 201 with the rows and counters', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post(TREE_CATEGORIES, [
        { name: 'Bath', tree_id: 1 },
        { name: 'Kitchen', tree_id: 1 },
      ])
      .expect(201);
    expect(pluck({ body }, 'category_id')).toEqual([1, 2]);
    expect(body.data[0]).toMatchObject({ parent_id: 0, tree_id: 1, url: { path: '/bath/', is_customized: false } });
    expect(body.meta).toEqual({ total: 2, success: 2, failed: 0 });
    expect((await mock.get(`${LEGACY}/1`).expect(200)).body.data.name).toBe('Bath');
  });

  it('takes the tree from the parent, whatever tree was sent', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    const sale = await newTreeCategory(mock, { name: 'Sale', tree_id });
    const { body } = await mock
      .post(TREE_CATEGORIES, [{ name: 'Last pieces', parent_id: sale, tree_id: 1 }])
      .expect(201);
    expect(body.data[0]).toMatchObject({ tree_id, parent_id: sale, url: { path: '/sale/last-pieces/' } });
  });

  it.each([
    ['no tree and no parent', { name: 'Bath' }, { '0.tree_id': "Tree Id is required and can't be empty" }],
    [
      'the parent 0 and no tree',
      { name: 'Bath', parent_id: 0 },
      { '0.tree_id': "Tree Id is required and can't be empty" },
    ],
    ['an unknown tree', { name: 'Bath', tree_id: 9 }, { '0.tree_id': 'Tree does not exist.' }],
    ['an unknown parent', { name: 'Bath', parent_id: 9 }, { '0.parent_id': expect.any(String) }],
    ['no name', { tree_id: 1 }, { '0.name': "Name is required and can't be empty" }],
    ['too long a name', { name: 'x'.repeat(51), tree_id: 1 }, { '0.name': expect.any(String) }],
    ['a name of spaces', { name: '  ', tree_id: 1 }, { '0.name': expect.any(String) }],
    ['a tree that is no number', { name: 'Bath', tree_id: '1' }, { '0.tree_id': expect.any(String) }],
    ['an image URL that is none', { name: 'Bath', tree_id: 1, image_url: 'x' }, { '0.image_url': expect.any(String) }],
    ['a file', { name: 'Bath', tree_id: 1, image_file: 'x' }, { '0.image_file': expect.any(String) }],
  ])('refuses a category with %s', async (_case, row, errors) => {
    const mock = await startMock();
    const { body } = await mock.post(TREE_CATEGORIES, [row]).expect(422);
    expect(body).toMatchObject({ status: 422, title: REFUSAL });
    expect(body.errors).toEqual(errors);
    expect(await treeCategoryNames(mock)).toEqual([]);
  });

  it('lets siblings have one name once (acceptance scenario 17)', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    const bath = await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    const { body } = await mock.post(TREE_CATEGORIES, [{ name: 'bath', tree_id: 1 }]).expect(422);
    expect(body.errors).toHaveProperty(['0.name']);
    await mock.post(TREE_CATEGORIES, [{ name: 'Bath', parent_id: bath }]).expect(201);
    await mock.post(TREE_CATEGORIES, [{ name: 'Bath', tree_id }]).expect(201);
    expect(await treeCategoryNames(mock, 'parent_id:in=0')).toEqual(['Bath', 'Bath']);
  });

  it('takes a URL once per tree', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    const own = await mock.post(TREE_CATEGORIES, [{ name: 'Bath', tree_id: 1, url: { path: '/wet/' } }]).expect(201);
    expect(own.body.data[0].url).toEqual({ path: '/wet/', is_customized: true });
    const { body } = await mock
      .post(TREE_CATEGORIES, [{ name: 'Pool', tree_id: 1, url: { path: '/wet/' } }])
      .expect(422);
    expect(body.errors).toHaveProperty(['0.url']);
    await mock.post(TREE_CATEGORIES, [{ name: 'Pool', tree_id, url: { path: '/wet/' } }]).expect(201);
  });

  it('keeps the sound rows of a batch, and says which others it refused', async () => {
    const mock = await startMock();
    const rows = [
      { name: 'Bath', tree_id: 1 },
      { tree_id: 1 },
      { name: 'BATH', tree_id: 1 },
      { name: 'Kitchen', tree_id: 1 },
    ];
    const { body } = await mock.post(TREE_CATEGORIES, rows).expect(207);
    expect(pluck({ body }, 'name')).toEqual(['Bath', 'Kitchen']);
    expect(body.errors).toMatchObject({ status: 422, title: REFUSAL });
    expect(Object.keys(body.errors.errors as object)).toEqual(['1.name', '2.name']);
    expect(body.meta).toEqual({ total: 4, success: 2, failed: 2 });
    expect(await treeCategoryNames(mock)).toEqual(['Bath', 'Kitchen']);
  });

  it('takes 50 categories without a URL, and refuses 51', async () => {
    const mock = await startMock();
    const rows = Array.from({ length: 51 }, (_, position) => ({ name: `Category ${position}`, tree_id: 1 }));
    await mock.post(TREE_CATEGORIES, rows.slice(1)).expect(201);
    const { body } = await mock.post(TREE_CATEGORIES, rows).expect(413);
    expect(body.title).toBe('The request payload is too large. The maximum items allowed in the array is 50.');
  });

  it('answers 403 to a batch that the store has no room for', async () => {
    const mock = await startMock();
    const rows = Array.from({ length: 15_999 }, (_, position) =>
      category({ name: `Category ${position}` }, { id: position + 1 }),
    );
    mock.store.rows(categories).load(rows);
    await mock
      .post(TREE_CATEGORIES, [
        { name: 'One', tree_id: 1 },
        { name: 'Two', tree_id: 1 },
      ])
      .expect(403);
    await mock.post(TREE_CATEGORIES, [{ name: 'One', tree_id: 1 }]).expect(201);
  });

  it('wants a list', async () => {
    const mock = await startMock();
    const { body } = await mock.post(TREE_CATEGORIES, { name: 'Bath', tree_id: 1 }).expect(422);
    expect(body.title).toBe('The request payload has to be a JSON array for the endpoint.');
  });
});

describe('updateCategories', () => {
  it('changes what was sent and answers counters only', async () => {
    const mock = await startMock();
    const id = await newTreeCategory(mock, { name: 'Bath', tree_id: 1, meta_keywords: ['soap'] });
    const { body } = await mock
      .put(TREE_CATEGORIES, [{ category_id: id, sort_order: 4, url: { path: '/wet/' } }])
      .expect(200);
    expect(body).toEqual({ meta: { total: 1, success: 1, failed: 0 } });
    const legacy = await mock.get(`${LEGACY}/${id}`).expect(200);
    expect(legacy.body.data).toMatchObject({
      name: 'Bath',
      sort_order: 4,
      meta_keywords: ['soap'],
      custom_url: { url: '/wet/', is_customized: true },
    });
    expect(legacy.body.data).not.toHaveProperty('category_id');
  });

  it('takes back a whole row as it was read', async () => {
    const mock = await startMock();
    await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    const before = await mock.get(TREE_CATEGORIES);
    await mock.put(TREE_CATEGORIES, before.body.data as object).expect(200);
    expect((await mock.get(TREE_CATEGORIES)).body).toEqual(before.body);
  });

  it('does not create: an unknown category is refused', async () => {
    const mock = await startMock();
    const { body } = await mock.put(TREE_CATEGORIES, [{ category_id: 77, name: 'Bath', tree_id: 1 }]).expect(422);
    expect(body).toMatchObject({ title: REFUSAL, errors: { '0.category_id': 'Category does not exist.' } });
    expect(await treeCategoryNames(mock)).toEqual([]);
  });

  it('needs the id of each category', async () => {
    const mock = await startMock();
    await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    const { body } = await mock.put(TREE_CATEGORIES, [{ name: 'Kitchen' }]).expect(422);
    expect(body.errors).toEqual({ '0.category_id': "Category Id is required and can't be empty" });
  });

  it('keeps the sound rows of a batch, and says which others it refused', async () => {
    const mock = await startMock();
    const bath = await newTreeCategory(mock, { name: 'Bath', tree_id: 1 });
    const kitchen = await newTreeCategory(mock, { name: 'Kitchen', tree_id: 1 });
    const rows = [
      { category_id: bath, name: 'Wet room' },
      { category_id: 77, name: 'Nothing' },
      { category_id: kitchen, name: 'Wet room' },
    ];
    const { body } = await mock.put(TREE_CATEGORIES, rows).expect(207);
    expect(Object.keys(body.errors.errors as object)).toEqual(['1.category_id', '2.name']);
    expect(body.meta).toEqual({ total: 3, success: 1, failed: 2 });
    expect(body).not.toHaveProperty('data');
    expect(await treeCategoryNames(mock)).toEqual(['Wet room', 'Kitchen']);
  });

  it('does not move a category below itself, or too deep', async () => {
    const mock = await startMock();
    let parent_id = await newTreeCategory(mock, { name: 'Level 1', tree_id: 1 });
    for (let level = 2; level <= 8; level += 1)
      parent_id = await newTreeCategory(mock, { name: `Level ${level}`, parent_id });
    const other = await newTreeCategory(mock, { name: 'Other', tree_id: 1 });
    const below = await mock.put(TREE_CATEGORIES, [{ category_id: 1, parent_id: 2 }]).expect(422);
    expect(below.body.errors).toHaveProperty(['0.parent_id']);
    const deep = await mock.put(TREE_CATEGORIES, [{ category_id: other, parent_id }]).expect(422);
    expect(deep.body.errors).toHaveProperty(['0.parent_id']);
  });

  it('moves a category to another tree with all below it', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    const top = await newTreeCategory(mock, { name: 'Top', tree_id: 1 });
    const middle = await newTreeCategory(mock, { name: 'Middle', parent_id: top });
    await newTreeCategory(mock, { name: 'Bottom', parent_id: middle });
    await mock.put(TREE_CATEGORIES, [{ category_id: top, tree_id }]).expect(200);
    expect(await treeCategoryNames(mock, `tree_id:in=${tree_id}`)).toEqual(['Top', 'Middle', 'Bottom']);
    const outlet = await newTreeCategory(mock, { name: 'Outlet', tree_id });
    await mock.put(TREE_CATEGORIES, [{ category_id: middle, parent_id: outlet, tree_id: 1 }]).expect(200);
    expect(await treeCategoryNames(mock, 'tree_id:in=1')).toEqual([]);
    await mock.put(TREE_CATEGORIES, [{ category_id: top, tree_id: 9 }]).expect(422);
  });

  it('refuses a move to a tree that has a URL of the category or of one below it', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    const top = await newTreeCategory(mock, { name: 'Top', tree_id: 1 });
    await newTreeCategory(mock, { name: 'Bottom', parent_id: top });
    await newTreeCategory(mock, { name: 'Other', tree_id, url: { path: '/top/bottom/' } });
    await mock.put(TREE_CATEGORIES, [{ category_id: top, tree_id }]).expect(422);
    expect(await treeCategoryNames(mock, 'tree_id:in=1')).toEqual(['Top', 'Bottom']);
  });
});

describe('deleteTreeCategories', () => {
  it('takes what is below and leaves the products (acceptance scenario 15)', async () => {
    const mock = await startMock();
    const a = await newTreeCategory(mock, { name: 'A', tree_id: 1 });
    const b = await newTreeCategory(mock, { name: 'B', parent_id: a });
    const product = await newProduct(mock, { categories: [b] });
    const before = await mock.get(`/v3/catalog/products/${product}`).expect(200);
    await mock.raw.post('/_mock/clock').send({ advance_ms: 60_000 }).expect(200);
    const { body } = await mock.delete(`${TREE_CATEGORIES}?category_id:in=${a}`).expect(202);
    expect(body).toEqual({ meta: { total: 1, success: 1, failed: 0 } });
    expect(await treeCategoryNames(mock, `category_id:in=${b}`)).toEqual([]);
    const after = await mock.get(`/v3/catalog/products/${product}`).expect(200);
    expect(after.body.data).toEqual({ ...before.body.data, categories: [] });
  });

  it('refuses without a filter, and with one it does not know', async () => {
    const mock = await startMock();
    await newTreeCategory(mock, { name: 'A', tree_id: 1 });
    await mock.delete(TREE_CATEGORIES).expect(422);
    await mock.delete(`${TREE_CATEGORIES}?name=A`).expect(422);
    expect(await treeCategoryNames(mock)).toEqual(['A']);
  });

  it.each(['category_id:in=1', 'tree_id:in=1', 'parent_id:in=0&tree_id:in=1', 'parent_id:in=0&category_id:in=1,2,9'])(
    'deletes what ?%s finds',
    async (query) => {
      const mock = await startMock();
      const tree_id = await newTree(mock);
      const top = await newTreeCategory(mock, { name: 'A', tree_id: 1 });
      await newTreeCategory(mock, { name: 'B', parent_id: top });
      await newTreeCategory(mock, { name: 'C', tree_id });
      await mock.delete(`${TREE_CATEGORIES}?${query}`).expect(202);
      expect(await treeCategoryNames(mock)).toEqual(['C']);
    },
  );

  it('deletes by UUID', async () => {
    const mock = await startMock();
    await newTreeCategory(mock, { name: 'A', tree_id: 1 });
    await newTreeCategory(mock, { name: 'B', tree_id: 1 });
    const [uuid] = pluck(await mock.get(TREE_CATEGORIES), 'category_uuid').map(String);
    await mock.delete(`${TREE_CATEGORIES}?category_uuid:in=${uuid}`).expect(202);
    expect(await treeCategoryNames(mock)).toEqual(['B']);
  });

  it('is content when there is nothing to delete', async () => {
    const mock = await startMock();
    const { body } = await mock.delete(`${TREE_CATEGORIES}?category_id:in=99`).expect(202);
    expect(body.meta).toEqual({ total: 0, success: 0, failed: 0 });
  });
});
