/** The life of a single-click app in a store, from the consent of the merchant to the end. */
import { createHmac } from 'node:crypto';
import jsonwebtoken from 'jsonwebtoken';
import { describe, expect, it, vi } from 'vitest';
import { SCOPES, startApp, startListening, type ListeningMock, type SampleApp } from './sample-app.js';

const context = 'stores/mockstore1';
const owner = 'owner@mockstore1.example.com';

const click = (mock: ListeningMock, app: SampleApp, what: string, body: object = {}, store = 'mockstore1') =>
  mock.raw.post(`/_mock/stores/${store}/apps/${app.client_id}/${what}`).send(body);

const summary = (mock: ListeningMock, token: string | undefined) =>
  mock.raw.get(`/${context}/v3/catalog/summary`).set('X-Auth-Token', token ?? '');

describe('a single-click app', () => {
  it('is let in by the page of consent, opens, and is thrown out', async () => {
    const mock = await startListening();
    const app = await startApp(mock);

    // The merchant comes from the marketplace, reads what is asked for, and confirms.
    const page = await mock.raw.get('/oauth2/authorize').query({ client_id: app.client_id, context }).expect(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    for (const text of ['Sample app', 'mockstore1', ...SCOPES, 'Products: modify', 'Orders: read-only']) {
      expect(page.text).toContain(text);
    }
    expect(page.text).not.toContain('<script');
    const consent = /name="consent" value="([^"]+)"/.exec(page.text)?.[1];
    const { headers } = await mock.raw
      .post('/oauth2/authorize')
      .type('form')
      .send({ consent, decision: 'accept' })
      .expect(302);
    expect(new URL(headers['location'] ?? '').search).toMatch(
      /^\?account_uuid=[0-9a-f-]{36}&code=[0-9a-f]{32}&context=stores%2Fmockstore1&scope=store_v2_products\+store_v2_orders_read_only$/,
    );
    expect(await (await fetch(headers['location'] ?? '')).text()).toContain('Installed');
    expect(app.exchanges[0]).toMatchObject({
      status: 200,
      body: {
        scope: SCOPES.join(' '),
        user: { id: 1, username: owner, email: owner },
        owner: { id: 1, username: owner, email: owner },
        context,
        account_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    });
    const token = app.stores.get(context)?.token;

    // Its token does what was granted, and no more.
    await summary(mock, token).expect(200);
    const orders = mock.raw.post(`/${context}/v2/orders`).set('X-Auth-Token', token ?? '');
    await orders.send({}).expect(403);
    const hook = { scope: 'store/product/*', destination: 'https://example.com/hook', is_active: true };
    await mock.raw
      .post(`/${context}/v3/hooks`)
      .set('X-Auth-Token', token ?? '')
      .send(hook)
      .expect(200);

    // The merchant opens it in the control panel.
    const loaded = await click(mock, app, 'load', { url: '/orders/12', channel_id: 1 }).expect(200);
    expect(loaded.body.callback).toMatchObject({ status: 200, body: `<h1>Hello ${owner}</h1>`, failure: null });

    // And is tired of it.
    const gone = await click(mock, app, 'uninstall').expect(200);
    expect(gone.body).toMatchObject({ is_installed: false, callback: { status: 200, failure: null } });
    expect(app.stores.size).toBe(0);
    await summary(mock, token).expect(401);
    const hooks = await mock.raw.get(`/${context}/v3/hooks/admin`).set('X-Auth-Token', 'mock-token-full-access');
    expect(hooks.body.data.hooks_list).toEqual([]);

    const logs = await mock.raw.get(`/${context}/v3/store/systemlogs`).set('X-Auth-Token', 'mock-token-full-access');
    expect((logs.body.data as { summary: string }[]).map((entry) => entry.summary).sort()).toEqual([
      'App installed',
      'App uninstalled',
    ]);
  });

  it('is told of a refusal, and gets nothing', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const page = await mock.raw.get('/oauth2/authorize').query({ client_id: app.client_id, state: 's1' }).expect(200);
    const consent = /name="consent" value="([^"]+)"/.exec(page.text)?.[1];
    const { headers } = await mock.raw
      .post('/oauth2/authorize')
      .type('form')
      .send({ consent, decision: 'cancel' })
      .expect(302);
    const { searchParams } = new URL(headers['location'] ?? '');
    expect(Object.fromEntries(searchParams)).toMatchObject({ error: 'access_denied', state: 's1' });
    expect(searchParams.has('code')).toBe(false);
  });

  it('signs customers in by the secret it was registered with', async () => {
    const mock = await startListening();
    const app = await startApp(mock, { scopes: [...SCOPES, 'store_v2_customers', 'store_v2_customers_login'] });
    await click(mock, app, 'install').expect(200);
    const token = app.stores.get(context)?.token ?? '';
    const { body } = await mock.raw
      .post(`/${context}/v3/customers`)
      .set('X-Auth-Token', token)
      .send([{ email: 'ann@example.com', first_name: 'Ann', last_name: 'Lee' }])
      .expect(200);
    const claims = {
      iss: app.client_id,
      jti: 'first',
      operation: 'customer_login',
      store_hash: 'mockstore1',
      customer_id: body.data[0].id as number,
    };
    const login = async (secret: string, jti: string): Promise<string | undefined> => {
      const { headers } = await mock.raw.get(`/login/token/${jsonwebtoken.sign({ ...claims, jti }, secret)}`);
      return headers['location'];
    };
    expect(await login('another-secret', 'first')).toContain('/login.php');
    expect(await login(app.client_secret, 'second')).toBe('/account.php');
    const { accounts } = mock.state.stores.get('mockstore1')!;
    expect(accounts.clientSecretOf(accounts.byClientId(app.client_id)!)).toBe(app.client_secret);
  });

  it('has a token of its own in every store', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
    await click(mock, app, 'install').expect(200);
    await click(mock, app, 'install', {}, 'acme').expect(200);
    const [first, second] = [app.stores.get(context)?.token, app.stores.get('stores/acme')?.token];
    await summary(mock, first).expect(200);
    await summary(mock, second).expect(401);
    await click(mock, app, 'uninstall', {}, 'acme').expect(200);
    await summary(mock, first).expect(200);
    const { body } = await mock.raw.get(`/_mock/apps/${app.client_id}`).expect(200);
    expect(body.installed_in).toEqual(['mockstore1']);
  });
});

