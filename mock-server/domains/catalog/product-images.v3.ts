/**
 * Images of a product: what /v3/catalog/products/{product_id}/images does beyond keeping rows. One image is the
 * thumbnail at all times. A picture named by address is never fetched, so any absolute address will do; one that is
 * uploaded is served back from every address of the image.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import {
  defaultImageBase,
  imageAddresses,
  productImageDefaults,
  type ProductImageRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ForbiddenError, UnprocessableError } from '../../errors.js';
import { requireNamedRow, requireParents } from '../../resources/actions.js';
import { rowAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler, OperationContext } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { owningProduct } from './owning-product.js';
import { touchProduct } from './products.v3.js';
import { byPlace, makeRoom, nextPlace } from './sibling-order.js';
import {
  forgetImage,
  imageNameOf,
  keepImage,
  requireImageFile,
  uploadBase,
  type AcceptedImage,
} from './uploaded-images.js';

/** What a body may set, and the file that a form carries. */
export type ProductImageInput = Pick<
  components['schemas']['ProductImageInput'],
  'image_url' | 'is_thumbnail' | 'sort_order' | 'description'
> & { readonly upload?: AcceptedImage };

/** Documented, per product. */
const MAX_IMAGES = 1000;

/** The catalog takes it elsewhere; not among the formats of product images. */
const REFUSED_ENDINGS = ['ico'];

const ADDRESSES = ['url_zoom', 'url_standard', 'url_thumbnail', 'url_tiny'] as const;

/** Rows keyed by `id`. */
export const productImages = defineResource<ProductImageRow, ProductImageInput>(
  'catalog.product-images',
  {
    create: completeImage,
    merge: mergeImage,
    check: requireRoom,
    created: settle,
    updated: settle,
    deleted: handOver,
    order: byPlace,
    // The products document lists 204 alone.
    quietDelete: true,
  },
  { below: 'catalog.products' },
);

/** The images of a product in their order. */
function imagesOf(store: Store, product_id: number): ProductImageRow[] {
  return store.rows(productImages).rowsOf(product_id).sort(byPlace);
}

function completeImage(draft: Draft<ProductImageInput>): ProductImageRow {
  const { input, id, store, at } = draft;
  const product_id = owningProduct(productImages, draft, id);
  const siblings = store.rows(productImages).rowsOf(product_id);
  return {
    ...productImageDefaults,
    id,
    product_id,
    is_thumbnail: input.is_thumbnail === true || !siblings.some(({ is_thumbnail }) => is_thumbnail),
    sort_order: input.sort_order ?? nextPlace(siblings),
    description: input.description ?? '',
    ...addressesOf(input, { id, product_id }, draft),
    date_modified: catalogDate(at),
  };
}

/** `is_thumbnail: false` is ignored: the part is lost only to an image that takes it (assumed, as there is always one). */
function mergeImage({
  current,
  input,
  ...actor
}: Actor & { current: ProductImageRow; input: ProductImageInput }): ProductImageRow {
  const isReplaced = input.upload !== undefined || input.image_url !== undefined;
  return {
    ...current,
    is_thumbnail: current.is_thumbnail || input.is_thumbnail === true,
    sort_order: input.sort_order ?? current.sort_order,
    description: input.description ?? current.description,
    ...(isReplaced ? addressesOf(input, current, actor) : {}),
    date_modified: catalogDate(actor.at),
  };
}

type Addresses = ReturnType<typeof imageAddresses>;

/** @throws UnprocessableError without a picture, or with an address that is not absolute */
function addressesOf(
  { image_url, upload }: ProductImageInput,
  { id, product_id }: Pick<ProductImageRow, 'id' | 'product_id'>,
  actor: Pick<Actor, 'store' | 'origin' | 'at'>,
): Addresses {
  const { stem, ending } = upload ?? nameAt(image_url);
  return imageAddresses({
    imageBase: upload ? uploadBase(actor) : defaultImageBase(actor.store.hash),
    product_id,
    id,
    stem,
    extension: ending ?? 'jpg',
    // Five digits that look random and follow from what the store has been through.
    mark: 10_000 + ((id * 7_919 + actor.store.writes * 104_729) % 90_000),
    uploaded: Math.floor(actor.at / 1000),
  });
}

