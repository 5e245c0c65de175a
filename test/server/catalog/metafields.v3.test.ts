/** Metafields have one rule set for products, variants, categories and brands. Acceptance scenario 23. */
import { describe, expect, it } from 'vitest';
import { fullAccessClientId, metafield } from '../../../fixtures/index.js';
import { brandMetafields } from '../../../mock-server/domains/catalog/metafields.v3.js';
import { startMock, type MockClient } from '../mock.js';
import { newBrand, newCategory } from './new-category.js';
import { BRAND_METAFIELDS, metafieldBody, mockWithBrand, newMetafield } from './new-metafield.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

interface Owner {
  readonly type: string;
  /** Where the metafields of all owners of a kind are. */
  readonly all: string;
  /** Creates an owner; gives its id and where its metafields are. */
  create(mock: MockClient): Promise<{ id: number; path: string; ownPath: string }>;
}

const owners: readonly Owner[] = [
  {
    type: 'product',
    all: '/v3/catalog/products/metafields',
    async create(mock) {
      const id = await newProduct(mock);
      const ownPath = `/v3/catalog/products/${id}`;
      return { id, path: `${ownPath}/metafields`, ownPath };
    },
  },
  {
    type: 'variant',
    all: '/v3/catalog/variants/metafields',
    async create(mock) {
      const product = await newProduct(mock);
      const { body } = await mock.get(`/v3/catalog/products/${product}`).expect(200);
      const id = body.data.base_variant_id as number;
      const path = `/v3/catalog/products/${product}/variants/${id}/metafields`;
      return { id, path, ownPath: `/v3/catalog/products/${product}` };
    },
  },
  {
    type: 'category',
    all: '/v3/catalog/categories/metafields',
    async create(mock) {
      const id = await newCategory(mock, 'Bath');
      const ownPath = `/v3/catalog/categories/${id}`;
      return { id, path: `${ownPath}/metafields`, ownPath };
    },
  },
  {
    type: 'brand',
    all: '/v3/catalog/brands/metafields',
    async create(mock) {
      const id = await newBrand(mock, 'Acme');
      const ownPath = `/v3/catalog/brands/${id}`;
      return { id, path: `${ownPath}/metafields`, ownPath };
    },
  },
];

