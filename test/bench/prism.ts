/** What a request costs the mock and what it costs Prism, which serves the same description. */
import { anyProducts, get, newProduct, post, PRODUCTS, storedProducts } from './catalog-exchanges.js';
import { compare, type Effort } from './compare.js';
import type { Result } from './results.js';
import { startMock, startPrism } from './servers.js';

export async function measurePrism({ rounds, ...effort }: Effort): Promise<readonly Result[]> {
  const mock = await startMock(anyProducts);
  const prism = await startPrism(anyProducts);
  const [product] = await storedProducts(mock, 1);
  const one = { exchanges: [get(`${PRODUCTS}/${product?.id ?? 0}`)] } as const;
  const create = { exchanges: [post(newProduct(0), 200)], body: newProduct } as const;
  // The two are so far apart that a few rounds show it.
  const few = { ...effort, rounds: Math.min(rounds, 5) };
  const results = [
    await compare(
      { measure: 'GET one product', against: 'Prism', target: 1 / 12 },
      { server: mock, traffic: one },
      { server: prism, traffic: one },
      few,
    ),
    await compare(
      { measure: 'POST product', against: 'Prism', target: 1 / 5 },
      { server: mock, traffic: create },
      { server: prism, traffic: create },
      few,
    ),
  ];
  await Promise.all([mock.stop(), prism.stop()]);
  return results;
}
