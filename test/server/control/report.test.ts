/** `/_mock/report`: what clients did, what broke the contract, which scopes would have sufficed. */
import { describe, expect, it } from 'vitest';
import type { AccountReport, ContractReport } from '../../../mock-server/index.js';
import { clientOf, startMock as startWithStores } from '../isolation/store-client.js';
import { FULL, READ_ONLY, startMock, type MockClient } from '../mock.js';
import { startReceiver } from '../webhooks/receiver.js';
import { answerProblems } from './described-answer.js';

const brands = '/v3/catalog/brands';

async function reportOf(mock: MockClient, query = ''): Promise<ContractReport> {
  const answer = await mock.raw.get(`/_mock/report${query}`).expect(200);
  expect(answerProblems('get', '/_mock/report', answer)).toEqual([]);
  return answer.body as ContractReport;
}

function accountOf({ accounts }: ContractReport, name: string | null): AccountReport {
  const account = accounts.find((each) => each.name === name);
  if (!account) throw new Error(`the report has no account ${String(name)}`);
  return account;
}

describe('the accounts of a report', () => {
  it('have the operations they exercised, by outcome', async () => {
    const mock = await startMock();
    await mock.post(brands, { name: 'Kettle & Co' }).expect(200);
    await mock.post(brands, { name: 'Kettle & Co' }).expect(409);
    await mock.post(brands, { name: 7 }).expect(422);
    await mock.get(`${brands}/9999`).expect(404);
    await mock.as(READ_ONLY).post(brands, { name: 'No' }).expect(403);
    await mock.as('nobody').get(brands).expect(401);
    await mock.raw.get('/_mock/health');
    const report = await reportOf(mock);
    expect(accountOf(report, 'Full access').operations).toEqual([
      { operation_id: 'createBrand', requests: 3, outcomes: { '2xx': 1, '409': 1, '422': 1 } },
      { operation_id: 'getBrand', requests: 1, outcomes: { '404': 1 } },
    ]);
    expect(accountOf(report, 'Read only').outcomes).toEqual({ '403': 1 });
    expect(accountOf(report, null)).toMatchObject({ outcomes: { '401': 1 }, least_scopes: [], missing_scopes: [] });
    expect(report.totals).toMatchObject({
      requests: 6,
      operations_exercised: 3,
      operations: 690,
      coverage_percent: 0.43,
    });
  });

  it('count cut connections and 5xx, too', async () => {
    const mock = await startMock();
    for (const fault of [{ reset: true }, { status: 503 }, { status: 418 }])
      await mock.raw.post('/_mock/faults').send({ fault, times: 1 });
    await expect(mock.get(brands)).rejects.toThrow();
    await mock.get(brands).expect(503);
    await mock.get(brands).expect(418);
    const { totals, violations } = await reportOf(mock);
    expect(totals.outcomes).toEqual({ cut: 1, '5xx': 1, '4xx': 1 });
    // What a test asked for is no broken contract.
    expect(violations).toEqual([]);
  });
});

