/** What the first call to an operation costs more than its second: whatever the mock puts off until it is needed. */
import {
  fetchSender,
  readCases,
  runCase,
  writeCases,
  type ExchangeRequest,
  type Target,
} from '../../contracts/index.js';
import { cartId } from '../../fixtures/index.js';
import { operations } from '../../openapi/index.js';
import type { Effort } from './compare.js';
import { anyProducts } from './catalog-exchanges.js';
import type { Result } from './results.js';
import { startMock } from './servers.js';

/** The longest that a first call may take more than the second, in milliseconds. */
const MOST_MS = 20;

export async function measureFirstCalls({ starts }: Effort): Promise<readonly Result[]> {
  const requests = await usualRequests();
  const extra = new Map<string, number>();
  // What else the machine does only adds: of several fresh mocks the quickest counts, for each operation.
  for (let round = 0; round < Math.min(starts, 5); round += 1) {
    const mock = await startMock(anyProducts);
    const send = fetchSender(mock.url);
    for (const [id, request] of requests) {
      const first = await timeOf(() => send(request));
      const second = await timeOf(() => send(request));
      extra.set(id, Math.min(extra.get(id) ?? Infinity, first - second));
    }
    await mock.stop();
  }
  const [slowest = ['none', 0]] = [...extra].sort(([, a], [, b]) => b - a);
  const [id, value] = slowest;
  return [{ measure: `first call, slowest: ${id}`, value, unit: 'ms', ratio: value, target: MOST_MS }];
}

/** A request to every operation, with ids of rows that the default store has and a body that is valid: reads first. */
async function usualRequests(): Promise<ReadonlyMap<string, ExchangeRequest>> {
  const mock = await startMock(anyProducts);
  const cart = cartId(1, 1);
  const target: Target = {
    storeHash: 'mockstore1',
    tokens: { fullAccess: 'mock-token-full-access' },
    send: fetchSender(mock.url),
    known: { cart_id: cart, cartId: cart, checkout_id: cart, checkoutId: cart },
  };
  const served = operations.filter(({ host }) => host !== 'provider');
  const reads = served
    .filter(({ method }) => method === 'GET')
    .flatMap((operation) => readCases(operation).slice(0, 1));
  const writes = served.flatMap((operation) => writeCases(operation).slice(0, 1));
  const requests = new Map<string, ExchangeRequest>();
  for (const given of [...reads, ...writes]) {
    const { exchange } = await runCase(given, target);
    if (exchange) requests.set(given.operation.id, exchange.request);
  }
  await mock.stop();
  return requests;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
}
