/** `POST /oauth2/token`: what an app has to send with a code, and what it gets for anything else. */
import { describe, expect, it } from 'vitest';
import { startApp, startListening, type ListeningMock, type SampleApp } from './sample-app.js';

const context = 'stores/mockstore1';

const install = (mock: ListeningMock, app: SampleApp, body: object = {}) =>
  mock.raw.post(`/_mock/stores/mockstore1/apps/${app.client_id}/install`).send(body).expect(200);

/** A code, and all that has to come with it. */
async function grantedTo(mock: ListeningMock, app: SampleApp): Promise<Record<string, string>> {
  const { body } = await install(mock, app, { call: false });
  const query = new URL(body.callback.url as string).searchParams;
  return {
    client_id: app.client_id,
    client_secret: app.client_secret,
    code: query.get('code')!,
    context,
    scope: query.get('scope')!,
    grant_type: 'authorization_code',
    redirect_uri: `${app.url}/auth`,
  };
}

const exchange = (mock: ListeningMock, fields: object) => mock.raw.post('/oauth2/token').send(fields);

describe('a code', () => {
  it.each(['application/json', 'application/x-www-form-urlencoded'] as const)('is exchanged by %s', async (type) => {
    const mock = await startListening();
    const app = await startApp(mock);
    app.contentType = type;
    await install(mock, app);
    expect(app.exchanges).toMatchObject([
      { status: 200, body: { access_token: expect.stringMatching(/^[0-9a-z]{31}$/) } },
    ]);
  });

  it('is good once', async () => {
    const mock = await startListening();
    const fields = await grantedTo(mock, await startApp(mock));
    const { body } = await exchange(mock, fields).expect(200);
    expect((await exchange(mock, fields).expect(400)).body).toMatchObject({ error: 'invalid_grant' });
    // The token that came of it is none the worse for that.
    await mock.raw.get(`/${context}/v3/catalog/summary`).set('X-Auth-Token', body.access_token).expect(200);
  });

  it('is good for ten minutes', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const [first, second] = [await grantedTo(mock, app), await grantedTo(mock, app)];
    await mock.raw
      .post('/_mock/clock')
      .send({ advance_ms: 9 * 60_000 })
      .expect(200);
    await exchange(mock, first).expect(200);
    await mock.raw.post('/_mock/clock').send({ advance_ms: 60_000 }).expect(200);
    expect((await exchange(mock, second).expect(400)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('is good for its own app only', async () => {
    const mock = await startListening();
    const [app, other] = [await startApp(mock), await startApp(mock)];
    const { code } = await grantedTo(mock, app);
    const own = await grantedTo(mock, other);
    expect((await exchange(mock, { ...own, code }).expect(400)).body).toMatchObject({ error: 'invalid_grant' });
  });

  it('does not outlive a reset of its store, nor the store', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const before = await grantedTo(mock, app);
    await mock.raw.post('/_mock/reset').expect(200);
    await exchange(mock, before).expect(400);
    await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
    const { body } = await mock.raw
      .post(`/_mock/stores/acme/apps/${app.client_id}/install`)
      .send({ call: false })
      .expect(200);
    const code = new URL(body.callback.url as string).searchParams.get('code');
    await mock.raw.delete('/_mock/stores/acme').expect(204);
    await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
    await exchange(mock, { ...before, code, context: 'stores/acme' }).expect(400);
  });
});

describe('an exchange', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['without client_id', { client_id: undefined }, 'invalid_request'],
    ['without client_secret', { client_secret: undefined }, 'invalid_request'],
    ['without code', { code: undefined }, 'invalid_request'],
    ['without grant_type', { grant_type: undefined }, 'invalid_request'],
    ['without redirect_uri', { redirect_uri: undefined }, 'invalid_request'],
    ['with a code that is no text', { code: 7 }, 'invalid_request'],
    ['of an unknown app', { client_id: 'nobody' }, 'invalid_client'],
    ['with a wrong secret', { client_secret: 'guessed-secret' }, 'invalid_client'],
    ['of another kind', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
    ['with another redirect_uri', { redirect_uri: 'http://127.0.0.1/auth/' }, 'redirect_uri_mismatch'],
    ['with an unknown code', { code: 'f'.repeat(32) }, 'invalid_grant'],
    ['for more than was granted', { scope: 'store_v2_products store_v2_customers' }, 'invalid_scope'],
  ])('%s is refused, and leaves the code as good as it was', async (_, change, error) => {
    const mock = await startListening();
    const fields = await grantedTo(mock, await startApp(mock));
    const { body } = await exchange(mock, { ...fields, ...change }).expect(400);
    expect(body).toEqual({ error, error_description: expect.any(String) });
    await exchange(mock, fields).expect(200);
  });

  it('says in the words of the real thing that redirect_uri does not fit', async () => {
    const mock = await startListening();
    const fields = await grantedTo(mock, await startApp(mock));
    const { body } = await exchange(mock, { ...fields, redirect_uri: 'https://example.com/' }).expect(400);
    expect(body.error_description).toBe('Parameter redirect_uri does not match registered URI');
  });

  it.each([
    ['no context', undefined],
    ['a context that was not filled in', 'stores/${connectionConfig.storeHash}'],
    ['the context of another store', 'stores/acme'],
  ])('with %s gives a token that opens nothing', async (_, sent) => {
    const mock = await startListening();
    await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
    const fields = await grantedTo(mock, await startApp(mock));
    const { body } = await exchange(mock, { ...fields, context: sent }).expect(200);
    expect(body.scope).toBeNull();
    for (const path of ['v3/catalog/summary', 'v2/orders', 'v3/hooks']) {
      const refused = await mock.raw.get(`/${context}/${path}`).set('X-Auth-Token', body.access_token).expect(403);
      expect(refused.body.title).toBe("You don't have a required scope to access the endpoint");
    }
    await mock.raw.get('/stores/acme/v3/catalog/summary').set('X-Auth-Token', body.access_token).expect(401);
  });

  it('may leave out scope, or name less than was granted: the token has all of it', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    for (const scope of [undefined, '', 'store_v2_products']) {
      const { body } = await exchange(mock, { ...(await grantedTo(mock, app)), scope }).expect(200);
      expect(body.scope).toBe('store_v2_products store_v2_orders_read_only');
    }
  });

  it.each([
    ['application/json', '{"client_id":', 400],
    ['application/json', '[1]', 400],
    ['application/json', 'null', 400],
    ['application/xml', '<a/>', 400],
    ['application/x-www-form-urlencoded', '%zz&&=', 400],
    ['application/json', JSON.stringify({ code: 'x'.repeat(70_000) }), 413],
  ])('of %s with %.20s is answered all the same', async (type, text, status) => {
    const mock = await startListening();
    const { body } = await mock.raw.post('/oauth2/token').set('Content-Type', type).send(text).expect(status);
    expect(body).toEqual({ error: 'invalid_request', error_description: expect.any(String) });
  });

  it('is a POST', async () => {
    const mock = await startListening();
    await mock.raw.get('/oauth2/token').expect(405);
    await mock.raw.put('/oauth2/token').send({}).expect(405);
  });
});

