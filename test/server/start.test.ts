/** A mock started from code: what a test file does with it without knowing the control API. */
import { describe, expect, it } from 'vitest';
import { OptionsError } from '../../mock-server/index.js';
import { clientOf, control, startMock } from './isolation/store-client.js';

const brands = '/v3/catalog/brands';

/** The error of a call that must fail. */
function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error('it did not fail');
}

describe('startMockServer', () => {
  it('gives the default store with its published tokens', async () => {
    const mock = await startMock({ storeHash: 'acme' });
    expect(mock.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect([mock.storeHash, mock.store.storeHash]).toEqual(['acme', 'acme']);
    expect(mock.tokens).toEqual({
      fullAccess: 'mock-token-full-access',
      readOnly: 'mock-token-read-only',
      noScopes: 'mock-token-no-scopes',
    });
    expect((await clientOf(mock.store).get(brands)).status).toBe(200);
  });

  it('frees its port when it is closed, and says so when that is taken', async () => {
    const mock = await startMock();
    const port = Number(new URL(mock.url).port);
    await expect(startMock({ port })).rejects.toThrow('EADDRINUSE');
    await mock.close();
    expect((await startMock({ port })).url).toBe(mock.url);
  });
});

describe('createStore', () => {
  it('takes what is left out from the default store', async () => {
    const mock = await startMock({ size: 'products=2', seed: 5, plan: 'pro' });
    const store = mock.createStore();
    expect((await control(mock, 'GET', `/stores/${store.storeHash}`)).body).toMatchObject({
      seed: 5,
      quota: { requests: 450 },
      counts: { 'catalog.products': 2 },
    });
  });

  it('makes the accounts asked for, and tells their secrets', async () => {
    const mock = await startMock();
    const store = mock.createStore({
      storeHash: 'acme',
      accounts: [
        { name: 'Warehouse', scopes: { products: 'read_only' } },
        { name: 'Moving out', preset: 'migration-source' },
      ],
    });
    expect(store.accounts.map(({ name }) => name)).toEqual(['Warehouse', 'Moving out']);
    const warehouse = clientOf(store, store.accounts[0]!.access_token);
    expect((await warehouse.get(brands)).status).toBe(200);
    expect((await warehouse.post(brands, { name: 'Acme' })).status).toBe(403);
    store.reset();
    expect((await warehouse.get(brands)).status).toBe(200);
  });

  it.each<[string, object, string]>([
    ['a hash with capitals', { storeHash: 'Acme' }, 'storeHash: "Acme" is not usable; expected 1 to 32 lower-case'],
    ['a hash that is taken', { storeHash: 'mockstore1' }, 'storeHash: "mockstore1" is not usable; expected another'],
    ['a quota that is none', { rateLimit: 'fast' }, 'rateLimit: "fast" is not usable; expected <requests>/<seconds>'],
    ['an unknown option', { storehash: 'acme' }, 'storehash: "acme" is not usable; expected one of'],
    ['an account without a name', { accounts: [{ scopes: { products: 'modify' } }] }, 'accounts.0.name: undefined'],
  ])('refuses %s and makes nothing', async (_, options, message) => {
    const mock = await startMock();
    const error = errorOf(() => mock.createStore(options));
    expect(error).toBeInstanceOf(OptionsError);
    expect(error.message).toContain(message);
    expect((await control(mock, 'GET', '/stores')).body.meta.total).toBe(1);
  });
});

describe('a running mock', () => {
  it('tells, waits for and forgets the requests of all its stores', async () => {
    const mock = await startMock();
    const waited = mock.waitFor({ method: 'POST', path: brands }, 2, 5_000);
    await clientOf(mock.store).post(brands, { name: 'One' });
    await clientOf(mock.createStore()).post(brands, { name: 'Two' });
    expect((await waited).map(({ request_body }) => request_body)).toEqual([{ name: 'One' }, { name: 'Two' }]);
    expect(mock.requests({ status: 200 })).toHaveLength(2);
    mock.reset();
    expect(mock.requests()).toEqual([]);
    await expect(mock.waitFor({ path: brands }, 1, 0)).rejects.toThrow(
      `0 of 1 requests within 0 ms: {"path":"${brands}"}`,
    );
  });

  it('moves the clocks of all its stores', async () => {
    const mock = await startMock();
    const store = mock.createStore();
    mock.clock.set(new Date('2030-06-01T00:00:00Z'));
    mock.clock.advance(86_400_000);
    for (const { clock } of [mock, mock.store, store]) expect(clock.now().toISOString()).toContain('2030-06-02T00:00');
    mock.reset();
    expect(store.clock.now().getUTCFullYear()).toBe(new Date().getUTCFullYear());
  });

  it('makes requests fail in any store', async () => {
    const mock = await startMock();
    const fault = mock.faults.add({ match: { operation_id: 'getBrands' }, fault: { status: 502 }, times: 2 });
    const clients = [clientOf(mock.store), clientOf(mock.createStore())];
    for (const client of clients) expect((await client.get(brands)).status).toBe(502);
    for (const client of clients) expect((await client.get(brands)).status).toBe(200);
    expect(mock.faults.all()).toMatchObject([{ id: fault.id, hits: 2 }]);
    expect([mock.faults.remove(fault.id), mock.faults.remove(fault.id)]).toEqual([true, false]);
  });

  it('names what it cannot use', async () => {
    const mock = await startMock();
    const { clock, faults, store } = mock;
    const messages = [
      () => {
        clock.set('tomorrow');
      },
      () => {
        clock.advance(0.5);
      },
      () => faults.add({ match: { path: 'brands' }, fault: { status: 500 } }),
      () => faults.add({ fault: { status: 42 } }),
      () => mock.requests({ operation_id: 'getNothing' }),
      () => {
        store.snapshot('no good name');
      },
      () => {
        store.restore('nothing');
      },
    ].map((call) => errorOf(call).message);
    expect(messages).toEqual([
      'now: "tomorrow" is not usable; expected an ISO 8601 date or milliseconds since 1970',
      expect.stringMatching(/^advance_ms: 0\.5 is not usable; expected a whole number/),
      expect.stringMatching(/^match\.path: "brands" is not usable; expected a path/),
      'fault.status: 42 is not usable; expected a whole number from 200 to 599',
      expect.stringMatching(/^operation_id: "getNothing" is not usable; expected the operationId/),
      expect.stringMatching(/^name: "no good name" is not usable; expected 1 to 100 letters/),
      'name: "nothing" is not usable; expected another one: none is saved',
    ]);
    await expect(mock.waitFor({ status: 7_000 })).rejects.toThrow('filter.status: 7000 is not usable');
  });
});
