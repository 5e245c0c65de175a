/** `/_mock`: health, description, reset, journal, clock, and who may call them. */
import { describe, expect, it } from 'vitest';
import { operations } from '../../../openapi/index.js';
import { startMock } from '../mock.js';

const brands = '/v3/catalog/brands';

describe('GET /_mock/health', () => {
  it('says that the mock is ready', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.get('/_mock/health').expect(200);
    expect(body).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      operations: operations.length,
      stores: 1,
    });
  });
});

describe('GET /_mock/openapi.json', () => {
  it('gives the bundled document', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.get('/_mock/openapi.json').expect(200);
    expect(body.openapi).toBe('3.0.3');
    expect(body.paths['/stores/{store_hash}/v3/catalog/products'].get.operationId).toBe('getProducts');
  });
});

describe('POST /_mock/reset', () => {
  it('puts the store back to its seed, with journal, quota and clock', async () => {
    const mock = await startMock({ size: 'small', plan: 'standard' });
    const before = (await mock.get(brands)).body;
    await mock.post(brands, { name: 'Kettle & Co' }).expect(200);
    await mock.raw.post('/_mock/clock').send({ advance_ms: 86_400_000 });
    const { body } = await mock.raw.post('/_mock/reset').expect(200);
    expect(body.stores).toMatchObject([{ store_hash: 'mockstore1', counts: { 'catalog.brands': 5 } }]);
    const { body: clock } = await mock.raw.get('/_mock/clock');
    expect(Math.abs(clock.epoch_ms - Date.now())).toBeLessThan(60_000);
    expect((await mock.raw.get('/_mock/requests')).body.meta.total).toBe(0);
    const after = await mock.get(brands);
    expect(after.body).toEqual(before);
    expect(after.headers['x-rate-limit-requests-left']).toBe('149');
  });

  it('takes the name of one store, and refuses others', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/reset').send({ store_hash: 'mockstore1' }).expect(200);
    await mock.raw.post('/_mock/reset').send({ store_hash: 'elsewhere' }).expect(404);
    const { body } = await mock.raw.post('/_mock/reset').send({ store: 'mockstore1' }).expect(422);
    expect(body.errors).toHaveProperty('store');
  });
});

describe('GET /_mock/requests', () => {
  it('tells what was asked, answered and why it was refused, without tokens', async () => {
    const mock = await startMock();
    await mock.post(brands, { name: 'Kettle & Co' });
    await mock.as('mock-token-read-only').post(brands, { name: 'Second' });
    const { body, text } = await mock.raw.get('/_mock/requests').expect(200);
    expect(body.data).toMatchObject([
      {
        operation_id: 'createBrand',
        method: 'POST',
        status: 200,
        account: 'Full access',
        request_body: { name: 'Kettle & Co' },
        response_body: { data: { name: 'Kettle & Co' } },
      },
      { operation_id: 'createBrand', status: 403, reason: expect.stringContaining('store_v2_products') },
    ]);
    expect(text).not.toContain('mock-token');
  });

  it.each([
    ['status=403', 1],
    ['operation_id=getBrands', 1],
    ['method=post', 2],
    ['path=/stores/mockstore1/v3/catalog/brands', 3],
    ['store_hash=elsewhere', 0],
    ['since=2000-01-01', 3],
    ['limit=1', 1],
  ])('filters by %s', async (query, count) => {
    const mock = await startMock();
    await mock.get(`${brands}?limit=1`);
    await mock.post(brands, { name: 'Kettle & Co' });
    await mock.as('mock-token-read-only').post(brands, { name: 'Second' });
    const { body } = await mock.raw.get(`/_mock/requests?${query}`).expect(200);
    expect(body.data).toHaveLength(count);
  });

  it('refuses filters it does not know, and forgets on DELETE', async () => {
    const mock = await startMock();
    await mock.get(brands);
    const { body } = await mock.raw.get('/_mock/requests?verb=GET').expect(422);
    expect(body.errors).toHaveProperty('verb');
    await mock.raw.get('/_mock/requests?since=yesterday').expect(422);
    await mock.raw.delete('/_mock/requests').expect(204);
    expect((await mock.raw.get('/_mock/requests')).body.data).toEqual([]);
  });
});

describe('POST /_mock/clock', () => {
  it('moves the dates of what is written', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/clock').send({ now: '2031-05-06T07:08:09Z' }).expect(200);
    const { body } = await mock.post('/v3/catalog/products', { name: 'Later', type: 'physical', weight: 1, price: 1 });
    expect(body.data.date_created).toMatch(/^2031-05-06T07:08:\d\d\+00:00$/);
  });

  it.each([{}, { now: 'soon' }, { advance_ms: 'x' }, { advance_ms: 1.5 }, { now: 0, advance_ms: 1 }, { tick: 1 }])(
    'refuses %j',
    async (input) => {
      const mock = await startMock();
      const { body } = await mock.raw.post('/_mock/clock').send(input).expect(422);
      expect(Object.keys(body.errors)).not.toEqual([]);
    },
  );
});

describe('the body of a control call', () => {
  const send = async (text: string, type = 'application/json') => {
    const mock = await startMock();
    return mock.raw.post('/_mock/clock').set('Content-Type', type).send(text);
  };

  it.each(['{"advance_ms": ', '[]', '"text"', '7', '{"__proto__": {}}'])('is refused when it is %s', async (text) => {
    const { status, body } = await send(text);
    expect([status, Object.keys(body.errors)]).toEqual([422, ['body']]);
  });

  it('is refused when it is no JSON', async () => {
    const { status, body } = await send('advance_ms=5', 'text/plain');
    expect([status, Object.keys(body.errors)]).toEqual([422, ['body']]);
    expect((await send('advance_ms=5', 'application/x-www-form-urlencoded')).status).toBe(415);
  });

  it('may be missing where no field is needed, whatever type it is said to have', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/reset').set('Content-Type', 'application/json').send('').expect(200);
    await mock.raw.delete('/_mock/faults').set('Content-Type', 'application/json').expect(204);
  });
});

describe('access to /_mock', () => {
  it('answers 404 in the V3 envelope to an unknown call', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.get('/_mock/teapot').expect(404);
    expect(body).toMatchObject({ status: 404, title: 'GET /_mock/teapot is no control call', errors: {} });
  });

  it('refuses a Host header that names another machine', async () => {
    const mock = await startMock();
    await mock.raw.get('/_mock/health').set('Host', 'evil.example').expect(403);
    await mock.raw.get('/_mock/health').set('Host', 'localhost:4010').expect(200);
  });

  it('sends no CORS headers', async () => {
    const mock = await startMock();
    const { headers } = await mock.raw.get('/_mock/health').set('Origin', 'https://evil.example');
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('needs the control token when listening beyond loopback', async () => {
    const mock = await startMock({ host: '0.0.0.0', controlToken: 'only-for-this-test' });
    await mock.raw.get('/_mock/health').expect(401);
    await mock.raw.get('/_mock/health').set('Authorization', 'Bearer wrong').expect(401);
    await mock.raw.get('/_mock/health').set('Authorization', 'Bearer only-for-this-test').expect(200);
  });

  it('is not counted against the quota', async () => {
    const mock = await startMock({ rateLimit: '1/30' });
    await mock.raw.get('/_mock/health').expect(200);
    await mock.get(brands).expect(200);
    await mock.get(brands).expect(429);
    await mock.raw.get('/_mock/health').expect(200);
  });
});
