/** The scopes that accounts can hold, as data. */
import { describe, expect, it } from 'vitest';
import { operations } from '../../../../openapi/index.js';
import {
  levelsOf,
  placeOfScope,
  scopeResources,
  scopesOf,
  type Levels,
} from '../../../../mock-server/accounts/scope-table.js';
import { presets } from '../../../../mock-server/accounts/presets.js';
import { stencilAccess } from '../../../../mock-server/accounts/stencil-access.js';

describe('scope table', () => {
  it('has every scope that an operation asks for', () => {
    const asked = new Set(operations.flatMap(({ scopes }) => scopes ?? []));
    expect([...asked].filter((scope) => !placeOfScope(scope))).toEqual([]);
  });

  it('has each scope once', () => {
    const scopes = scopeResources.flatMap(([, { levels }]) => Object.values(levels));
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('has the resources and levels of presets and Stencil-CLI tokens', () => {
    const table = new Map<string, readonly string[]>(
      scopeResources.map(([name, { levels }]) => [name, ['none', ...Object.keys(levels)]]),
    );
    const used: Levels[] = [...Object.values(presets), ...Object.values(stencilAccess)].map(({ levels }) => levels);
    for (const [name, level] of used.flatMap((levels) => Object.entries(levels))) {
      expect(table.get(name), `${name}: ${level}`).toContain(level);
    }
  });
});

describe('scopesOf', () => {
  it.each<[Levels, string[]]>([
    [{}, ['default', 'store_metafield_write']],
    [{ products: 'read_only' }, ['default', 'store_metafield_write', 'store_v2_products_read_only']],
    [{ products: 'modify', metafields_access: 'full' }, ['default', 'store_metafield_write_all', 'store_v2_products']],
    [{ customers_login: 'login', metafields_access: 'none' }, ['default', 'store_v2_customers_login']],
  ])('makes %j the scopes %j', (levels, scopes) => {
    expect([...scopesOf(levels)].sort()).toEqual(scopes);
  });
});

describe('levelsOf', () => {
  it('names the highest level that scopes amount to', () => {
    const levels = levelsOf(new Set(['store_v2_orders', 'store_v2_orders_read_only', 'store_themes_read_only']));
    expect(levels).toMatchObject({
      orders: 'modify',
      themes: 'read_only',
      products: 'none',
      metafields_access: 'none',
    });
  });
});
