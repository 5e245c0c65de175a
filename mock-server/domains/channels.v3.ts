/** Channels, under the name by which other domains know them. */
export { channels, hasChannel } from './channels/channels.v3.js';