describe.each(owners)('metafields of a $type', (owner) => {
  it('are created, read, changed and deleted one by one', async () => {
    const mock = await startMock();
    const { id: resource_id, path } = await owner.create(mock);
    const created = await mock.post(path, metafieldBody()).expect(200);
    const { id, date_created } = created.body.data as { id: number; date_created: string };
    expect(created.body).toEqual({
      data: {
        id,
        permission_set: 'read',
        namespace: 'Shelves',
        key: 'aisle',
        value: '4-2',
        description: '',
        resource_type: owner.type,
        resource_id,
        date_created: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
        date_modified: date_created,
        owner_client_id: fullAccessClientId,
      },
      meta: {},
    });
    expect((await mock.get(`${path}/${id}`).expect(200)).body).toEqual(created.body);
    await aMinutePasses(mock);
    const { body } = await mock.put(`${path}/${id}`, { value: '7-1' }).expect(200);
    expect(body.data).toEqual({ ...created.body.data, value: '7-1', date_modified: expect.any(String) });
    expect(body.data.date_modified > date_created).toBe(true);
    expect(pluck(await mock.get(path).expect(200), 'value')).toEqual(['7-1']);
    const { text } = await mock.delete(`${path}/${id}`).expect(204);
    expect(text).toBe('');
    await mock.delete(`${path}/${id}`).expect(404);
    await mock.put(`${path}/${id}`, { value: 'x' }).expect(404);
    const { body: gone } = await mock.get(`${path}/${id}`).expect(404);
    expect(gone.title).toBe('The resource at that URL is not found.');
  });

  it('are created, listed, changed and deleted in batches', async () => {
    const mock = await startMock();
    const { id: resource_id } = await owner.create(mock);
    const rows = [metafieldBody({ resource_id }), metafieldBody({ resource_id, key: 'bin' })];
    const created = await mock.post(owner.all, rows).expect(200);
    expect(created.body).toMatchObject({
      data: [{ key: 'aisle', resource_id, resource_type: owner.type }, { key: 'bin' }],
      errors: [],
      meta: { total: 2, success: 2, failed: 0 },
    });
    const [first, second] = pluck(created, 'id');
    const updated = await mock
      .put(owner.all, [
        { id: second, value: '9-f' },
        { id: first, key: 'row' },
      ])
      .expect(200);
    expect(updated.body).toMatchObject({
      data: [
        { id: second, value: '9-f', key: 'bin' },
        { id: first, value: '4-2', key: 'row' },
      ],
      errors: [],
      meta: { total: 2, success: 2, failed: 0 },
    });
    expect(pluck(await mock.get(owner.all).expect(200), 'key')).toEqual(['row', 'bin']);
    const { body } = await mock.delete(owner.all, [second, first] as object).expect(200);
    expect(body).toEqual({ data: [second, first], errors: [], meta: { total: 2, success: 2, failed: 0 } });
    expect((await mock.get(owner.all)).body.data).toEqual([]);
  });

  it('need an owner that exists', async () => {
    const mock = await startMock();
    const { path, id: resource_id } = await owner.create(mock);
    const unknown = path.replace(/\d+\/metafields$/, '9999/metafields');
    await mock.get(unknown).expect(404);
    await mock.post(unknown, metafieldBody()).expect(404);
    await newMetafield(mock, path);
    const rows = [metafieldBody({ resource_id: 9999 }), metafieldBody({ resource_id, key: 'bin' })];
    const { body } = await mock.post(owner.all, rows).expect(422);
    expect(body.errors[0].errors).toEqual({ '0.resource_id': expect.any(String) });
    expect(pluck({ body }, 'key')).toEqual(['bin']);
  });

  it('go with their owner', async () => {
    const mock = await startMock();
    const { path, ownPath } = await owner.create(mock);
    await newMetafield(mock, path);
    await mock.delete(ownPath).expect(204);
    expect((await mock.get(owner.all).expect(200)).body.data).toEqual([]);
  });

  it('belong to the account that made them (acceptance scenario 23)', async () => {
    const mock = await startMock();
    const other = mock.asApp('another-app');
    const { path, id: resource_id } = await owner.create(mock);
    const id = await newMetafield(mock, path);
    await mock.post(path, metafieldBody()).expect(409);
    await other.post(path, metafieldBody()).expect(200);
    await other.put(`${path}/${id}`, { value: 'mine' }).expect(403);
    await other.delete(`${path}/${id}`).expect(403);
    const rows = [metafieldBody({ resource_id }), metafieldBody({ resource_id, key: 'bin' })];
    const { body } = await mock.post(owner.all, rows).expect(422);
    expect(body.meta).toEqual({ total: 2, success: 1, failed: 1 });
  });
});

describe('createBrandMetafield', () => {
  it.each([
    ['permission_set', 'app_only'],
    ['permission_set', 'read'],
    ['permission_set', 'write'],
    ['permission_set', 'read_and_sf_access'],
    ['permission_set', 'write_and_sf_access'],
    ['namespace', 'n'.repeat(64)],
    ['key', 'k'.repeat(64)],
    ['value', 'v'.repeat(65_535)],
    ['description', 'd'.repeat(255)],
    ['description', ''],
  ])('takes a %s of %s', async (field, value) => {
    const { mock, path } = await mockWithBrand();
    const { body } = await mock.post(path, metafieldBody({ [field]: value })).expect(200);
    expect(body.data[field]).toBe(value);
  });

  it.each([
    ['permission_set', 'everyone'],
    ['namespace', ''],
    ['namespace', 'n'.repeat(65)],
    ['key', ''],
    ['key', 'k'.repeat(65)],
    ['value', ''],
    ['value', 'v'.repeat(65_536)],
    ['value', 7],
    ['description', 'd'.repeat(256)],
  ])('refuses a %s of %s', async (field, value) => {
    const { mock, path } = await mockWithBrand();
    const { body } = await mock.post(path, metafieldBody({ [field]: value })).expect(422);
    expect(Object.keys(body.errors as object)).toEqual([field]);
  });

  it('names all that is missing', async () => {
    const { mock, path } = await mockWithBrand();
    const { body } = await mock.post(path, {}).expect(422);
    expect(Object.keys(body.errors as object).sort()).toEqual(['key', 'namespace', 'permission_set', 'value']);
  });

  it('answers 400 to what is no JSON', async () => {
    const { mock, path } = await mockWithBrand();
    const { body } = await mock.post(path).type('json').send('{"key":').expect(400);
    expect(body).toMatchObject({ title: 'Input is invalid', detail: 'Syntax error' });
  });

  it('takes a key again in another namespace, and on another brand', async () => {
    const { mock, path } = await mockWithBrand();
    const other = await newBrand(mock, 'Bolt');
    await newMetafield(mock, path);
    await mock.post(path, metafieldBody({ permission_set: 'write', value: 'else' })).expect(409);
    await mock.post(path, metafieldBody({ namespace: 'Bins' })).expect(200);
    await mock.post(`/v3/catalog/brands/${other}/metafields`, metafieldBody()).expect(200);
  });

  it('ignores fields that the store gives itself', async () => {
    const { mock, path, id } = await mockWithBrand();
    const theirs = {
      id: 900,
      resource_id: 55,
      resource_type: 'cart',
      owner_client_id: 'x',
      date_created: '2001-01-01',
    };
    const { body } = await mock.post(path, metafieldBody(theirs)).expect(200);
    expect(body.data).toMatchObject({ resource_id: id, resource_type: 'brand', owner_client_id: fullAccessClientId });
    expect(body.data.id).not.toBe(900);
    expect(body.data.date_created).not.toBe('2001-01-01');
  });

  it('keeps 250 per brand and account', async () => {
    const { mock, path, id: resource_id } = await mockWithBrand();
    const rows = Array.from({ length: 250 }, (_, position) =>
      metafield(
        { resource_type: 'brand', resource_id, key: `key ${position}`, owner_client_id: fullAccessClientId },
        { id: position + 1 },
      ),
    );
    mock.store.rows(brandMetafields).load(
      rows,
      rows.map(() => resource_id),
    );
    await mock.post(path, metafieldBody()).expect(403);
    await mock.asApp('another-app').post(path, metafieldBody()).expect(200);
    await mock.delete(`${path}/1`).expect(204);
    await mock.post(path, metafieldBody()).expect(200);
    const other = await newBrand(mock, 'Bolt');
    await mock.post(`/v3/catalog/brands/${other}/metafields`, metafieldBody()).expect(200);
  });
});

