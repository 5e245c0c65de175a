import { describe, expect, it } from 'vitest';
import { fillPath, matchOperation } from '../../../contracts/index.js';
import { operations } from '../../../openapi/index.js';

describe('matchOperation', () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))('finds %s', (_, operation) => {
    const path = fillPath(operation.path, { store_hash: 'abc' });
    expect(matchOperation(operation.method, path)).toBe(operation);
    expect(matchOperation(operation.method.toLowerCase(), `https://api.bigcommerce.com${path}?limit=5`)).toBe(
      operation,
    );
  });

  it('prefers a literal to a parameter', () => {
    expect(matchOperation('GET', '/stores/abc/v3/catalog/brands/metafields')?.id).toBe('getBrandsMetafields');
    expect(matchOperation('GET', '/stores/abc/v3/catalog/brands/7')?.id).toBe('getBrand');
  });

  it.each([
    ['GET', '/stores/abc/v3/catalog/brands/'],
    ['GET', '/stores/abc/v3/catalog'],
    ['GET', '/v3/catalog/brands'],
    ['PATCH', '/stores/abc/v3/catalog/brands'],
    ['GET', '/stores/abc/v3/catalog/brands/%E0%A4'],
    ['GET', ''],
  ])('finds nothing for %s %s', (method, url) => {
    expect(matchOperation(method, url)).toBeUndefined();
  });
});
