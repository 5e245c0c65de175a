/** `/_mock/faults`: requests that go wrong because a test asked for it. */
import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../../mock-server/options.js';
import { assemble } from '../../../mock-server/server.js';
import { startMock, type MockClient } from '../mock.js';

const brands = '/v3/catalog/brands';
const faults = '/_mock/faults';

async function addFault(mock: MockClient, body: object): Promise<number> {
  const { body: fault } = await mock.raw.post(faults).send(body).expect(201);
  return fault.id as number;
}

function rateLimitHeaders(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers).filter((name) => name.startsWith('x-rate-limit-'));
}

describe('a fault with a status', () => {
  it("answers in BigCommerce's words of that path, and nothing is written", async () => {
    const mock = await startMock();
    await addFault(mock, { match: { method: 'POST' }, fault: { status: 503 } });
    const { body: v3 } = await mock.post(brands, { name: 'Lost' }).expect(503);
    expect(v3).toMatchObject({ status: 503, title: 'Service Unavailable', errors: {} });
    const { body: v2 } = await mock.post('/v2/coupons', { name: 'Lost' }).expect(503);
    expect(v2).toEqual([{ status: 503, message: 'Service Unavailable' }]);
    expect((await mock.get(brands)).body.data).toEqual([]);
  });

  it('sends the body and headers it was given, over those of the mock', async () => {
    const mock = await startMock();
    const headers = { 'Content-Type': 'text/html', 'X-Request-Id': 'mine', 'X-Left': 3 };
    await addFault(mock, { fault: { status: 502, body: '<html>Bad gateway</html>', headers } });
    const answer = await mock.get(brands).expect(502);
    expect(answer.text).toBe('<html>Bad gateway</html>');
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html', 'x-request-id': 'mine', 'x-left': '3' });
  });

  it('sends a body that is no text as JSON, with 200 unless told', async () => {
    const mock = await startMock();
    await addFault(mock, { fault: { body: { data: null } } });
    const { body } = await mock.get(brands).expect(200);
    expect(body).toEqual({ data: null });
  });

  it('sends a broken JSON text as it is', async () => {
    const mock = await startMock();
    await addFault(mock, { fault: { status: 200, body: '{"data":[' } });
    await expect(mock.get(brands)).rejects.toMatchObject({ rawResponse: '{"data":[', statusCode: 200 });
  });
});

describe('a fault with status 429', () => {
  it('is bare unless its headers say otherwise', async () => {
    const mock = await startMock({ plan: 'standard' });
    await addFault(mock, { fault: { status: 429 } });
    const { headers, body } = await mock.get(brands).expect(429);
    expect(rateLimitHeaders(headers)).toEqual([]);
    expect(headers).not.toHaveProperty('x-retry-after');
    expect(body).toMatchObject({ status: 429, title: 'Too many requests' });
  });

  it('has all four headers as soon as it names one, those of a spent quota', async () => {
    const mock = await startMock({ plan: 'standard' });
    await addFault(mock, { fault: { status: 429, headers: { 'X-Rate-Limit-Time-Reset-Ms': 1500 } } });
    const { headers } = await mock.get(brands).expect(429);
    expect(headers).toMatchObject({
      'x-rate-limit-time-reset-ms': '1500',
      'x-rate-limit-requests-left': '0',
      'x-rate-limit-requests-quota': '150',
      'x-rate-limit-time-window-ms': '30000',
    });
  });
});

describe('a fault with a delay', () => {
  it('lets the request be answered as usual, later', async () => {
    const mock = await startMock();
    await addFault(mock, { fault: { delay_ms: 40 } });
    const before = performance.now();
    await mock.post(brands, { name: 'Slow' }).expect(200);
    expect(performance.now() - before).toBeGreaterThan(38);
    expect((await mock.get(brands)).body.data).toHaveLength(1);
  });

  it('comes before its status', async () => {
    const mock = await startMock();
    await addFault(mock, { fault: { delay_ms: 40, status: 504 } });
    const before = performance.now();
    await mock.get(brands).expect(504);
    expect(performance.now() - before).toBeGreaterThan(38);
  });
});

