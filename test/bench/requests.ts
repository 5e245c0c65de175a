/** What a request costs with auth, scopes, rate limit, validation and journal on: the mock against F, which returns the same bytes. */
import { anyProducts, get, newProduct, post, PRODUCTS, storedProducts, unusableProduct } from './catalog-exchanges.js';
import { compare, type Effort } from './compare.js';
import type { Result } from './results.js';
import { ask, startBare, startMock, type Exchange } from './servers.js';
import type { Traffic } from './traffic.js';

/** Bodies of the samples that F's answers are taken from must not meet those of the traffic, which count from 0. */
const SAMPLE = 2_000_000_000;

interface RequestMeasure {
  readonly measure: string;
  readonly target: number;
  /** The exchange, given the id of a stored product. */
  readonly exchange: (id: number) => Exchange;
  readonly body?: (count: number) => string;
}

export const requestMeasures = {
  get: { measure: 'GET one product', target: 1.6, exchange: (id) => get(`${PRODUCTS}/${id}`) },
  page: { measure: 'GET a page of 50', target: 2, exchange: () => get(`${PRODUCTS}?limit=50`) },
  post: { measure: 'POST product', target: 1.6, exchange: () => post(newProduct(SAMPLE), 200), body: newProduct },
  'post-422': { measure: 'POST product, 422', target: 1.4, exchange: () => post(unusableProduct, 422) },
  'get-401': { measure: 'GET one product, 401', target: 1.4, exchange: (id) => get(`${PRODUCTS}/${id}`, 401) },
  'get-403': { measure: 'GET one product, 403', target: 1.4, exchange: (id) => get(`${PRODUCTS}/${id}`, 403) },
} as const satisfies Record<string, RequestMeasure>;

export async function measureRequests(names: RequestMeasure, effort: Effort): Promise<readonly Result[]> {
  const { exchange: exchangeOf, body, measure, target } = names;
  // Enough products for a full page.
  const mock = await startMock(anyProducts, ['--size', 'products=100']);
  const [product] = await storedProducts(mock, 1);
  const exchange = exchangeOf(product?.id ?? 0);
  const bare = await startBare(exchange, await ask(mock.url, exchange));
  const traffic: Traffic = { exchanges: [exchange], ...(body && { body }) };
  const result = await compare(
    { measure, target, against: 'F' },
    { server: mock, traffic },
    { server: bare, traffic },
    effort,
  );
  await Promise.all([mock.stop(), bare.stop()]);
  return [result];
}
