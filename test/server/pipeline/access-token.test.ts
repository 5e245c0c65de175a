/** Who may do what. Every operation is tried in test/contracts; here are the bodies and the modes. */
import { describe, expect, it } from 'vitest';
import { NO_SCOPES, READ_ONLY, startMock } from '../mock.js';

const products = '/v3/catalog/products';
const product = { name: 'Morning Tea', type: 'physical', weight: 1, price: 10 };

describe('X-Auth-Token', () => {
  it.each([
    ['no token', undefined],
    ['an unknown token', 'not-a-token'],
    ['an empty token', ''],
  ])('answers 401 with the documented body to %s, without rate headers', async (_, token) => {
    const mock = await startMock();
    const { status, body, headers } = await mock.as(token).get(products);
    expect(status).toBe(401);
    expect(body).toEqual({
      status: 401,
      title: 'Unauthorized - the v3 Auth client ID or token in the request are not a valid combination for this store.',
      type: '/api-docs/getting-started/api-status-codes',
    });
    expect(headers).not.toHaveProperty('x-rate-limit-requests-left');
  });

  it('answers 403 with the observed body to an account without the scope, with rate headers', async () => {
    const mock = await startMock();
    const { status, body, headers } = await mock.as(NO_SCOPES).get(products);
    expect(status).toBe(403);
    expect(body).toEqual({
      status: 403,
      title: "You don't have a required scope to access the endpoint",
      type: 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes',
      errors: {},
    });
    expect(headers).toHaveProperty('x-rate-limit-requests-left');
  });

  it('lets the read-only account read, and changes nothing for it', async () => {
    const mock = await startMock();
    await mock.as(READ_ONLY).get(products).expect(200);
    await mock.as(READ_ONLY).post(products, product).expect(403);
    const { body } = await mock.get(products);
    expect(body.meta.pagination.total).toBe(0);
  });

  it('ignores X-Auth-Client', async () => {
    const mock = await startMock();
    await mock.get(products).set('X-Auth-Client', 'wrong').expect(200);
  });

  it('answers 404 for a store that the mock does not have', async () => {
    const mock = await startMock();
    await mock.raw.get('/stores/elsewhere/v3/catalog/products').set('X-Auth-Token', READ_ONLY).expect(404);
  });
});

describe('auth', () => {
  it('off asks for no token', async () => {
    const mock = await startMock({ auth: 'off' });
    await mock.as(undefined).post(products, product).expect(200);
  });

  it('soft answers, and the journal says what would have been refused', async () => {
    const mock = await startMock({ auth: 'soft' });
    await mock.as(READ_ONLY).post(products, product).expect(200);
    await mock.as(undefined).get(products).expect(200);
    const { body } = await mock.raw.get('/_mock/requests').expect(200);
    const entries = body.data as readonly { reason: string }[];
    expect(entries.map(({ reason }) => reason)).toEqual([
      'would be 403: needs store_v2_products; "Read only" has store_v2_products_read_only',
      'would be 401: no X-Auth-Token',
    ]);
  });
});
