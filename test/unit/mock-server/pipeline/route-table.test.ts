/** From method and path to the operation. */
import { describe, expect, it } from 'vitest';
import { RouteTable } from '../../../../mock-server/pipeline/route-table.js';
import { operations } from '../../../../openapi/index.js';

const table = new RouteTable(operations);
const store = '/stores/abc';

describe('RouteTable.find', () => {
  it('finds every operation by its own template', () => {
    for (const operation of operations) {
      if (operation.host === 'provider') continue; // asked of apps, served nowhere
      const url = operation.path.replace(/\{[^}]+\}/g, '7');
      expect(table.find(operation.method, url)).toMatchObject({ operation: { id: operation.id } });
    }
  });

  it.each([
    ['a literal before a parameter', `${store}/v3/catalog/products/metafields`, 'getProductsMetafields', ['abc']],
    ['a parameter where no literal fits', `${store}/v3/catalog/products/77`, 'getProduct', ['abc', '77']],
    ['a path with its query', `${store}/v3/catalog/products?limit=1`, 'getProducts', ['abc']],
    ['encoded parameters, decoded', `${store}/v3/catalog/products/%37`, 'getProduct', ['abc', '7']],
  ])('prefers %s', (_, url, id, values) => {
    expect(table.find('GET', url)).toMatchObject({ operation: { id }, values });
  });

  it('takes HEAD as GET', () => {
    expect(table.find('HEAD', `${store}/v3/catalog/products`)).toMatchObject({ operation: { id: 'getProducts' } });
  });

  it.each([
    ['a trailing slash', 'GET', `${store}/v3/catalog/products/`, 'unknown-path'],
    ['an unknown path', 'GET', `${store}/v3/catalog/teapots`, 'unknown-path'],
    ['an empty parameter', 'GET', `${store}/v3/catalog/products//images`, 'unknown-path'],
    ['a verb that the path lacks', 'POST', `${store}/v3/catalog/products/7`, 'wrong-method'],
    ['a broken escape', 'GET', `${store}/v3/catalog/products/%zz`, 'bad-encoding'],
  ])('refuses %s', (_, method, url, wanted) => {
    expect(table.find(method, url)).toBe(wanted);
  });
});
