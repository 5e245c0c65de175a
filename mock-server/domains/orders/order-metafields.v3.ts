/** Metafields of orders. Described in openapi/documents/orders/orders.v3.yaml. */
import type { Domain } from '../../resources/engine.js';
import { createMetafields, deleteMetafields, metafieldsOf, updateMetafields } from '../metafields.v3.js';

export const orderMetafields = metafieldsOf('order-metafields', 'order', 'orders');

export const orderMetafieldsDomain: Domain = {
  resources: [orderMetafields],
  handlers: {
    createOrdersMetafields: createMetafields(orderMetafields),
    updateOrdersMetafields: updateMetafields(orderMetafields),
    deleteOrdersMetafields: deleteMetafields(orderMetafields),
  },
};
