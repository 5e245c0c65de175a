import { describe, expect, it } from 'vitest';
import { READ_ONLY, startMock } from '../mock.js';

const hook = { scope: 'store/order/created', destination: 'https://example.com/hooks' };

describe('createWebhooks', () => {
  it('answers 200 with the webhook, which belongs to the caller', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/hooks', hook).expect(200);
    expect(body.data).toMatchObject({ ...hook, id: 1, is_active: true, headers: null, store_hash: 'mockstore1' });
    expect(Number.isInteger(body.data.created_at)).toBe(true);
    await mock.as(READ_ONLY).get('/v3/hooks/1').expect(404);
    expect((await mock.as(READ_ONLY).get('/v3/hooks').expect(200)).body.data).toEqual([]);
    expect((await mock.get('/v3/hooks?scope=store/order/created').expect(200)).body.data).toEqual([body.data]);
  });

  it('has one webhook for each account in the default store', async () => {
    const mock = await startMock({ size: 'small' });
    expect((await mock.get('/v3/hooks').expect(200)).body.data).toHaveLength(1);
    expect((await mock.as(READ_ONLY).get('/v3/hooks').expect(200)).body.data).toHaveLength(1);
  });

  it('names what is missing with a dot at the end', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/hooks', { scope: hook.scope }).expect(422);
    expect(body.errors).toEqual({ destination: 'error.path.missing.' });
  });

  it('refuses unknown events, and destinations without https or with a port', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/hooks', { ...hook, scope: 'store/order/eaten' }).expect(400);
    expect(body).toMatchObject({ status: 400, title: 'Input is invalid.' });
    expect(body).not.toHaveProperty('errors');
    for (const destination of ['http://example.com/', 'https://example.com:8443/', 'ftp://localhost/', 'nowhere']) {
      await mock.post('/v3/hooks', { ...hook, destination }).expect(422);
    }
    await mock.post('/v3/hooks', { ...hook, scope: 'store/channel/1/cart/*' }).expect(200);
  });

  it('takes http and any port close by, where tests listen', async () => {
    const mock = await startMock();
    for (const host of ['localhost:3000', '127.0.0.1:8080', '[::1]:9', '192.168.1.7', 'app:3000', 'web.internal:81']) {
      await mock.post('/v3/hooks', { ...hook, destination: `http://${host}/hooks` }).expect(200);
    }
  });

  it('answers 400, not 415, to a body without a content type', async () => {
    const mock = await startMock();
    const { body } = await mock.raw
      .post('/stores/mockstore1/v3/hooks')
      .set({ 'x-auth-token': 'mock-token-full-access' })
      // As bytes, to which no type is given.
      .send(Buffer.from(JSON.stringify(hook)))
      .expect(400);
    expect(body).toMatchObject({ status: 400, title: 'Input is invalid.' });
  });

  it('refuses the same webhook again, and an eleventh for one scope, but not those of another app', async () => {
    const mock = await startMock();
    for (let number = 1; number <= 10; number += 1) {
      await mock.post('/v3/hooks', { ...hook, destination: `https://example.com/${String(number)}` }).expect(200);
    }
    await mock.post('/v3/hooks', { ...hook, destination: 'https://example.com/1' }).expect(422);
    await mock.post('/v3/hooks', { ...hook, destination: 'https://example.com/11' }).expect(422);
    await mock
      .asApp('other')
      .post('/v3/hooks', { ...hook, destination: 'https://example.com/1' })
      .expect(200);
  });
});

describe('updateWebhook', () => {
  it('keeps what is not sent, and wants one field at least', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/hooks', hook).expect(200);
    const { body: updated } = await mock.put('/v3/hooks/1', { is_active: false }).expect(200);
    expect(updated.data).toMatchObject({ ...body.data, is_active: false, updated_at: expect.any(Number) });
    await mock.put('/v3/hooks/1', {}).expect(422);
    await mock.as(READ_ONLY).put('/v3/hooks/1', { is_active: true }).expect(404);
  });
});

describe('deleteWebhook', () => {
  it('answers 200 with what the webhook was, and 404 from then on', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/hooks', hook).expect(200);
    await mock.as(READ_ONLY).delete('/v3/hooks/1').expect(404);
    expect((await mock.delete('/v3/hooks/1').expect(200)).body.data).toEqual(body.data);
    const { body: missing } = await mock.get('/v3/hooks/1').expect(404);
    expect(missing.title).toBe('Webhook with id [1] not found');
  });
});

describe('getWebhooks', () => {
  it('filters by what is on, by kind of event and by destination', async () => {
    const mock = await startMock();
    await mock.post('/v3/hooks', hook).expect(200);
    const other = { scope: 'store/cart/*', destination: 'https://example.com/carts', is_active: false };
    await mock.post('/v3/hooks', other).expect(200);
    for (const query of ['is_active=false', `scope=${other.scope}`, `destination=${other.destination}`]) {
      const { body } = await mock.get(`/v3/hooks?${query}`).expect(200);
      expect(body.data).toMatchObject([other]);
    }
  });
});

describe('getHooksAdmin', () => {
  it('shows the state of the caller’s webhooks and whom to tell', async () => {
    const mock = await startMock();
    await mock.post('/v3/hooks', hook).expect(200);
    await mock.put('/v3/hooks/admin', { emails: ['ops@example.com'] }).expect(204);
    await mock.put('/v3/hooks/admin', { emails: ['dev@example.com'] }).expect(204);
    const { body } = await mock.get('/v3/hooks/admin?is_active=true').expect(200);
    expect(body.data).toMatchObject({ emails: ['dev@example.com'], hooks_list: [{ id: 1, status: 'active' }] });
    expect(body.meta.pagination.total).toBe(1);
    expect((await mock.get('/v3/hooks/admin?is_active=false').expect(200)).body.data.hooks_list).toEqual([]);
  });
});
