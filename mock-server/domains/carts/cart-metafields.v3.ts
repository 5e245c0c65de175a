/** Metafields of carts: as elsewhere, but with ids as texts, and fewer. Described in openapi/documents/carts/carts.v3.yaml. */
import { UnprocessableError } from '../../errors.js';
import { dialectOf } from '../../pipeline/dialects.js';
import { errorObject } from '../../pipeline/error-text.js';
import { bodyRefusal } from '../../resources/body-errors.js';
import type { BodyRefusal, Domain } from '../../resources/engine.js';
import { createMetafields, deleteMetafields, metafieldsOf, updateMetafields } from '../metafields.v3.js';

/** Rows keyed by `id`, below their carts. Documented: ten of each account on a cart, 250 in all. */
export const cartMetafields = metafieldsOf('cart-metafields', 'cart', 'carts', {
  perAccount: 10,
  perResource: 250,
  hasTextIds: true,
});

/** Of this one operation the description has the refusal of a batch. */
const refuseAsBatch: BodyRefusal = (errors, body) => {
  const refusal = bodyRefusal(errors, body, dialectOf('/v3/carts/metafields'), undefined);
  const extra = { data: [], errors: [errorObject(refusal)], meta: { total: 1, success: 0, failed: 1 } };
  return new UnprocessableError(refusal.message, {}, { extra });
};

export const cartMetafieldsDomain: Domain = {
  resources: [cartMetafields],
  handlers: {
    createCartsMetafields: createMetafields(cartMetafields),
    updateCartsMetafields: updateMetafields(cartMetafields),
    deleteCartsMetafields: deleteMetafields(cartMetafields),
  },
  bodyRefusals: { updateCartMetafield: refuseAsBatch },
};