describe('the scopes of a report', () => {
  it('are the weakest that would have sufficed, and those that were not needed', async () => {
    const mock = await startMock();
    await mock.get(brands).expect(200);
    await mock.get('/v3/hooks').expect(200);
    await mock.put('/v3/settings/store/profile', { store_name: 'Teahouse' }).expect(200);
    const account = accountOf(await reportOf(mock), 'Full access');
    expect(account.least_scopes).toEqual([
      { scope: 'default', operations: ['getWebhooks'] },
      { scope: 'store_v2_information', operations: ['updateSettingsStoreProfile'] },
      { scope: 'store_v2_products_read_only', operations: ['getBrands'] },
    ]);
    expect(account.unused_scopes).toContainEqual({
      scope: 'store_v2_products',
      operations: ['getBrands'],
      instead: ['store_v2_products_read_only'],
    });
    expect(account.unused_scopes).toContainEqual({ scope: 'store_v2_orders', operations: [], instead: [] });
    const unused = account.unused_scopes.map(({ scope }) => scope);
    expect(unused).not.toContain('store_v2_information');
    expect(unused).not.toContain('default');
    // No operation asks for it: that it was not needed is more than the mock can know.
    expect(unused).not.toContain('store_metafield_write');
    expect(account.unjudged_scopes).toContain('store_metafield_write');
    expect(account.missing_scopes).toEqual([]);
  });

  it('name what a refused operation lacked', async () => {
    const mock = await startMock();
    const reader = mock.as(READ_ONLY);
    await reader.get(brands).expect(200);
    await reader.post(brands, { name: 'No' }).expect(403);
    const account = accountOf(await reportOf(mock), 'Read only');
    expect(account.missing_scopes).toEqual([{ scope: 'store_v2_products', operations: ['createBrand'] }]);
    expect(account.least_scopes).toEqual([{ scope: 'store_v2_products_read_only', operations: ['getBrands'] }]);
  });

  it('name what auth: soft let pass', async () => {
    const mock = await startMock({ auth: 'soft' });
    await mock.as(READ_ONLY).post(brands, { name: 'Let in' }).expect(200);
    const account = accountOf(await reportOf(mock), 'Read only');
    const needed = [{ scope: 'store_v2_products', operations: ['createBrand'] }];
    expect(account).toMatchObject({ missing_scopes: needed, least_scopes: needed });
  });

  it('do not take a 403 with other reasons for a missing scope', async () => {
    const mock = await startMock();
    await mock.get(brands).set('Prefer', 'code=403').expect(403);
    const account = accountOf(await reportOf(mock), 'Full access');
    expect(account.missing_scopes).toEqual([]);
    expect(account.least_scopes).toMatchObject([{ operations: ['getBrands'] }]);
  });
});

describe('the violations of a report', () => {
  it('say where, which rule, and how to make the request again', async () => {
    const mock = await startMock();
    await mock.post(brands, { name: "Kettle's" }).expect(200);
    for (const name of [7, 8]) await mock.post(brands, { name }).expect(422);
    const { violations, totals } = await reportOf(mock);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatchObject({
      check: 'request-body',
      operation_id: 'createBrand',
      pointer: '/request/body/name',
      rule: 'type',
      expected: 'string',
      received: 7,
      requests: 2,
      status: 422,
    });
    expect(violations[0]!.curl).toMatch(/^curl --globoff -X POST http:\/\/127\.0\.0\.1:\d+\/stores\/mockstore1\/v3/);
    expect(violations[0]!.curl).toContain('-H "X-Auth-Token: $BIGCOMMERCE_ACCESS_TOKEN"');
    expect(violations[0]!.curl).toContain(`--data-raw '{"name":7}'`);
    expect(totals).toMatchObject({ violations: 1, requests_checked: 3 });
  });

  it('have each path and method that is described nowhere, for the store that was asked', async () => {
    const mock = await startMock();
    await mock.get('/v3/catalog/teapots?limit=1').expect(404);
    await mock.get('/v3/catalog/teapots?limit=2').expect(404);
    await mock.delete('/v3/catalog/teapots').expect(404);
    const { violations, totals } = await reportOf(mock, '?store_hash=mockstore1');
    expect(violations).toMatchObject([
      { check: 'request-route', operation_id: null, method: 'GET', requests: 2 },
      { check: 'request-route', operation_id: null, method: 'DELETE', requests: 1 },
    ]);
    expect(totals.operations_exercised).toBe(0);
  });

  it('show no token, secret or password', async () => {
    const mock = await startMock();
    const authentication = { new_password: ['not-for-anyone-1'] };
    await mock.post('/v3/customers', [{ first_name: 7, authentication: { new_password: 'not-for-anyone-2' } }]);
    await mock.post('/v3/customers', [{ first_name: 'A', last_name: 'B', email: 'a@example.com', authentication }]);
    await mock.raw
      .post('/stores/mockstore1/v3/customers')
      .set('X-Auth-Token', FULL)
      .set('Content-Type', 'application/json')
      .send('[{"new_password": "not-for-anyone-3", ');
    const json = await mock.raw.get('/_mock/report').expect(200);
    const markdown = await mock.raw.get('/_mock/report').set('Accept', 'text/markdown').expect(200);
    expect((json.body as ContractReport).violations.length).toBeGreaterThan(2);
    for (const { text } of [json, markdown]) expect(text).not.toMatch(/not-for-anyone|mock-token/);
  });

  it('leave what OAuth answers alone', async () => {
    const mock = await startMock();
    await mock.raw.post('/oauth2/token').send({}).expect(400);
    expect((await reportOf(mock)).violations).toEqual([]);
  });
});

