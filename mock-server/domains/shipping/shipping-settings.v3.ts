/**
 * What the checkout says about shipping, for the store and, in part, channel by channel.
 * Described in openapi/documents/shipping/shipping.v3.yaml.
 */
import type { ShippingSettingsRow } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';
import { requireRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { channels } from '../channels/channels.v3.js';

type Checkout = ShippingSettingsRow['checkout'];

/** Those of the store, among rows keyed by the channel. */
const STORE = 0;

/** Rows keyed by the channel. */
export const shippingSettings = defineResource<ShippingSettingsRow>(
  'shipping-settings',
  {
    key: ({ channel_id }) => channel_id,
    create: ({ input }) => ({ channel_id: input.channel_id ?? STORE, checkout: input.checkout ?? {} }),
  },
  { keyField: 'channel_id' },
);

function read(store: Store, channel_id: number): Checkout {
  return store.rows(shippingSettings).get(channel_id)?.checkout ?? {};
}

/** Null, from a channel, for what it no longer sets for itself. */
type Sent = { readonly [Name in keyof Checkout]: Checkout[Name] | null };

/** What is sent takes the place of what was; the rest stays. */
function merge(store: Store, channel_id: number, sent: Sent | undefined): Checkout {
  const rows = store.rows(shippingSettings);
  const merged = Object.entries({ ...read(store, channel_id), ...sent });
  const row = { channel_id, checkout: Object.fromEntries(merged.filter(([, value]) => value !== null)) as Checkout };
  if (rows.has(channel_id)) rows.replace(row);
  else rows.insert(row);
  return row.checkout;
}

const getShippingSettings: Handler<'getShippingSettings'> = ({ store }) => ({
  status: 200,
  body: { data: { checkout: read(store, STORE) }, meta: {} },
});

const updateShippingSettings: Handler<'updateShippingSettings'> = ({ store, body }) => ({
  status: 200,
  body: { data: { checkout: merge(store, STORE, body.checkout) }, meta: {} },
});

/** What a channel does not set for itself is left out. */
const getChannelShippingSettings: Handler<'getChannelShippingSettings'> = (context) => {
  const { id } = requireRow(channels, idAt(context, 0), context);
  return { status: 200, body: { data: { checkout: read(context.store, id) }, meta: {} } };
};

const updateChannelShippingSettings: Handler<'updateChannelShippingSettings'> = (context) => {
  const { id } = requireRow(channels, idAt(context, 0), context);
  return { status: 200, body: { data: { checkout: merge(context.store, id, context.body.checkout) }, meta: {} } };
};

export const shippingSettingsDomain: Domain = {
  resources: [shippingSettings],
  handlers: {
    getShippingSettings,
    updateShippingSettings,
    getChannelShippingSettings,
    updateChannelShippingSettings,
  },
};
