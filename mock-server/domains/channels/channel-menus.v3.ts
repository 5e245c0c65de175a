/** What the control panel shows below a channel, and in which theme a storefront shows itself. */
import type { ChannelActiveThemeRow, ChannelMenusRow } from '../../../fixtures/index.js';
import { NotFoundError } from '../../errors.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { deleteRow, requireRow } from '../../resources/write.js';
import { channels } from './channels.v3.js';

/** Rows keyed by the channel. */
export const channelMenus = defineResource<ChannelMenusRow>(
  'channel-menus',
  {
    key: ({ channel_id }) => channel_id,
    create: ({ input, parents }) => ({ ...noMenus, ...input, channel_id: Number(parents[0]) }),
  },
  { below: 'channels', parentField: 'channel_id', keyField: 'channel_id' },
);

/** Rows keyed by the channel. Activating a theme writes them. */
export const channelActiveThemes = defineResource<ChannelActiveThemeRow>(
  'channel-active-theme',
  {
    key: ({ channel_id }) => channel_id,
    create: ({ input, parents }) => ({ ...noTheme, ...input, channel_id: Number(parents[0]) }),
  },
  { below: 'channels', parentField: 'channel_id', keyField: 'channel_id' },
);

const noMenus = { bigcommerce_protected_app_sections: [], custom_app_sections: [] };
const noTheme = {
  active_theme_uuid: '',
  active_theme_configuration_uuid: '',
  active_theme_version_uuid: '',
  saved_theme_configuration_uuid: '',
};

const getChannelMenus: Handler<'getChannelMenus'> = (context) => {
  const row = context.store.rows(channelMenus).get(requireChannelId(context));
  const { bigcommerce_protected_app_sections, custom_app_sections } = row ?? noMenus;
  return { status: 200, body: { data: { bigcommerce_protected_app_sections, custom_app_sections }, meta: {} } };
};

/** The whole set is replaced (documented). */
const createChannelMenus: Handler<'createChannelMenus'> = (context) => {
  const channel_id = requireChannelId(context);
  const data = { ...noMenus, ...context.body };
  const rows = context.store.rows(channelMenus);
  if (rows.has(channel_id)) rows.replace({ ...data, channel_id });
  else rows.insert({ ...data, channel_id }, channel_id);
  return { status: 200, body: { data, meta: {} } };
};

const deleteChannelMenus: Handler<'deleteChannelMenus'> = (context) => {
  const channel_id = requireChannelId(context);
  deleteRow(channelMenus, channel_id, context);
  return { status: 200, body: { data: channel_id, meta: {} } };
};

const getChannelActiveTheme: Handler<'getChannelActiveTheme'> = (context) => {
  const channel_id = idAt(context, 0);
  const row = context.store.rows(channelActiveThemes).get(channel_id);
  if (!row) throw new NotFoundError(`No active theme found with channel_id: ${String(channel_id)}`);
  return { status: 200, body: { data: { ...row, channel_id: undefined }, meta: {} } };
};

function requireChannelId(context: Pick<OperationContext, keyof OperationContext>): number {
  return requireRow(channels, idAt(context, 0), context).id;
}

export const channelMenusDomain: Domain = {
  resources: [channelMenus, channelActiveThemes],
  handlers: { getChannelMenus, createChannelMenus, deleteChannelMenus, getChannelActiveTheme },
};