describe('install', () => {
  it('calls the app as the browser of a merchant who consented', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const { body } = await click(mock, app, 'install').expect(200);
    expect(body).toMatchObject({ is_installed: true, callback: { status: 200, body: '<h1>Installed</h1>' } });
    expect(app.calls[0]).toMatchObject({ path: '/auth', headers: { referer: 'https://login.bigcommerce.com/' } });
  });

  it('says what the app made of it, and leaves it out of the store when it took no token', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    app.send = { code: 'wrong' };
    const { body } = await click(mock, app, 'install').expect(200);
    expect(body).toMatchObject({
      is_installed: false,
      callback: { status: 400, failure: 'answered with status 400' },
    });
  });

  it('gives the address to go to when it is not to call', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const { body } = await click(mock, app, 'install', { call: false }).expect(200);
    expect(app.calls).toEqual([]);
    expect(body).toMatchObject({ is_installed: false, callback: { status: null, failure: null } });
    await fetch(body.callback.url as string);
    await summary(mock, app.stores.get(context)?.token).expect(200);
  });

  it('says why nobody answers', async () => {
    const mock = await startListening();
    const app = await startApp(mock, { auth_callback: 'http://127.0.0.1:9/auth' });
    const { body } = await click(mock, app, 'install').expect(200);
    expect(body.callback).toMatchObject({ status: null, failure: expect.stringMatching(/ECONNREFUSED|bad port/) });
  });

  it('calls nobody when callbacks are off', async () => {
    const mock = await startListening({ webhooks: 'off' });
    const app = await startApp(mock);
    const { body } = await click(mock, app, 'install').expect(200);
    expect(body.callback.failure).toContain('webhooks is off');
    expect(app.calls).toEqual([]);
  });

  it('is given up when the mock closes, however long the app takes', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    app.isSilent = true;
    const clicked = click(mock, app, 'install').then(
      () => 'answered',
      () => 'cut off',
    );
    await vi.waitFor(() => {
      expect(app.calls).toHaveLength(1);
    });
    await mock.close();
    await clicked;
    await vi.waitFor(() => {
      expect(app.cutCalls).toEqual(['/auth']);
    });
  });

  it('of an app that is there already replaces its token, and keeps its account and webhooks', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    const account = async () => (await mock.raw.get('/_mock/stores/mockstore1/apps')).body.data[0].account_id as number;
    const id = await account();
    const before = app.stores.get(context)?.token ?? '';
    const hook = { scope: 'store/product/*', destination: 'https://example.com/hook' };
    await mock.raw.post(`/${context}/v3/hooks`).set('X-Auth-Token', before).send(hook).expect(200);
    await click(mock, app, 'install').expect(200);
    const after = app.stores.get(context)?.token ?? '';
    await summary(mock, before).expect(401);
    await summary(mock, after).expect(200);
    const hooks = await mock.raw.get(`/${context}/v3/hooks`).set('X-Auth-Token', after).expect(200);
    expect(hooks.body.data).toHaveLength(1);
    expect(await account()).toBe(id);
  });
});

