/** Metafields of carts: as elsewhere, but with ids as texts, and fewer. Described in openapi/documents/carts/carts.v3.yaml. */
import type { Domain } from '../../resources/engine.js';
import { createMetafields, deleteMetafields, metafieldsOf, updateMetafields } from '../metafields.v3.js';

/** Rows keyed by `id`, below their carts. Documented: ten of each account on a cart, 250 in all. */
export const cartMetafields = metafieldsOf('cart-metafields', 'cart', 'carts', {
  perAccount: 10,
  perResource: 250,
  hasTextIds: true,
});

export const cartMetafieldsDomain: Domain = {
  resources: [cartMetafields],
  handlers: {
    createCartsMetafields: createMetafields(cartMetafields),
    updateCartsMetafields: updateMetafields(cartMetafields),
    deleteCartsMetafields: deleteMetafields(cartMetafields),
  },
};
