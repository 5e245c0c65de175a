import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { READ_ONLY, startMock } from '../mock.js';
import { advance, attempts, hear, tea } from './attempts.js';
import { startReceiver } from './receiver.js';

describe('a callback', () => {
  it('is a POST with the captured properties in their order, and nothing between them', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    const { body: made } = await mock.post('/v3/catalog/products', tea).expect(200);
    const [callback] = await receiver.got(1);
    expect(callback!.path).toBe('/hooks');
    expect(callback!.headers['content-type']).toBe('application/json');
    const { hash, created_at, store_id } = callback!.body;
    expect(hash).toMatch(/^[0-9a-f]{40}$/);
    expect(store_id).toMatch(/^\d+$/);
    expect(Math.abs(created_at - Date.now() / 1000)).toBeLessThan(5);
    expect(callback!.text).toBe(
      `{"producer":"stores/mockstore1","hash":"${hash}","created_at":${String(created_at)},"store_id":"${store_id}",` +
        `"scope":"store/product/created","data":{"type":"product","id":${String(made.data.id)}}}`,
    );
  });

  it('carries the store id that V2 tells', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    const [callback] = await receiver.got(1);
    const { body: store } = await mock.get('/v2/store').expect(200);
    expect(callback!.body.store_id).toBe(String(store.store_id));
  });

  it('is signed with the client secret after the Standard Webhooks, the hash being its id', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    const [callback] = await receiver.got(1);
    const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature } = callback!.headers;
    expect(id).toBe(callback!.body.hash);
    // As verifiers do it: the secret in base64, which they decode to the key.
    const key = Buffer.from(Buffer.from('mock-secret-full-access').toString('base64'), 'base64');
    const signed = createHmac('sha256', key)
      .update(`${String(id)}.${String(timestamp)}.${callback!.text}`)
      .digest('base64');
    expect(signature).toBe(`v1,${signed}`);
  });

  it('is dated by a real clock where receivers look at the time, by that of the mock in the body', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    await advance(mock, 86_400);
    await mock.post('/v3/catalog/products', tea).expect(200);
    const [callback] = await receiver.got(1);
    expect(Math.abs(Number(callback!.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(5);
    expect(callback!.body.created_at - Date.now() / 1000).toBeGreaterThan(86_000);
  });

  it('has the headers of the webhook, which cannot replace its own', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    const headers = {
      Authorization: 'Bearer 123',
      'Content-Type': 'text/plain',
      'Content-Length': '1',
      'X-App': 'tea',
    };
    await hear(mock, receiver, 'store/product/created', { headers });
    await mock.post('/v3/catalog/products', tea).expect(200);
    const [callback] = await receiver.got(1);
    expect(callback!.headers).toMatchObject({
      authorization: 'Bearer 123',
      'x-app': 'tea',
      'content-type': 'application/json',
    });
    expect(Number(callback!.headers['content-length'])).toBe(Buffer.byteLength(callback!.text));
  });

  it('goes to every webhook concerned, of every account, with the concrete scope and the same hash', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    await hear(mock, receiver, 'store/product/*');
    await hear(mock.as(READ_ONLY), receiver, 'store/product/*');
    await hear(mock, receiver, 'store/order/*');
    await mock.post('/v3/catalog/products', tea).expect(200);
    const callbacks = await receiver.got(3);
    expect(new Set(callbacks.map(({ text }) => text)).size).toBe(1);
    expect(callbacks[0]!.body.scope).toBe('store/product/created');
    expect(new Set(callbacks.map(({ headers }) => headers['webhook-signature'])).size).toBe(2);
  });

  it('is not made for a webhook that is switched off or gone, nor for a refused request', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created', { is_active: false });
    const gone = await hear(mock, receiver, 'store/product/*');
    await mock.delete(`/v3/hooks/${String(gone)}`).expect(200);
    await hear(mock, receiver, 'store/product/deleted');
    await mock.post('/v3/catalog/products', { ...tea, name: '' }).expect(422);
    const { body } = await mock.post('/v3/catalog/products', tea).expect(200);
    await mock.post('/v3/catalog/products', tea).expect(409);
    await mock.delete(`/v3/catalog/products/${String(body.data.id)}`).expect(204);
    expect((await receiver.got(1)).map(({ body: { scope } }) => scope)).toEqual(['store/product/deleted']);
    expect(await attempts(mock, 1)).toHaveLength(1);
  });

  it('comes after the one before it, however slowly that is answered', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/category/*');
    for (let number = 1; number <= 20; number += 1)
      await mock.post('/v3/catalog/categories', { name: `Shelf ${String(number)}`, parent_id: 0 }).expect(200);
    const ids = (await receiver.got(20)).map(({ body }) => body.data.id as number);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });
});

describe('POST /_mock/reset', () => {
  it('forgets deliveries, and what waits to be repeated', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(500);
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    await attempts(mock, 1);
    await mock.raw.post('/_mock/reset').expect(200);
    await hear(mock, receiver, 'store/product/created');
    await advance(mock, 173_040);
    expect((await mock.raw.get('/_mock/webhooks/deliveries')).body.data).toEqual([]);
    expect(receiver.callbacks).toHaveLength(1);
  });

  it('ends a call that is not answered', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(0);
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    await receiver.got(1);
    await mock.raw.post('/_mock/reset').send({ store_hash: 'mockstore1' }).expect(200);
    expect((await mock.raw.get('/_mock/webhooks/deliveries')).body.data).toEqual([]);
  });
});

describe('GET /_mock/webhooks/deliveries', () => {
  it('shows each attempt with what was sent, and filters', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    const id = await hear(mock, receiver, 'store/product/*');
    const { body } = await mock.post('/v3/catalog/products', tea).expect(200);
    await mock.put(`/v3/catalog/products/${String(body.data.id)}`, { price: 11 }).expect(200);
    const [created] = await attempts(mock, 2);
    expect(created).toMatchObject({
      hook_id: id,
      store_hash: 'mockstore1',
      client_id: expect.any(String),
      scope: 'store/product/created',
      destination: `${receiver.url}/hooks`,
      attempt: 1,
      outcome: 'delivered',
      status: 200,
      reason: null,
      headers: { 'webhook-id': created!.payload.hash },
      payload: { scope: 'store/product/created', data: { id: body.data.id } },
    });
    const count = async (query: string): Promise<number> =>
      (await mock.raw.get(`/_mock/webhooks/deliveries?${query}`).expect(200)).body.data.length as number;
    expect(await count('scope=store/product/updated')).toBe(1);
    expect(await count('outcome=failed')).toBe(0);
    expect(await count(`hook_id=${String(id + 1)}`)).toBe(0);
    expect(await count('store_hash=elsewhere')).toBe(0);
    expect(await count('limit=1')).toBe(1);
    expect(await count(`since=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`)).toBe(0);
    await mock.raw.get('/_mock/webhooks/deliveries?hook=1').expect(422);
    await mock.raw.get('/_mock/webhooks/deliveries?since=yesterday').expect(422);
  });
});

describe('the option webhooks', () => {
  it.each([
    ['off', 'https://example.com/hooks'],
    ['off', 'http://127.0.0.1:1/hooks'],
    ['local', 'https://example.com/hooks'],
  ] as const)('%s makes no call to %s, and shows what it would have sent', async (webhooks, destination) => {
    const mock = await startMock({ webhooks });
    await mock.post('/v3/hooks', { scope: 'store/product/created', destination }).expect(200);
    await mock.post('/v3/catalog/products', tea).expect(200);
    expect((await attempts(mock, 1))[0]).toMatchObject({ outcome: 'withheld', status: null, next_attempt_at: null });
  });

  it('local calls this machine', async () => {
    const [mock, receiver] = [await startMock({ webhooks: 'local' }), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    await receiver.got(1);
  });
});
