/**
 * Variants: what of a product can be bought. A product without options has one base variant, which goes when the first
 * real variant comes, and returns under a new id after the last one has gone.
 * Batches have a file of their own, and so have variants that come inside the body of a product.
 * Described in openapi/documents/catalog/product-variants.v3.yaml.
 */
import {
  variantDefaults,
  type OptionRow,
  type OptionValueRow,
  type ProductRow,
  type VariantRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, ForbiddenError, UnprocessableError } from '../../errors.js';
import { requireNamedRow, requireParents } from '../../resources/actions.js';
import { rowAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import { errorObject } from '../../pipeline/error-text.js';
import type { Store } from '../../state/store.js';
import { invalidField } from './invalid-field.js';
import { dropRulesOf } from './product-complex-rules.v3.js';
import { options } from './product-variant-options.v3.js';
import { products, refreshProduct, touchProduct } from './products.v3.js';
import { requireImageFile, storeImage } from './uploaded-images.js';
import {
  isBaseVariant,
  isStockNegative,
  sentLevels,
  withFields,
  withoutHidden,
  withProductValues,
  type StoredVariant,
  type VariantInput,
} from './variant-fields.js';

/** Documented, per product. */
const MAX_VARIANTS = 600;

/** Rows keyed by `id`, base variants among them. SKUs are unique over products too: see `requireFreeSku`. */
export const variants = defineResource<StoredVariant, VariantInput>(
  'catalog.variants',
  {
    unique: {
      sku: { text: ({ sku }) => sku.toLowerCase() || undefined, refusal: ({ sku }) => skuTaken(sku) },
      combination: { text: combinationOf, refusal: combinationTaken },
    },
    quietDelete: true,
    create: completeVariant,
    merge: ({ current, input }) => withFields(current, input),
    check: requireAllowed,
    derive: (row, store) => withProductValues(row, store.rows(products).get(row.product_id)),
    updated: carryOver,
    wire: withoutHidden,
  },
  { below: 'catalog.products', parentField: 'product_id' },
);

/** Ids of the values, in the order of the product's options; none is given twice, so that the product need not be named. */
function combinationOf({ option_values }: StoredVariant): string | undefined {
  return option_values.length === 0 ? undefined : option_values.map(({ id }) => id).join();
}

function completeVariant({ input, id, parents, store }: Draft<VariantInput>): StoredVariant {
  const product_id = Number(parents[parents.length - 1]);
  const option_values = chosenValues(input.option_values, product_id, store);
  const sku_id = store.nextNumber('sku_id', () => highestSkuId(store));
  return withFields({ ...variantDefaults, id, product_id, sku_id, option_values }, input);
}

/** V2 knows variants by these ids; base variants have none. */
function highestSkuId(store: Store): number {
  let highest = 0;
  for (const { sku_id } of store.rows(variants).values()) if (sku_id !== null && sku_id > highest) highest = sku_id;
  return highest;
}

/**
 * The values of a new variant: one of each option of its product (assumed; that there must be any was observed).
 * @throws UnprocessableError
 */
function chosenValues(
  sent: VariantInput['option_values'],
  product_id: number,
  store: Store,
): VariantRow['option_values'] {
  if (!sent || sent.length === 0) throw invalidField('option_values', 'option_values must not be empty');
  const offered = store.rows(options).rowsOf(product_id);
  const wrong = sent.find(({ option_id, id }) => {
    const option = offered.find((candidate) => candidate.id === option_id);
    return !option?.option_values.some((value) => value.id === id);
  });
  if (wrong) {
    const sentence = `The product has no value ${String(wrong.id)} of an option ${String(wrong.option_id)}`;
    throw invalidField('option_values', sentence);
  }
  return offered.map(({ id: option_id, display_name: option_display_name, option_values }) => {
    const [chosen, another] = sent.filter((value) => value.option_id === option_id);
    if (!chosen || another) {
      throw invalidField('option_values', `option_values must have exactly one value of ${option_display_name}`);
    }
    const { id, label } = option_values.find((value) => value.id === chosen.id) as OptionValueRow;
    return { id, label, option_id, option_display_name };
  });
}

/**
 * @throws ConflictError for a SKU of a product
 * @throws ForbiddenError past the documented number of variants
 * @throws UnprocessableError for a SKU that is taken away (observed), or a level below zero
 */
function requireAllowed({ next, current, input, store }: Change<StoredVariant, VariantInput>): void {
  if (next.sku !== current?.sku) requireFreeSku(next, store);
  if (current && !isBaseVariant(next) && next.sku === '' && current.sku !== '') {
    const sentence = 'Variant sku cannot be empty';
    throw new UnprocessableError(sentence, { sku: sentence }, { code: 22004 });
  }
  if (isStockNegative(input)) throw invalidField('inventory_level', 'inventory_level must be at least 0');
  if (!current && store.rows(variants).keysOf(next.product_id).length >= MAX_VARIANTS) {
    throw new ForbiddenError(`A product can have at most ${String(MAX_VARIANTS)} variants.`);
  }
}

/** Products and variants share one namespace of SKUs, and a base variant its product's SKU. */
function requireFreeSku(row: StoredVariant, store: Store): void {
  if (row.sku === '') return;
  const holder = store.rows(products).keyByUnique('sku', row.sku.toLowerCase());
  if (holder !== undefined && !(isBaseVariant(row) && holder === row.product_id)) throw skuTaken(row.sku);
}

/** Observed. */
function skuTaken(sku: string): ConflictError {
  const sentence = `Sku ${sku} is not unique`;
  return new ConflictError(sentence, { sku: sentence }, { code: 22003 });
}

/** Observed. */
function combinationTaken(): ConflictError {
  const sentence = 'Variant with the same option values set exists';
  return new ConflictError(sentence, { option_values: sentence }, { code: 22010 });
}

/** After an update: a base variant's SKU and stock are its product's, and stock of variants adds up in the product. */
function carryOver(change: Change<StoredVariant, VariantInput>): void {
  const { next, input, store } = change;
  const rows = store.rows(products);
  const product = rows.get(next.product_id);
  if (product && isBaseVariant(next)) {
    const isMirror = product.inventory_tracking === 'product';
    const changed = { ...product, sku: next.sku, ...(isMirror ? sentLevels(input) : {}) };
    rows.replace(changed);
    syncBaseVariant(changed, product, change);
  }
  settleProduct(change, next.product_id);
}

/** Recomputes and dates a product after a write to its variants. */
export function settleProduct(actor: Actor, product_id: number): void {
  refreshProduct(actor, product_id);
  touchProduct(actor, product_id);
}

/** Fields of a product that show in its variants. */
const FOLLOWED = [
  'sku',
  'price',
  'sale_price',
  'weight',
  'inventory_tracking',
  'inventory_level',
  'inventory_warning_level',
] as const satisfies readonly (keyof ProductRow)[];

/** Variants follow their product after it changed: the base variant in SKU and stock, all in what they inherit. */
export function syncBaseVariant(product: ProductRow, previous: ProductRow, actor: Actor): void {
  if (FOLLOWED.every((name) => product[name] === previous[name])) return;
  const rows = actor.store.rows(variants);
  for (const row of rows.rowsOf(product.id)) {
    const next = withProductValues(isBaseVariant(row) ? { ...row, sku: product.sku } : row, product);
    const names = Object.keys({ ...row, ...next }) as (keyof StoredVariant)[];
    if (names.some((name) => next[name] !== row[name])) rows.replace(next);
  }
}

/** Gives a product its base variant. The product's `base_variant_id` is left to the caller. */
export function createBaseVariant(product: ProductRow, actor: Actor): StoredVariant {
  const rows = actor.store.rows(variants);
  const blank = { ...variantDefaults, id: rows.nextId(), product_id: product.id, sku: product.sku };
  const row = withProductValues(blank, product);
  rows.insert(row, product.id);
  return row;
}

/** Adds a real variant, in place of the base variant if there still is one. The product is left to the caller. */
export function addVariant(product_id: number, input: VariantInput, actor: Actor): StoredVariant {
  removeBaseVariant(product_id, actor);
  return createRow(variants, input, actor, [product_id]);
}

function removeBaseVariant(product_id: number, actor: Actor): void {
  const rows = actor.store.rows(variants);
  const [first] = rows.keysOf(product_id);
  const row = first === undefined ? undefined : rows.get(first);
  if (row && isBaseVariant(row)) removeRow(row, actor);
}

/** Deletes variants of a product, with what hangs on them. After the last one the base variant returns. */
export function removeVariants(rows: readonly StoredVariant[], product_id: number, actor: Actor): void {
  if (rows.length === 0) return;
  for (const row of rows) removeRow(row, actor);
  const product = actor.store.rows(products).get(product_id);
  if (product && actor.store.rows(variants).keysOf(product_id).length === 0) createBaseVariant(product, actor);
}

function removeRow({ id, product_id }: StoredVariant, actor: Actor): void {
  deleteRow(variants, id, actor);
  dropRulesOf(actor, product_id, { variant_id: id });
}

type InlineVariant = components['schemas']['ProductVariantInput'];

/**
 * Adds the variants in the body of a product, with the options and values that their words name: one display name is one
 * option and one label one value, in any case of letters (assumed). New options are radio buttons.
 */
export function createInlineVariants(product: ProductRow, inputs: readonly InlineVariant[], actor: Actor): void {
  if (inputs.length === 0) return;
  inputs.forEach(({ option_values }, position) => {
    if (!option_values?.length) {
      const field = `variants.${String(position)}.option_values`;
      throw invalidField(field, `${field} must not be empty`);
    }
  });
  offerValues(product.id, inputs, actor);
  const offered = optionsByName(product.id, actor.store);
  for (const input of inputs) {
    const option_values = (input.option_values ?? []).flatMap(({ option_display_name = '', label = '' }) => {
      const option = offered.get(option_display_name.toLowerCase());
      const value = option?.option_values.find((candidate) => candidate.label.toLowerCase() === label.toLowerCase());
      return option && value ? [{ id: value.id, option_id: option.id }] : [];
    });
    addVariant(product.id, { ...input, option_values }, actor);
  }
  refreshProduct(actor, product.id);
}

function optionsByName(product_id: number, store: Store): Map<string, OptionRow> {
  return new Map(
    store
      .rows(options)
      .rowsOf(product_id)
      .map((option) => [option.display_name.toLowerCase(), option]),
  );
}

/** Makes the options and values that are named and not there yet. */
function offerValues(product_id: number, inputs: readonly InlineVariant[], actor: Actor): void {
  const known = optionsByName(product_id, actor.store);
  const wanted = new Map<string, { readonly display_name: string; readonly labels: Map<string, string> }>();
  for (const { option_display_name = '', label = '' } of inputs.flatMap(({ option_values }) => option_values ?? [])) {
    const name = option_display_name.toLowerCase();
    const { labels } = wanted.get(name) ?? { labels: new Map<string, string>() };
    wanted.set(name, { display_name: option_display_name, labels });
    const isKnown = known.get(name)?.option_values.some((value) => value.label.toLowerCase() === label.toLowerCase());
    if (!isKnown && !labels.has(label.toLowerCase())) labels.set(label.toLowerCase(), label);
  }
  for (const [name, { display_name, labels }] of wanted) {
    if (labels.size === 0) continue;
    const option = known.get(name);
    const first = option?.option_values.length ?? 0;
    const option_values = [...labels.values()].map((label, place) => ({ label, sort_order: first + place }));
    if (option) updateRow(options, option, { option_values }, actor, [product_id]);
    else createRow(options, { display_name, type: 'radio_buttons', option_values }, actor, [product_id]);
  }
}

const createProductVariant: Handler<'createProductVariant'> = (context) => {
  const product_id = requireProduct(context);
  const { id } = addVariant(product_id, withoutNegativeStock(context.body), context);
  settleProduct(context, product_id);
  return savedAnswer(context, id);
};

const updateProductVariant: Handler<'updateProductVariant'> = (context) => {
  const row = requireNamedRow(context, variants);
  updateRow(variants, row, withoutNegativeStock(context.body), context, [row.product_id]);
  return savedAnswer(context, row.id);
};

/** Refusing to delete a base variant is assumed. */
const deleteProductVariant: Handler<'deleteProductVariant'> = (context) => {
  const product_id = requireProduct(context);
  const row = context.store.rows(variants).get(idAt(context, 1));
  // The variants document has 204 alone, also for a variant that is not there.
  if (row?.product_id !== product_id) return emptyAnswer();
  if (isBaseVariant(row)) throw new UnprocessableError('The base variant of a product cannot be deleted.');
  removeVariants([row], product_id, context);
  settleProduct(context, product_id);
  return emptyAnswer();
};

function requireProduct(context: OperationContext): number {
  requireParents(context);
  return idAt(context, 0);
}

/** A level below zero is not stored, and fails the stock part of a write only: 207 (variants document). */
function withoutNegativeStock(input: VariantInput): VariantInput {
  return isStockNegative(input) ? { ...input, inventory_level: undefined } : input;
}

type SavingContext = OperationContext<'createProductVariant'> | OperationContext<'updateProductVariant'>;

function savedAnswer(context: SavingContext, id: number): ReturnType<typeof createProductVariant> {
  const row = context.store.rows(variants).get(id);
  if (!row) throw new Error(`variant ${String(id)} was saved and is not there`);
  if (!isStockNegative(context.body)) return rowAnswer(context, variants, row);
  const refusal = new UnprocessableError('The inventory of the variant was not saved.', {
    inventory_level: 'inventory_level must be at least 0',
  });
  return { status: 207, body: { data: withoutHidden(row), errors: errorObject(refusal), meta: {} } };
}

/** The real store answers 500 to a file over 1 MB; this one never does, and says why instead. */
const MAX_FILE_BYTES = 1024 * 1024;

const createProductVariantImage: Handler<'createProductVariantImage'> = (context) => {
  const row = requireNamedRow(context, variants);
  const image_url = imageSource(context, row.id);
  updateRow(variants, row, { image_url }, context, [row.product_id]);
  return { status: 200, body: { data: { image_url }, meta: {} } };
};

/** An address is kept as it came and never fetched; a form may carry one in place of a file. */
function imageSource(context: OperationContext<'createProductVariantImage'>, id: number): string {
  const { form, body } = context;
  const sent = form ? form.fields.image_url : body.image_url;
  if (form?.files.length || (form && !sent)) {
    const image = requireImageFile(context);
    if (image.file.bytes.length > MAX_FILE_BYTES) {
      throw new UnprocessableError('The maximum of 1 MB size limit for upload image is exceeded', {}, { code: 10001 });
    }
    return storeImage(context, image, `variants/${String(id)}`, `${image.stem}__${String(context.at)}`);
  }
  if (!sent) throw new UnprocessableError('image_url must be present if uploading by url', null);
  if (!/^https?:\/\/[^/]/i.test(sent) || !URL.canParse(sent)) {
    throw new UnprocessableError("The field 'image_url' is invalid.", {
      image_url: 'image_url must be an absolute http or https address',
    });
  }
  return sent;
}

export const variantsDomain: Domain = {
  resources: [variants],
  handlers: { createProductVariant, updateProductVariant, deleteProductVariant, createProductVariantImage },
};
