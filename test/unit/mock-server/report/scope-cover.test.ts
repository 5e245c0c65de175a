/** Which scopes would have been enough. */
import { describe, expect, it } from 'vitest';
import { leastScopes, type ScopedOperation } from '../../../../mock-server/report/scope-cover.js';
import { operationById, operations, type OperationId } from '../../../../openapi/index.js';

/** Operations as the description has them. */
function known(...ids: OperationId[]): ScopedOperation[] {
  return ids.map((id) => operationById(id));
}

/** Made up: which scopes each takes. Their ids do not matter. */
function made(...scopes: string[][]): ScopedOperation[] {
  return scopes.map((each, place) => ({ id: operations[place]!.id, scopes: each }));
}

const names = (asked: ScopedOperation[]): string[] => leastScopes(asked).map(({ scope }) => scope);

const products = ['store_v2_products', 'store_v2_products_read_only'];
const orders = ['store_v2_orders', 'store_v2_orders_read_only'];
const transactions = ['store_v2_transactions', 'store_v2_transactions_read_only'];

describe('leastScopes', () => {
  it('takes the read-only scope where nothing is written', () => {
    expect(leastScopes(known('getProducts', 'getBrands'))).toEqual([
      { scope: 'store_v2_products_read_only', operations: ['getBrands', 'getProducts'] },
    ]);
  });

  it('takes the modify scope alone once anything is written: it reads, too', () => {
    expect(leastScopes(known('getProducts', 'createProduct'))).toEqual([
      { scope: 'store_v2_products', operations: ['createProduct', 'getProducts'] },
    ]);
  });

  it('leaves out what takes any token, or needs none', () => {
    expect(leastScopes(known('getWebhooks', 'getStorefrontCart'))).toEqual([]);
    expect(leastScopes([])).toEqual([]);
  });

  it.each<[string, string[][], string[]]>([
    ['one scope for alternatives that share it', [[...orders, ...transactions], orders], ['store_v2_orders_read_only']],
    ['no second scope for what a needed one opens', [transactions, [...orders, ...transactions]], [transactions[1]!]],
    ['the weakest of the alternatives', [[...orders, ...transactions]], ['store_v2_orders_read_only']],
    ['reading and writing of two resources', [products, [orders[0]!]], ['store_v2_orders', products[1]!]],
    [
      'nothing that later choices made superfluous',
      [[products[0]!, orders[0]!], [products[0]!, orders[0]!], [products[0]!], [orders[0]!]],
      ['store_v2_orders', 'store_v2_products'],
    ],
    [
      'the weaker level where the stronger was needed only for what another scope opens',
      [products, [products[0]!, orders[0]!], [orders[0]!]],
      ['store_v2_orders', products[1]!],
    ],
    ['a scope that no resource of the control panel has', [['store_of_tomorrow']], ['store_of_tomorrow']],
  ])('finds %s', (_rule, asked, wanted) => {
    expect(names(made(...asked))).toEqual(wanted);
  });

  it('finds the same in whatever order the operations come', () => {
    const asked = operations.filter((_, place) => place % 7 === 0);
    expect(leastScopes([...asked].reverse())).toEqual(leastScopes(asked));
  });

  it('opens every operation of the description, and needs each of its scopes for that', () => {
    const asked = operations.filter(({ scopes }) => scopes);
    const least = names(asked);
    const closed = (held: string[]) => asked.filter(({ scopes }) => !scopes!.some((scope) => held.includes(scope)));
    expect(closed(least)).toEqual([]);
    for (const scope of least) expect(closed(least.filter((other) => other !== scope)), scope).not.toEqual([]);
  });
});
