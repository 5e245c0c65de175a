/** Orders, as far as checkouts and payments write them: domains/orders/ has their rules. */
import type { OrderRow } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';

export const orderSource = defineResource<OrderRow>('orders', {
  create: () => {
    throw new Error('orders are made by domains/orders');
  },
});
