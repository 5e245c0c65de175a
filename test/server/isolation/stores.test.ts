/** Stores of one mock side by side: what happens in one is no other's business. */
import { describe, expect, it } from 'vitest';
import type { MockServer } from '../../../mock-server/index.js';
import { clientOf, control, startMock, type Reply, type StoreClient } from './store-client.js';

const brands = '/v3/catalog/brands';
const products = '/v3/catalog/products';

/** Two stores made alike, and clients of both. */
function twins(mock: MockServer) {
  const [acme, bolt] = [mock.createStore({ storeHash: 'acme' }), mock.createStore({ storeHash: 'bolt' })];
  return { acme, bolt, inAcme: clientOf(acme), inBolt: clientOf(bolt) };
}

describe('an access token', () => {
  it('opens its own store, and gets 401 on every other', async () => {
    const mock = await startMock();
    const { acme, bolt } = twins(mock);
    const stores = [mock.store, acme, bolt];
    // In turn and twice: what a connection remembers of its last token must not open another store.
    for (const round of [1, 2]) {
      for (const { storeHash, tokens } of stores) {
        for (const token of [tokens.fullAccess, tokens.readOnly, tokens.noScopes]) {
          for (const store of stores) {
            const { status } = await clientOf(store, token).get(brands);
            const isOpened = status === 200 || status === 403;
            expect(isOpened, `${storeHash} on ${store.storeHash}, round ${round}: ${status}`).toBe(
              storeHash === store.storeHash,
            );
          }
        }
      }
    }
  });

  it('of a removed store opens nothing on a new one of the same hash', async () => {
    const mock = await startMock();
    const old = mock.createStore({ storeHash: 'acme' });
    expect((await clientOf(old).get(brands)).status).toBe(200);
    old.remove();
    expect((await clientOf(old).get(brands)).status).toBe(404);
    const fresh = mock.createStore({ storeHash: 'acme' });
    expect((await clientOf(old).get(brands)).status).toBe(401);
    expect((await clientOf(fresh).get(brands)).status).toBe(200);
    // The handle of the old one does not reach the new one.
    old.remove();
    expect((await clientOf(fresh).get(brands)).status).toBe(200);
  });

  it('dies with its account, and no other store has lost one', async () => {
    const mock = await startMock();
    const { inAcme, inBolt } = twins(mock);
    const { data } = (await control(mock, 'GET', '/stores/acme/api-accounts')).body;
    for (const { id } of data) await control(mock, 'DELETE', `/stores/acme/api-accounts/${id}`);
    expect((await inAcme.get(brands)).status).toBe(401);
    expect((await inBolt.get(brands)).status).toBe(200);
  });

  it('and every id, secret and client id that a store makes up is its own', async () => {
    const mock = await startMock();
    const made = { accounts: [{ name: 'Warehouse', scopes: { products: 'read_only' } }] };
    const stores = Array.from({ length: 20 }, () => mock.createStore(made));
    const secrets = stores.flatMap(({ tokens, accounts }) => [
      ...[tokens.fullAccess, tokens.readOnly, tokens.noScopes],
      ...accounts.flatMap(({ client_id, client_secret, access_token }) => [client_id, client_secret, access_token]),
    ]);
    expect(new Set(secrets).size).toBe(20 * 6);
    expect(new Set(stores.map(({ storeHash }) => storeHash)).size).toBe(20);
  });
});

describe('a quota', () => {
  it('that is spent leaves the others whole', async () => {
    const mock = await startMock();
    const acme = mock.createStore({ rateLimit: '2/30' });
    const bolt = mock.createStore({ rateLimit: '2/30' });
    const statuses = async (client: StoreClient) => {
      const replies: Reply[] = [];
      for (let count = 0; count < 3; count += 1) replies.push(await client.get(brands));
      return replies.map(({ status, headers }): unknown[] => [status, headers.get('x-rate-limit-requests-left')]);
    };
    const spent = [
      [200, '1'],
      [200, '0'],
      [429, '0'],
    ];
    expect(await statuses(clientOf(acme))).toEqual(spent);
    expect(await statuses(clientOf(bolt))).toEqual(spent);
    // A window that ends in one store goes on in the other.
    acme.clock.advance(31_000);
    expect((await clientOf(acme).get(brands)).status).toBe(200);
    expect((await clientOf(bolt).get(brands)).status).toBe(429);
    acme.reset();
    expect((await clientOf(bolt).get(brands)).status).toBe(429);
  });
});