describe('the traffic of a report', () => {
  it('has empty V2 lists', async () => {
    const mock = await startMock();
    await mock.get('/v2/orders').expect(204);
    await mock.get('/v2/orders?limit=5').expect(204);
    await mock.get('/v2/time').expect(200);
    const { v2_empty_answers, totals, violations } = await reportOf(mock);
    expect(v2_empty_answers).toEqual([{ operation_id: 'getOrders', requests: 2 }]);
    expect(totals.outcomes).toEqual({ '2xx': 3 });
    expect(violations).toEqual([]);
  });

  it('has the peak of the quota, and retries that came too early by the clock of the store', async () => {
    const mock = await startMock({ plan: 'standard', rateLimit: '2/30' });
    const advance = (advance_ms: number) => mock.raw.post('/_mock/clock').send({ advance_ms }).expect(200);
    await mock.get(brands).expect(200);
    await mock.get(brands).expect(200);
    await mock.get(brands).expect(429);
    await mock.get('/v2/time').expect(429); // another request, no retry
    await advance(20_000);
    await mock.get(brands).expect(429); // ten seconds too early
    await advance(10_001);
    await mock.get(brands).expect(200);
    const { quotas, early_retries } = await reportOf(mock);
    expect(quotas).toEqual([{ store_hash: 'mockstore1', requests: 2, window_ms: 30_000, peak: 2, refused: 3 }]);
    expect(early_retries).toMatchObject([{ account: 'Full access', operation_id: 'getBrands', method: 'GET' }]);
    const { early_by_ms } = early_retries[0]!;
    expect(early_by_ms).toBeGreaterThan(8_000);
    expect(early_by_ms).toBeLessThanOrEqual(10_000);
  });

  it('has the peak of a quota that never ends', async () => {
    const mock = await startMock();
    for (let count = 0; count < 3; count += 1) await mock.get(brands);
    expect((await reportOf(mock)).quotas[0]).toMatchObject({ peak: 3, refused: 0 });
  });

  it('has webhooks by outcome', async () => {
    const mock = await startMock({ webhooks: 'off' });
    await mock.post('/v3/hooks', { scope: 'store/product/created', destination: 'https://example.com/hooks' });
    await mock.post('/v3/catalog/products', { name: 'Tea', type: 'physical', weight: 1, price: 1 }).expect(200);
    await expect
      .poll(async () => (await reportOf(mock)).webhooks)
      .toEqual({ delivered: 0, failed: 0, blocked: 0, withheld: 1 });
  });
});

