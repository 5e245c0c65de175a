/**
 * Videos of a product: what /v3/catalog/products/{product_id}/videos does beyond keeping rows. A real store asks the
 * host for a title, a description and the length; the mock asks nobody, so what was left blank stays blank.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import { productVideoDefaults, type ProductVideoRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { defineResource, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { owningProduct } from './owning-product.js';
import { touchProduct } from './products.v3.js';
import { makeRoom, nextPlace } from './sibling-order.js';

type VideoInput = Pick<
  components['schemas']['ProductVideoInput'],
  'video_id' | 'type' | 'title' | 'description' | 'sort_order'
>;

/** Rows keyed by `id`. */
export const productVideos = defineResource<ProductVideoRow, VideoInput>(
  'catalog.product-videos',
  {
    create: completeVideo,
    merge: ({ current, input }) => ({ ...current, ...writable(current, input) }),
    check: requireVideoId,
    created: settle,
    updated: settle,
    deleted: (video, actor) => {
      touchProduct(actor, video.product_id);
    },
    // The products document lists 204 alone.
    quietDelete: true,
  },
  { below: 'catalog.products' },
);

function completeVideo(draft: Draft<VideoInput>): ProductVideoRow {
  const { input, id, store } = draft;
  const product_id = owningProduct(productVideos, draft, id);
  const sort_order = nextPlace(store.rows(productVideos).rowsOf(product_id));
  return { ...productVideoDefaults, ...writable({ ...productVideoDefaults, sort_order }, input), id, product_id };
}

/** What a body may set; `length`, `id` and `product_id` in it are read-only. */
function writable(current: ProductVideoRow, input: VideoInput): Required<VideoInput> {
  return {
    title: input.title ?? current.title,
    description: input.description ?? current.description,
    sort_order: input.sort_order ?? current.sort_order,
    type: input.type ?? current.type,
    video_id: input.video_id ?? current.video_id,
  };
}

/** @throws UnprocessableError for a blank one too: there is nothing to show */
function requireVideoId({ next }: Change<ProductVideoRow, VideoInput>): void {
  if (next.video_id !== '') return;
  throw new UnprocessableError('Missing Required Fields', { video_id: 'Please provide a video_id.' });
}

function settle(change: Change<ProductVideoRow, VideoInput>): void {
  makeRoom(productVideos, change);
  touchProduct(change, change.next.product_id);
}

export const productVideosDomain: Domain = { resources: [productVideos] };
