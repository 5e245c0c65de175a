/**
 * Stores of one's own for test workers: CPU time of the server process for each control call that makes, saves, restores
 * or resets one of the small size, HTTP included.
 */
import { anyProducts, PRODUCTS } from './catalog-exchanges.js';
import { plainResult, type Result } from './results.js';
import { ask, startMock, type Exchange } from './servers.js';

/** As many stand side by side. */
const STORES = 200;
const TARGET_MS = 5;

interface CreatedStore {
  readonly store_hash: string;
  readonly tokens: { readonly full_access: string };
}

export async function measureStores(): Promise<readonly Result[]> {
  const mock = await startMock(anyProducts);
  const stores: CreatedStore[] = [];
  const results: Result[] = [];
  const measure = async (name: string, exchanges: readonly Exchange[]): Promise<readonly Buffer[]> => {
    const { cpuMicros } = await mock.usage();
    const answers: Buffer[] = [];
    for (const exchange of exchanges) answers.push(await ask(mock.url, exchange));
    const used = ((await mock.usage()).cpuMicros - cpuMicros) / 1_000 / exchanges.length;
    results.push(plainResult(name, used, 'ms CPU', TARGET_MS));
    return answers;
  };
  const pages = (): Exchange[] =>
    stores.map(({ store_hash, tokens }) => ({
      method: 'GET',
      path: PRODUCTS.replace('mockstore1', store_hash),
      headers: { 'X-Auth-Token': tokens.full_access },
      status: 200,
    }));
  const calls = (call: (store_hash: string) => Exchange): Exchange[] =>
    stores.map(({ store_hash }) => call(store_hash));

  const before = (await mock.usage()).rssBytes;
  const creations = Array.from({ length: STORES }, () => control('POST', '/stores', {}, 201));
  for (const made of await measure('a new store', creations)) stores.push(JSON.parse(made.toString()) as CreatedStore);
  await measure('its first page of products', pages());
  const grownMb = ((await mock.usage()).rssBytes - before) / 1_000_000;
  const saving = calls((store_hash) => control('POST', `/stores/${store_hash}/snapshots`, { name: 'bench' }, 201));
  await measure('a snapshot of it', saving);
  const restoring = calls((store_hash) => control('PUT', `/stores/${store_hash}/snapshots/bench`, {}, 200));
  await measure('restoring that', restoring);
  await measure('its first page after that', pages());
  const resetting = calls((store_hash) => control('POST', '/reset', { store_hash }, 200));
  await measure('resetting it', resetting);
  await mock.stop();
  return [...results, plainResult(`memory of ${STORES} stores, each`, grownMb / STORES, 'MB', 1)];
}

function control(method: Exchange['method'], path: string, body: object, status: number): Exchange {
  const headers = { 'Content-Type': 'application/json' };
  return { method, path: `/_mock${path}`, headers, body: JSON.stringify(body), status };
}