describe('load', () => {
  it('proves who calls by a token that is good for a day', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    // Moving the clock of the mock does not move that of the app.
    await mock.raw
      .post('/_mock/clock')
      .send({ advance_ms: 3 * 86_400_000 })
      .expect(200);
    await click(mock, app, 'load', { url: '/settings', channel_id: 1 }).expect(200);
    const { query } = app.calls.at(-1)!;
    const claims = jsonwebtoken.verify(
      query.get('signed_payload_jwt') ?? '',
      app.client_secret,
    ) as jsonwebtoken.JwtPayload;
    expect(claims).toMatchObject({
      aud: app.client_id,
      iss: 'bc',
      sub: context,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      user: { id: 1, email: owner, locale: 'en-US' },
      owner: { id: 1, email: owner },
      url: '/settings',
      channel_id: 1,
    });
    expect(claims.exp! - claims.nbf!).toBe(86_400);
    expect(claims.iat! - claims.nbf!).toBe(5);
  });

  it('carries the older form of the proof, too', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    await click(mock, app, 'load').expect(200);
    const [data = '', signature = ''] = (app.calls.at(-1)!.query.get('signed_payload') ?? '').split('.');
    const json = Buffer.from(data, 'base64url').toString();
    const expected = createHmac('sha256', app.client_secret).update(json).digest('hex');
    expect(Buffer.from(signature, 'base64url').toString()).toBe(expected);
    expect(JSON.parse(json)).toMatchObject({
      user: { id: 1, email: owner },
      owner: { id: 1, email: owner },
      context,
      store_hash: 'mockstore1',
      timestamp: expect.any(Number),
    });
  });

  it('waits for a new consent when the scopes or the owner changed', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    await mock.raw
      .put(`/_mock/apps/${app.client_id}`)
      .send({ scopes: ['store_v2_customers'] })
      .expect(200);
    await click(mock, app, 'load').expect(409);
    // Until then the old token works as before.
    await summary(mock, app.stores.get(context)?.token).expect(200);
    await click(mock, app, 'install').expect(200);
    await click(mock, app, 'load').expect(200);
    await summary(mock, app.stores.get(context)?.token).expect(403);
    await mock.raw.put('/_mock/stores/mockstore1/users/1').send({ email: 'new@example.com' }).expect(200);
    expect((await mock.raw.get('/_mock/stores/mockstore1/apps')).body.data[0].needs_consent).toBe(true);
    await click(mock, app, 'load').expect(409);
  });

  it.each<[object, string]>([
    [{ url: 'https://example.com/' }, 'url'],
    [{ url: '//example.com' }, 'url'],
    [{ url: 7 }, 'url'],
    [{ channel_id: 999 }, 'channel_id'],
    [{ channel_id: '1' }, 'channel_id'],
    [{ call: 'no' }, 'call'],
    [{ path: '/' }, 'path'],
  ])('refuses %j and calls nobody', async (body, field) => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    const before = app.calls.length;
    const refusal = await click(mock, app, 'load', body).expect(422);
    expect(refusal.body).toMatchObject({ status: 422, errors: { [field]: expect.any(String) } });
    expect(app.calls).toHaveLength(before);
  });
});

