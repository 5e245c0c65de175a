/** Statuses of orders: a fixed list, which the control panel alone may rename. Described in openapi/documents/orders/orders.v2.yaml. */
import { orderStatuses, type OrderStatusRow } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { unknownRow } from './refusals.js';

/** Rows keyed by `id`, listed as the control panel does. */
export const statuses = defineResource<OrderStatusRow>('order-statuses', {
  create: () => {
    throw new Error('statuses of orders are not made');
  },
  notFound: unknownRow,
  order: (a, b) => orderStatuses.indexOf(a) - orderStatuses.indexOf(b),
});

export const orderStatusesDomain: Domain = { resources: [statuses] };
