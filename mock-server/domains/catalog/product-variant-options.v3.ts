/**
 * Variant options and their values: the choices that tell a product's variants apart. Values are kept inside the row of
 * their option, and variants repeat names and labels, which therefore follow when these change.
 * Described in openapi/documents/catalog/product-variant-options.v3.yaml.
 */
import { optionDefaults, optionName, type OptionRow, type OptionValueRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { requireParents } from '../../resources/actions.js';
import { rowAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler } from '../../resources/handler.js';
import { deleteRow, updateRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { requireFreeDisplayName, requireNoOptionSet } from './display-names.js';
import {
  asNewValues,
  changedValues,
  highestValueId,
  requireHolder,
  requireValue,
  valueDataFor,
  valuesAnswer,
} from './embedded-values.js';
import { invalidField } from './invalid-field.js';
import { configFor } from './option-config.js';
import { products, touchProduct } from './products.v3.js';
import { isBaseVariant, type StoredVariant } from './variant-fields.js';
import { removeVariants, settleProduct, variants } from './variants.v3.js';

type Schemas = components['schemas'];
type OptionInput = Schemas['OptionInput'];
type OptionValueInput = Schemas['OptionValueInput'];

/** Rows keyed by `id`, each with its values. */
export const options = defineResource<OptionRow, OptionInput>(
  'catalog.options',
  {
    quietDelete: true,
    create: completeOption,
    merge: mergeOption,
    check: requireSound,
    created: (change) => {
      touchProduct(change, change.next.product_id);
    },
    updated: renameInVariants,
  },
  { below: 'catalog.products' },
);

/** How a value is answered. Values have no collection: see embedded-values.ts. */
const optionValues = defineResource<OptionValueRow, OptionValueRow>('catalog.option-values', {
  create: ({ input }) => input,
});

function completeOption({ input, id, parents, store, at }: Draft<OptionInput>): OptionRow {
  const product_id = Number(parents[parents.length - 1]);
  const { display_name = '', type = optionDefaults.type, sort_order = optionDefaults.sort_order } = input;
  return {
    id,
    product_id,
    name: optionName(display_name, Math.floor(at / 1000), product_id),
    display_name,
    type,
    sort_order,
    option_values: valuesOf(type, [], asNewValues(input.option_values), store),
    config: configFor(type, input.config),
  };
}

function mergeOption({ current, input, store }: Actor & { current: OptionRow; input: OptionInput }): OptionRow {
  const { display_name = current.display_name, type = current.type, sort_order = current.sort_order } = input;
  const option_values = valuesOf(type, current.option_values, input.option_values ?? [], store);
  return {
    ...current,
    display_name,
    type,
    sort_order,
    option_values: type === current.type ? option_values : option_values.map((value) => retyped(value, type, store)),
    config: configFor(type, input.config, current.config),
  };
}

function valuesOf(
  type: OptionRow['type'],
  current: readonly OptionValueRow[],
  sent: readonly OptionValueInput[],
  store: Store,
): OptionValueRow[] {
  return changedValues(current, sent, {
    nextId: () => store.nextNumber('option value', () => highestValueId(store, options)),
    make: (input, { id, current: before, position }) => ({
      id,
      label: input.label ?? before?.label ?? '',
      sort_order: input.sort_order ?? before?.sort_order ?? position,
      value_data:
        input.value_data === undefined && before ? before.value_data : valueDataFor(type, input.value_data, store),
      // Swatches cannot be preselected (documented); that asking for it is ignored is assumed.
      is_default: type !== 'swatch' && (input.is_default ?? before?.is_default ?? false),
    }),
  });
}

/** A value under another type, which may keep less of it. */
function retyped(value: OptionValueRow, type: OptionRow['type'], store: Store): OptionValueRow {
  const value_data = valueDataFor(type, value.value_data, store);
  return { ...value, value_data, is_default: value.is_default && type !== 'swatch' };
}

/**
 * @throws UnprocessableError for another type once there are variants (assumed), or a product with an option set of V2
 * @throws ConflictError for a display name in use
 */
function requireSound(change: Change<OptionRow, OptionInput>): void {
  const { next, current, store } = change;
  requireNoOptionSet(store.rows(products).get(next.product_id));
  requireFreeDisplayName(change, 'option');
  if (current && next.type !== current.type && variantsOf(next.product_id, store).length > 0) {
    throw invalidField('type', 'The type of an option cannot change once the product has variants');
  }
}

/** Real variants of a product. */
function variantsOf(product_id: number, store: Store): StoredVariant[] {
  return store
    .rows(variants)
    .rowsOf(product_id)
    .filter((row) => !isBaseVariant(row));
}

/** Variants repeat the names of their options and the labels of their values. */
function renameInVariants(change: Change<OptionRow, OptionInput>): void {
  const { next, current, store } = change;
  const labels = new Map(next.option_values.map(({ id, label }) => [id, label]));
  const isRenamed =
    next.display_name !== current?.display_name ||
    current.option_values.some(({ id, label }) => labels.get(id) !== label);
  if (isRenamed) {
    const rows = store.rows(variants);
    for (const row of variantsOf(next.product_id, store)) {
      if (!row.option_values.some(({ option_id }) => option_id === next.id)) continue;
      const option_values = row.option_values.map((value) =>
        value.option_id === next.id
          ? { ...value, label: labels.get(value.id) ?? value.label, option_display_name: next.display_name }
          : value,
      );
      rows.replace({ ...row, option_values });
    }
  }
  touchProduct(change, next.product_id);
}

/** Takes the variants built on any of the values along (assumed). */
const deleteProductVariantOption: Handler<'deleteProductVariantOption'> = (context) => {
  requireParents(context);
  const option = context.store.rows(options).get(idAt(context, 1));
  // The options document has 204 alone, also for an option that is not there.
  if (option?.product_id !== idAt(context, 0)) return emptyAnswer();
  requireNoOptionSet(context.store.rows(products).get(option.product_id));
  deleteRow(options, option.id, context);
  removeVariantsWith(option.product_id, ({ option_id }) => option_id === option.id, context);
  return emptyAnswer();
};

function removeVariantsWith(
  product_id: number,
  isGone: (value: StoredVariant['option_values'][number]) => boolean,
  actor: Actor,
): void {
  const rows = variantsOf(product_id, actor.store).filter(({ option_values }) => option_values.some(isGone));
  removeVariants(rows, product_id, actor);
  settleProduct(actor, product_id);
}

const getProductVariantOptionValues: Handler<'getProductVariantOptionValues'> = (context) =>
  valuesAnswer(context, requireHolder(context, options), optionValues);

const getProductVariantOptionValue: Handler<'getProductVariantOptionValue'> = (context) =>
  rowAnswer(context, optionValues, requireValue(context, requireHolder(context, options), optionValues));

const createProductVariantOptionValue: Handler<'createProductVariantOptionValue'> = (context) => {
  const option = requireHolder(context, options);
  const { option_values } = updateRow(options, option, { option_values: asNewValues([context.body]) }, context);
  return rowAnswer(context, optionValues, option_values[option_values.length - 1] as OptionValueRow);
};

const updateProductVariantOptionValue: Handler<'updateProductVariantOptionValue'> = (context) => {
  const option = requireHolder(context, options);
  const { id } = requireValue(context, option, optionValues);
  const next = updateRow(options, option, { option_values: [{ ...context.body, id }] }, context);
  return rowAnswer(context, optionValues, requireValue(context, next, optionValues));
};

/** Takes the variants that use the value along (assumed). */
const deleteProductVariantOptionValue: Handler<'deleteProductVariantOptionValue'> = (context) => {
  const option = requireHolder(context, options);
  const id = idAt(context, 2);
  const option_values = option.option_values.filter((value) => value.id !== id);
  if (option_values.length === option.option_values.length) return emptyAnswer();
  requireNoOptionSet(context.store.rows(products).get(option.product_id));
  context.store.rows(options).replace({ ...option, option_values });
  removeVariantsWith(option.product_id, (value) => value.id === id, context);
  return emptyAnswer();
};

export const optionsDomain: Domain = {
  resources: [options],
  handlers: {
    deleteProductVariantOption,
    getProductVariantOptionValues,
    getProductVariantOptionValue,
    createProductVariantOptionValue,
    updateProductVariantOptionValue,
    deleteProductVariantOptionValue,
  },
};
