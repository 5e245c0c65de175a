/** Quotas and concurrency. */
import { describe, expect, it } from 'vitest';
import { FULL, NO_SCOPES, READ_ONLY, startMock, type MockClient } from '../mock.js';

const products = '/v3/catalog/products';

async function left(mock: MockClient): Promise<number> {
  const { headers } = await mock.get(products);
  return Number(headers['x-rate-limit-requests-left']);
}

describe('rate limit', () => {
  it('sends the four headers with every authenticated reply, as integers', async () => {
    const mock = await startMock({ plan: 'standard' });
    for (const reply of [
      await mock.get(products),
      await mock.get('/v3/catalog/products/1'),
      await mock.post(products, {}),
    ]) {
      expect(reply.headers['x-rate-limit-requests-quota']).toBe('150');
      expect(reply.headers['x-rate-limit-time-window-ms']).toBe('30000');
      expect(reply.headers['x-rate-limit-requests-left']).toMatch(/^\d+$/);
      expect(reply.headers['x-rate-limit-time-reset-ms']).toMatch(/^\d+$/);
    }
  });

  it.each([
    ['standard', '150'],
    ['plus', '150'],
    ['pro', '450'],
    ['enterprise', '100000'],
  ] as const)('gives plan %s %s requests per 30 s', async (plan, quota) => {
    const mock = await startMock({ plan });
    const { headers } = await mock.get(products);
    expect(headers['x-rate-limit-requests-quota']).toBe(quota);
  });

  it('is one quota for all accounts of the store', async () => {
    const mock = await startMock({ plan: 'standard' });
    expect(await left(mock)).toBe(149);
    expect(await left(mock.as(READ_ONLY))).toBe(148);
    expect(await left(mock.as(FULL))).toBe(147);
  });

  it('does not count refused tokens and scopes', async () => {
    const mock = await startMock({ plan: 'standard' });
    await mock.as('wrong').get(products).expect(401);
    await mock.as(NO_SCOPES).get(products).expect(403);
    expect(await left(mock)).toBe(149);
  });

  it('answers 429 with body and headers once spent, and recovers when the window ends', async () => {
    const mock = await startMock({ rateLimit: '2/10' });
    await mock.get(products).expect(200);
    await mock.get(products).expect(200);
    const { status, body, headers } = await mock.get(products);
    expect(status).toBe(429);
    expect(body).toMatchObject({ status: 429, title: 'Too many requests', errors: {} });
    expect(headers).toMatchObject({
      'x-rate-limit-requests-left': '0',
      'x-rate-limit-requests-quota': '2',
      'x-rate-limit-time-window-ms': '10000',
    });
    expect(Number(headers['x-retry-after'])).toBeGreaterThan(0);
    await mock.raw.post('/_mock/clock').send({ advance_ms: 10_000 }).expect(200);
    await mock.get(products).expect(200);
  });

  it('never refuses on plan unlimited, and still sends headers', async () => {
    const mock = await startMock({ plan: 'unlimited' });
    for (let count = 0; count < 200; count += 1) {
      const { status, headers } = await mock.get('/v3/catalog/brands');
      expect(status).toBe(200);
      expect(headers).toHaveProperty('x-rate-limit-requests-quota');
    }
  });

  it('refuses a second request at a time where one is documented (nested tree), quota left', async () => {
    const mock = await startMock({ plan: 'standard' });
    const replies = await Promise.all(Array.from({ length: 8 }, () => mock.get('/v3/catalog/trees/1/categories')));
    const statuses = replies.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses).toContain(429);
    expect(Number(replies[0]?.headers['x-rate-limit-requests-left'])).toBeGreaterThan(0);
    // One after the other there is always a place.
    for (let count = 0; count < 5; count += 1) await mock.get('/v3/catalog/trees/1/categories').expect(200);
  });
});
