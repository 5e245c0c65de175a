/** From the start of the process to the first 200, and the memory that an idle server keeps: the mock against F. */
import { anyProducts, get, PRODUCTS, storedProducts } from './catalog-exchanges.js';
import type { Effort } from './compare.js';
import { ratioResult, type Result } from './results.js';
import { ask, startBare, startMock, type Exchange, type Server } from './servers.js';

/** After its first answers a server is left alone for so long before its memory is read, in milliseconds. */
const IDLE_MS = 1_000;

export async function measureStart({ starts }: Effort): Promise<readonly Result[]> {
  const { exchange, bytes } = await oneProduct();
  const rounds: (readonly [number, number])[] = [];
  // The first start of each only brings its files into the system's cache.
  for (let round = -1; round < starts; round += 1) {
    const mock = await timeOf(startMock(exchange, [], false));
    const bare = await timeOf(startBare(exchange, bytes, false));
    if (round >= 0) rounds.push([mock, bare]);
  }
  return [ratioResult({ measure: 'start to first 200', unit: 'ms', against: 'F', target: 1.3 }, rounds)];
}

export async function measureMemory({ starts }: Effort): Promise<readonly Result[]> {
  const { exchange, bytes } = await oneProduct();
  const rounds: (readonly [number, number])[] = [];
  for (let round = 0; round < Math.min(starts, 3); round += 1) {
    const servers = [await startMock(exchange), await startBare(exchange, bytes)] as const;
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const [mock, bare] = await Promise.all(servers.map((server) => server.usage()));
    rounds.push([megabytes(mock?.rssBytes), megabytes(bare?.rssBytes)]);
    await Promise.all(servers.map((server) => server.stop()));
  }
  return [ratioResult({ measure: 'resident memory, idle', unit: 'MB', against: 'F', target: 1.6 }, rounds)];
}

function megabytes(bytes = Number.NaN): number {
  return bytes / 1_000_000;
}

/** A product of the default store, and the bytes that the mock answers. */
async function oneProduct(): Promise<{ exchange: Exchange; bytes: Buffer }> {
  const mock = await startMock(anyProducts);
  const [product] = await storedProducts(mock, 1);
  const exchange = get(`${PRODUCTS}/${product?.id ?? 0}`);
  const bytes = await ask(mock.url, exchange);
  await mock.stop();
  return { exchange, bytes };
}

async function timeOf(starting: Promise<Server>): Promise<number> {
  const server = await starting;
  await server.stop();
  return server.startedInMs;
}