describe('createProductMetafield', () => {
  it("does not count as a change of the product's own", async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const before = await dateModified(mock, product);
    await aMinutePasses(mock);
    await newMetafield(mock, `/v3/catalog/products/${product}/metafields`);
    expect(await dateModified(mock, product)).toBe(before);
  });
});

describe('createProductVariantMetafield', () => {
  it('answers 404 when the variant is of another product', async () => {
    const mock = await startMock();
    const towel = await newProduct(mock);
    const anvil = await newProduct(mock, { name: 'Anvil' });
    const { body } = await mock.get(`/v3/catalog/products/${anvil}`);
    await mock
      .post(`/v3/catalog/products/${towel}/variants/${body.data.base_variant_id}/metafields`, metafieldBody())
      .expect(404);
  });
});

describe('getBrandMetafield', () => {
  it('answers 404 for a metafield of another brand', async () => {
    const { mock, path } = await mockWithBrand();
    const other = await newBrand(mock, 'Bolt');
    const id = await newMetafield(mock, path);
    await mock.get(`/v3/catalog/brands/${other}/metafields/${id}`).expect(404);
    await mock.put(`/v3/catalog/brands/${other}/metafields/${id}`, { value: 'x' }).expect(404);
    await mock.delete(`/v3/catalog/brands/${other}/metafields/${id}`).expect(404);
  });

  it('hides what is for the app alone from other accounts', async () => {
    const { mock, path } = await mockWithBrand();
    const other = mock.asApp('another-app');
    const secret = await newMetafield(mock, path, { permission_set: 'app_only' });
    const open = await newMetafield(mock, path, { key: 'bin' });
    await mock.get(`${path}/${secret}`).expect(200);
    await other.get(`${path}/${secret}`).expect(404);
    await other.put(`${path}/${secret}`, { value: 'x' }).expect(404);
    await other.delete(`${path}/${secret}`).expect(404);
    for (const list of [path, BRAND_METAFIELDS]) {
      const { body } = await other.get(list).expect(200);
      expect(pluck({ body }, 'id')).toEqual([open]);
      expect(body.meta.pagination.total).toBe(1);
    }
    expect(pluck(await mock.get(BRAND_METAFIELDS), 'id')).toEqual([secret, open]);
  });
});

