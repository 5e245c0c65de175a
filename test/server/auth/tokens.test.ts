import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { defaultAccounts } from '../../../fixtures/index.js';
import { startChecked, type CheckedMock } from '../carts/checked-calls.js';

const { client_id } = defaultAccounts[0]!;
const SECRET = 'mock-secret-full-access';

function loginToken(mock: CheckedMock, claims: object = {}, secret = SECRET): string {
  const iat = Math.floor(mock.store.clock.now() / 1000);
  const all = { iss: client_id, iat, jti: 'once', operation: 'customer_login', store_hash: 'mockstore1', ...claims };
  return jwt.sign(all, secret);
}

async function newCustomer(mock: CheckedMock): Promise<number> {
  const { body } = await mock.post('/v3/customers', [{ email: 'c@example.com', first_name: 'C', last_name: 'D' }]);
  return (body as { data: { id: number }[] }).data[0]!.id;
}

async function logIn(mock: CheckedMock, token: string): Promise<{ location: string; cookie: string }> {
  const { headers } = await mock.raw.get(`/login/token/${token}`).redirects(0).expect(302);
  const { location, 'set-cookie': set } = headers as unknown as { location: string; 'set-cookie': string[] };
  return { location, cookie: set[0]!.split(';')[0]! };
}

describe('getCustomerLogin', () => {
  it('signs a customer in and leads to the page that the token names, once', async () => {
    const mock = await startChecked();
    const customer_id = await newCustomer(mock);
    const token = loginToken(mock, { customer_id, redirect_to: '/shop-all/' });
    const { location, cookie } = await logIn(mock, token);
    expect(location).toBe('/shop-all/');
    const current = `/customer/current.jwt?app_client_id=${client_id}`;
    const { text, headers } = await mock.raw.get(current).set('cookie', cookie).expect(200);
    expect(headers['content-type']).toBe('text/plain');
    const claims = jwt.verify(text, SECRET) as jwt.JwtPayload;
    expect(claims).toMatchObject({
      customer: { id: customer_id, email: 'c@example.com', group_id: expect.any(String) as string },
      iss: 'bc/apps',
      sub: 'mockstore1',
      aud: client_id,
      operation: 'current_customer',
      version: 1,
    });
    expect(claims.exp! - claims.iat!).toBe(900);
    expect((await logIn(mock, token)).location).toContain('/login.php');
  });

  it('leads to the login page for whatever is wrong', async () => {
    const mock = await startChecked();
    const customer_id = await newCustomer(mock);
    const late = loginToken(mock, { customer_id, iat: Math.floor(mock.store.clock.now() / 1000) - 31 });
    const wrong = [
      late,
      loginToken(mock, { customer_id }, 'another secret'),
      loginToken(mock, { customer_id, store_hash: 'other' }),
      loginToken(mock, { customer_id, operation: 'logout' }),
      loginToken(mock, { customer_id, jti: undefined }),
      loginToken(mock, { customer_id, redirect_to: 'https://example.com' }),
      loginToken(mock, { customer_id: 4711 }),
      loginToken(mock, { customer_id, iss: 'nobody' }),
      'nonsense',
    ];
    for (const token of wrong) expect((await logIn(mock, token)).location).toContain('/login.php');
  });

  it('signs nobody in on a channel on which the account does not open', async () => {
    const mock = await startChecked();
    const customer_id = await newCustomer(mock);
    await mock.put('/v3/customers/settings/channels/1', { allow_global_logins: false }).expect(200);
    expect((await logIn(mock, loginToken(mock, { customer_id }))).location).toContain('/login.php');
    await mock.put('/v3/customers', [{ id: customer_id, channel_ids: [1] }]).expect(200);
    expect((await logIn(mock, loginToken(mock, { customer_id }))).location).toBe('/account.php');
  });
});

describe('getCurrentCustomer', () => {
  it('knows nobody without a session, and no app that has no account', async () => {
    const mock = await startChecked();
    await mock.call(404, 'GET', `/customer/current.jwt?app_client_id=${client_id}`);
    const customer_id = await newCustomer(mock);
    const { cookie } = await logIn(mock, loginToken(mock, { customer_id }));
    await mock.call(404, 'GET', '/customer/current.jwt?app_client_id=nobody', undefined, { headers: { cookie } });
    const json = await mock.call(200, 'GET', `/customer/current.jwt?app_client_id=${client_id}`, undefined, {
      headers: { cookie },
    });
    expect(json.body).toMatch(/^ey/);
  });
});

describe('storefront tokens', () => {
  const expires_at = 4_102_444_800;

  it('are issued for channels and taken back', async () => {
    const mock = await startChecked();
    const made = await mock.call(200, 'POST', '/v3/storefront/api-token', {
      channel_id: 1,
      expires_at,
      allowed_cors_origins: ['https://shop.example.com'],
    });
    const { token } = (made.body as { data: { token: string } }).data;
    expect(jwt.decode(token)).toMatchObject({ cid: [1], eat: expires_at, corsOrigins: ['https://shop.example.com'] });
    await mock.call(200, 'POST', '/v3/storefront/api-token-private', {
      channel_ids: [1],
      expires_at,
      scopes: ['Unauthenticated'],
    });
    await mock.call(200, 'POST', '/v3/storefront/api-token-customer-impersonation', { channel_id: 1, expires_at });
    await mock.call(200, 'DELETE', '/v3/storefront/api-token', undefined, { headers: { 'sf-api-token': token } });
    await mock.call(422, 'DELETE', '/v3/storefront/api-token', undefined, { headers: { 'sf-api-token': 'nonsense' } });
  });

  it('need one way to name channels, channels that are there, and a time to come', async () => {
    const mock = await startChecked();
    const path = '/v3/storefront/api-token';
    await mock.call(422, 'POST', path, { expires_at });
    await mock.call(422, 'POST', path, { channel_id: 1, channel_ids: [1], expires_at });
    await mock.call(422, 'POST', path, { channel_id: 999, expires_at });
    await mock.call(422, 'POST', path, { channel_id: 1, expires_at: 1 });
    await mock.call(422, 'POST', path, { channel_id: 1, expires_at: expires_at * 1000 });
    await mock.call(422, 'POST', '/v3/storefront/api-token-private', { channel_id: 1, expires_at });
  });
});
