import { describe, expect, it } from 'vitest';
import { eventMatches } from '../../../../../mock-server/domains/webhooks/event-scopes.js';

describe('eventMatches', () => {
  it.each([
    ['store/order/created', 'store/order/created', true],
    ['store/order/created', 'store/order/updated', false],
    ['store/order/*', 'store/order/refund/created', true],
    ['store/orders/*', 'store/order/created', false],
    ['store/cart/*', 'store/cart/lineItem/created', true],
    ['store/cart/lineItem/*', 'store/cart/created', false],
    ['store/priceList/*', 'store/priceLists/deleted', false],
    ['store/channel/*', 'store/channel/updated', true],
    ['store/channel/*', 'store/channel/1/order/created', false],
    ['store/channel/1/order/*', 'store/channel/1/order/refund/created', true],
    ['store/channel/1/order/*', 'store/channel/2/order/created', false],
    ['store/channel/1/order/created', 'store/channel/1/order/created', true],
    ['store/channel/*/order/created', 'store/channel/2/order/created', true],
    ['store/channel/*/inventory/product/stock_changed', 'store/channel/*/inventory/product/stock_changed', true],
    ['store/channel/7/inventory/product/stock_changed', 'store/channel/*/inventory/product/stock_changed', true],
    ['store/order/*', 'store/channel/1/order/created', false],
  ])('of %s and %s is %s', (hook, event, wanted) => {
    expect(eventMatches(hook, event)).toBe(wanted);
  });
});
