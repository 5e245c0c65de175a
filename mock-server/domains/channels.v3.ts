/** Channels, as far as other resources refer to them: rows without operations of their own yet. */
import { defaultChannel, type ChannelRow } from '../../fixtures/index.js';
import { defineResource } from '../resources/define.js';
import type { Domain } from '../resources/engine.js';

/** Rows keyed by `id`. */
export const channels = defineResource<ChannelRow>('channels', {
  create: ({ input, id }) => ({ ...defaultChannel, ...input, id }),
});

export const channelsDomain: Domain = { resources: [channels] };
