/** Whether carts can be made at all: of the store, and of channels that differ. Described in carts.v3.yaml. */
import type { CartSettingsRow } from '../../../fixtures/index.js';
import { NotFoundError } from '../../errors.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { channelSource } from './elsewhere.js';

/** The store's own settings stand under this key. */
export const STORE_WIDE = 0;

/** Rows keyed by `channel_id`. */
export const cartSettings = defineResource<CartSettingsRow>(
  'cart-settings',
  {
    key: ({ channel_id }) => channel_id,
    create: ({ input }) => ({ channel_id: STORE_WIDE, allow_purchasing: true, ...input }),
  },
  { keyField: 'channel_id' },
);

function settingOf(store: Store, channel_id: number): boolean | null {
  const row = store.rows(cartSettings).get(channel_id);
  return row?.allow_purchasing ?? (channel_id === STORE_WIDE ? true : null);
}

export function mayPurchase(store: Store, channel_id: number): boolean {
  return settingOf(store, channel_id) ?? settingOf(store, STORE_WIDE) ?? true;
}

function keep({ store }: Actor, channel_id: number, allow_purchasing: boolean | null): void {
  const rows = store.rows(cartSettings);
  const row = { channel_id, allow_purchasing };
  if (rows.has(channel_id)) rows.replace(row);
  else rows.insert(row);
}

/** @throws NotFoundError for a channel that the store does not have */
export function requireChannel(context: OperationContext): number {
  const id = idAt(context, 0);
  if (!context.store.rows(channelSource).has(id)) throw new NotFoundError('The requested channel was not found.');
  return id;
}

const getGlobalCartSettings: Handler<'getGlobalCartSettings'> = ({ store }) => ({
  status: 200,
  body: { data: { allow_purchasing: settingOf(store, STORE_WIDE) ?? true }, meta: {} },
});

const updateGlobalCartSettings: Handler<'updateGlobalCartSettings'> = (context) => {
  keep(context, STORE_WIDE, context.body.allow_purchasing);
  return { status: 200, body: { data: { allow_purchasing: context.body.allow_purchasing }, meta: {} } };
};

const getChannelCartSettings: Handler<'getChannelCartSettings'> = (context) => ({
  status: 200,
  body: { data: { allow_purchasing: settingOf(context.store, requireChannel(context)) }, meta: {} },
});

/** What is not sent stays; null gives way to the store's setting. */
const updateChannelCartSettings: Handler<'updateChannelCartSettings'> = (context) => {
  const id = requireChannel(context);
  const { allow_purchasing } = context.body;
  if (allow_purchasing !== undefined) keep(context, id, allow_purchasing);
  return { status: 200, body: { data: { allow_purchasing: settingOf(context.store, id) }, meta: {} } };
};

export const cartSettingsDomain: Domain = {
  resources: [cartSettings],
  handlers: {
    getGlobalCartSettings,
    updateGlobalCartSettings,
    getChannelCartSettings,
    updateChannelCartSettings,
  },
};
