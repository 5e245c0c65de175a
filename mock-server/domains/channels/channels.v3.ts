/**
 * Channels: what /v3/channels does beyond keeping rows.
 * Described in openapi/documents/channels/channels.v3.yaml.
 */
import { channelIcon, defaultChannel, OUTLET_CHANNEL_ID, type ChannelRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, NotFoundError, UnprocessableError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { findPage } from '../../resources/actions.js';
import { listAnswer, rowAnswer } from '../../resources/answers.js';
import { defineResource, defineView, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type Handler } from '../../resources/handler.js';
import { updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { createMetafields, deleteMetafields, metafieldsOf, updateMetafields } from '../metafields.v3.js';
import { serviceDate } from '../service-date.js';
import { currenciesOf } from './channel-currency-assignments.v3.js';

type ChannelInput = components['schemas']['ChannelInput'] & Partial<Pick<ChannelRow, 'type' | 'platform'>>;

/** Platforms of each type of channel (channels document). */
const anyType = ['custom'];
const mixed = ['facebook', 'google', 'instagram', 'meta'];
const platforms: Readonly<Record<ChannelRow['type'], readonly string[]>> = {
  pos: ['clover', 'square', 'stripe', 'talech', 'vend', ...anyType],
  marketplace: [
    ...['amazon', 'belk', 'catch', 'ebay', 'etsy', 'hudsons_bay', 'macys', 'mirakl', 'overstock', 'pinterest'],
    ...['target_plus', 'tiktok', 'wayfair', 'wish', 'walmart'],
    ...mixed,
    ...anyType,
  ],
  marketing: ['microsoft', 'google_shopping', ...mixed, ...anyType],
  storefront: [
    ...['acquia', 'bigcommerce', 'bloomreach', 'catalyst', 'deity', 'drupal', 'gatsby', 'next', 'vue', 'wordpress'],
    ...anyType,
  ],
};

const storefrontStatuses: readonly string[] = ['prelaunch', 'active', 'inactive', 'archived', 'deleted'];
const otherStatuses: readonly string[] = ['connected', 'disconnected', 'archived', 'deleted'];

/** Rows keyed by `id`. A deleted channel stays a row that nobody is shown unless they ask for such. */
export const channels = defineResource<ChannelRow, ChannelInput>('channels', {
  notFound: () => new NotFoundError('Not found'),
  unique: { identity: { text: identityOf, refusal: duplicate } },
  create: completeChannel,
  merge: ({ current, input, at }) => ({ ...current, ...input, date_modified: serviceDate(at) }),
  check: requireSound,
  visible: ({ status }) => status !== 'deleted',
  filters: {
    // Which channels are available for integration is assumed.
    available: (value) => {
      const isWanted = value === '1' || value.toLowerCase() === 'true';
      return ({ status }) => !['deleted', 'terminated', 'archived'].includes(status) === isWanted;
    },
  },
  includes: { currencies: ({ id }, { store }) => currenciesOf(id, store) },
});

/** Is there such a channel? One that was deleted is none for what refers to it (assumed). */
export function hasChannel(store: Store, channel_id: number): boolean {
  const channel = store.rows(channels).get(channel_id);
  return channel !== undefined && channel.status !== 'deleted';
}

const allChannels = defineView(channels, { visible: undefined }, 'id');

export const channelMetafields = metafieldsOf('channel-metafields', 'channel', 'channels');

/** Documented: once per name, platform and type. A deleted one gives its name free (assumed). */
function identityOf({ name, platform, type, status }: ChannelRow): string | undefined {
  return status === 'deleted' ? undefined : [name.toLowerCase(), platform, type].join('\n');
}

function duplicate({ name, platform, type }: ChannelRow): ConflictError {
  return new ConflictError(`Channel already exists with name: "${name}", platform: "${platform}", and type: "${type}"`);
}

function completeChannel({ input, id, at }: Draft<ChannelInput>): ChannelRow {
  const type = input.type ?? 'storefront';
  const date = serviceDate(at);
  return {
    ...defaultChannel,
    name: '',
    platform: '',
    status: type === 'storefront' ? 'active' : 'connected',
    ...input,
    type,
    // All but the first have large ids (documented by example), those of a store without others too.
    id: Math.max(id, OUTLET_CHANNEL_ID + 1),
    icon_url: channelIcon(input.platform ?? ''),
    date_created: date,
    date_modified: date,
  };
}

/** @throws UnprocessableError; titles are documented but for that about the status */
function requireSound({ next, current }: Change<ChannelRow, ChannelInput>): void {
  if (current?.status === 'deleted') {
    throw new UnprocessableError(
      'A deleted channel cannot be updated. Channel can be restored within 90 days after deleting by contacting BigCommerce support team',
    );
  }
  // Blanks do occur in the names of real channels.
  if (!/^[A-Za-z0-9 _-]+$/.test(next.name)) {
    throw new UnprocessableError(
      'Only latin alphabet letters, arabic numerals, dash and underscore are allowed to be used as channel name.',
    );
  }
  if (!current && !platforms[next.type].includes(next.platform)) {
    throw new UnprocessableError(`Input channel type [${next.type}] with platform [${next.platform}] is not supported`);
  }
  if (next.status === current?.status) return;
  const allowed = next.type === 'storefront' ? storefrontStatuses : otherStatuses;
  const unfit = current ? 'prelaunch' : 'deleted';
  if (!allowed.includes(next.status) || next.status === unfit) {
    throw new UnprocessableError('The following fields are invalid: status', {
      status: `A ${next.type} channel cannot be ${next.status}.`,
    });
  }
}

const getChannels: Handler<'getChannels'> = (context) => {
  const asksForDeleted = listOf(context.query.get('status:in') ?? '').includes('deleted');
  const page = findPage(context, asksForDeleted ? allChannels : channels);
  return listAnswer(context, channels, page.items, page.meta);
};

const updateChannel: Handler<'updateChannel'> = (context) => {
  const row = context.store.rows(channels).get(idAt(context, 0));
  if (!row) throw new NotFoundError('The requested entity was not found.');
  const { type, platform, ...input } = context.body;
  requireSameKind(row, { type, platform });
  return rowAnswer(context, channels, updateRow(channels, row, input, context), { isWrite: true });
};

/** Documented: neither can be changed. That they may be sent as they are is assumed. */
function requireSameKind(row: ChannelRow, sent: { readonly type?: string; readonly platform?: string }): void {
  const fields = (['type', 'platform'] as const).filter(
    (field) => sent[field] !== undefined && sent[field] !== row[field],
  );
  if (fields.length === 0) return;
  throw new UnprocessableError(
    `The following fields are invalid: ${fields.join(', ')}`,
    Object.fromEntries(fields.map((field) => [field, `The ${field} of a channel cannot be changed.`])),
  );
}

export const channelsDomain: Domain = {
  resources: [channels, channelMetafields],
  handlers: {
    getChannels,
    updateChannel,
    createChannelsMetafields: createMetafields(channelMetafields),
    updateChannelsMetafields: updateMetafields(channelMetafields),
    deleteChannelsMetafields: deleteMetafields(channelMetafields),
  },
};