describe('a fault with a reset', () => {
  it('cuts the connection, writes nothing, and the journal has it with status 0', async () => {
    const mock = await startMock();
    const id = await addFault(mock, { match: { method: 'POST' }, fault: { reset: true } });
    await expect(mock.post(brands, { name: 'Lost' })).rejects.toThrow(/ECONNRESET|hang up/);
    expect((await mock.get(brands)).body.data).toEqual([]);
    const { body } = await mock.raw.get('/_mock/requests?status=0').expect(200);
    expect(body.data).toMatchObject([
      {
        status: 0,
        reason: `fault ${String(id)}: connection cut`,
        request_body: { name: 'Lost' },
        response_headers: {},
      },
    ]);
  });
});

describe('which requests a fault hits', () => {
  it.each<[string, object, boolean]>([
    ['no match at all', {}, true],
    ['its operation', { operation_id: 'getBrands' }, true],
    ['another operation', { operation_id: 'getProducts' }, false],
    ['its method, in any case', { method: 'get' }, true],
    ['another method', { method: 'POST' }, false],
    ['its path', { path: '/stores/mockstore1/v3/catalog/brands' }, true],
    ['its path in any store', { path: '/v3/catalog/brands' }, true],
    ['a path with gaps', { path: '/stores/*/catalog/*' }, true],
    ['the beginning of its path', { path: '/v3/catalog' }, false],
    ['its store', { store_hash: 'mockstore1' }, true],
    ['its operation with another method', { operation_id: 'getBrands', method: 'POST' }, false],
  ])('is told by %s', async (_, match, isHit) => {
    const mock = await startMock();
    await addFault(mock, { match, fault: { status: 500 } });
    await mock.get(`${brands}?limit=1`).expect(isHit ? 500 : 200);
  });

  it('stays in its store', async () => {
    const mock = await startMock();
    const { body: other } = await mock.raw.post('/_mock/stores').send({ size: 'empty' }).expect(201);
    await addFault(mock, { match: { store_hash: other.store_hash }, fault: { status: 500 } });
    await mock.get(brands).expect(200);
    const url = `/stores/${String(other.store_hash)}${brands}`;
    await mock.raw.get(url).set('X-Auth-Token', other.tokens.full_access).expect(500);
    await mock.raw.delete(`/_mock/stores/${String(other.store_hash)}`).expect(204);
    expect((await mock.raw.get(faults)).body.data).toEqual([]);
  });

  it('is none that is refused for its token or scope', async () => {
    const mock = await startMock();
    const id = await addFault(mock, { fault: { status: 500 } });
    await mock.as('nobody').get(brands).expect(401);
    await mock.as('mock-token-no-scopes').get(brands).expect(403);
    expect((await mock.raw.get(`${faults}/${String(id)}`)).body.hits).toBe(0);
  });

  it('is as many as `times` says, of the oldest fault first', async () => {
    const mock = await startMock();
    await addFault(mock, { fault: { status: 500 }, times: 2 });
    await addFault(mock, { fault: { status: 503 }, times: 1 });
    const statuses = [];
    for (let request = 0; request < 4; request += 1) statuses.push((await mock.get(brands)).status);
    expect(statuses).toEqual([500, 500, 503, 200]);
    expect((await mock.raw.get(faults)).body.data).toMatchObject([
      { id: 1, hits: 2, times: 2, remaining: 0 },
      { id: 2, hits: 1, remaining: 0 },
    ]);
  });

  it('is some of them by `probability`, the same ones for the same seed', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const mock = await startMock({ seed });
      await addFault(mock, { fault: { status: 500 }, probability: 0.5 });
      const statuses = [];
      for (let request = 0; request < 40; request += 1) statuses.push((await mock.get(brands)).status);
      return statuses;
    };
    const first = await run(1);
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(8);
    expect(first.filter((status) => status === 200).length).toBeGreaterThan(8);
    expect(await run(1)).toEqual(first);
    expect(await run(2)).not.toEqual(first);
  });
});

