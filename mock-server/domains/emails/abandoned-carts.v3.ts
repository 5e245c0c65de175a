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

/** What stands for a cart in reminders and in events: 32 hex digits, which here are those of its id (assumed). */
export function abandonedCartToken(cart_id: string): string {
  return cart_id.replaceAll('-', '');
}

/** A cart's own id will do as well. */
const getAbandonedCarts: Handler<'getAbandonedCarts'> = ({ engine, store, keys }) => {
  const cart_id = abandonedCartToken(String(keys[0])).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  if (!store.rows(engine.resources.find('carts')).has(cart_id)) {
    throw new NotFoundError('The requested abandoned cart was not found.');
  }
  return { status: 200, body: { data: { cart_id }, meta: {} } };
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