function nameAt(image_url: string | undefined): ReturnType<typeof imageNameOf> {
  if (!image_url) throw noSource();
  if (!/^https?:\/\/[^/]/i.test(image_url) || !URL.canParse(image_url)) {
    // The title was observed; what it says about the field is our own.
    throw new UnprocessableError("The field 'image_url' is invalid.", {
      image_url: 'image_url must be an absolute http or https address',
    });
  }
  return imageNameOf(new URL(image_url).pathname.replace(/^.*\//, '').replace(/%[0-9a-f]{2}/gi, ' '));
}

/** The products document's own words, without `errors`. */
function noSource(): UnprocessableError {
  return new UnprocessableError('image_url must be present if uploading by url', null);
}

/** @throws ForbiddenError past the limit, with a title of our own */
function requireRoom({ next, current, store }: Change<ProductImageRow, ProductImageInput>): void {
  if (current || store.rows(productImages).keysOf(next.product_id).length < MAX_IMAGES) return;
  throw new ForbiddenError(`A product can have at most ${MAX_IMAGES} images.`);
}

/** Neighbours make room and give up the thumbnail; an uploaded file is kept; the product counts as modified. */
function settle(change: Change<ProductImageRow, ProductImageInput>): void {
  const { next, current, input, store } = change;
  makeRoom(productImages, change);
  if (next.is_thumbnail && !current?.is_thumbnail) {
    const rows = store.rows(productImages);
    for (const image of rows.rowsOf(next.product_id)) {
      if (image.is_thumbnail && image.id !== next.id) rows.replace({ ...image, is_thumbnail: false });
    }
  }
  // What an upload replaces stays reachable until the mock is reset: a CDN forgets slowly, too.
  if (input.upload) for (const name of ADDRESSES) keepImage(store, input.upload, next[name]);
  touchProduct(change, next.product_id);
}

/** The first of the images that remain becomes the thumbnail when that one went (assumed). */
function handOver(image: ProductImageRow, actor: Actor): void {
  const { store } = actor;
  for (const name of ADDRESSES) forgetImage(store, image[name]);
  const [successor] = image.is_thumbnail ? imagesOf(store, image.product_id) : [];
  if (successor) store.rows(productImages).replace({ ...successor, is_thumbnail: true });
  touchProduct(actor, image.product_id);
}

const createProductImage: Handler<'createProductImage'> = (context) => {
  const parents = requireParents(context);
  return rowAnswer(context, productImages, createRow(productImages, inputOf(context), context, parents));
};

const updateProductImage: Handler<'updateProductImage'> = (context) => {
  const parents = requireParents(context);
  const image = requireNamedRow(context, productImages);
  return rowAnswer(context, productImages, updateRow(productImages, image, inputOf(context), context, parents));
};

type ImageContext = Pick<OperationContext<'createProductImage' | 'updateProductImage'>, 'form' | 'body'>;

/** A body of either kind. */
function inputOf(context: ImageContext): ProductImageInput {
  return context.form ? inputOfForm(context) : context.body;
}

/**
 * The text parts of a form as what they stand for, with its file.
 * @throws UnprocessableError for an address in place of the file (documented) or beside it (documented as impossible; title assumed)
 */
function inputOfForm(context: ImageContext): ProductImageInput {
  const { fields = {}, files = [] } = context.form ?? {};
  const upload = files.length > 0 || 'image_file' in fields ? requireImageFile(context, REFUSED_ENDINGS) : undefined;
  if ('image_url' in fields) {
    if (!upload) throw noSource();
    throw new UnprocessableError("The field 'image_url' is invalid.", {
      image_url: 'image_url cannot be used with image_file',
    });
  }
  const errors: Record<string, string> = {};
  const { is_thumbnail, sort_order, description } = fields;
  if (is_thumbnail !== undefined && !/^(true|false|1|0)$/i.test(is_thumbnail)) {
    errors.is_thumbnail = 'is_thumbnail must be of type boolean';
  }
  if (sort_order !== undefined && !isInt32(sort_order)) errors.sort_order = 'sort_order must be of type integer';
  const wrong = Object.keys(errors);
  if (wrong.length > 0) throw new UnprocessableError(`Invalid field(s): ${wrong.join(', ')}`, errors);
  return {
    ...(upload && { upload }),
    ...(is_thumbnail !== undefined && { is_thumbnail: /^(true|1)$/i.test(is_thumbnail) }),
    ...(sort_order !== undefined && { sort_order: Number(sort_order) }),
    ...(description !== undefined && { description }),
  };
}

function isInt32(text: string): boolean {
  return /^[+-]?\d{1,10}$/.test(text) && Math.trunc(Number(text)) === (Number(text) | 0);
}

export const productImagesDomain: Domain = {
  resources: [productImages],
  handlers: { createProductImage, updateProductImage },
};
