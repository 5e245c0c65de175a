/** Which channels have which sites. */
import type { Store } from '../../state/store.js';
import { sites } from '../channels/sites.v3.js';

/** Channels that these sites belong to. */
export function channelsOfSites(siteIds: readonly number[], store: Store): ReadonlySet<number> {
  const rows = store.rows(sites);
  return new Set(rows.pick(siteIds).map(({ channel_id }) => channel_id));
}

/** Sites that these channels have. */
export function sitesOfChannels(channelIds: readonly number[], store: Store): ReadonlySet<number> {
  const found = [...store.rows(sites).values()].filter(({ channel_id }) => channelIds.includes(channel_id));
  return new Set(found.map(({ id }) => id));
}