describe('remove-user', () => {
  it('tells the app which user may not use it any more', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    const user = { email: 'ann@example.com', permissions: ['launch_apps'], two_factor_enabled: true };
    await mock.raw.post('/_mock/stores/mockstore1/users').send(user).expect(201);
    await click(mock, app, 'load').set('X-Mock-User', user.email).expect(200);
    await click(mock, app, 'load').expect(200);
    expect([...app.stores.get(context)!.users]).toEqual([user.email, owner]);
    await click(mock, app, 'remove-user', { user: user.email }).expect(200);
    expect([...app.stores.get(context)!.users]).toEqual([owner]);
  });

  it('refuses the owner and whoever is nobody', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    await click(mock, app, 'remove-user', { user: owner }).expect(409);
    for (const user of [undefined, 'nobody@example.com', 99]) {
      const { body } = await click(mock, app, 'remove-user', { user }).expect(422);
      expect(body.errors).toHaveProperty('user');
    }
  });
});

describe('permissions', () => {
  it.each([
    ['install', 'install_apps', {}],
    ['load', 'launch_apps', {}],
    ['uninstall', 'uninstall_apps', {}],
    ['remove-user', 'manage_users', { user: 'ann@example.com' }],
  ])('%s needs %s', async (what, permission, body) => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    const before = app.calls.length;
    const users = '/_mock/stores/mockstore1/users';
    const { body: user } = await mock.raw
      .post(users)
      .send({ email: 'ann@example.com', permissions: ['manage_orders'] })
      .expect(201);
    await click(mock, app, what, body).set('X-Mock-User', 'ann@example.com').expect(403);
    expect(app.calls).toHaveLength(before);
    await mock.raw
      .put(`${users}/${String(user.id)}`)
      .send({ permissions: [permission] })
      .expect(200);
    const { body: done } = await click(mock, app, what, body).set('X-Mock-User', 'ann@example.com').expect(200);
    expect(done.warnings).toEqual([expect.stringContaining('Two-factor')]);
  });

  it('of nobody who may not install apps get them the page of consent', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await mock.raw.post('/_mock/stores/mockstore1/users').send({ email: 'ann@example.com' }).expect(201);
    const { text } = await mock.raw
      .get('/oauth2/authorize')
      .query({ client_id: app.client_id })
      .set('X-Mock-User', 'ann@example.com')
      .expect(403);
    expect(text).not.toContain('name="consent"');
  });
});

describe('an app that is not there', () => {
  it.each(['load', 'uninstall', 'remove-user'])('answers %s with 404', async (what) => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, what, what === 'remove-user' ? { user: owner } : {}).expect(404);
    await mock.raw.post(`/_mock/stores/mockstore1/apps/nobody/${what}`).expect(404);
    await mock.raw.post(`/_mock/stores/nowhere/apps/${app.client_id}/${what}`).expect(404);
    expect(app.calls).toEqual([]);
  });

  it('is the same after a reset, and back with a snapshot', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await click(mock, app, 'install').expect(200);
    const token = app.stores.get(context)?.token;
    await mock.raw.post('/_mock/stores/mockstore1/snapshots').send({ name: 'installed' }).expect(201);
    await mock.raw.post('/_mock/reset').expect(200);
    await summary(mock, token).expect(401);
    await click(mock, app, 'load').expect(404);
    await mock.raw.put('/_mock/stores/mockstore1/snapshots/installed').expect(200);
    await summary(mock, token).expect(200);
    await click(mock, app, 'load').expect(200);
  });
});
