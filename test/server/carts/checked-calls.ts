/**
 * Calls of a mock whose every answer is held against the description. Storefront paths are given whole, from
 * `/api/storefront` on; others from `/v3` or `/v2` on.
 */
import type { Response } from 'supertest';
import { expect } from 'vitest';
import { checkExchange } from '../../../contracts/index.js';
import { startMock, type MockClient } from '../mock.js';
import type { MockServerOptions } from '../../../mock-server/index.js';

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CheckedMock extends MockClient {
  /** Sends a request and expects an answer of this status that keeps to the description. */
  readonly call: (
    status: number,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: unknown,
    options?: CallOptions,
  ) => Promise<Response>;
}

export async function startChecked(options: MockServerOptions = {}): Promise<CheckedMock> {
  const mock = await startMock(options);
  return {
    ...mock,
    call: async (status, method, path, body, { headers = {} } = {}) => {
      const isManagement = /^\/v[23]\//.test(path);
      const url = isManagement || path.startsWith('/payments') ? `/stores/mockstore1${path}` : path;
      const sent = {
        ...(isManagement && { 'x-auth-token': 'mock-token-full-access' }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        accept: 'application/json',
        ...headers,
      };
      const request = mock.raw[method.toLowerCase() as 'get'](url).set(sent).redirects(0);
      const response = await (body === undefined ? request : request.send(body as object));
      expect({ status: response.status, body: response.body as unknown }).toMatchObject({ status });
      const violations = checkExchange({
        request: { method, url, headers: sent, ...(body !== undefined && { body: { json: body } }) },
        response: { status: response.status, headers: response.headers, body: response.text },
      }).filter(({ check }) => !check.startsWith('request') && (isManagement || check !== 'rate-limit-headers'));
      expect(violations).toEqual([]);
      return response;
    },
  };
}

export const ADDRESS = {
  first_name: 'Ada',
  last_name: 'Okafor',
  email: 'ada@example.com',
  address1: '1841 Linden Row',
  city: 'Austin',
  state_or_province: 'Texas',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78701',
};

/** A product of the mock, created for a test. */
export async function productOf(mock: MockClient, fields: object = {}): Promise<{ id: number }> {
  const { body } = await mock
    .post('/v3/catalog/products', { name: 'Tin Mug', type: 'physical', weight: 1, price: 10, ...fields })
    .expect(200);
  return (body as { data: { id: number } }).data;
}
