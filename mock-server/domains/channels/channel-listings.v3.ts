/**
 * Products as a channel offers them. Described in openapi/documents/channels/channels.v3.yaml.
 */
import type { ChannelListingRow, ChannelListingVariantRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { offsetPage } from '../../query/pagination.js';
import { findRows } from '../../resources/actions.js';
import { listAnswer, rowAnswer } from '../../resources/answers.js';
import { defineResource, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type BytesAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { requireRow } from '../../resources/write.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';
import { serviceDate } from '../service-date.js';
import { hasChannel } from './channels.v3.js';

type Schemas = components['schemas'];
type ListingInput = Schemas['ChannelListingInput'] & { readonly listing_id?: number };
type VariantInput = Schemas['ChannelListingVariantInput'];

/** Rows keyed by `listing_id`. */
export const channelListings = defineResource<ChannelListingRow, ListingInput>(
  'channel-listings',
  {
    key: ({ listing_id }) => listing_id,
    notFound: (key) => new NotFoundError(`Listing [${String(key)}] not found`),
    index: ['product_id'],
    // Assumed: nobody is shown what lists a product that is gone.
    visible: ({ product_id }, { store }) => store.rows(products).has(product_id),
    create: () => {
      throw new Error('listings are written by their handlers');
    },
  },
  { below: 'channels', parentField: 'channel_id', keyField: 'listing_id' },
);

/** A channel that is not there has no listings (documented). */
const getChannelListings: Handler<'getChannelListings'> = (context) => {
  const found = findRows(context, channelListings, [idAt(context, 0)]);
  const after = Number(context.query.get('after') ?? 0);
  const rest = after === 0 ? found : found.filter(({ listing_id }) => listing_id > after);
  const page = offsetPage(rest, context.query, context.operation);
  return listAnswer(context, channelListings, page.items, page.meta);
};

const getChannelListing: Handler<'getChannelListing'> = (context) => {
  const row = requireRow(channelListings, idAt(context, 1), context);
  if (row.channel_id !== idAt(context, 0)) throw new NotFoundError(`Listing [${String(row.listing_id)}] not found`);
  return rowAnswer(context, channelListings, row);
};

/** A product is listed once per channel: another listing of it changes the first (assumed). */
const createChannelListings: Handler<'createChannelListings'> = (context) => {
  const channel_id = requireChannel(context);
  const done = context.body.map((input) => {
    const known = context.store
      .rows(channelListings)
      .rowsOf(channel_id)
      .find(({ product_id }) => product_id === input.product_id);
    return save(known, input, channel_id, context);
  });
  return saved(context, done);
};

/** Listings that are not there are passed over (documented: 200 without data). */
const updateChannelListings: Handler<'updateChannelListings'> = (context) => {
  const channel_id = requireChannel(context);
  const rows = context.store.rows(channelListings);
  const done = context.body.flatMap((input) => {
    const known = rows.get(input.listing_id);
    return known?.channel_id === channel_id ? [save(known, input, channel_id, context)] : [];
  });
  return saved(context, done);
};

type Writing = OperationContext<'createChannelListings'> | OperationContext<'updateChannelListings'>;

function saved(context: Writing, rows: readonly ChannelListingRow[]): BytesAnswer {
  return listAnswer(context, channelListings, rows, offsetPage(rows, context.query, context.operation).meta);
}

function requireChannel(context: Writing): number {
  const id = idAt(context, 0);
  if (!hasChannel(context.store, id)) {
    throw new UnprocessableError(`Channel id (${String(id)}) is not valid for store (${context.store.hash})!`);
  }
  return id;
}

/** Listing ids are large (documented by example). */
const FIRST_LISTING_ID = 882_000_000;

function save(
  known: ChannelListingRow | undefined,
  input: ListingInput,
  channel_id: number,
  actor: Actor,
): ChannelListingRow {
  const { store, at } = actor;
  const product_id = known?.product_id ?? input.product_id;
  if (!store.rows(products).has(product_id) || input.product_id !== product_id) throw mismatch();
  const rows = store.rows(channelListings);
  const date = serviceDate(at);
  const sent = input.variants.map((variant) => requireVariant(variant, product_id, store.rows(variants)));
  const row: ChannelListingRow = {
    channel_id,
    listing_id: known?.listing_id ?? Math.max(rows.nextId(), FIRST_LISTING_ID + 1),
    product_id,
    external_id: input.external_id ?? known?.external_id ?? '',
    state: input.state,
    name: input.name ?? known?.name ?? '',
    description: input.description ?? known?.description ?? '',
    date_created: known?.date_created ?? date,
    date_modified: date,
    variants: mergeVariants(known?.variants ?? [], sent, channel_id, product_id, date),
  };
  if (known) rows.replace(row);
  else rows.insert(row, channel_id);
  return row;
}

/** Variants are added or changed, never taken away (documented). */
function mergeVariants(
  known: readonly ChannelListingVariantRow[],
  sent: readonly VariantInput[],
  channel_id: number,
  product_id: number,
  date: string,
): ChannelListingVariantRow[] {
  const merged = new Map(known.map((variant) => [variant.variant_id, variant]));
  for (const { variant_id, external_id, state, name, description } of sent) {
    const before = merged.get(variant_id);
    merged.set(variant_id, {
      channel_id,
      product_id,
      variant_id,
      external_id: external_id ?? before?.external_id ?? '',
      state,
      name: name ?? before?.name ?? '',
      description: description ?? before?.description ?? '',
      date_created: before?.date_created ?? date,
      date_modified: date,
    });
  }
  return [...merged.values()];
}

function requireVariant(
  input: VariantInput,
  product_id: number,
  rows: { get(key: number): { readonly product_id: number } | undefined },
): VariantInput {
  if (input.product_id !== product_id || rows.get(input.variant_id)?.product_id !== product_id) throw mismatch();
  return input;
}

/** Documented, for variants of another product; the same for what does not exist is assumed. */
function mismatch(): UnprocessableError {
  return new UnprocessableError('0/0 product listing group(s) and 0/0 product listing(s) upserted. Invalid fields: ');
}

export const channelListingsDomain: Domain = {
  resources: [channelListings],
  handlers: { getChannelListings, getChannelListing, createChannelListings, updateChannelListings },
};