describe('updateBrandMetafield', () => {
  it.each([{ namespace: 'Bins' }, { key: 'bin' }, { permission_set: 'write' }, { description: 'x' }, { value: 'x' }])(
    'lets its account change %o and no other account',
    async (change) => {
      const { mock, path } = await mockWithBrand();
      const id = await newMetafield(mock, path);
      const { body } = await mock.asApp('another-app').put(`${path}/${id}`, change).expect(403);
      expect(Object.keys(body.errors as object)).toEqual(Object.keys(change));
      const changed = await mock.put(`${path}/${id}`, change).expect(200);
      expect(changed.body.data).toMatchObject(change);
    },
  );

  it.each([
    ['app_only', 404],
    ['read', 403],
    ['write', 200],
    ['read_and_sf_access', 403],
    ['write_and_sf_access', 200],
  ])('answers another account that changes the value of a metafield with %s: %i', async (permission_set, status) => {
    const { mock, path } = await mockWithBrand();
    const other = mock.asApp('another-app');
    const id = await newMetafield(mock, path, { permission_set });
    await other.put(`${path}/${id}`, { value: 'theirs' }).expect(status);
    const { body } = await mock.get(`${path}/${id}`);
    expect(body.data).toMatchObject({
      value: status === 200 ? 'theirs' : '4-2',
      owner_client_id: fullAccessClientId,
    });
  });

  it('lets another account that may write change nothing but the value', async () => {
    const { mock, path } = await mockWithBrand();
    const other = mock.asApp('another-app');
    const id = await newMetafield(mock, path, { permission_set: 'write' });
    await other.put(`${path}/${id}`, { key: 'bin', value: 'theirs' }).expect(403);
    await other.delete(`${path}/${id}`).expect(403);
    const before = await other.get(`${path}/${id}`).expect(200);
    await other.put(`${path}/${id}`, { ...before.body.data, value: 'theirs' }).expect(200);
  });

  it('answers 409 when the account has that key already', async () => {
    const { mock, path } = await mockWithBrand();
    await newMetafield(mock, path);
    const id = await newMetafield(mock, path, { key: 'bin' });
    await mock.put(`${path}/${id}`, { key: 'aisle' }).expect(409);
    await mock.put(`${path}/${id}`, { key: 'bin', value: 'x' }).expect(200);
  });

  it('refuses an empty value', async () => {
    const { mock, path } = await mockWithBrand();
    const id = await newMetafield(mock, path);
    await mock.put(`${path}/${id}`, { value: '' }).expect(422);
  });
});

describe('an account with full access to metafields', () => {
  it('sees, changes and deletes those of every account', async () => {
    const { mock, path } = await mockWithBrand();
    const full = mock.asApp('manager', ['store_metafield_write_all']);
    const id = await newMetafield(mock, path, { permission_set: 'app_only' });
    await full.get(`${path}/${id}`).expect(200);
    const { body } = await full.put(`${path}/${id}`, { key: 'bin', permission_set: 'read' }).expect(200);
    expect(body.data).toMatchObject({ key: 'bin', permission_set: 'read', owner_client_id: fullAccessClientId });
    await full.delete(BRAND_METAFIELDS, [id] as object).expect(200);
    await mock.get(`${path}/${id}`).expect(404);
  });
});

describe('the read-only account', () => {
  it('reads what others may read, and writes nothing', async () => {
    const { mock, path } = await mockWithBrand();
    const reader = mock.as('mock-token-read-only');
    const id = await newMetafield(mock, path, { permission_set: 'write' });
    await reader.get(`${path}/${id}`).expect(200);
    await reader.put(`${path}/${id}`, { value: 'x' }).expect(403);
    await reader.post(path, metafieldBody({ key: 'bin' })).expect(403);
  });
});

