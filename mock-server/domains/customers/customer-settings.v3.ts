/**
 * Settings about customers, of the store and of its channels, which follow the store in what is null.
 * Described in openapi/documents/customers/customers.v3.yaml.
 */
import { newStoreSettings, settingsOf, type CustomerSettingsRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { requireParents } from '../../resources/actions.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { customerGroups } from './customer-groups.v2.js';

type ChannelSettings = components['schemas']['CustomerChannelSettings'];

/** The row of the store itself. */
const STORE = 0;

/** Rows keyed by the channel, or 0 for the store. */
export const customerSettings = defineResource<CustomerSettingsRow, ChannelSettings>('customer-settings', {
  key: ({ channel_id }) => channel_id,
  create: ({ parents: [channel_id] }) => settingsOf(Number(channel_id ?? STORE)),
});

function find(store: Store, channel_id: number): CustomerSettingsRow {
  return store.rows(customerSettings).get(channel_id) ?? settingsOf(channel_id);
}

/** What a new customer joins: the setting, else the group that says so of itself, else none (the order is assumed). */
export function defaultGroupId(store: Store): number {
  const { default_customer_group_id } = find(store, STORE).customer_group_settings;
  if (default_customer_group_id) return default_customer_group_id;
  return [...store.rows(customerGroups).values()].find(({ is_default }) => is_default)?.id ?? 0;
}

export function allowsGlobalLogins(channel_id: number, store: Store): boolean {
  return find(store, channel_id).allow_global_logins === true;
}

/** @throws UnprocessableError for a group that does not exist (assumed) */
function save(store: Store, channel_id: number, sent: ChannelSettings): CustomerSettingsRow {
  const current = find(store, channel_id);
  const { privacy_settings, customer_group_settings, allow_global_logins = current.allow_global_logins } = sent;
  for (const [name, id] of Object.entries(customer_group_settings ?? {})) {
    if (id && !store.rows(customerGroups).has(id)) {
      throw new UnprocessableError('Invalid customer group.', {
        [`customer_group_settings.${name}`]: 'does not exist',
      });
    }
  }
  // The store has nobody to follow: null is what a new store has (assumed).
  const fallback = channel_id === STORE ? newStoreSettings : settingsOf(channel_id);
  const next: CustomerSettingsRow = {
    channel_id,
    privacy_settings: merged(current.privacy_settings, privacy_settings, fallback.privacy_settings),
    customer_group_settings: merged(
      current.customer_group_settings,
      customer_group_settings,
      fallback.customer_group_settings,
    ),
    allow_global_logins,
  };
  const rows = store.rows(customerSettings);
  if (rows.has(channel_id)) rows.replace(next);
  else rows.insert(next);
  return next;
}

function merged<Settings extends object>(current: Settings, sent: Partial<Settings> | undefined, fallback: Settings) {
  const set = Object.entries(sent ?? {}).map(([name, value]) => [name, value ?? fallback[name as keyof Settings]]);
  return { ...current, ...(Object.fromEntries(set) as Partial<Settings>) };
}

/** Settings that name a group which is gone name none (assumed). */
export function forgetGroup(id: number, store: Store): void {
  const rows = store.rows(customerSettings);
  for (const row of [...rows.values()]) {
    const { guest_customer_group_id, default_customer_group_id } = row.customer_group_settings;
    if (guest_customer_group_id !== id && default_customer_group_id !== id) continue;
    const none = row.channel_id === STORE ? 0 : null;
    const customer_group_settings = {
      guest_customer_group_id: guest_customer_group_id === id ? none : guest_customer_group_id,
      default_customer_group_id: default_customer_group_id === id ? none : default_customer_group_id,
    };
    rows.replace({ ...row, customer_group_settings });
  }
}

function ofStore({ privacy_settings, customer_group_settings }: CustomerSettingsRow) {
  return { status: 200 as const, body: { data: { privacy_settings, customer_group_settings }, meta: {} } };
}

/** The store has no say in global logins: a channel without a setting of its own does not allow them (assumed). */
function ofChannel({ privacy_settings, customer_group_settings, ...row }: CustomerSettingsRow) {
  const allow_global_logins = row.allow_global_logins ?? false;
  const data = { privacy_settings, customer_group_settings, allow_global_logins };
  return { status: 200 as const, body: { data, meta: {} } };
}

const getCustomersSettings: Handler<'getCustomersSettings'> = ({ store }) => ofStore(find(store, STORE));

const updateCustomersSettings: Handler<'updateCustomersSettings'> = ({ store, body }) =>
  ofStore(save(store, STORE, body));

const getCustomersSettingsChannel: Handler<'getCustomersSettingsChannel'> = (context) => {
  requireParents(context);
  return ofChannel(find(context.store, idAt(context, 0)));
};

const updateCustomersSettingsChannel: Handler<'updateCustomersSettingsChannel'> = (context) => {
  requireParents(context);
  return ofChannel(save(context.store, idAt(context, 0), context.body));
};

export const customerSettingsDomain: Domain = {
  resources: [customerSettings],
  handlers: {
    getCustomersSettings,
    updateCustomersSettings,
    getCustomersSettingsChannel,
    updateCustomersSettingsChannel,
  },
};
