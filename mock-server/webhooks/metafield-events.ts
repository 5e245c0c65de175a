/** Events of metafields: one under the name of what they hang on, where it has one, and one for all metafields. */
import type { StoredMetafield } from '../domains/metafields.v3.js';
import { eachRowOf, fateOf, rowOf, type EventRule } from './event-rules.js';

interface Owner {
  /** Whose rows carry them: they go with these, which then is the event. */
  readonly of: string | undefined;
  readonly scope?: string;
  /** Two of the events say what they hang on. */
  readonly saysType?: true;
}

const owners: Readonly<Record<string, Owner>> = {
  'catalog.product-metafields': { of: 'catalog.products', scope: 'store/product/metafield', saysType: true },
  'catalog.variant-metafields': { of: 'catalog.variants', scope: 'store/product/variant/metafield', saysType: true },
  'catalog.category-metafields': { of: 'catalog.categories', scope: 'store/category/metafield' },
  'catalog.brand-metafields': { of: 'catalog.brands', scope: 'store/brand/metafield' },
  'order-metafields': { of: 'orders', scope: 'store/order/metafield' },
  'cart-metafields': { of: 'carts', scope: 'store/cart/metafield' },
  'channel-metafields': { of: 'channels', scope: 'store/channel/metafield' },
  'location-metafields': { of: 'locations', scope: 'store/inventory/location/metafield' },
  'customer-metafields': { of: 'customers' },
  'store-metafields': { of: undefined },
};

export const metafieldEvents: readonly EventRule[] = Object.entries(owners).map(([collection, owner]) =>
  eachRowOf<StoredMetafield>(collection, function* (change, { changes }) {
    const { id: metafield_id, resource_id, resource_type } = rowOf(change);
    const fate = fateOf(change);
    if (!fate || (owner.of !== undefined && changes.isGone(owner.of, resource_id))) return;
    const data = { metafield_id, resource_id: String(resource_id) };
    const typed = { ...data, resource_type };
    if (owner.scope !== undefined) yield { scope: `${owner.scope}/${fate}`, data: owner.saysType ? typed : data };
    yield { scope: `store/metafield/${fate}`, data: typed };
  }),
);
