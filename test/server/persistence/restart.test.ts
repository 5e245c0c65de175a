/** `--persist`: what a mock knows after a restart. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { defaultAccounts } from '../../../fixtures/index.js';
import type { Store } from '../../../mock-server/state/store.js';
import { newFolder, restart, startIn } from './persisted-mock.js';

const brands = '/v3/catalog/brands';

/** Every row there is. */
function everything(store: Store): object {
  return Object.fromEntries(store.allRows().map((collection) => [collection.name, collection.dump()]));
}

/** Does a text stand in the data of a folder, as it is now? */
function holds(folder: string, text: string): boolean {
  return readFileSync(join(folder, 'data.mdb')).includes(text);
}

describe('a restart', () => {
  it('leaves every row of a store as it was, whatever the next start asks for', async () => {
    const mock = await startIn(newFolder(), { size: 'small', seed: 3 });
    const before = everything(mock.state.stores.get('mockstore1')!);
    const again = await restart(mock, { size: 'medium', seed: 4 });
    // toEqual, as JSON leaves out what is undefined.
    expect(everything(again.state.stores.get('mockstore1')!)).toEqual(before);
    expect(again.state.settings).toMatchObject({ seed: 3, size: 'small' });
  });

  it('keeps what was created, changed and deleted', async () => {
    const mock = await startIn(newFolder());
    const { body: kept } = await mock.post(brands, { name: 'Kept' }).expect(200);
    const { body: gone } = await mock.post(brands, { name: 'Gone' }).expect(200);
    await mock.put(`${brands}/${kept.data.id}`, { name: 'Changed' }).expect(200);
    await mock.delete(`${brands}/${gone.data.id}`).expect(204);
    const again = await restart(mock);
    const { body } = await again.get(brands).expect(200);
    expect(body.data).toEqual([expect.objectContaining({ id: kept.data.id, name: 'Changed' })]);
  });

  it('gives no id twice, not even that of the newest row, deleted before', async () => {
    const mock = await startIn(newFolder());
    const { body: gone } = await mock.post(brands, { name: 'Gone' }).expect(200);
    await mock.delete(`${brands}/${gone.data.id}`).expect(204);
    const again = await restart(mock);
    const { body } = await again.post(brands, { name: 'New' }).expect(200);
    expect(body.data.id).toBe(Number(gone.data.id) + 1);
  });

  it('keeps rows below their parents', async () => {
    const mock = await startIn(newFolder());
    const product = { name: 'Tea', type: 'physical', weight: 1, price: 2 };
    const { body: made } = await mock.post('/v3/catalog/products', product).expect(200);
    const path = `/v3/catalog/products/${made.data.id}/metafields`;
    const metafield = { namespace: 'a', key: 'b', value: 'c', permission_set: 'write' };
    await mock.post(path, metafield).expect(200);
    const again = await restart(mock);
    expect((await again.get(path).expect(200)).body.data).toMatchObject([metafield]);
  });

  it('keeps no change of a refused request', async () => {
    const mock = await startIn(newFolder());
    await mock.post(brands, { name: 'Only' }).expect(200);
    await mock.post(brands, { name: 'Only' }).expect(409);
    const again = await restart(mock);
    expect((await again.get(brands)).body.data).toHaveLength(1);
  });

  it('keeps API accounts: a new token opens the store, a deleted one does not', async () => {
    const mock = await startIn(newFolder());
    const accounts = '/_mock/stores/mockstore1/api-accounts';
    const account = { name: 'Sync', scopes: { products: 'modify' } };
    const { body: kept } = await mock.raw.post(accounts).send(account).expect(201);
    const { body: gone } = await mock.raw.post(accounts).send(account).expect(201);
    await mock.raw.delete(`${accounts}/${gone.id}`).expect(204);
    const again = await restart(mock);
    const read = (token: string) => again.raw.get(`/stores/mockstore1${brands}`).set('X-Auth-Token', token);
    await read(kept.access_token).expect(200);
    await read(gone.access_token).expect(401);
    const { accounts: now } = again.state.stores.get('mockstore1')!;
    expect(now.clientSecretOf(now.byId(kept.id)!)).toBe(kept.client_secret);
  });

  it('writes no access token to the disk', async () => {
    const folder = newFolder();
    const mock = await startIn(folder);
    const account = { name: 'Sync', scopes: { products: 'modify' } };
    const { body } = await mock.raw.post('/_mock/stores/mockstore1/api-accounts').send(account).expect(201);
    await mock.close();
    const isWritten = [body.client_id, body.access_token, body.client_secret].map((text) => holds(folder, text));
    expect(isWritten).toEqual([true, false, false]);
  });

  it('keeps users', async () => {
    const mock = await startIn(newFolder());
    const users = '/_mock/stores/mockstore1/users';
    await mock.raw.post(users).send({ email: 'ada@example.com' }).expect(201);
    const again = await restart(mock);
    expect((await again.raw.get(users)).body.data).toMatchObject([{ is_owner: true }, { email: 'ada@example.com' }]);
  });

  it('keeps how far the clocks were moved', async () => {
    const mock = await startIn(newFolder());
    await mock.raw.post('/_mock/clock').send({ advance_ms: 86_400_000 }).expect(200);
    const again = await restart(mock);
    expect(again.state.clock.offsetMs).toBe(86_400_000);
    expect(again.state.stores.get('mockstore1')!.clock.offsetMs).toBe(86_400_000);
  });

  it('keeps uploaded files', async () => {
    const mock = await startIn(newFolder());
    const { files } = mock.state.stores.get('mockstore1')!;
    const bytes = Buffer.from([0, 255, 10, 13]);
    files.set('/_mock/cdn/s-mockstore1/a.png', { bytes, mediaType: 'image/png' });
    files.set('/_mock/cdn/s-mockstore1/b.png', { bytes, mediaType: 'image/png' });
    await mock.raw.get('/_mock/health').expect(200);
    files.delete('/_mock/cdn/s-mockstore1/b.png');
    const again = await restart(mock);
    const { body, type } = await again.raw.get('/_mock/cdn/s-mockstore1/a.png').expect(200);
    expect([type, body]).toEqual(['image/png', bytes]);
    await again.raw.get('/_mock/cdn/s-mockstore1/b.png').expect(404);
  });

  it('keeps what a GET changes: a login token works once, before or after', async () => {
    const mock = await startIn(newFolder());
    const customer = { email: 'c@example.com', first_name: 'C', last_name: 'D' };
    const { body } = await mock.post('/v3/customers', [customer]).expect(200);
    const iat = Math.floor(Date.now() / 1000);
    const claims = { iss: defaultAccounts[0]!.client_id, iat, jti: 'once', operation: 'customer_login' };
    const token = jwt.sign(
      { ...claims, store_hash: 'mockstore1', customer_id: body.data[0].id, redirect_to: '/in/' },
      'mock-secret-full-access',
    );
    expect((await mock.raw.get(`/login/token/${token}`).redirects(0)).headers.location).toBe('/in/');
    const again = await restart(mock);
    expect((await again.raw.get(`/login/token/${token}`).redirects(0)).headers.location).toContain('/login.php');
  });

  it('keeps stores made by POST /_mock/stores, with their tokens and quotas, in their order', async () => {
    const mock = await startIn(newFolder());
    for (const store_hash of ['zebra', 'acme', 'gone'])
      await mock.raw.post('/_mock/stores').send({ store_hash, rate_limit: '25/4' }).expect(201);
    const account = { name: 'Sync', scopes: { products: 'modify' } };
    const { body: made } = await mock.raw.post('/_mock/stores/acme/api-accounts').send(account).expect(201);
    await mock.raw.delete('/_mock/stores/gone').expect(204);
    const again = await restart(mock);
    const { body } = await again.raw.get('/_mock/stores').expect(200);
    expect(body.data).toMatchObject([
      { store_hash: 'mockstore1' },
      { store_hash: 'zebra' },
      { store_hash: 'acme', quota: { requests: 25, window_ms: 4_000 } },
    ]);
    await again.raw.get(`/stores/acme${brands}`).set('X-Auth-Token', made.access_token).expect(200);
  });

  it('adds the store that it is started for, when the folder has others only', async () => {
    const mock = await startIn(newFolder());
    await mock.post(brands, { name: 'Kept' }).expect(200);
    const again = await restart(mock, { storeHash: 'second' });
    expect([...again.state.stores.keys()].sort()).toEqual(['mockstore1', 'second']);
    expect((await again.raw.get('/_mock/stores/mockstore1')).body.counts['catalog.brands']).toBe(1);
  });

  it('finds a store as a reset left it', async () => {
    const mock = await startIn(newFolder());
    await mock.post(brands, { name: 'Gone' }).expect(200);
    await mock.raw.post('/_mock/reset').send({}).expect(200);
    const again = await restart(mock);
    expect((await again.get(brands)).body.data).toEqual([]);
  });

  it('finds a store as a snapshot left it, with what came after', async () => {
    const mock = await startIn(newFolder());
    await mock.post(brands, { name: 'Before' }).expect(200);
    await mock.raw.post('/_mock/stores/mockstore1/snapshots').send({ name: 'a' }).expect(201);
    await mock.post(brands, { name: 'Gone' }).expect(200);
    await mock.raw.put('/_mock/stores/mockstore1/snapshots/a').expect(200);
    await mock.post(brands, { name: 'After' }).expect(200);
    const again = await restart(mock);
    expect((await again.get(brands)).body.data).toMatchObject([{ name: 'Before' }, { name: 'After' }]);
  });

  it('keeps registered apps', async () => {
    const mock = await startIn(newFolder());
    mock.state.apps.keep({
      client_id: 'app-1',
      client_secret: 'secret-1',
      name: 'App',
      auth_callback: 'http://127.0.0.1:1/auth',
      load_callback: 'http://127.0.0.1:1/load',
      uninstall_callback: null,
      remove_user_callback: null,
      scopes: [],
      created_at: '2026-01-01T00:00:00.000Z',
    });
    const again = await restart(mock);
    expect(again.state.apps.byClientId('app-1')).toMatchObject({ name: 'App', client_secret: 'secret-1' });
  });
});

