/**
 * Which products are on which channels: what /v3/catalog/products/channel-assignments does beyond keeping pairs.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import type { ProductChannelAssignmentRow } from '../../../fixtures/index.js';
import { defineResource, pairKey, type Actor } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import { createRow } from '../../resources/write.js';
import { channels } from '../channels.v3.js';
import { requireKnownPairs } from './assignment-pairs.js';
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
  { below: 'catalog.products', keyField: 'product_id', parentField: 'product_id' },
);

export function assignToDefaultChannel(product_id: number, { store }: Actor): void {
  store.rows(productChannelAssignments).insert({ product_id, channel_id: DEFAULT_CHANNEL }, product_id);
}

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

export const productChannelAssignmentsDomain: Domain = {
  resources: [productChannelAssignments],
  handlers: { createProductsChannelAssignments },
};