describe('a clock', () => {
  it('that is moved dates rows of its own store only', async () => {
    const mock = await startMock();
    const { acme, bolt, inAcme, inBolt } = twins(mock);
    acme.clock.set('2031-05-01T00:00:00Z');
    const yearIn = async (client: StoreClient) => {
      const { body } = await client.post('/v3/customers', [
        { email: `${Math.random()}@example.com`, first_name: 'Ada', last_name: 'Bell' },
      ]);
      return String(body.data[0].date_created).slice(0, 4);
    };
    const thisYear = new Date().toISOString().slice(0, 4);
    expect(await yearIn(inAcme)).toBe('2031');
    expect(await yearIn(inBolt)).toBe(thisYear);
    expect(await yearIn(clientOf(mock.store))).toBe(thisYear);
    bolt.reset();
    expect(acme.clock.now().getUTCFullYear()).toBe(2031);
    acme.reset();
    expect(acme.clock.now().toISOString().slice(0, 4)).toBe(thisYear);
  });
});

describe('rows', () => {
  /** Answers that are worked out once and kept until something changes. */
  const kept = [
    brands,
    `${products}?limit=50`,
    `${products}?include=variants,images,custom_fields`,
    `${products}?include_fields=name`,
    '/v3/catalog/summary',
    '/v3/catalog/products/category-assignments',
    '/v2/products?limit=50',
    '/v2/orders',
    '/v3/customers',
  ];
  const answersOf = (client: StoreClient) =>
    Promise.all(kept.map(async (path) => [path, (await client.get(path)).text] as const));

  it('of one store do not show in another, however often they were read before', async () => {
    const mock = await startMock({ size: 'small' });
    const { inAcme, inBolt } = twins(mock);
    const before = [await answersOf(inAcme), await answersOf(inBolt)];
    expect(await answersOf(inBolt)).toEqual(before[1]);
    const { data } = (await inAcme.get(`${products}?limit=3`)).body;
    expect((await inAcme.put(`${products}/${data[0].id}`, { name: 'Acme only', price: 1 })).status).toBe(200);
    expect((await inAcme.delete(`${products}/${data[1].id}`)).status).toBe(204);
    expect((await inAcme.post(brands, { name: 'Acme only' })).status).toBe(200);
    expect(await answersOf(inBolt)).toEqual(before[1]);
    expect(await answersOf(inAcme)).not.toEqual(before[0]);
    expect((await inBolt.get(`${products}/${data[0].id}`)).body.data).toEqual({ ...data[0] });
  });

  it('are summed up for each store, when as much was written to both', async () => {
    const mock = await startMock();
    const clients = [3, 5].map((count) => clientOf(mock.createStore({ size: `products=${count}` })));
    for (const round of [1, 2]) {
      for (const client of clients) {
        const { data } = (await client.get(`${products}?include=variants&limit=50`)).body;
        const found = data as { variants: unknown[]; categories: unknown[] }[];
        const summary = (await client.get('/v3/catalog/summary')).body.data;
        expect(summary.variant_count, `round ${round}`).toBe(found.flatMap(({ variants }) => variants).length);
        const assigned = (await client.get(`${products}/category-assignments`)).body.meta.pagination.total;
        expect(assigned, `round ${round}`).toBe(found.flatMap(({ categories }) => categories).length);
        await client.post(products, { name: `Kettle ${round}`, type: 'physical', weight: 1, price: 9 });
      }
    }
  });

  it('that name their store name the right one, in stores of one seed', async () => {
    const mock = await startMock({ size: 'small' });
    const { inAcme, inBolt } = twins(mock);
    for (const path of [`${products}?include=images&limit=50`, '/v2/orders', '/v3/hooks', '/v3/sites']) {
      const [acme, bolt] = [(await inAcme.get(path)).text, (await inBolt.get(path)).text];
      expect(acme, path).toMatch(/acme/);
      expect(bolt, path).not.toMatch(/acme|hashofthestore/);
      expect(bolt.replaceAll('bolt', 'acme'), path).toBe(acme);
    }
  });

  it('get the same ids in stores made alike, whatever was made elsewhere', async () => {
    const mock = await startMock({ size: 'small' });
    const { inAcme, inBolt } = twins(mock);
    for (let count = 0; count < 5; count += 1) await inAcme.post(brands, { name: `Brand ${count}` });
    const product = { name: 'Kettle', type: 'physical', weight: 1, price: 9 };
    await inAcme.post(products, product);
    const untouched = clientOf(mock.createStore());
    for (const [path, body] of [
      [brands, { name: 'Brand 0' }],
      [products, product],
    ] as const) {
      const [there, here] = [await untouched.post(path, body), await inBolt.post(path, body)];
      expect(here.body.data.id).toBe(there.body.data.id);
    }
  });

  it('come back after a reset or a restore of their own store only', async () => {
    const mock = await startMock({ size: 'small' });
    const { acme, inAcme, inBolt } = twins(mock);
    const namesIn = async (client: StoreClient) => {
      const { body } = await client.get(`${brands}?limit=250&include_fields=name`);
      return (body.data as { name: string }[]).map(({ name }) => name);
    };
    const start = await namesIn(inAcme);
    for (const client of [inAcme, inBolt]) await client.post(brands, { name: 'First' });
    acme.snapshot('first');
    for (const client of [inAcme, inBolt]) await client.post(brands, { name: 'Second' });
    acme.restore('first');
    expect(await namesIn(inAcme)).toEqual([...start, 'First']);
    expect(await namesIn(inBolt)).toEqual([...start, 'First', 'Second']);
    acme.reset();
    expect(await namesIn(inAcme)).toEqual(start);
    expect(await namesIn(inBolt)).toEqual([...start, 'First', 'Second']);
    expect((await control(mock, 'PUT', '/stores/bolt/snapshots/first')).status).toBe(404);
  });
});

