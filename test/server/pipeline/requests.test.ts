/** Whatever is sent gets a clear 4xx: never a 500, a hang or an exit. */
import net from 'node:net';
import { describe, expect, it } from 'vitest';
import { startMockServer } from '../../../mock-server/index.js';
import { FULL, startMock } from '../mock.js';

const products = '/v3/catalog/products';
const good = { name: 'Morning Tea', type: 'physical', weight: 1, price: 10 };

describe('a request that no store takes', () => {
  it.each([
    ['an unknown path', 'get', '/v3/catalog/teapots', 404, 'The route is not found, check the URL'],
    ['a trailing slash', 'get', `${products}/`, 404, 'The route is not found, check the URL'],
    ['a verb that the path lacks', 'post', `${products}/1`, 405, 'Method Not Allowed'],
    ['an id that is no number', 'get', `${products}/abc`, 400, 'Input is invalid'],
    ['an id from an unfilled template', 'get', `${products}/%7Bproduct_id%7D`, 400, 'Input is invalid'],
    ['a broken escape', 'get', `${products}/%zz`, 400, 'Input is invalid'],
    [
      'limit=abc',
      'get',
      `${products}?limit=abc`,
      422,
      'Query parameter "limit" value must be integer. For input string: "abc".',
    ],
    [
      'page=0',
      'get',
      `${products}?page=0`,
      422,
      'Query parameter "page" value must be greater than 0. For input string: "0".',
    ],
  ] as const)('answers %s with %s %s', async (_, method, path, status, title) => {
    const mock = await startMock();
    const reply = await mock[method](path);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ status, title });
  });

  it('says what a wrong verb is, as captured', async () => {
    const mock = await startMock();
    const { body } = await mock.delete('/v3/catalog/summary');
    expect(body).toEqual({
      status: 405,
      title: 'Method Not Allowed',
      type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
      detail: 'The requested HTTP method is invalid for this endpoint.',
    });
  });

  it('answers PATCH with 501, as the status page says', async () => {
    const mock = await startMock();
    await mock.raw.patch(`/stores/mockstore1${products}`).set('X-Auth-Token', FULL).expect(501);
  });

  it('sends no rate headers for an unrouted path', async () => {
    const mock = await startMock();
    const { headers } = await mock.get('/v9/teapots');
    expect(Object.keys(headers).filter((name) => name.startsWith('x-rate-limit'))).toEqual([]);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('a body that is none', () => {
  const send = async (text: string, type = 'application/json') => {
    const mock = await startMock();
    return mock.raw
      .post(`/stores/mockstore1${products}`)
      .set('X-Auth-Token', FULL)
      .set('Content-Type', type)
      .send(text);
  };

  it.each([
    ['half a JSON', '{"name":', 'Syntax error'],
    ['nothing', '', 'Syntax error'],
    ['a __proto__ key', '{"__proto__":{"price":1}}', 'Syntax error'],
    ['a constructor.prototype key', '{"constructor":{"prototype":{}}}', 'Syntax error'],
    ['JSON without end of depth', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'JSON nested deeper than 40 levels'],
  ])('answers 400 to %s', async (_, text, detail) => {
    const { status, body } = await send(text);
    expect(status).toBe(400);
    expect(body).toMatchObject({ status: 400, title: 'Input is invalid', detail });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])('answers 415 to %s', async (type) => {
    expect((await send('name=tea', type)).status).toBe(415);
  });

  it.each([
    ['an array', '[]'],
    ['a text', '"tea"'],
    ['null', 'null'],
    ['a number', '7'],
  ])('answers 422 to %s', async (_, text) => {
    expect((await send(text)).status).toBe(422);
  });

  it('answers 422 to a text of a megabyte, naming the field', async () => {
    const { status, body } = await send(JSON.stringify({ ...good, name: 'x'.repeat(1_000_000) }));
    expect(status).toBe(422);
    expect(body).toMatchObject({
      title: 'Invalid field(s): name',
      errors: { name: expect.stringContaining('between 1 and') },
    });
  });

  it('answers 413 to a body beyond the limit, and works on', async () => {
    const mock = await startMock({ bodyLimit: 1_000 });
    const { status, body } = await mock.post(products, { ...good, description: 'x'.repeat(2_000) });
    expect(status).toBe(413);
    expect(body).toMatchObject({ status: 413, title: 'The request payload is too large.' });
    await mock.post(products, good).expect(200);
  });

  it('takes JSON with a charset, and numbers sent as text', async () => {
    const { status, body } = await send(JSON.stringify({ ...good, price: '10.50' }), 'application/json; charset=utf-8');
    expect(status).toBe(200);
    expect(body.data.price).toBe(10.5);
  });

  it('answers 406 when no JSON is acceptable', async () => {
    const mock = await startMock();
    await mock.get(products).set('Accept', 'application/xml').expect(406);
    await mock.get(products).set('Accept', '*/*').expect(200);
  });
});

describe('a connection that speaks no HTTP', () => {
  it.each([
    ['noise', 'GARBAGE\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'headers of a megabyte',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Big: ${'x'.repeat(1_000_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
  ])('gets an answer to %s, and the mock lives on', async (_, bytes, wanted) => {
    const mock = await startMockServer({ size: 'empty' });
    try {
      expect(await talk(Number(new URL(mock.url).port), bytes)).toMatch(wanted);
      expect((await fetch(`${mock.url}/_mock/health`)).status).toBe(200);
    } finally {
      await mock.close();
    }
  });
});

function talk(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => {
      resolve(answer);
    });
    socket.on('error', (error) => {
      if (answer) resolve(answer);
      else reject(error);
    });
  });
}

describe('a form that breaks off', () => {
  it('gets 400, and the mock lives on', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: brands } = await mock.get('/v3/catalog/brands?limit=1');
    const path = `/stores/mockstore1/v3/catalog/brands/${String(brands.data[0].id)}/image`;
    const part = 'Content-Disposition: form-data; name="image_file"; filename="a.png"\r\nContent-Type: image/png';
    const { status, body } = await mock.raw
      .post(path)
      .set('X-Auth-Token', FULL)
      .set('Content-Type', 'multipart/form-data; boundary=B')
      .send(`--B\r\n${part}\r\n\r\nabc`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ title: 'Input is invalid', detail: 'The multipart body cannot be read.' });
    await mock.get('/v3/catalog/brands').expect(200);
  });
});

describe('HEAD', () => {
  it('has the headers of GET and no body', async () => {
    const mock = await startMock();
    const { status, headers, text } = await mock.raw.head(`/stores/mockstore1${products}`).set('X-Auth-Token', FULL);
    expect(status).toBe(200);
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
    expect(text).toBeFalsy();
  });
});

describe('every reply', () => {
  it('carries the captured headers: request id, HSTS, a content type without charset', async () => {
    const mock = await startMock();
    const { headers } = await mock.get(products);
    expect(headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains');
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-mock-fidelity']).toBe('stateful');
  });
});
