/** Events of channels and of what they show: sites, routes, currencies, pages, scripts and themes. */
import type { ChannelRow, SiteRow } from '../../fixtures/index.js';
import { sites } from '../domains/channels/sites.v3.js';
import { themeConfigurations } from '../domains/themes/themes.v3.js';
import { eachOf, fateOf, ofChannel, rowOf, type EventRule, type StoreEvent } from './event-rules.js';
import { differIn, type RowChange } from './row-changes.js';

/** Documented. */
const WATCHED: readonly (keyof ChannelRow)[] = ['name', 'external_id', 'status', 'is_listable_from_ui', 'is_visible'];

function checkoutUrlOf(site: SiteRow | undefined): string | undefined {
  return site?.urls.find(({ type }) => type === 'checkout')?.url;
}

/** The address of the checkout has events of its own; anything else is a change of the site. */
function* siteEvents(change: RowChange<SiteRow>): Iterable<StoreEvent> {
  const { id: site_id, channel_id } = rowOf(change);
  const { before, after } = change;
  const [old, current] = [checkoutUrlOf(before), checkoutUrlOf(after)];
  if (!before || !after || differIn(before, after, ['url', 'ssl_status']))
    yield ofChannel(channel_id, 'settings/site/updated', { site_id });
  if (after && current !== old)
    yield ofChannel(channel_id, `settings/site/checkoutUrl/${current === undefined ? 'deleted' : 'updated'}`, {
      site_id,
    });
}

export const channelEvents: readonly EventRule[] = [
  eachOf('channels', function* (change) {
    const { id } = rowOf(change);
    const fate = fateOf(change, (before, after) => differIn(before, after, WATCHED));
    if (fate === 'created' || fate === 'updated')
      yield { scope: `store/channel/${fate}`, data: { type: 'channel', id } };
  }),
  eachOf('sites', siteEvents),
  eachOf('site-routes', function* (change, { store }) {
    const site = store.rows(sites).get(Number(change.parent ?? 0));
    if (site && fateOf(change)) yield ofChannel(site.channel_id, 'settings/route/updated', { site_id: site.id });
  }),
  eachOf('channel-currency-assignments', function* (change) {
    if (fateOf(change)) yield ofChannel(rowOf(change).channel_id, 'settings/currency/updated', {});
  }),
  eachOf('pages', function* (change) {
    const { id: page_id, channel_id } = rowOf(change);
    const fate = fateOf(change);
    if (fate === 'created' || fate === 'updated') yield ofChannel(channel_id, `page/${fate}`, { page_id });
  }),
  eachOf('scripts', function* (change) {
    const { uuid, channel_id } = rowOf(change);
    const fate = fateOf(change);
    if (fate === 'created' || fate === 'updated') yield ofChannel(channel_id, `script/${fate}`, { uuid });
  }),
  eachOf('channel-active-theme', function* (change, { store }) {
    const { channel_id, active_theme_uuid, active_theme_version_uuid, active_theme_configuration_uuid } = rowOf(change);
    if (fateOf(change) !== 'updated') return;
    const configuration = store.rows(themeConfigurations).get(active_theme_configuration_uuid);
    yield ofChannel(channel_id, 'theme/configuration/activated', {
      theme_id: active_theme_uuid,
      variation_id: configuration?.variation_id ?? active_theme_uuid,
      version_id: active_theme_version_uuid,
      configuration_id: active_theme_configuration_uuid,
    });
  }),
];
