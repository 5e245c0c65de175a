/**
 * Catalog brands: what /v3/catalog/brands does beyond keeping rows, and the image of a brand.
 * Described in openapi/documents/catalog/brands.v3.yaml; behaviour in BigCommerce's brands document unless said otherwise.
 */
import { brandDefaults, brandUrl, type BrandRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import { defineResource, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler } from '../../resources/handler.js';
import { requireRow, updateRow } from '../../resources/write.js';
import { invalidField } from './invalid-field.js';
import { products } from './products.v3.js';
import { forgetImage, storeUpload } from './uploaded-images.js';
import { freeUrl, isUrlOrEmpty } from './urls.js';

type BrandInput = Omit<components['schemas']['BrandInput'], 'id'>;

/** Documented: more brands than this are refused with 403. */
const MAX_BRANDS = 30_000;

/** Rows keyed by `id`. */
export const brands = defineResource<BrandRow, BrandInput>('catalog.brands', {
  unique: {
    name: { text: ({ name }) => name.toLowerCase(), refusal: () => duplicate('name') },
    url: {
      text: ({ custom_url }) => custom_url.url.toLowerCase() || undefined,
      refusal: () => duplicate('custom_url'),
    },
  },
  create: completeBrand,
  merge: ({ current, input }) => ({ ...current, ...input, custom_url: urlOf(input, current.custom_url) }),
  check: requireSoundFields,
  deleted: ({ id }, { store }) => {
    // Products outlive their brand, without one; nothing else of them changes (assumed).
    const rows = store.rows(products);
    for (const product of rows.pick(rows.keysWhere('brand_id', id))) rows.replace({ ...product, brand_id: 0 });
  },
});

function completeBrand({ input, id, store }: Draft<BrandInput>): BrandRow {
  const { name = '' } = input;
  const automatic = freeUrl(
    brandUrl(name),
    (url) => store.rows(brands).keyByUnique('url', url.toLowerCase()) !== undefined,
  );
  return { ...brandDefaults, ...input, id, name, custom_url: urlOf(input, { url: automatic, is_customized: false }) };
}

/** A sent URL wins, and counts as customized when it differs from the automatic one. */
function urlOf(input: BrandInput, automatic: BrandRow['custom_url']): BrandRow['custom_url'] {
  const url = input.custom_url?.url;
  if (url === undefined || url === automatic.url) return automatic;
  return { url, is_customized: true };
}

/** @throws UnprocessableError for a blank name or an image URL that is none (sentences observed); ForbiddenError past the store's limit */
function requireSoundFields({ next, current, input, store }: Change<BrandRow, BrandInput>): void {
  if (next.name.trim() === '') throw invalidField('name', 'name is invalid');
  if (input.image_url !== undefined && !isUrlOrEmpty(input.image_url)) {
    throw invalidField('image_url', 'url must be an actual URL or an empty string');
  }
  if (!current && store.rows(brands).size >= MAX_BRANDS)
    throw new ForbiddenError(`A store can have at most ${String(MAX_BRANDS)} brands.`);
}

/** The title is assumed, after the observed one of products. */
function duplicate(field: 'name' | 'custom_url'): ConflictError {
  const title = `The brand ${field === 'name' ? 'name' : 'url'} is a duplicate`;
  return new ConflictError(title, { [field]: title });
}

const createBrandImage: Handler<'createBrandImage'> = (context) => {
  const brand = requireRow(brands, idAt(context, 0), context);
  const image_url = storeUpload(context, `brands/${String(brand.id)}`);
  if (brand.image_url !== image_url) forgetImage(context.store, brand.image_url);
  updateRow(brands, brand, { image_url }, context);
  return { status: 200, body: { data: { image_url }, meta: {} } };
};

const deleteBrandImage: Handler<'deleteBrandImage'> = (context) => {
  const brand = requireRow(brands, idAt(context, 0), context);
  forgetImage(context.store, brand.image_url);
  updateRow(brands, brand, { image_url: '' }, context);
  return emptyAnswer();
};

export const brandsDomain: Domain = { resources: [brands], handlers: { createBrandImage, deleteBrandImage } };
