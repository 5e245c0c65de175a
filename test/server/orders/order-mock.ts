/** Mocks for tests of orders: with data, or empty with a product or two, and exchanges that are held to the description. */
import { expect } from 'vitest';
import type { Response, Test } from 'supertest';
import { checkExchange } from '../../../contracts/index.js';
import type { MockClient } from '../mock.js';

/** Sends a request and gives its answer, which must keep to the description. */
export async function described(test: Test, status: number): Promise<Response> {
  const response = await test;
  expect({ status: response.status, body: response.status === status ? '' : response.body }).toEqual({
    status,
    body: '',
  });
  const { method, url } = test as unknown as { method: string; url: string };
  const violations = checkExchange(
    {
      request: { method, url: url.replace(/^https?:\/\/[^/]*/, ''), headers: {} },
      response: { status, headers: response.headers, body: status === 204 ? undefined : response.text },
    },
    { only: ['response-body', 'response-status'] },
  );
  expect(violations).toEqual([]);
  return response;
}

export const billing = {
  first_name: 'Ada',
  last_name: 'Byron',
  street_1: '1 Harbor Road',
  city: 'Austin',
  state: 'Texas',
  zip: '78701',
  country: 'United States',
  country_iso2: 'US',
  email: 'ada@example.com',
};

/** A mug that is not in the catalog. */
export const mug = { name: 'Mug', quantity: 1, price_inc_tax: 50, price_ex_tax: 45 };

/** The body of an order of some lines. */
export function orderOf(products: readonly object[], more: object = {}): object {
  return { billing_address: billing, products, ...more };
}

/** Creates a product of the catalog and gives its id. */
export async function newProduct(mock: MockClient, more: object = {}): Promise<number> {
  const body = { name: 'Kettle', type: 'physical', weight: 1, price: 10, ...more };
  const { body: answer } = await mock.post('/v3/catalog/products', body).expect(200);
  return (answer as { data: { id: number } }).data.id;
}

/** Creates an order and gives it. */
export async function newOrder(
  mock: MockClient,
  products: readonly object[],
  more: object = {},
): Promise<Record<string, unknown> & { id: number }> {
  const { body } = await described(mock.post('/v2/orders', orderOf(products, more)), 200);
  return body as Record<string, unknown> & { id: number };
}
