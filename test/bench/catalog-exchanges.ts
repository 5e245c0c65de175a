/** The requests that the bench sends: products of the default store, and new ones that nobody has yet. */
import { ask, type Exchange, type Server } from './servers.js';

export const PRODUCTS = '/stores/mockstore1/v3/catalog/products';

const FULL = { 'x-auth-token': 'mock-token-full-access', accept: 'application/json' };
const NO_SCOPES = { ...FULL, 'x-auth-token': 'mock-token-no-scopes' };
const UNKNOWN = { ...FULL, 'x-auth-token': 'nobody-has-this-token' };

/** What the bench needs to know of a stored product. */
export interface StoredProduct {
  readonly id: number;
  readonly sku: string;
}

export function get(path: string, status = 200): Exchange {
  return { method: 'GET', path, headers: status === 401 ? UNKNOWN : status === 403 ? NO_SCOPES : FULL, status };
}

export function post(body: string, status: number): Exchange {
  return { method: 'POST', path: PRODUCTS, headers: { ...FULL, 'content-type': 'application/json' }, body, status };
}

/** Any page of products: the first answer of a mock whose ids are not known yet. */
export const anyProducts = get(`${PRODUCTS}?limit=1`);

/** A product such as an import sends: what is required, and what everybody fills in. */
export function newProduct(count: number): string {
  return JSON.stringify({
    name: `Bench kettle ${count}`,
    sku: `BENCH-${count}`,
    type: 'physical',
    weight: 1.4,
    price: 49.5,
    description: '<p>Stainless steel, one and a half litres, with a whistle that can be heard in the garden.</p>',
    brand_name: 'Benchmark',
    inventory_level: 25,
    inventory_tracking: 'product',
    is_visible: true,
    custom_url: { url: `/bench-kettle-${count}/`, is_customized: true },
  });
}

/** Lacks a weight and has a price that is no number: 422. */
export const unusableProduct = JSON.stringify({ name: 'Bench kettle', type: 'physical', price: 'a lot' });

/** Some products from all over the store, in the order of their ids. */
export async function storedProducts(server: Server, amount: number): Promise<readonly StoredProduct[]> {
  const { meta } = await read<unknown>(server, `${PRODUCTS}?limit=1`);
  const products: StoredProduct[] = [];
  for (let place = 0; place < amount; place += 1) {
    const page = 1 + Math.floor((place * meta.pagination.total) / amount);
    const { data } = await read<StoredProduct>(server, `${PRODUCTS}?limit=1&page=${page}`);
    products.push(...data);
  }
  return products;
}

interface List<Row> {
  readonly data: readonly Row[];
  readonly meta: { readonly pagination: { readonly total: number } };
}

async function read<Row>(server: Server, path: string): Promise<List<Row>> {
  return JSON.parse((await ask(server.url, get(path))).toString()) as List<Row>;
}
