/**
 * Which products are on which channels: what /v3/catalog/products/channel-assignments does beyond keeping pairs.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import type { ProductChannelAssignmentRow } from '../../../fixtures/index.js';
import { offsetPage } from '../../query/pagination.js';
import { requireFilter } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, pairKey, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow } from '../../resources/write.js';
import type { Key } from '../../state/collection.js';
import { channels } from '../channels.v3.js';
import { idsIn, requireKnownPairs } from './assignment-pairs.js';
import { products } from './products.v3.js';

/** The storefront that every store has; a product made through the API starts there and nowhere else (assumed). */
const DEFAULT_CHANNEL = 1;

/** Rows keyed by product and channel. */
export const productChannelAssignments = defineResource<ProductChannelAssignmentRow>(
  'catalog.product-channel-assignments',
  {
    key: ({ product_id, channel_id }) => pairKey(product_id, channel_id),
    index: ['channel_id'],
    create: ({ input: { product_id = 0, channel_id = 0 } }) => ({ product_id, channel_id }),
  },
  { below: 'catalog.products', keyField: 'product_id' },
);

export function assignToDefaultChannel(product_id: number, { store }: Actor): void {
  store.rows(productChannelAssignments).insert({ product_id, channel_id: DEFAULT_CHANNEL }, product_id);
}

/** Keys of the pairs that both filters let through, by product, then by channel. */
function findKeys({ store, query }: Pick<OperationContext, 'store' | 'query'>): readonly Key[] {
  const rows = store.rows(productChannelAssignments);
  const productIds = idsIn(query, 'product_id:in');
  const channelIds = idsIn(query, 'channel_id:in');
  if (productIds) {
    const keys = productIds.flatMap((id) => rows.keysOf(id));
    return channelIds ? keys.filter((key) => channelIds.includes(rows.get(key)?.channel_id ?? 0)) : keys;
  }
  if (!channelIds) return rows.keys;
  const lists = channelIds.map((id) => rows.keysWhere('channel_id', id));
  return lists.length === 1 && lists[0] ? lists[0] : lists.flat().sort();
}

const getProductsChannelAssignments: Handler<'getProductsChannelAssignments'> = (context) => {
  const page = offsetPage(findKeys(context), context.query, context.operation);
  const pairs = context.store.rows(productChannelAssignments).pick(page.items);
  return listAnswer(context, productChannelAssignments, pairs, page.meta);
};

const createProductsChannelAssignments: Handler<'createProductsChannelAssignments'> = (context) => {
  const { body, store } = context;
  requireKnownPairs(body, { product_id: store.rows(products), channel_id: store.rows(channels) });
  const rows = store.rows(productChannelAssignments);
  for (const pair of body) {
    if (!rows.has(pairKey(pair.product_id, pair.channel_id))) {
      createRow(productChannelAssignments, pair, context, [pair.product_id]);
    }
  }
  return emptyAnswer();
};

const deleteProductsChannelAssignments: Handler<'deleteProductsChannelAssignments'> = (context) => {
  requireFilter(context);
  for (const key of [...findKeys(context)]) deleteRow(productChannelAssignments, key, context);
  return emptyAnswer();
};

export const productChannelAssignmentsDomain: Domain = {
  resources: [productChannelAssignments],
  handlers: { getProductsChannelAssignments, createProductsChannelAssignments, deleteProductsChannelAssignments },
};
