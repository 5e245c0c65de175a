/** Who may make control calls: Host, Origin and the control token. */
import { describe, expect, it } from 'vitest';
import { describedCalls } from '../../../mock-server/control/description/document.js';
import { startMock } from '../mock.js';

const guarded = describedCalls().filter(({ call }) => call.security?.length !== 0);

describe('the Host header', () => {
  it.each(['localhost', 'localhost:4010', '127.0.0.1:4010', '127.0.0.2', '[::1]:4010'])('may be %s', async (host) => {
    const mock = await startMock();
    await mock.raw.get('/_mock/health').set('Host', host).expect(200);
  });

  it.each(['evil.example', 'evil.example:4010', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1'])(
    'may not be %s',
    async (host) => {
      const mock = await startMock();
      const { body } = await mock.raw.get('/_mock/health').set('Host', host).expect(403);
      expect(body).toMatchObject({ status: 403, title: expect.stringContaining('Host') });
    },
  );

  it('is looked at by every call', async () => {
    const mock = await startMock();
    for (const { method, path } of guarded) {
      const url = path.replace(/\{\w+\}/g, '1');
      const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
      const { status } = await mock.raw[verb](url).set('Host', 'evil.example');
      expect([method, path, status]).toEqual([method, path, 403]);
    }
  });
});

describe('the Origin header', () => {
  it.each(['https://evil.example', 'http://localhost:3000', 'null'])(
    'keeps pages of %s from driving the mock',
    async (origin) => {
      const mock = await startMock();
      await mock.post('/v3/catalog/brands', { name: 'Stays' }).expect(200);
      await mock.raw.post('/_mock/reset').set('Origin', origin).expect(403);
      await mock.raw.delete('/_mock/requests').set('Origin', origin).expect(403);
      expect((await mock.get('/v3/catalog/brands')).body.data).toHaveLength(1);
    },
  );

  it("lets the mock's own pages through, and whoever sends none", async () => {
    const mock = await startMock();
    await mock.raw
      .post('/_mock/reset')
      .set('Host', '127.0.0.1:4010')
      .set('Origin', 'http://127.0.0.1:4010')
      .expect(200);
    await mock.raw.post('/_mock/reset').expect(200);
  });
});

describe('the control token', () => {
  const beyondLoopback = { host: '0.0.0.0', controlToken: 'only-for-this-test' };

  it('is asked for by every call when the mock listens beyond loopback', async () => {
    const mock = await startMock(beyondLoopback);
    for (const { method, path } of guarded) {
      const url = path.replace(/\{\w+\}/g, '1');
      const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete';
      const { status } = await mock.raw[verb](url);
      expect([method, path, status]).toEqual([method, path, 401]);
    }
  });

  it.each([
    'only-for-this-test',
    'Basic only-for-this-test',
    'Bearer only-for-this-tes',
    'Bearer only-for-this-test2',
    'Bearer ',
  ])('is not "%s"', async (authorization) => {
    const mock = await startMock(beyondLoopback);
    const { body } = await mock.raw.get('/_mock/health').set('Authorization', authorization).expect(401);
    expect(JSON.stringify(body)).not.toContain('only-for-this-test');
  });

  it('opens every call, once it is right', async () => {
    const mock = await startMock(beyondLoopback);
    await mock.raw.get('/_mock/stores').set('Authorization', 'Bearer only-for-this-test').expect(200);
  });

  it('is not needed for files that clients fetch', async () => {
    const mock = await startMock(beyondLoopback);
    await mock.raw.get('/_mock/cdn/nothing.png').expect(404);
  });
});
