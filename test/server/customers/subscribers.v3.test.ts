/** Newsletter subscribers. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const SUBSCRIBERS = '/v3/customers/subscribers';

describe('createSubscriber', () => {
  it('keeps an email address once, in whatever capitals', async () => {
    const mock = await startMock();
    const { body } = await mock.post(SUBSCRIBERS, { email: 'a@example.com', first_name: 'Ada' }).expect(200);
    expect(body.data).toMatchObject({ email: 'a@example.com', channel_id: 1, order_id: null, consents: [] });
    const { body: taken } = await mock.post(SUBSCRIBERS, { email: 'A@example.com' }).expect(409);
    expect(taken).toMatchObject({ status: 409, title: 'Subscriber already exists' });
  });

  it('asks for an email address', async () => {
    const mock = await startMock();
    const { body } = await mock.post(SUBSCRIBERS, { first_name: 'Ada' }).expect(422);
    expect(body.errors).toEqual({ email: 'error.path.missing' });
    await mock.post(SUBSCRIBERS, { email: 'nobody' }).expect(422);
  });
});

describe('updateSubscriber', () => {
  it('changes what is sent', async () => {
    const mock = await startMock();
    const { body } = await mock.post(SUBSCRIBERS, { email: 'a@example.com', source: 'storefront' }).expect(200);
    const path = `${SUBSCRIBERS}/${String(body.data.id)}`;
    const { body: changed } = await mock.put(path, { first_name: 'Ada' }).expect(200);
    expect(changed.data).toMatchObject({ email: 'a@example.com', source: 'storefront', first_name: 'Ada' });
    await mock.put(`${SUBSCRIBERS}/999`, { first_name: 'Ada' }).expect(404);
  });
});

describe('deleteSubscribers', () => {
  it('deletes those that match, and everyone when nothing is to match', async () => {
    const mock = await startMock();
    for (const name of ['a', 'b', 'c']) await mock.post(SUBSCRIBERS, { email: `${name}@example.com` }).expect(200);
    await mock.delete(`${SUBSCRIBERS}?email=b@example.com`).expect(204);
    expect((await mock.get(SUBSCRIBERS).expect(200)).body.meta.pagination.total).toBe(2);
    await mock.delete(SUBSCRIBERS).expect(204);
    expect((await mock.get(SUBSCRIBERS).expect(200)).body.data).toEqual([]);
  });
});
