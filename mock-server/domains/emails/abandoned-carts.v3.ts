/**
 * Carts that were left behind: who is told of them, and which cart a token stands for.
 * Described in openapi/documents/carts/abandoned-carts.v3.yaml.
 */
import { settingsDefaults } from '../../../fixtures/index.js';
import { NotFoundError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { settingsGroup } from '../settings/layered-settings.js';

const abandonedCartSettings = settingsGroup('abandoned-cart-settings', settingsDefaults['abandoned-cart-settings']);

/** The token of a cart is the cart's own id: no webhook here would bring another (DIVERGENCES.md). */
const getAbandonedCarts: Handler<'getAbandonedCarts'> = ({ engine, store, keys }) => {
  const token = String(keys[0]);
  if (!store.rows(engine.resources.find('carts')).has(token)) {
    throw new NotFoundError('The requested abandoned cart was not found.');
  }
  return { status: 200, body: { data: { cart_id: token }, meta: {} } };
};

export const abandonedCartsDomain: Domain = {
  resources: [abandonedCartSettings.resource],
  handlers: {
    getGlobalAbandonedCartSettings: abandonedCartSettings.getOfStore,
    updateGlobalAbandonedCartSettings: abandonedCartSettings.updateOfStore,
    getChannelAbandonedCartSettings: abandonedCartSettings.get,
    updateChannelAbandonedCartSettings: abandonedCartSettings.update,
    getAbandonedCarts,
  },
};
