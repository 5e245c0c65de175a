import { describe, expect, it } from 'vitest';
import { READ_ONLY, startMock } from '../mock.js';
import { advance, attempts, hear, tea } from './attempts.js';
import { startReceiver } from './receiver.js';

describe('a failed callback', () => {
  const delays = [60, 180, 300, 600, 900, 1800, 3600, 7200, 21_600, 50_400, 86_400];

  it('is repeated after the documented delays with the same hash, until the webhook is switched off', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(500);
    const id = await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    await attempts(mock, 1);
    for (const [place, delay] of delays.entries()) {
      await advance(mock, delay - 5);
      expect(receiver.callbacks).toHaveLength(place + 1);
      await advance(mock, 5);
      await attempts(mock, place + 2);
    }
    expect(new Set(receiver.callbacks.map(({ text }) => text)).size).toBe(1);
    const made = await attempts(mock, 12);
    expect(made.map(({ attempt, outcome, status }) => [attempt, outcome, status])).toEqual(
      Array.from({ length: 12 }, (_, place) => [place + 1, 'failed', 500]),
    );
    expect(made.at(-1)!.next_attempt_at).toBeNull();
    const { body } = await mock.get('/v3/hooks/admin').expect(200);
    expect(body.data.hooks_list).toMatchObject([{ id, is_active: false, status: 'deactivated' }]);
    expect(body.data.hooks_list[0]).not.toHaveProperty('is_deactivated');
    expect((await mock.get(`/v3/hooks/${String(id)}`)).body.data).not.toHaveProperty('is_deactivated');
  });

  it('brings all attempts of two days when the clock jumps that far', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(503);
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    await attempts(mock, 1);
    await advance(mock, 173_040);
    expect(await attempts(mock, 12)).toHaveLength(12);
    expect((await mock.get('/v3/hooks?is_active=false').expect(200)).body.data).toHaveLength(1);
  });

  it('is done with as soon as one attempt succeeds', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(404);
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    await attempts(mock, 1);
    receiver.answerWith(202);
    await advance(mock, 60);
    const [, second] = await attempts(mock, 2);
    expect(second).toMatchObject({ attempt: 2, outcome: 'delivered', status: 202, next_attempt_at: null });
    await advance(mock, 173_040);
    expect(await attempts(mock, 2)).toHaveLength(2);
  });

  it.each([
    ['a redirect', 302, 302],
    ['a closed connection', -1, null],
  ])('is one that gets %s', async (_name, answer, status) => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(answer, answer > 0 ? { location: `${receiver.url}/elsewhere` } : {});
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    const [first] = await attempts(mock, 1);
    expect(first).toMatchObject({ outcome: 'failed', status, reason: expect.any(String) });
    expect(Date.parse(first!.next_attempt_at!) - Date.parse(first!.at)).toBeGreaterThan(59_000);
    expect(receiver.callbacks).toHaveLength(1);
  });

  it('is one whose answer has more headers than are read (documented: 64)', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(200, Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`x-${String(n)}`, 'a'])));
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/catalog/products', tea).expect(200);
    expect((await attempts(mock, 1))[0]).toMatchObject({ outcome: 'failed', status: 200 });
  });

  it('leaves the request that raised it alone, nobody listening or a header that cannot be sent', async () => {
    const mock = await startMock();
    const unheard = { scope: 'store/product/created', destination: 'http://127.0.0.1:1/' };
    await mock.post('/v3/hooks', unheard).expect(200);
    await mock
      .post('/v3/hooks', { ...unheard, destination: 'http://localhost:1/', headers: { 'bad name': 'a\nb' } })
      .expect(200);
    await mock.post('/v3/catalog/products', tea).expect(200);
    const made = await attempts(mock, 2);
    expect(made.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['failed', null],
      ['failed', null],
    ]);
  });

  it('waits for its webhook to be switched on again before it is told of new events', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(500);
    const id = await hear(mock, receiver, 'store/product/*');
    const { body } = await mock.post('/v3/catalog/products', tea).expect(200);
    await attempts(mock, 1);
    await advance(mock, 173_040);
    await attempts(mock, 12);
    await mock.put(`/v3/catalog/products/${String(body.data.id)}`, { price: 11 }).expect(200);
    receiver.answerWith(200);
    await mock.put(`/v3/hooks/${String(id)}`, { is_active: true }).expect(200);
    await mock.put(`/v3/catalog/products/${String(body.data.id)}`, { price: 12 }).expect(200);
    expect(await attempts(mock, 13)).toHaveLength(13);
    expect((await mock.get('/v3/hooks/admin')).body.data.hooks_list).toMatchObject([{ status: 'active' }]);
  });
});

