/** What an account lacks for a tool, and what it has too much. */
import { describe, expect, it } from 'vitest';
import { preflight } from '../../../../mock-server/accounts/preflight.js';
import { scopesOf, type Levels } from '../../../../mock-server/accounts/scope-table.js';

const needed = { products: 'read_only', orders: 'modify' };
const held = (levels: Levels) => ({ scopes: scopesOf(levels) });

describe('preflight', () => {
  it('finds nothing where an account has exactly what is needed', () => {
    expect(preflight(held(needed), needed)).toEqual({ is_sufficient: true, missing: [], excess: [] });
  });

  it('names what is missing with the scope to add, be it a level too low', () => {
    const { is_sufficient, missing, excess } = preflight(held({ orders: 'read_only' }), needed);
    expect(is_sufficient).toBe(false);
    expect(excess).toEqual([]);
    expect(missing).toEqual([
      { resource: 'orders', label: 'Orders', needed: 'modify', granted: 'read_only', scope: 'store_v2_orders' },
      {
        resource: 'products',
        label: 'Products',
        needed: 'read_only',
        granted: 'none',
        scope: 'store_v2_products_read_only',
      },
    ]);
  });

  it('names what is more than needed, which is no obstacle', () => {
    const { is_sufficient, excess } = preflight(
      held({ products: 'modify', orders: 'modify', carts: 'read_only', metafields_access: 'full' }),
      needed,
    );
    expect(is_sufficient).toBe(true);
    expect(excess.map(({ resource, needed: asked, granted }) => [resource, asked, granted])).toEqual([
      ['carts', 'none', 'read_only'],
      ['metafields_access', 'none', 'full'],
      ['products', 'read_only', 'modify'],
    ]);
  });
});
