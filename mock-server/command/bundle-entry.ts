/** What the bundled command exports to its launcher: the command, and the warm-up that the code cache is taken after. */
import { resolveOptions } from '../options.js';
import { assemble } from '../server.js';

export { run } from '../cli.js';

/** Sends the first requests of a usual session, so that the functions they need are compiled when the cache is taken. */
export async function warmUp(): Promise<void> {
  const { app } = assemble(resolveOptions({}));
  const headers = { 'x-auth-token': 'mock-token-full-access' };
  const products = '/stores/mockstore1/v3/catalog/products';
  for (const url of ['/_mock/health', products, `${products}?limit=1&include=images`])
    await app.inject({ url, headers });
  await app.inject({ url: products, headers: { 'x-auth-token': 'mock-token-no-scopes' } });
  await app.inject({
    url: products,
    method: 'POST',
    headers,
    payload: { name: 'Warm-up', type: 'physical', weight: 1, price: 1 },
  });
  await app.inject({ url: products, method: 'POST', headers, payload: {} });
  await app.close();
}
