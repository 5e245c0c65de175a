/** Category trees, and the nested view of one. Acceptance scenario 18 is among them. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { newCategory } from './new-category.js';
import { newProduct, pluck } from './new-product.js';
import { newTree, newTreeCategory, REFUSAL, treeCategoryNames, TREES } from './tree-service.js';

describe('getCategoryTrees', () => {
  it('shows the tree of the default storefront in a new store, with all three links', async () => {
    const mock = await startMock();
    const { body } = await mock.get(TREES).expect(200);
    expect(body.data).toEqual([{ id: 1, name: 'Default catalog tree', channels: [1] }]);
    const link = '?limit=50&page=1';
    expect(body.meta.pagination.links).toEqual({ previous: link, current: link, next: link });
  });

  it.each([
    ['id:in=2', [2]],
    ['id:in=1,2,9', [1, 2]],
    ['channel_id:in=1', [1]],
    ['channel_id:in=7,1', [1, 2]],
    ['channel_id:in=9', []],
    ['id:in=1&channel_id:in=7', []],
  ])('?%s', async (query, ids) => {
    const mock = await startMock();
    await newTree(mock, 7);
    expect(pluck(await mock.get(`${TREES}?${query}`).expect(200), 'id')).toEqual(ids);
  });

  it('refuses filters that it does not know', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${TREES}?id=1&name=x`).expect(422);
    expect(body.title).toBe('The filter(s): id, name are not valid filter parameter(s).');
  });
});

describe('upsertCategoryTrees', () => {
  it('creates, renames and refuses unknown trees (acceptance scenario 18)', async () => {
    const mock = await startMock();
    const created = await mock.put(TREES, [{ name: 'Outlet', channels: [2] }]).expect(200);
    const { id } = created.body.data[0] as { id: number };
    expect(created.body).toEqual({ data: [{ id, name: 'Outlet', channels: [2] }], meta: {} });
    const renamed = await mock.put(TREES, [{ id, name: 'X' }]).expect(200);
    expect(renamed.body.data).toEqual([{ id, name: 'X', channels: [2] }]);
    const unknown = await mock.put(TREES, [{ id: 999 }]).expect(422);
    expect(unknown.body).toMatchObject({
      status: 422,
      title: REFUSAL,
      errors: { '0.tree_id': 'Tree does not exist.' },
    });
    await mock.get(`${TREES}/999/categories`).expect(404);
  });

  it.each([
    ['a new tree without a name', { channels: [2] }, '0.name'],
    ['a new tree without a channel', { name: 'Outlet' }, '0.channels'],
    ['a new tree with an empty list of channels', { name: 'Outlet', channels: [] }, '0.channels'],
    ['a new tree for two channels', { name: 'Outlet', channels: [2, 3] }, '0.channels'],
    ['a second tree for a channel', { name: 'Outlet', channels: [1] }, '0.channels'],
    ['channels for a tree that exists', { id: 1, channels: [2] }, '0.channels'],
    ['an empty name', { id: 1, name: '' }, '0.name'],
  ])('refuses %s', async (_case, tree, field) => {
    const mock = await startMock();
    const { body } = await mock.put(TREES, [tree]).expect(422);
    expect(body.title).toBe(REFUSAL);
    expect(Object.keys(body.errors as object)).toEqual([field]);
  });

  it('does all or nothing', async () => {
    const mock = await startMock();
    const trees = [{ id: 1, name: 'Renamed' }, { name: 'Outlet', channels: [2] }, { id: 999 }, { name: 'No channel' }];
    const { body } = await mock.put(TREES, trees).expect(422);
    expect(Object.keys(body.errors as object)).toEqual(['2.tree_id', '3.channels']);
    const { body: after } = await mock.get(TREES);
    expect(pluck({ body: after }, 'name')).toEqual(['Default catalog tree']);
  });

  it('keeps the name of a tree that comes without one', async () => {
    const mock = await startMock();
    const { body } = await mock.put(TREES, [{ id: 1 }]).expect(200);
    expect(body.data[0].name).toBe('Default catalog tree');
  });

  it('takes 50 trees and refuses 51', async () => {
    const mock = await startMock();
    const trees = Array.from({ length: 51 }, (_, position) => ({ name: 'Outlet', channels: [position + 2] }));
    const { body } = await mock.put(TREES, trees).expect(413);
    expect(body).toMatchObject({
      title: 'The request payload is too large. The maximum trees allowed in the array is 50.',
      errors: {},
    });
    await mock.put(TREES, trees.slice(1)).expect(200);
  });

  it('wants a list', async () => {
    const mock = await startMock();
    const { body } = await mock.put(TREES, { name: 'Outlet', channels: [2] }).expect(422);
    expect(body.title).toBe('The request payload has to be a JSON array for the endpoint.');
  });
});

describe('deleteCategoryTrees', () => {
  it('refuses without a filter', async () => {
    const mock = await startMock();
    await newTree(mock);
    await mock.delete(TREES).expect(422);
    expect((await mock.get(TREES)).body.data).toHaveLength(2);
  });

  it('takes the categories of the tree with it; their products stay', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    const sale = await newTreeCategory(mock, { name: 'Sale', tree_id });
    await newTreeCategory(mock, { name: 'Last pieces', parent_id: sale });
    const bath = await newCategory(mock, 'Bath');
    const product = await newProduct(mock, { categories: [bath, sale] });
    await mock.delete(`${TREES}?id:in=${tree_id}`).expect(204);
    expect(await treeCategoryNames(mock)).toEqual(['Bath']);
    expect((await mock.get(`/v3/catalog/products/${product}`)).body.data.categories).toEqual([bath]);
    await mock.get(`${TREES}/${tree_id}/categories`).expect(404);
  });

  it('answers 404 for an unknown tree, and deletes none of the others', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    const { body } = await mock.delete(`${TREES}?id:in=${tree_id},42`).expect(404);
    expect(body).toMatchObject({ status: 404, title: 'Entity with id tree [42] was not found ', errors: {} });
    expect((await mock.get(TREES)).body.data).toHaveLength(2);
  });

  it('keeps the tree of the default storefront', async () => {
    const mock = await startMock();
    const tree_id = await newTree(mock);
    await mock.delete(`${TREES}?id:in=${tree_id},1`).expect(422);
    expect((await mock.get(TREES)).body.data).toHaveLength(2);
  });
});

describe('getCategoryTree', () => {
  it('nests categories, siblings by place and then by name', async () => {
    const mock = await startMock();
    const home = await newTreeCategory(mock, { name: 'Home', tree_id: 1, sort_order: 1 });
    const bath = await newTreeCategory(mock, { name: 'Bath', parent_id: home, is_visible: false });
    const attic = await newTreeCategory(mock, { name: 'attic', parent_id: home });
    const first = await newTreeCategory(mock, { name: 'Zoo', tree_id: 1, url: { path: '/animals/' } });
    await newTreeCategory(mock, { name: 'Elsewhere', tree_id: await newTree(mock) });
    const { body } = await mock.get(`${TREES}/1/categories`).expect(200);
    const leaf = { children: [], is_visible: true };
    expect(body).toEqual({
      data: [
        { ...leaf, id: first, parent_id: 0, depth: 0, path: [first], name: 'Zoo', url: '/animals/' },
        {
          id: home,
          parent_id: 0,
          depth: 0,
          path: [home],
          name: 'Home',
          is_visible: true,
          url: '/home/',
          children: [
            { ...leaf, id: attic, parent_id: home, depth: 1, path: [home, attic], name: 'attic', url: '/home/attic/' },
            {
              ...leaf,
              id: bath,
              parent_id: home,
              depth: 1,
              path: [home, bath],
              name: 'Bath',
              is_visible: false,
              url: '/home/bath/',
            },
          ],
        },
      ],
      meta: {},
    });
  });

  it('shows as many levels as depth says', async () => {
    const mock = await startMock();
    const top = await newTreeCategory(mock, { name: 'Top', tree_id: 1 });
    const middle = await newTreeCategory(mock, { name: 'Middle', parent_id: top });
    await newTreeCategory(mock, { name: 'Bottom', parent_id: middle });
    const one = await mock.get(`${TREES}/1/categories?depth=1`).expect(200);
    expect(one.body.data[0].children).toEqual([]);
    const two = await mock.get(`${TREES}/1/categories?depth=2`).expect(200);
    expect(two.body.data[0].children).toMatchObject([{ name: 'Middle', children: [] }]);
    await mock.get(`${TREES}/1/categories?depth=deep`).expect(422);
  });

  it('is empty for a tree without categories and 404 for an unknown one', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${TREES}/1/categories`).expect(200);
    expect(body).toEqual({ data: [], meta: {} });
    const unknown = await mock.get(`${TREES}/999/categories`).expect(404);
    expect(unknown.body.title).toBe('Entity with id tree [999] was not found ');
  });
});