describe('a webhook for delivery exceptions', () => {
  const exceptions = 'store/hook/deliveryException';

  it('hears of a failure once in ten minutes, and when its webhook is switched off', async () => {
    const [mock, failing, exceptional] = [await startMock(), await startReceiver(), await startReceiver()];
    failing.answerWith(500);
    const id = await hear(mock, failing, 'store/product/created');
    await hear(mock, exceptional, exceptions);
    await mock.post('/v3/catalog/products', tea).expect(200);
    await mock.post('/v3/catalog/products', { ...tea, name: 'Evening Tea' }).expect(200);
    await attempts(mock, 2, `&hook_id=${String(id)}`);
    const [first] = await exceptional.got(1);
    expect(first!.body).toMatchObject({ scope: exceptions, data: { type: 'webhook', id, error_code: 90001 } });
    expect(first!.body.data.message).toContain(`${failing.url}/hooks`);
    expect(exceptional.callbacks).toHaveLength(1);
    await advance(mock, 173_040);
    await attempts(mock, 23, `&hook_id=${String(id)}`);
    const codes = (await exceptional.got(3)).map(({ body }) => body.data.error_code as number);
    expect(codes).toEqual([90001, 90001, 90002]);
  });

  it('is one for each account, with a destination that nothing else has', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    await mock.post('/v3/hooks', { scope: exceptions, destination: `${receiver.url}/hooks` }).expect(422);
    await mock.post('/v3/hooks', { scope: exceptions, destination: `${receiver.url}/failures` }).expect(200);
    await mock.post('/v3/hooks', { scope: exceptions, destination: `${receiver.url}/others` }).expect(422);
    await mock.post('/v3/hooks', { scope: 'store/order/created', destination: `${receiver.url}/failures` }).expect(422);
  });
});

describe('a domain that fails too often', () => {
  it('is left alone for three minutes, is shown as blocked, and gets what it missed afterwards', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    receiver.answerWith(500);
    await hear(mock, receiver, 'store/category/created');
    const make = (number: number): Promise<unknown> =>
      mock
        .post('/v3/catalog/categories', { name: `Shelf ${String(number)}`, parent_id: 0 })
        .expect(200)
        .then();
    for (let number = 0; number < 100; number += 1) await make(number);
    await attempts(mock, 100);
    const { body } = await mock.get('/v3/hooks/admin').expect(200);
    expect(body.data.blocked_domains).toMatchObject([
      { destination: '127.0.0.1', reasons: [{ count: 100, failure_description: expect.any(String) }] },
    ]);
    expect(body.data.blocked_domains[0].time_left).toBeGreaterThan(170);
    expect((await mock.as(READ_ONLY).get('/v3/hooks/admin')).body.data.blocked_domains).toEqual([]);
    receiver.answerWith(200);
    await make(100);
    expect((await attempts(mock, 101)).at(-1)).toMatchObject({
      outcome: 'blocked',
      next_attempt_at: expect.any(String),
    });
    expect(receiver.callbacks).toHaveLength(100);
    await advance(mock, 181);
    expect((await mock.get('/v3/hooks/admin')).body.data.blocked_domains).toEqual([]);
    await make(101);
    await receiver.got(101);
  });
});

describe('a webhook that nobody needs', () => {
  it('is switched off after ninety days without a call', async () => {
    const [mock, receiver] = [await startMock(), await startReceiver()];
    await hear(mock, receiver, 'store/product/created');
    await hear(mock, receiver, 'store/order/created');
    await advance(mock, 60 * 86_400);
    await mock.post('/v3/catalog/products', tea).expect(200);
    await receiver.got(1);
    await attempts(mock, 1);
    await advance(mock, 31 * 86_400);
    const { body } = await mock.get('/v3/hooks/admin').expect(200);
    expect(body.data.hooks_list).toMatchObject([{ status: 'active' }, { status: 'deactivated' }]);
  });
});