describe('an uploaded file', () => {
  it('belongs to one store, even where ids and names are the same', async () => {
    const mock = await startMock({ size: 'small' });
    const { acme, inAcme, inBolt } = twins(mock);
    const { data } = (await inAcme.get(`${products}?limit=1`)).body;
    const upload = async (client: StoreClient, pixel: number) => {
      const form = new FormData();
      form.append('image_file', new Blob([gif(pixel)], { type: 'image/gif' }), 'kettle.gif');
      const { status, body } = await client.post(`${products}/${data[0].id}/images`, form);
      expect(status).toBe(200);
      return String(body.data.url_zoom);
    };
    const fetched = async (url: string) => {
      const response = await fetch(url);
      return response.ok ? Buffer.from(await response.arrayBuffer()) : response.status;
    };
    const [ofAcme, ofBolt] = [await upload(inAcme, 1), await upload(inBolt, 2)];
    expect(await fetched(ofAcme)).toEqual(gif(1));
    expect(await fetched(ofBolt)).toEqual(gif(2));
    acme.reset();
    expect(await fetched(ofAcme)).toBe(404);
    expect(await fetched(ofBolt)).toEqual(gif(2));
  });
});

/** One pixel. */
function gif(pixel: number): Buffer {
  const head = Buffer.from('474946383961010001008000000000', 'hex');
  return Buffer.concat([
    head,
    Buffer.from([pixel, 0xff, 0xff, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
  ]);
}
