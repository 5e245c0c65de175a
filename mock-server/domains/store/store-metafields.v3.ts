/**
 * Metafields of the store itself: the usual rules, with ids that are texts on the wire.
 * Described in openapi/documents/store/store-information.v3.yaml.
 */
import type { Domain } from '../../resources/engine.js';
import { createMetafields, deleteMetafields, metafieldsOf, updateMetafields } from '../metafields.v3.js';

/** Rows keyed by `id`. */
const storeMetafields = metafieldsOf('store-metafields', 'store', undefined, {
  hasTextIds: true,
  resourceId: ({ hash }) => hash,
});

export const storeMetafieldsDomain: Domain = {
  resources: [storeMetafields],
  handlers: {
    createStoresMetafields: createMetafields(storeMetafields),
    updateStoreMetafields: updateMetafields(storeMetafields),
    deleteStoreMetafields: deleteMetafields(storeMetafields),
  },
};
