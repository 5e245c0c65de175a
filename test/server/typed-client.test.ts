/**
 * A typed client of the generated types, openapi-fetch, against the running mock. Half of this test is done by the
 * compiler: every `@ts-expect-error` is an error of its own when what it stands above compiles.
 */
import createClient, { type Client } from 'openapi-fetch';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { startMockServer, type MockServer } from '../../mock-server/index.js';
import type { components, operations, paths } from '../../openapi/index.js';

type Product = components['schemas']['Product'];

let mock: MockServer;
let client: Client<paths>;
let store: { readonly store_hash: string };

beforeAll(async () => {
  mock = await startMockServer({ port: 0, plan: 'unlimited', log: 'silent' });
  client = createClient<paths>({ baseUrl: mock.url, headers: { 'X-Auth-Token': mock.tokens.fullAccess } });
  store = { store_hash: mock.storeHash };
});

afterAll(() => mock.close());

describe('paths', () => {
  it('type a list of V3 and its filters', async () => {
    const { data, error, response } = await client.GET('/stores/{store_hash}/v3/catalog/products', {
      params: { path: store, query: { 'id:in': [101, 103], include_fields: ['name'], limit: 5 } },
      querySerializer: { array: { style: 'form', explode: false } },
    });
    expect(error).toBeUndefined();
    expect(response.status).toBe(200);
    expect(data!.data.map(({ id }) => id)).toEqual([101, 103]);
    expectTypeOf(data!.data).items.toExtend<Pick<Product, 'id' | 'name'>>();
  });

  it('type what a list of V2 answers: the rows themselves', async () => {
    const { data } = await client.GET('/stores/{store_hash}/v2/orders', {
      params: { path: store, query: { limit: 2 } },
    });
    expect(data).toHaveLength(2);
    expectTypeOf(data!).toBeArray();
    expect(data![0]!.total_inc_tax).toMatch(/^\d+\.\d{4}$/);
  });

  it('type a body, and the row that comes back', async () => {
    const { data } = await client.POST('/stores/{store_hash}/v3/pricelists', {
      params: { path: store },
      body: { name: 'Trade', active: true },
    });
    expect(data?.data?.name).toBe('Trade');
    expectTypeOf(data!.data!.name).toExtend<string | undefined>();
  });

  it('type a refusal', async () => {
    const { data, error } = await client.POST('/stores/{store_hash}/v3/catalog/products', {
      params: { path: store },
      // @ts-expect-error -- a product has a name, a type, a price and a weight
      body: { name: 'Nothing else' },
    });
    expect(data).toBeUndefined();
    expect(error).toMatchObject({ status: 422 });
  });

  it('refuse what the API does not have', () => {
    const wrong = [
      // @ts-expect-error -- there is no such path
      () => client.GET('/stores/{store_hash}/v3/catalog/nonsense', { params: { path: store } }),
      // @ts-expect-error -- the path has a parameter
      () => client.GET('/stores/{store_hash}/v3/catalog/products', {}),
      // @ts-expect-error -- there is no such filter
      () => client.GET('/stores/{store_hash}/v3/catalog/products', { params: { path: store, query: { nonsense: 1 } } }),
      // @ts-expect-error -- a summary is read, not written
      () => client.PUT('/stores/{store_hash}/v3/catalog/summary', { params: { path: store } }),
    ];
    expect(wrong).toHaveLength(4);
  });
});

describe('operations', () => {
  it('are typed by their ids', () => {
    type Answer = operations['getProduct']['responses'][200]['content']['application/json'];
    expectTypeOf<NonNullable<Answer['data']>['id']>().toExtend<number | undefined>();
    // @ts-expect-error -- there is no such operation
    expectTypeOf<operations['nonsense']>().not.toBeNever();
  });
});
