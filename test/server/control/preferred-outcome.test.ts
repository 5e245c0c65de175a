/** `Prefer: code=…`: a request that asks for its outcome itself. */
import { describe, expect, it } from 'vitest';
import { operationById } from '../../../openapi/index.js';
import { startMock, type MockClient } from '../mock.js';

const brands = '/v3/catalog/brands';

describe('Prefer: code=…', () => {
  const asking = (mock: MockClient, path: string, prefer: string) => mock.get(path).set('Prefer', prefer);

  it("gives a documented refusal in the path's dialect", async () => {
    const mock = await startMock();
    const v3 = await asking(mock, '/v3/catalog/products/1', 'code=404').expect(404);
    expect(v3.body).toMatchObject({ status: 404, title: 'The resource was not found.', errors: {} });
    expect(v3.headers['preference-applied']).toBe('code=404');
    const v2 = await asking(mock, '/v2/orders/1', 'code=409').expect(409);
    expect(v2.body).toMatchObject([{ status: 409, message: expect.stringContaining('conflict') }]);
  });

  it('gives 429 with the headers of a spent quota', async () => {
    const mock = await startMock({ plan: 'standard' });
    const { headers } = await asking(mock, brands, 'code=429').expect(429);
    expect(headers).toMatchObject({ 'x-rate-limit-requests-left': '0', 'x-rate-limit-requests-quota': '150' });
    expect(Number(headers['x-retry-after'])).toBeGreaterThan(0);
    expect((await mock.get(brands)).headers['x-rate-limit-requests-left']).toBe('148');
  });

  it('writes nothing when it is a refusal, and as ever when it is the ordinary success', async () => {
    const mock = await startMock();
    await mock.post(brands, { name: 'Lost' }).set('Prefer', 'code=422').expect(422);
    await mock.post(brands, { name: 'Kept' }).set('Prefer', 'return=minimal, code="200"').expect(200);
    expect((await mock.get(brands)).body.data).toMatchObject([{ name: 'Kept' }]);
  });

  it('draws another success from its schema', async () => {
    const mock = await startMock();
    expect(operationById('createBrand').statuses).toContain(207);
    const { headers } = await mock.post(brands, { name: 'Partly' }).set('Prefer', 'code=207').expect(207);
    expect(headers['x-mock-fidelity']).toBe('sampled');
    expect((await mock.get(brands)).body.data).toEqual([]);
    await asking(mock, '/v2/orders', 'code=204').expect(204);
  });

  it.each(['code=418', 'code=soon', 'code=', 'code=99999'])(
    'refuses %s in the V3 envelope, on V2 too',
    async (prefer) => {
      const mock = await startMock();
      for (const path of [brands, '/v2/orders']) {
        const { body } = await asking(mock, path, prefer).expect(422);
        expect(body).toMatchObject({ status: 422, errors: { Prefer: expect.stringContaining('200') } });
      }
    },
  );

  it('leaves other preferences alone', async () => {
    const mock = await startMock();
    await asking(mock, brands, 'respond-async, wait=10, encode=404').expect(200);
  });

  it('opens nothing that the token does not', async () => {
    const mock = await startMock();
    await mock.as('mock-token-no-scopes').get(brands).set('Prefer', 'code=404').expect(403);
  });
});
