/** What a mock writes down and does on request: journal, faults, webhooks, users and logs, kept apart by store. */
import { describe, expect, it } from 'vitest';
import { startReceiver } from '../webhooks/receiver.js';
import { clientOf, control, startMock } from './store-client.js';

const brands = '/v3/catalog/brands';

describe('the journal', () => {
  it('gives each store its own requests, and a reset clears those of one', async () => {
    const mock = await startMock();
    const [acme, bolt] = [mock.createStore(), mock.createStore()];
    await clientOf(acme).post(brands, { name: 'Acme' });
    await clientOf(bolt).post(brands, { name: 'Bolt' });
    await clientOf(bolt, 'wrong').get(brands);
    expect(acme.requests().map(({ status, store_hash }) => [status, store_hash])).toEqual([[200, acme.storeHash]]);
    expect(bolt.requests().map(({ status }) => status)).toEqual([200, 401]);
    expect(bolt.requests({ status: 401, method: 'get' })).toHaveLength(1);
    expect(mock.requests()).toHaveLength(3);
    acme.reset();
    expect(acme.requests()).toEqual([]);
    expect(bolt.requests()).toHaveLength(2);
    bolt.remove();
    expect(mock.requests()).toEqual([]);
  });

  it('keeps the newest thousand of each store: a busy one pushes out nobody else', async () => {
    const mock = await startMock();
    const [acme, bolt] = [mock.createStore(), mock.createStore()];
    await clientOf(acme).post(brands, { name: 'The only request' });
    const busy = clientOf(bolt);
    for (let round = 0; round < 11; round += 1) {
      await Promise.all(Array.from({ length: 100 }, () => busy.get('/v2/time')));
    }
    expect(acme.requests()).toMatchObject([{ request_body: { name: 'The only request' } }]);
    const { meta } = (await control(mock, 'GET', `/requests?store_hash=${bolt.storeHash}`)).body;
    expect(meta.total).toBe(1_000);
    expect(mock.requests({ path: brands })).toHaveLength(1);
  });

  it('waits for requests of one store', async () => {
    const mock = await startMock();
    const [acme, bolt] = [mock.createStore(), mock.createStore()];
    const waited = acme.waitFor({ operation_id: 'createBrand' }, 2);
    for (const name of ['One', 'Two']) await clientOf(bolt).post(brands, { name });
    await clientOf(acme).post(brands, { name: 'Three' });
    await expect(acme.waitFor({ operation_id: 'createBrand' }, 2, 0)).rejects.toThrow('1 of 2 requests within 0 ms');
    await clientOf(acme).post(brands, { name: 'Four' });
    const bodies = (await waited).map(({ request_body }) => request_body);
    expect(bodies).toEqual([{ name: 'Three' }, { name: 'Four' }]);
  });
});

describe('a fault', () => {
  it('of one store hits no other, and goes with its reset', async () => {
    const mock = await startMock();
    const [acme, bolt] = [mock.createStore(), mock.createStore()];
    acme.faults.add({ match: { path: brands }, fault: { status: 503 }, times: 1 });
    const ofBolt = bolt.faults.add({ fault: { status: 500 } });
    const statusIn = async (store: typeof acme) => (await clientOf(store).get(brands)).status;
    expect([await statusIn(bolt), await statusIn(acme), await statusIn(acme)]).toEqual([500, 503, 200]);
    expect(acme.faults.remove(ofBolt.id)).toBe(false);
    expect(acme.faults.all().map(({ hits }) => hits)).toEqual([1]);
    acme.reset();
    expect(acme.faults.all()).toEqual([]);
    expect(await statusIn(bolt)).toBe(500);
    bolt.faults.clear();
    expect(await statusIn(bolt)).toBe(200);
  });
});

describe('a webhook', () => {
  it('hears its own store, whose clock and removal are its own too', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    const [acme, bolt] = [mock.createStore({ storeHash: 'acme' }), mock.createStore({ storeHash: 'bolt' })];
    for (const { storeHash } of [acme, bolt]) {
      const hook = { scope: 'store/customer/created', destination: `${receiver.url}/${storeHash}`, is_active: true };
      expect((await clientOf(storeHash === 'acme' ? acme : bolt).post('/v3/hooks', hook)).status).toBe(200);
    }
    const customer = { email: 'ada@example.com', first_name: 'Ada', last_name: 'Bell' };
    await clientOf(acme).post('/v3/customers', [customer]);
    await clientOf(bolt).post('/v3/customers', [customer]);
    const callbacks = await receiver.got(2);
    expect(callbacks.map(({ path, body }) => [path, body.producer]).sort()).toEqual([
      ['/acme', 'stores/acme'],
      ['/bolt', 'stores/bolt'],
    ]);
    const deliveries = async (query = '') =>
      Number((await control(mock, 'GET', `/webhooks/deliveries${query}`)).body.meta.total);
    // A call is written down once it is answered.
    await expect.poll(() => deliveries()).toBe(2);
    expect(await deliveries('?store_hash=acme')).toBe(1);
    bolt.remove();
    expect([await deliveries(), await deliveries('?store_hash=bolt')]).toEqual([1, 0]);
    acme.reset();
    expect(await deliveries()).toBe(0);
  });
});

describe('accounts, users and logs', () => {
  it('that are made in one store are not in another', async () => {
    const mock = await startMock();
    const stores = [mock.createStore({ storeHash: 'acme' }), mock.createStore({ storeHash: 'bolt' })];
    const made = { name: 'Warehouse', scopes: { products: 'modify' } };
    const { status, body } = await control(mock, 'POST', '/stores/acme/api-accounts', made);
    expect(status).toBe(201);
    const user = { email: 'bo@example.com', first_name: 'Bo', last_name: 'Cole' };
    expect((await control(mock, 'POST', '/stores/acme/users', user)).status).toBe(201);
    const totals = async (hash: string) => [
      Number((await control(mock, 'GET', `/stores/${hash}/api-accounts`)).body.meta.total),
      Number((await control(mock, 'GET', `/stores/${hash}/users`)).body.meta.total),
    ];
    expect([await totals('acme'), await totals('bolt'), await totals('mockstore1')]).toEqual([
      [4, 2],
      [3, 1],
      [3, 1],
    ]);
    const [acme, bolt] = stores.map((store) => clientOf(store, body.access_token));
    expect([(await acme!.get(brands)).status, (await bolt!.get(brands)).status]).toEqual([200, 401]);
    const logged = async (store: (typeof stores)[number]) =>
      JSON.stringify((await clientOf(store).get('/v3/store/systemlogs')).body);
    expect(await logged(stores[0]!)).toContain('Warehouse');
    expect(await logged(stores[1]!)).not.toContain('Warehouse');
    stores[0]!.reset();
    expect((await acme!.get(brands)).status).toBe(401);
  });
});
