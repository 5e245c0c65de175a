/** `/_mock/apps`: registering apps. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const sound = {
  name: 'Sample app',
  auth_callback: 'http://127.0.0.1:3000/auth',
  load_callback: 'https://app.example.com/load',
  scopes: ['store_v2_products'],
};

describe('POST /_mock/apps', () => {
  it('shows the secret once', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post('/_mock/apps').send(sound).expect(201);
    expect(body).toMatchObject({
      ...sound,
      client_id: expect.stringMatching(/^[0-9a-z]{31}$/),
      client_secret: expect.stringMatching(/^[0-9a-f]{64}$/),
      uninstall_callback: null,
      remove_user_callback: null,
      installed_in: [],
    });
    for (const path of ['/_mock/apps', `/_mock/apps/${body.client_id}`]) {
      const { text } = await mock.raw.get(path).expect(200);
      expect(text).toContain(body.client_id);
      expect(text).not.toContain('secret');
    }
    expect((await mock.raw.get('/_mock/apps')).body.meta.total).toBe(1);
  });

  it('takes the credentials that an app has already', async () => {
    const mock = await startMock();
    const own = { client_id: 'my-app', client_secret: 'my-own-secret' };
    const { body } = await mock.raw
      .post('/_mock/apps')
      .send({ ...sound, ...own })
      .expect(201);
    expect(body).toMatchObject(own);
  });

  it('takes scopes that only apps may have, and default for granted', async () => {
    const mock = await startMock();
    const scopes = ['default', 'store_app_extensions_manage', 'store_app_extensions_manage'];
    const { body } = await mock.raw
      .post('/_mock/apps')
      .send({ ...sound, scopes })
      .expect(201);
    expect(body.scopes).toEqual(['store_app_extensions_manage']);
  });

  it.each<[object, string]>([
    [{ name: '' }, 'name'],
    [{ name: 'two\nlines' }, 'name'],
    [{ auth_callback: undefined }, 'auth_callback'],
    [{ auth_callback: '/auth' }, 'auth_callback'],
    [{ auth_callback: 'javascript:alert(1)' }, 'auth_callback'],
    [{ auth_callback: 'https://user:pass@example.com/' }, 'auth_callback'],
    [{ auth_callback: 'https://example.com/#' }, 'auth_callback'],
    [{ load_callback: null }, 'load_callback'],
    [{ uninstall_callback: 7 }, 'uninstall_callback'],
    [{ remove_user_callback: `https://example.com/${'x'.repeat(2_000)}` }, 'remove_user_callback'],
    [{ scopes: 'store_v2_products' }, 'scopes'],
    [{ scopes: undefined }, 'scopes'],
    [{ scopes: ['store_v2_product'] }, 'scopes'],
    [{ scopes: [{}] }, 'scopes'],
    [{ client_id: 'a/b' }, 'client_id'],
    [{ client_secret: 'short' }, 'client_secret'],
    [{ callback: 'https://example.com/' }, 'callback'],
  ])('refuses %j and registers nothing', async (change, field) => {
    const mock = await startMock();
    const { body } = await mock.raw
      .post('/_mock/apps')
      .send({ ...sound, ...change })
      .expect(422);
    expect(body).toMatchObject({ status: 422, errors: { [field]: expect.any(String) } });
    expect((await mock.raw.get('/_mock/apps')).body.data).toEqual([]);
  });

  it('names every field that is wrong at once', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post('/_mock/apps').send({}).expect(422);
    expect(Object.keys(body.errors).sort()).toEqual(['auth_callback', 'load_callback', 'name', 'scopes']);
  });

  it('refuses a client id that another app or an API account has', async () => {
    const mock = await startMock();
    await mock.raw
      .post('/_mock/apps')
      .send({ ...sound, client_id: 'my-app' })
      .expect(201);
    const { client_id } = mock.store.accounts.byToken('mock-token-full-access')!;
    for (const taken of ['my-app', client_id]) {
      const { body } = await mock.raw
        .post('/_mock/apps')
        .send({ ...sound, client_id: taken })
        .expect(409);
      expect(body.errors).toEqual({ client_id: 'taken' });
    }
  });
});

describe('PUT /_mock/apps/{client_id}', () => {
  it('changes what is sent and nothing else', async () => {
    const mock = await startMock();
    const { body: before } = await mock.raw
      .post('/_mock/apps')
      .send({ ...sound, uninstall_callback: 'https://app.example.com/uninstall' })
      .expect(201);
    const path = `/_mock/apps/${before.client_id}`;
    await mock.raw.put(path).send({ name: 'Renamed' }).expect(200);
    const { body } = await mock.raw.put(path).send({ uninstall_callback: null }).expect(200);
    const expected = { ...before, name: 'Renamed', uninstall_callback: null };
    delete expected.client_secret;
    expect(body).toEqual(expected);
  });

  it('keeps client id and secret, and refuses what is wrong', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post('/_mock/apps').send(sound).expect(201);
    const path = `/_mock/apps/${body.client_id}`;
    for (const change of [{ client_id: 'other' }, { client_secret: 'another-secret' }, { scopes: ['x'] }]) {
      await mock.raw.put(path).send(change).expect(422);
    }
    expect((await mock.raw.get(path)).body.scopes).toEqual(sound.scopes);
  });
});

describe('DELETE /_mock/apps/{client_id}', () => {
  it('removes an app, and none that is unknown', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post('/_mock/apps').send(sound).expect(201);
    await mock.raw.delete(`/_mock/apps/${body.client_id}`).expect(204);
    await mock.raw.get(`/_mock/apps/${body.client_id}`).expect(404);
    await mock.raw.put(`/_mock/apps/${body.client_id}`).send({}).expect(404);
    await mock.raw.delete(`/_mock/apps/${body.client_id}`).expect(404);
  });

  it('leaves an app that is installed', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post('/_mock/apps').send(sound).expect(201);
    const { client_id, client_secret } = body;
    const installed = await mock.raw
      .post(`/_mock/stores/mockstore1/apps/${client_id}/install`)
      .send({ call: false })
      .expect(200);
    const query = new URL(installed.body.callback.url as string).searchParams;
    await mock.raw
      .post('/oauth2/token')
      .send({
        client_id,
        client_secret,
        code: query.get('code'),
        context: query.get('context'),
        grant_type: 'authorization_code',
        redirect_uri: sound.auth_callback,
      })
      .expect(200);
    const { body: refusal } = await mock.raw.delete(`/_mock/apps/${client_id}`).expect(409);
    expect(refusal.errors.client_id).toContain('mockstore1');
    await mock.raw.post(`/_mock/stores/mockstore1/apps/${client_id}/uninstall`).send({ call: false }).expect(200);
    await mock.raw.delete(`/_mock/apps/${client_id}`).expect(204);
  });
});

describe('POST /_mock/reset', () => {
  it('leaves the registrations of apps alone', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post('/_mock/apps').send(sound).expect(201);
    await mock.raw.post('/_mock/reset').expect(200);
    await mock.raw.get(`/_mock/apps/${body.client_id}`).expect(200);
  });
});