describe('getBrandsMetafields', () => {
  async function fiveMetafields(): Promise<{ mock: MockClient; ids: number[] }> {
    const { mock, path } = await mockWithBrand();
    const bolt = await newBrand(mock, 'Bolt');
    const ids: number[] = [];
    await mock.raw.post('/_mock/clock').send({ now: '2024-05-01T10:00:00Z' }).expect(200);
    for (const key of ['a', 'b', 'c']) ids.push(await newMetafield(mock, path, { key }));
    await mock.raw.post('/_mock/clock').send({ now: '2024-05-03T10:00:00Z' }).expect(200);
    for (const key of ['a', 'd'])
      ids.push(await newMetafield(mock, `/v3/catalog/brands/${bolt}/metafields`, { key, namespace: 'Bins' }));
    await mock.put(`${path}/${ids[0]}`, { value: 'new' }).expect(200);
    return { mock, ids };
  }

  it.each([
    ['', [0, 1, 2, 3, 4]],
    ['key=a', [0, 3]],
    ['key:in=a,d', [0, 3, 4]],
    ['namespace=Bins', [3, 4]],
    ['namespace:in=Bins,Other', [3, 4]],
    ['key=a&namespace=Shelves', [0]],
    ['date_created:min=2024-05-02', [3, 4]],
    ['date_created:max=2024-05-02T00:00:00', [0, 1, 2]],
    ['date_modified:min=2024-05-02', [0, 3, 4]],
    ['date_modified:max=2024-05-02', [1, 2]],
    ['direction=desc', [4, 3, 2, 1, 0]],
    ['direction=asc', [0, 1, 2, 3, 4]],
    ['limit=2&page=2', [2, 3]],
    ['limit=2&direction=desc&page=3', [0]],
  ])('?%s', async (query, positions) => {
    const { mock, ids } = await fiveMetafields();
    expect(pluck(await mock.get(`${BRAND_METAFIELDS}?${query}`).expect(200), 'id')).toEqual(
      positions.map((position) => ids[position]),
    );
  });

  it('filters the metafields of one brand in the same way, and by id', async () => {
    const { mock, ids } = await fiveMetafields();
    const path = '/v3/catalog/brands/1/metafields';
    expect(pluck(await mock.get(`${path}?key=b`), 'id')).toEqual([ids[1]]);
    expect(pluck(await mock.get(`${path}?id:in=${ids.join(',')}`), 'id')).toEqual(ids.slice(0, 3));
    expect(pluck(await mock.get(`${path}?id:min=${ids[1]}`), 'id')).toEqual(ids.slice(1, 3));
  });

  it('goes on from a cursor and back again', async () => {
    const { mock, ids } = await fiveMetafields();
    const first = await mock.get(`${BRAND_METAFIELDS}?limit=2`).expect(200);
    const { pagination, cursor_pagination } = first.body.meta as Record<string, { links: Record<string, string> }>;
    expect(pagination).toMatchObject({ total: 5, count: 2 });
    expect(cursor_pagination).toMatchObject({ count: 2, per_page: 2, start_cursor: expect.any(String) });
    const second = await mock.get(`${BRAND_METAFIELDS}${cursor_pagination!.links['next']}`).expect(200);
    expect(pluck(second, 'id')).toEqual(ids.slice(2, 4));
    expect(second.body.meta).not.toHaveProperty('pagination');
    const last = await mock.get(`${BRAND_METAFIELDS}${second.body.meta.cursor_pagination.links.next}`).expect(200);
    expect(pluck(last, 'id')).toEqual(ids.slice(4));
    expect(last.body.meta.cursor_pagination.links).not.toHaveProperty('next');
    const back = await mock.get(`${BRAND_METAFIELDS}${last.body.meta.cursor_pagination.links.previous}`).expect(200);
    expect(pluck(back, 'id')).toEqual(ids.slice(2, 4));
  });

  it('follows a cursor downwards, too', async () => {
    const { mock, ids } = await fiveMetafields();
    const first = await mock.get(`${BRAND_METAFIELDS}?limit=2&direction=desc`).expect(200);
    const next = await mock.get(`${BRAND_METAFIELDS}${first.body.meta.cursor_pagination.links.next}`).expect(200);
    expect(pluck(next, 'id')).toEqual([ids[2], ids[1]]);
  });

  it('refuses both cursors at once', async () => {
    const { mock } = await fiveMetafields();
    await mock.get(`${BRAND_METAFIELDS}?after=eyJpZCI6IjEifQ==&before=eyJpZCI6IjIifQ==`).expect(422);
  });

  it('returns the asked fields and always the id', async () => {
    const { mock, ids } = await fiveMetafields();
    const { body } = await mock.get(`${BRAND_METAFIELDS}?limit=1&include_fields=key,owner_client_id`).expect(200);
    expect(body.data).toEqual([{ id: ids[0], key: 'a', owner_client_id: fullAccessClientId }]);
  });
});

describe('getProductMetafields', () => {
  it('filters by the products themselves, odd as that is for the list of one', async () => {
    const mock = await startMock();
    const path = `/v3/catalog/products/${await newProduct(mock)}/metafields`;
    const { body } = await mock.post(path, metafieldBody()).expect(200);
    expect((await mock.get(`${path}?resource_id:in=${body.data.resource_id},99`)).body.data).toHaveLength(1);
    expect((await mock.get(`${path}?resource_id:in=99`)).body.data).toHaveLength(0);
  });
});
