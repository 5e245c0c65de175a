/** `/oauth2/authorize`: the page of consent, and whom it is shown to. */
import { describe, expect, it } from 'vitest';
import { startApp, startListening, type ListeningMock } from './sample-app.js';

const page = (mock: ListeningMock, query: object) => mock.raw.get('/oauth2/authorize').query(query);
const answer = (mock: ListeningMock, fields: object) => mock.raw.post('/oauth2/authorize').type('form').send(fields);
const consentIn = (text: string): string => /name="consent" value="([^"]+)"/.exec(text)?.[1] ?? '';

describe('the page of consent', () => {
  it('takes what an app is called for text, not for HTML', async () => {
    const mock = await startListening();
    const app = await startApp(mock, { name: `<script>alert("1")</script>'&` });
    const { text, headers } = await page(mock, { client_id: app.client_id }).expect(200);
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#x27;&amp;');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('asks for the store that context names', async () => {
    const mock = await startListening();
    await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
    const app = await startApp(mock);
    const { text } = await page(mock, { client_id: app.client_id, context: 'stores/acme' }).expect(200);
    const { headers } = await answer(mock, { consent: consentIn(text), decision: 'accept' }).expect(302);
    expect(new URL(headers['location']!).searchParams.get('context')).toBe('stores/acme');
  });

  it('gives the app back its state, and keeps what its callback asked for already', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const auth_callback = `${app.url}/auth?tenant=7`;
    await mock.raw.put(`/_mock/apps/${app.client_id}`).send({ auth_callback }).expect(200);
    const { text } = await page(mock, { client_id: app.client_id, state: 'a b&c', redirect_uri: auth_callback });
    const { headers } = await answer(mock, { consent: consentIn(text), decision: 'accept' }).expect(302);
    const { searchParams } = new URL(headers['location']!);
    expect([searchParams.get('tenant'), searchParams.get('state')]).toEqual(['7', 'a b&c']);
  });

  it.each([
    ['no app', {}, 400],
    ['an unknown app', { client_id: '<b>nobody</b>' }, 400],
    ['another redirect_uri', { redirect_uri: 'https://example.com/auth' }, 400],
    ['an unknown store', { context: 'stores/nowhere' }, 400],
    ['a context that is none', { context: 'mockstore1' }, 400],
  ])('is not shown for %s', async (what, query, status) => {
    const mock = await startListening();
    const app = await startApp(mock);
    const named = what.endsWith('app') ? query : { client_id: app.client_id, ...query };
    const { text } = await page(mock, named).expect(status);
    expect(text).toContain('cannot be installed');
    expect(text).not.toContain('<b>');
    expect(consentIn(text)).toBe('');
  });

  it.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'store_v2_products store_v2_customers' }],
  ])('is not shown for what the app did wrong: it is told %s', async (error, query) => {
    const mock = await startListening();
    const app = await startApp(mock);
    const { headers } = await page(mock, { client_id: app.client_id, state: 's', ...query }).expect(302);
    const location = new URL(headers['location']!);
    expect(location.origin).toBe(app.url);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({ error, state: 's' });
  });

  it('refuses a user whom the store does not have', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await page(mock, { client_id: app.client_id }).set('X-Mock-User', 'nobody@example.com').expect(422);
  });
});

describe('an answer', () => {
  it('counts once', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const consent = consentIn((await page(mock, { client_id: app.client_id })).text);
    await answer(mock, { consent, decision: 'cancel' }).expect(302);
    await answer(mock, { consent, decision: 'accept' }).expect(400);
  });

  it('has to come from a page, within ten minutes, before a reset', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    await answer(mock, { consent: 'f'.repeat(32), decision: 'accept' }).expect(400);
    await answer(mock, { decision: 'accept', client_id: app.client_id }).expect(400);
    const old = consentIn((await page(mock, { client_id: app.client_id })).text);
    await mock.raw.post('/_mock/clock').send({ advance_ms: 600_000 }).expect(200);
    await answer(mock, { consent: old, decision: 'accept' }).expect(400);
    const lost = consentIn((await page(mock, { client_id: app.client_id })).text);
    await mock.raw.post('/_mock/reset').expect(200);
    await answer(mock, { consent: lost, decision: 'accept' }).expect(400);
  });

  it('has to be yes or no', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const consent = consentIn((await page(mock, { client_id: app.client_id })).text);
    await answer(mock, { consent, decision: 'maybe' }).expect(400);
    await answer(mock, { consent, decision: 'accept' }).expect(302);
  });

  it('comes too late when the user may not install apps any more', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const users = '/_mock/stores/mockstore1/users';
    const { body } = await mock.raw
      .post(users)
      .send({ email: 'ann@example.com', permissions: ['install_apps'] })
      .expect(201);
    const { text } = await page(mock, { client_id: app.client_id }).set('X-Mock-User', 'ann@example.com').expect(200);
    await mock.raw
      .put(`${users}/${String(body.id)}`)
      .send({ permissions: [] })
      .expect(200);
    await answer(mock, { consent: consentIn(text), decision: 'accept' }).expect(403);
  });

  it('grants what the page showed, though the app asks for more by now', async () => {
    const mock = await startListening();
    const app = await startApp(mock);
    const consent = consentIn((await page(mock, { client_id: app.client_id })).text);
    await mock.raw
      .put(`/_mock/apps/${app.client_id}`)
      .send({ scopes: ['store_v2_customers'] })
      .expect(200);
    const { headers } = await answer(mock, { consent, decision: 'accept' }).expect(302);
    await fetch(headers['location']!);
    expect(app.exchanges[0]!.body['scope']).toBe('store_v2_products store_v2_orders_read_only');
  });
});
