/** What becomes of what an API account owned, once the account is deleted. */
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../../mock-server/options.js';
import { assemble } from '../../../mock-server/server.js';
import { startMock, type MockClient } from '../mock.js';

const accounts = '/_mock/stores/mockstore1/api-accounts';

/** A mock with an account that may do what matters here, and a client of it. */
async function withAccount(): Promise<{
  mock: MockClient;
  client: MockClient;
  id: number;
  remove: () => Promise<void>;
}> {
  const mock = await startMock();
  const scopes = { products: 'modify', content: 'modify', checkout_content: 'modify' };
  const { body } = await mock.raw.post(accounts).send({ name: 'Doomed', scopes }).expect(201);
  const remove = async (): Promise<void> => {
    await mock.raw.delete(`${accounts}/${String(body.id)}`).expect(204);
  };
  return { mock, client: mock.as(body.access_token as string), id: body.id as number, remove };
}

describe('DELETE /_mock/stores/{store_hash}/api-accounts/{id}', () => {
  it('kills the token and forgets the account', async () => {
    const { mock, client, id, remove } = await withAccount();
    await client.get('/v3/catalog/products').expect(200);
    await remove();
    await client.get('/v3/catalog/products').expect(401);
    await mock.raw.get(`${accounts}/${String(id)}`).expect(404);
    await mock.raw.delete(`${accounts}/${String(id)}`).expect(404);
  });

  it('kills the token on connections that are open', async () => {
    const { app, state } = assemble(resolveOptions({ size: 'empty' }));
    await app.listen({ port: 0 });
    const { port } = app.server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const store = state.stores.get('mockstore1')!;
    const { account, access_token } = store.accounts.add({
      name: 'Doomed',
      scopes: ['store_v2_products'],
      created_at: '',
      created_by: '',
    });
    const sockets = new Set<unknown>();
    const status = (): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const path = '/stores/mockstore1/v3/catalog/brands';
        const call = request({ port, host: '127.0.0.1', path, agent, headers: { 'x-auth-token': access_token } });
        call.on('response', (response) => {
          sockets.add(call.socket);
          response.resume().on('end', () => {
            resolve(response.statusCode);
          });
        });
        call.on('error', reject).end();
      });
    const before = await status();
    store.accounts.remove(account.id);
    const after = await status();
    agent.destroy();
    await app.close();
    expect([before, after, sockets.size]).toEqual([200, 401, 1]);
  });

  it('removes its webhooks and leaves those of others', async () => {
    const { mock, client, remove } = await withAccount();
    const hook = { scope: 'store/product/created', destination: 'https://example.com/a', is_active: true };
    await client.post('/v3/hooks', hook).expect(200);
    const kept = await mock.post('/v3/hooks', hook).expect(200);
    await remove();
    const { data } = (await mock.get('/v3/hooks').expect(200)).body;
    expect((data as { id: number }[]).map(({ id }) => id)).toEqual([kept.body.data.id]);
    expect(mock.store.snapshot().collections.get('webhooks')?.rows).toHaveLength(1);
  });

  it('leaves its metafields to others as far as permission sets allow, and its scripts to nobody', async () => {
    const { mock, client, remove } = await withAccount();
    const { body: brand } = await client.post('/v3/catalog/brands', { name: 'Kettle & Co' }).expect(200);
    const metafields = `/v3/catalog/brands/${String(brand.data.id)}/metafields`;
    const create = async (permission_set: string): Promise<string> => {
      const field = { namespace: 'app', key: permission_set, value: 'v', permission_set };
      const { body } = await client.post(metafields, field).expect(200);
      return `${metafields}/${String(body.data.id)}`;
    };
    const [appOnly, read, write] = [await create('app_only'), await create('read'), await create('write')];
    const script = await client.post('/v3/content/scripts', { name: 'Badge', src: 'https://cdn.example.com/a.js' });
    await remove();
    const other = mock.asApp('another');
    await other.get(appOnly).expect(404);
    await other.get(read).expect(200);
    await other.put(read, { value: 'w' }).expect(403);
    await other.put(write, { value: 'w' }).expect(200);
    await other.delete(write).expect(403);
    await mock.asApp('superior', ['store_metafield_write_all']).delete(appOnly).expect(204);
    await other.get(`/v3/content/scripts/${String(script.body.data.uuid)}`).expect(404);
  });

  it('ends what its app signs', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.raw.post(accounts).send({ name: 'Login', scopes: { customers_login: 'login' } });
    const customer_id = (await mock.get('/v3/customers')).body.data[0].id as number;
    const signIn = async (jti: string, secret: string): Promise<string | undefined> => {
      const claims = { iss: body.client_id as string, store_hash: 'mockstore1', operation: 'customer_login' };
      const token = jwt.sign({ ...claims, customer_id, jti }, secret);
      return (await mock.raw.get(`/login/token/${token}`).redirects(0).expect(302)).headers.location;
    };
    const refused = '/login.php?action=login_error';
    expect(await signIn('one', 'mock-secret-full-access')).toBe(refused);
    expect(await signIn('two', body.client_secret as string)).toBe('/account.php');
    await mock.raw.delete(`${accounts}/${String(body.id)}`).expect(204);
    expect(await signIn('three', body.client_secret as string)).toBe(refused);
  });

  it('is logged, as the creation was', async () => {
    const { mock, remove } = await withAccount();
    await remove();
    const { data } = (await mock.get('/v3/store/systemlogs').expect(200)).body;
    expect(data).toMatchObject([
      { type: 'general', module: 'api accounts', severity: 'success', summary: 'API account created' },
      { summary: 'API account deleted', message: expect.stringContaining('owner@mockstore1.example.com') },
    ]);
  });

  it('leaves a store that still answers shoppers when every account is gone', async () => {
    const mock = await startMock({ size: 'small' });
    for (const id of [1, 2, 3]) await mock.raw.delete(`${accounts}/${String(id)}`).expect(204);
    await mock.get('/v3/catalog/products').expect(401);
    await mock.raw.get('/api/storefront/carts').expect(200);
  });

  it('is undone by a reset and by a snapshot, tokens included', async () => {
    const { mock, client, remove } = await withAccount();
    await mock.raw.post('/_mock/stores/mockstore1/snapshots').send({ name: 'before' }).expect(201);
    await remove();
    await mock.raw.put('/_mock/stores/mockstore1/snapshots/before').expect(200);
    await client.get('/v3/catalog/products').expect(200);
    await mock.raw.delete(`${accounts}/1`).expect(204);
    await mock.raw.post('/_mock/reset').expect(200);
    await mock.get('/v3/catalog/products').expect(200);
    await client.get('/v3/catalog/products').expect(401);
  });
});
