/** `/_mock/stores/{store_hash}/snapshots/{name}/content`: states of a store as JSON. */
import { describe, expect, it } from 'vitest';
import type { SnapshotContent } from '../../../mock-server/snapshots/content.js';
import { snapshotText } from '../../../mock-server/snapshots/text.js';
import { startMock, type MockClient } from '../mock.js';

const brands = '/v3/catalog/brands';
const snapshots = '/_mock/stores/mockstore1/snapshots';

/** Saves the state of a store; gives its content, and the text that it came as. */
async function saved(
  mock: MockClient,
  hash = 'mockstore1',
): Promise<{ readonly content: SnapshotContent; readonly text: string }> {
  const path = `/_mock/stores/${hash}/snapshots`;
  await mock.raw.post(path).send({ name: 'a' }).expect(201);
  const { body, text } = await mock.raw.get(`${path}/a/content`).expect(200);
  return { content: body as SnapshotContent, text };
}

/** Puts a content into a store and the store into that state. */
async function load(mock: MockClient, content: object, hash = 'mockstore1'): Promise<void> {
  const path = `/_mock/stores/${hash}/snapshots/loaded`;
  await mock.raw.put(`${path}/content`).send(content).expect(200);
  await mock.raw.put(path).expect(200);
}

describe('GET …/snapshots/{name}/content', () => {
  it('is the same text for the same state, whoever read what before', async () => {
    const first = await startMock({ size: 'small' });
    const second = await startMock({ size: 'small' });
    await second.get('/v3/catalog/products?limit=1').expect(200);
    await second.get('/v2/orders').expect(200);
    expect((await saved(second)).text).toBe((await saved(first)).text);
  });

  it('has each row in a line of its own and every key in its place', async () => {
    const mock = await startMock();
    await mock.post(brands, { name: 'Zeta', meta_keywords: ['b', 'a'] }).expect(200);
    const { text, content } = await saved(mock);
    const line = text.split('\n').find((each) => each.includes('"Zeta"'));
    expect(line).toMatch(/^ {8}\{"key":\d+,"row":\{"custom_url":.*"meta_keywords":\["b","a"\],.*"name":"Zeta",/);
    expect(Object.keys(content)).toEqual(Object.keys(content).sort());
    expect(text).toBe(snapshotText(content));
  });

  it('holds no secret', async () => {
    const mock = await startMock();
    const account = { name: 'Sync', scopes: { products: 'modify' } };
    const { body } = await mock.raw.post('/_mock/stores/mockstore1/api-accounts').send(account).expect(201);
    const { text } = await saved(mock);
    expect(text).toContain(body.client_id);
    for (const secret of [body.access_token, body.client_secret, mock.store.accounts.dump().key, 'mock-token-'])
      expect(text).not.toContain(secret);
  });

  it('is the state when it was saved, not that of now', async () => {
    const mock = await startMock();
    await mock.post(brands, { name: 'Then' }).expect(200);
    await mock.raw.post(snapshots).send({ name: 'a' }).expect(201);
    await mock.post(brands, { name: 'Later' }).expect(200);
    const { text } = await mock.raw.get(`${snapshots}/a/content`).expect(200);
    expect(text).toContain('"Then"');
    expect(text).not.toContain('"Later"');
  });

  it('answers 404 for a store or name that is unknown', async () => {
    const mock = await startMock();
    await mock.raw.get('/_mock/stores/nobody/snapshots/a/content').expect(404);
    await mock.raw.get(`${snapshots}/a/content`).expect(404);
  });
});

describe('PUT …/snapshots/{name}/content', () => {
  it('brings a whole small store into another mock', async () => {
    const from = await startMock({ size: 'small', seed: 5 });
    const { body } = await from.get(brands).expect(200);
    for (const { id } of body.data) await from.delete(`${brands}/${id}`).expect(204);
    const { text, content } = await saved(from);
    const to = await startMock({ size: 'small', seed: 6 });
    await load(to, content);
    expect((await saved(to)).text).toBe(text);
  });

  it('goes on with the ids of the store it came from', async () => {
    const from = await startMock();
    const { body } = await from.post(brands, { name: 'Gone' }).expect(200);
    await from.delete(`${brands}/${body.data.id}`).expect(204);
    const to = await startMock();
    await load(to, (await saved(from)).content);
    expect((await to.post(brands, { name: 'New' }).expect(200)).body.data.id).toBe(Number(body.data.id) + 1);
  });

  it('makes rows that name the one store name the other, whose tokens stay', async () => {
    const mock = await startMock({ size: 'products=2' });
    const { body: made } = await mock.raw
      .post('/_mock/stores')
      .send({ store_hash: 'worker7', size: 'empty' })
      .expect(201);
    const { content, text } = await saved(mock);
    expect(text).toContain('mockstore1');
    await load(mock, content, 'worker7');
    const { text: loaded } = await saved(mock, 'worker7');
    expect(loaded).not.toContain('mockstore1');
    const { body } = await mock.raw
      .get('/stores/worker7/v3/catalog/products')
      .set('X-Auth-Token', made.tokens.full_access)
      .expect(200);
    expect(body.data).toHaveLength(2);
  });

  it('saves and restores nothing by itself', async () => {
    const mock = await startMock();
    const { content } = await saved(mock);
    await mock.post(brands, { name: 'Stays' }).expect(200);
    await mock.raw.put(`${snapshots}/b/content`).send(content).expect(200);
    expect((await mock.get(brands)).body.data).toHaveLength(1);
    const { body } = await mock.raw.get(snapshots).expect(200);
    expect(body.data).toEqual([expect.objectContaining({ name: 'a' }), expect.objectContaining({ name: 'b' })]);
  });

  const brand = { key: 1, row: { id: 1, name: 'A', custom_url: { url: '/a/', is_customized: false } } };
  const withBrands = (rows: object[], last_id = 1) => ({ collections: { 'catalog.brands': { last_id, rows } } });
  it.each<[string, object, string]>([
    ['of another format', { format: 'something else' }, 'format'],
    ['of a newer version', { version: 2 }, 'version'],
    ['with a field that is none', { extra: 1 }, 'body'],
    ['without accounts', { accounts: undefined }, 'body'],
    ['with a store hash that is none', { store_hash: 'Not A Hash' }, 'store_hash'],
    ['with a number that is none', { numbers: { a: 'b' } }, 'numbers.a'],
    ['with an unknown collection', { collections: { nonsense: { last_id: 0, rows: [] } } }, 'collections.nonsense'],
    ['with a row that is none', withBrands([{ key: 1, row: 5 }]), 'collections.catalog.brands.rows.0.row'],
    [
      'with a row that lacks what is unique in it',
      withBrands([{ key: 1, row: { id: 1 } }]),
      'collections.catalog.brands',
    ],
    ['with one key twice', withBrands([brand, brand]), 'collections.catalog.brands'],
    ['with a key that its row contradicts', withBrands([{ ...brand, key: 2 }]), 'collections.catalog.brands.rows.0'],
    ['with an id beyond numbers', withBrands([brand], -1), 'collections.catalog.brands.last_id'],
    ['without an owner', { users: { last_id: 1, users: [] } }, 'users.users'],
  ])('refuses a content %s, and keeps nothing', async (_, change, field) => {
    const mock = await startMock();
    const { content } = await saved(mock);
    const { body } = await mock.raw
      .put(`${snapshots}/b/content`)
      .send({ ...content, ...change })
      .expect(422);
    expect(body).toMatchObject({ status: 422, errors: { [field]: expect.any(String) } });
    expect((await mock.raw.get(snapshots)).body.meta.total).toBe(1);
  });

  it('refuses a name that is none', async () => {
    const mock = await startMock();
    const { content } = await saved(mock);
    const { body } = await mock.raw.put(`${snapshots}/-b/content`).send(content).expect(422);
    expect(body.errors).toEqual({ name: expect.any(String) });
  });

  it('refuses what is no object', async () => {
    const mock = await startMock();
    await mock.raw.put(`${snapshots}/b/content`).send([]).expect(422);
    await mock.raw.put(`${snapshots}/b/content`).expect(422);
  });
});