describe('GET /_mock/report', () => {
  it('outlives what the journal forgets, and ends with a reset', async () => {
    const mock = await startMock();
    await mock.get(brands);
    await mock.raw.delete('/_mock/requests').expect(204);
    expect((await reportOf(mock)).totals).toMatchObject({ requests: 1, requests_checked: 0 });
    await mock.raw.post('/_mock/reset').expect(200);
    expect(await reportOf(mock)).toMatchObject({ accounts: [], totals: { requests: 0 }, quotas: [{ peak: 0 }] });
  });

  it('knows an account that was deleted, and is left alone by a restored snapshot', async () => {
    const mock = await startMock();
    const base = '/_mock/stores/mockstore1';
    await mock.raw.post(`${base}/snapshots`).send({ name: 'one' });
    const { body } = await mock.raw
      .post(`${base}/api-accounts`)
      .send({ name: 'Brief', scopes: { products: 'read_only' } });
    await mock
      .as(body.access_token as string)
      .get(brands)
      .expect(200);
    await mock.raw.delete(`${base}/api-accounts/${body.id}`);
    await mock.raw.put(`${base}/snapshots/one`);
    expect(accountOf(await reportOf(mock), 'Brief').least_scopes).toMatchObject([{ operations: ['getBrands'] }]);
  });

  it('is Markdown for those who accept it', async () => {
    const mock = await startMock();
    const { body } = await mock.raw
      .post('/_mock/stores/mockstore1/api-accounts')
      .send({ name: 'Odd | `name`', scopes: { products: 'modify' } });
    await mock
      .as(body.access_token as string)
      .post(brands, { name: '``` | <b>', meta_keywords: 7 })
      .expect(422);
    const { text, headers } = await mock.raw.get('/_mock/report').set('Accept', 'text/markdown').expect(200);
    expect(headers['content-type']).toBe('text/markdown; charset=utf-8');
    expect(text).toContain('# Contract report: all stores');
    expect(text).toContain('### `createBrand`: `request-body`');
    expect(text).toContain('| `store_v2_products` | `createBrand` |');
    expect(text).toContain('## Account `` Odd | `name` ``, store `mockstore1`');
    // The fence has more backticks than the body in it.
    expect(text).toMatch(/^````sh\ncurl .*``` \| <b>.*\n````$/m);
  });

  it.each([
    ['store_hash=elsewhere', 404, 'store_hash'],
    ['store_hash=a&store_hash=b', 422, 'store_hash'],
    ['store=a', 422, 'store'],
  ])('refuses %s', async (query, status, field) => {
    const mock = await startMock();
    const { body } = await mock.raw.get(`/_mock/report?${query}`).expect(status);
    expect(Object.keys(body.errors as object)).toEqual([field]);
  });
});

describe('report()', () => {
  it('is of one store, or of all, and each reset clears its own', async () => {
    const mock = await startWithStores();
    const [acme, bolt] = [mock.createStore(), mock.createStore()];
    await clientOf(acme).post(brands, { name: 7 });
    await clientOf(bolt).get(brands);
    await clientOf(bolt).get('/v3/teapots');
    expect(await acme.report()).toMatchObject({
      store_hash: acme.storeHash,
      totals: { requests: 1, violations: 1 },
      accounts: [{ store_hash: acme.storeHash, operations: [{ operation_id: 'createBrand' }] }],
      quotas: [{ store_hash: acme.storeHash }],
    });
    expect((await bolt.report()).violations).toMatchObject([{ check: 'request-route' }]);
    expect(await mock.report()).toMatchObject({ store_hash: null, totals: { requests: 2, violations: 2 } });
    acme.reset();
    expect((await acme.report()).totals).toMatchObject({ requests: 0, violations: 0 });
    expect((await mock.report()).totals).toMatchObject({ requests: 1, violations: 1 });
    bolt.remove();
    expect((await mock.report()).totals.requests).toBe(0);
  });

  it('counts delivered webhooks', async () => {
    const receiver = await startReceiver();
    const mock = await startWithStores();
    const store = mock.createStore();
    const client = clientOf(store);
    await client.post('/v3/hooks', { scope: 'store/product/created', destination: receiver.url });
    await client.post('/v3/catalog/products', { name: 'Tea', type: 'physical', weight: 1, price: 1 });
    await expect.poll(async () => (await store.report()).webhooks.delivered).toBe(1);
    expect((await mock.store.report()).webhooks.delivered).toBe(0);
  });
});