describe('what is written', () => {
  it('is in the database before the answer is out', async () => {
    const folder = newFolder();
    const mock = await startIn(folder);
    await mock.post(brands, { name: 'Answered' }).expect(200);
    // The mock is not closed, and no second has passed.
    expect(holds(folder, '"Answered"')).toBe(true);
  });

  it('is there before control calls answer, too', async () => {
    const folder = newFolder();
    const mock = await startIn(folder);
    const account = { name: 'Sync', scopes: { products: 'modify' } };
    const { body } = await mock.raw.post('/_mock/stores/mockstore1/api-accounts').send(account).expect(201);
    expect(holds(folder, body.client_id)).toBe(true);
    await mock.raw.post('/_mock/stores').send({ store_hash: 'anotherone' }).expect(201);
    expect(holds(folder, 'anotherone/store')).toBe(true);
  });

  it('tells names apart that are long, or hold what keys of the database cannot', async () => {
    const mock = await startIn(newFolder());
    const { files } = mock.state.stores.get('mockstore1')!;
    const paths = ['/a/', '/a/\u0000', `/${'x'.repeat(3_000)}`, `/${'x'.repeat(3_000)}y`, '/~é'];
    for (const [place, path] of paths.entries()) files.set(path, { bytes: Buffer.from([place]), mediaType: 'a/b' });
    const again = await restart(mock);
    const kept = again.state.stores.get('mockstore1')!.files;
    expect(paths.map((path) => kept.get(path)?.bytes[0])).toEqual([0, 1, 2, 3, 4]);
  });
});