describe('/_mock/faults', () => {
  it.each<[string, object, string]>([
    ['nothing to happen', {}, 'fault'],
    ['an empty fault', { fault: {} }, 'fault'],
    ['a fault that is no object', { fault: 500 }, 'fault'],
    ['a match that is no object', { match: [], fault: { status: 500 } }, 'match'],
    ['an unknown field', { fault: { status: 500 }, often: 2 }, 'often'],
    ['an unknown field within', { fault: { state: 500 } }, 'fault.state'],
    ['an unknown field of the match', { match: { url: '/' }, fault: { status: 500 } }, 'match.url'],
    ['a status beyond HTTP', { fault: { status: 600 } }, 'fault.status'],
    ['a provisional status', { fault: { status: 100 } }, 'fault.status'],
    ['a body where none can be', { fault: { status: 204, body: 'x' } }, 'fault.body'],
    ['headers alone', { fault: { headers: { a: 'b' } } }, 'fault.headers'],
    [
      'a header that would end the answer elsewhere',
      { fault: { status: 500, headers: { 'Content-Length': '5' } } },
      'fault.headers.Content-Length',
    ],
    ['a header that HTTP cannot carry', { fault: { status: 500, headers: { a: 'b\r\nc: d' } } }, 'fault.headers.a'],
    ['a name that HTTP cannot carry', { fault: { status: 500, headers: { 'a b': 'c' } } }, 'fault.headers.a b'],
    ['a delay below zero', { fault: { delay_ms: -1 } }, 'fault.delay_ms'],
    ['a delay without end', { fault: { delay_ms: 1e9 } }, 'fault.delay_ms'],
    ['a reset with a status', { fault: { reset: true, status: 500 } }, 'fault.reset'],
    ['a reset that is no claim', { fault: { reset: 'yes' } }, 'fault.reset'],
    ['no reset', { fault: { reset: false } }, 'fault'],
    ['no time at all', { fault: { status: 500 }, times: 0 }, 'times'],
    ['a probability of nothing', { fault: { status: 500 }, probability: 0 }, 'probability'],
    ['a probability above one', { fault: { status: 500 }, probability: 1.5 }, 'probability'],
    ['an unknown operation', { match: { operation_id: 'getBrand5' }, fault: { status: 500 } }, 'match.operation_id'],
    ['an unknown method', { match: { method: 'FETCH' }, fault: { status: 500 } }, 'match.method'],
    ['a path with a query', { match: { path: '/v3/hooks?a=1' }, fault: { status: 500 } }, 'match.path'],
    ['a path that is none', { match: { path: 'hooks' }, fault: { status: 500 } }, 'match.path'],
  ])('refuses %s and adds nothing', async (_, body, field) => {
    const mock = await startMock();
    const { body: refusal } = await mock.raw.post(faults).send(body).expect(422);
    expect(refusal).toMatchObject({ status: 422, title: expect.any(String) });
    expect(Object.keys(refusal.errors)).toEqual([field]);
    expect((await mock.raw.get(faults)).body).toEqual({ data: [], meta: { total: 0 } });
  });

  it('answers 404 for an unknown store and an unknown fault', async () => {
    const mock = await startMock();
    await mock.raw
      .post(faults)
      .send({ match: { store_hash: 'elsewhere' }, fault: { status: 500 } })
      .expect(404);
    await mock.raw.get(`${faults}/1`).expect(404);
    await mock.raw.delete(`${faults}/x`).expect(404);
  });

  it('shows, removes and forgets', async () => {
    const mock = await startMock();
    const id = await addFault(mock, { match: { method: 'get', path: '/v3/hooks' }, fault: { status: 500 } });
    expect((await mock.raw.get(`${faults}/${String(id)}`)).body).toEqual({
      id,
      match: { method: 'GET', path: '/v3/hooks' },
      fault: { status: 500 },
      times: null,
      probability: 1,
      hits: 0,
      remaining: null,
    });
    await mock.raw.delete(`${faults}/${String(id)}`).expect(204);
    await mock.get('/v3/hooks').expect(200);
    await addFault(mock, { fault: { status: 500 } });
    await mock.raw.delete(faults).expect(204);
    await mock.get('/v3/hooks').expect(200);
    await addFault(mock, { fault: { status: 500 } });
    await mock.raw.post('/_mock/reset').expect(200);
    await mock.get('/v3/hooks').expect(200);
  });

  it('takes a thousand', async () => {
    const { app, state } = assemble(resolveOptions({ size: 'empty' }));
    for (let count = 0; count < 1_000; count += 1) state.faults.add({ match: {}, fault: { status: 500 } });
    const { statusCode } = await app.inject({ method: 'POST', url: faults, payload: { fault: { status: 500 } } });
    expect([statusCode, state.faults.all().length]).toEqual([409, 1_000]);
    await app.close();
  });
});
