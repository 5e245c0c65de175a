/** A hundred thousand products: how long they take to start with, what memory they need, and what requests cost beside a store of a thousand. */
import { anyProducts, get, PRODUCTS, storedProducts, type StoredProduct } from './catalog-exchanges.js';
import { compare, type Effort } from './compare.js';
import { median, plainResult, type Result } from './results.js';
import { startMock, type Exchange, type Server } from './servers.js';

const MANY = 100_000;
const FEW = 1_000;

/** Products that a measure goes round: as many in both stores, from all over them. */
const SAMPLES = 50;

type Exchanges = readonly [Exchange, ...Exchange[]];

const queries: readonly {
  readonly measure: string;
  readonly exchanges: (products: readonly StoredProduct[], stored: number) => Exchanges;
}[] = [
  { measure: 'one product', exchanges: (products) => each(products, ({ id }) => `${PRODUCTS}/${id}`) },
  {
    measure: '?sku=',
    exchanges: (products) => each(products, ({ sku }) => `${PRODUCTS}?sku=${encodeURIComponent(sku)}`),
  },
  { measure: '?id:in= (10 ids)', exchanges: (products) => [get(`${PRODUCTS}?id:in=${tenOf(products).join(',')}`)] },
  // From the middle, which a store that walks to its page reaches late.
  { measure: 'page of 50', exchanges: (_products, stored) => [get(`${PRODUCTS}?limit=50&page=${stored / 100}`)] },
];

export async function measureManyProducts({ starts }: Effort): Promise<readonly Result[]> {
  const seconds: number[] = [];
  const megabytes: number[] = [];
  for (let round = 0; round < Math.ceil(starts / 5); round += 1) {
    const mock = await startMock(anyProducts, ['--size', `products=${MANY}`]);
    seconds.push(mock.startedInMs / 1_000);
    megabytes.push((await mock.usage()).rssBytes / 1_000_000);
    await mock.stop();
  }
  return [
    plainResult('100,000 products: start to first 200', median(seconds), 's', 8),
    plainResult('100,000 products: resident memory', median(megabytes), 'MB', 600),
  ];
}

export async function measureGrowth(effort: Effort): Promise<readonly Result[]> {
  const [many, few] = [
    await startMock(anyProducts, ['--size', `products=${MANY}`]),
    await startMock(anyProducts, ['--size', `products=${FEW}`]),
  ];
  const [fromMany, fromFew] = [await storedProducts(many, SAMPLES), await storedProducts(few, SAMPLES)];
  const results: Result[] = [];
  for (const { measure, exchanges } of queries) {
    const contestant = (
      server: Server,
      products: readonly StoredProduct[],
      stored: number,
    ): { server: Server; traffic: { exchanges: Exchanges } } => ({
      server,
      traffic: { exchanges: exchanges(products, stored) },
    });
    const names = { measure: `${measure}, of 100,000`, against: 'of 1,000', target: 1.2 };
    results.push(await compare(names, contestant(many, fromMany, MANY), contestant(few, fromFew, FEW), effort));
  }
  await Promise.all([many.stop(), few.stop()]);
  return results;
}

function each(products: readonly StoredProduct[], path: (product: StoredProduct) => string): Exchanges {
  const [first, ...others] = products.map((product) => get(path(product)));
  if (!first) throw new Error('the store has no products');
  return [first, ...others];
}

function tenOf(products: readonly StoredProduct[]): number[] {
  return products.filter((_product, place) => place % (SAMPLES / 10) === 0).map(({ id }) => id);
}
