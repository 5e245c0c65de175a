/** `/_mock/requests`: filters, counting, forgetting and waiting. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const brands = '/v3/catalog/brands';
const requests = '/_mock/requests';

/** A read, a write, and a refused write. */
async function threeRequests(mock: MockClient): Promise<void> {
  await mock.get(`${brands}?limit=1`);
  await mock.post(brands, { name: 'Kettle & Co' });
  await mock.as('mock-token-read-only').post(brands, { name: 'Second' });
}

const filters: [string, number][] = [
  ['', 3],
  ['status=403', 1],
  ['operation_id=getBrands', 1],
  ['method=post', 2],
  ['path=/stores/mockstore1/v3/catalog/brands', 3],
  ['path=/v3/catalog/brands', 3],
  ['path=/v3/catalog/*', 3],
  ['path=/v3/catalog', 0],
  ['store_hash=elsewhere', 0],
  ['since=2000-01-01', 3],
  ['since=2100-01-01', 0],
  ['method=post&status=200', 1],
];

describe('GET /_mock/requests/count', () => {
  it.each(filters)('counts what "%s" selects', async (query, count) => {
    const mock = await startMock();
    await threeRequests(mock);
    const { body } = await mock.raw.get(`${requests}/count?${query}`).expect(200);
    expect(body).toEqual({ count });
  });
});

describe('DELETE /_mock/requests', () => {
  it.each(filters)('forgets what "%s" selects, and nothing else', async (query, count) => {
    const mock = await startMock();
    await threeRequests(mock);
    await mock.raw.delete(`${requests}?${query}`).expect(204);
    expect((await mock.raw.get(requests)).body.meta.total).toBe(3 - count);
  });
});

describe('filters', () => {
  it.each([
    ['verb=GET', 'verb'],
    ['limit=1', 'limit'],
    ['operation_id=getBrand5', 'operation_id'],
    ['method=FETCH', 'method'],
    ['method=GET&method=POST', 'method'],
    ['path=brands', 'path'],
    ['path=/v3/hooks%3Fa', 'path'],
    ['store_hash=', 'store_hash'],
    ['status=600', 'status'],
    ['status=2xx', 'status'],
    ['since=yesterday', 'since'],
  ])('refuse %s and forget nothing', async (query, field) => {
    const mock = await startMock();
    await mock.get(brands);
    for (const call of [mock.raw.get(`${requests}/count?${query}`), mock.raw.delete(`${requests}?${query}`)]) {
      const { body } = await call.expect(422);
      expect(Object.keys(body.errors)).toEqual([field]);
    }
    expect((await mock.raw.get(requests)).body.meta.total).toBe(1);
  });
});

describe('what the journal shows', () => {
  it('hides tokens, secrets and passwords', async () => {
    const mock = await startMock();
    const sent = { email: 'a@example.com', authentication: { new_password: 'not-for-anyone-1' } };
    await mock.post('/v3/customers', [{ first_name: 'A', last_name: 'B', ...sent }]).expect(200);
    await mock.raw.get(`/stores/mockstore1${brands}`).set('Authorization', 'Bearer not-for-anyone-2');
    await mock.raw.get(`/stores/mockstore1${brands}`).set('Cookie', 'SHOP=not-for-anyone-3');
    const { text, body } = await mock.raw.get(requests).expect(200);
    expect(text).not.toMatch(/not-for-anyone|mock-token/);
    expect(body.data[0].request_body[0].authentication).toEqual({ new_password: '(hidden)' });
  });
});

describe('POST /_mock/requests/wait', () => {
  const wait = (mock: MockClient, body: object) => mock.raw.post(`${requests}/wait`).send(body);

  it('answers at once when enough requests were made already', async () => {
    const mock = await startMock();
    await threeRequests(mock);
    const { body } = await wait(mock, { filter: { method: 'POST' }, count: 2 }).expect(200);
    expect(body).toMatchObject({ matched: true, count: 2, data: [{ status: 200 }, { status: 403 }] });
  });

  it('answers as soon as the last one that was missing is made', async () => {
    const mock = await startMock();
    await mock.get(brands);
    const answer = wait(mock, { filter: { operation_id: 'getBrands' }, count: 3, timeout_ms: 20_000 }).then();
    await mock.get('/v3/hooks');
    await mock.get(brands);
    await mock.get(brands);
    const { body } = await answer;
    const read = { operation_id: 'getBrands' };
    expect(body).toMatchObject({ matched: true, count: 3, data: [read, read, read] });
  });

  it('says so when time is up', async () => {
    const mock = await startMock();
    await mock.get(brands);
    const { body } = await wait(mock, { count: 2, timeout_ms: 5 }).expect(200);
    expect(body).toMatchObject({ matched: false, count: 1, data: [{ operation_id: 'getBrands' }] });
    expect((await wait(mock, { count: 2, timeout_ms: 0 })).body.matched).toBe(false);
  });

  it('keeps waiting over a reset that comes between', async () => {
    const mock = await startMock();
    const answer = wait(mock, { timeout_ms: 20_000 }).then();
    await mock.raw.post('/_mock/reset').expect(200);
    await mock.get(brands);
    expect((await answer).body).toMatchObject({ matched: true, count: 1 });
  });

  it('holds no closing mock up', async () => {
    const mock = await startMock();
    // The mock closes after this test: that it does is the assertion, with the time limit of tests.
    void wait(mock, { timeout_ms: 600_000 }).then(
      () => undefined,
      () => undefined,
    );
    await mock.get(brands).expect(200);
  });

  it.each<[object, string]>([
    [{ count: 0 }, 'count'],
    [{ count: 'many' }, 'count'],
    [{ timeout_ms: -1 }, 'timeout_ms'],
    [{ timeout_ms: 1e9 }, 'timeout_ms'],
    [{ filter: 'all' }, 'filter'],
    [{ filter: { verb: 'GET' } }, 'filter.verb'],
    [{ filter: { status: 'bad' } }, 'filter.status'],
    [{ filter: { operation_id: 7 } }, 'filter.operation_id'],
    [{ filters: {} }, 'filters'],
  ])('refuses %j', async (body, field) => {
    const mock = await startMock();
    const { body: refusal } = await wait(mock, body).expect(422);
    expect(Object.keys(refusal.errors)).toEqual([field]);
  });
});