describe('the journal', () => {
  it('has every exchange of the flow, and none of its secrets', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const page = await mock.raw.get('/oauth2/authorize').query({ client_id: app.client_id }).expect(200);
    const consent = /name="consent" value="([^"]+)"/.exec(page.text)![1]!;
    const { headers } = await mock.raw
      .post('/oauth2/authorize')
      .type('form')
      .send({ consent, decision: 'accept' })
      .expect(302);
    const location = headers['location']!;
    await fetch(location);
    const code = new URL(location).searchParams.get('code')!;
    const { token } = app.stores.get(context)!;
    const { body } = await mock.raw.get('/_mock/requests?store_hash=mockstore1').expect(200);
    const paths = (body.data as { method: string; url: string }[]).map(({ method, url }) => [
      method,
      url.split('?')[0],
    ]);
    expect(paths).toEqual([
      ['GET', '/oauth2/authorize'],
      ['POST', '/oauth2/authorize'],
      ['POST', '/oauth2/token'],
    ]);
    const text = JSON.stringify(body);
    for (const secret of [app.client_secret, consent, code, token]) expect(text).not.toContain(secret);
    expect(text).toContain(app.client_id);
  });

  it('says why an exchange was refused, without what was sent', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await exchange(mock, { ...(await grantedTo(mock, app)), client_secret: 'guessed-secret' }).expect(400);
    await mock.raw.post('/oauth2/token').set('Content-Type', 'application/json').send('{"guessed-secret"').expect(400);
    const { body } = await mock.raw.get('/_mock/requests').expect(200);
    expect(body.data[0].reason).toContain('invalid_client');
    expect(JSON.stringify(body)).not.toContain('guessed-secret');
  });
});
