/** pathTest: paths as tests name them. */
import { describe, expect, it } from 'vitest';
import { pathOf, pathTest } from '../../../../mock-server/state/path-pattern.js';

const brand = '/stores/acme/v3/catalog/brands/7';

describe('pathTest', () => {
  it.each<[string, string, boolean]>([
    [brand, brand, true],
    ['/stores/acme/v3/catalog/brands', brand, false],
    ['/v3/catalog/brands/7', brand, true],
    ['/v3/catalog/brands/7', '/stores/other/v3/catalog/brands/7', true],
    ['/v3/catalog/brands', brand, false],
    ['/v3', '/stores/acme/v3', true],
    ['/v2/catalog/brands/7', brand, false],
    ['/v3extra', '/stores/acme/v3extra', false],
    ['*', brand, true],
    ['*/brands/*', brand, true],
    ['/stores/*/brands/7', brand, true],
    ['/stores/*/brands/8', brand, false],
    ['*brands*brands*', brand, false],
    ['/a*ab', '/aab', true],
    ['/ab*ab', '/ab', false],
    ['/a.c', '/abc', false],
  ])('%s against %s: %j', (pattern, path, isMeant) => {
    expect(pathTest(pattern)(path)).toBe(isMeant);
  });

  it('takes no longer than the texts are long', () => {
    const before = performance.now();
    expect(pathTest(`${'*a'.repeat(2_000)}b`)(`/${'a'.repeat(8_000)}`)).toBe(false);
    expect(performance.now() - before).toBeLessThan(500);
  });
});

describe('pathOf', () => {
  it('leaves the query out', () => {
    expect(pathOf('/v3/hooks?a=b?c')).toBe('/v3/hooks');
  });
});
