/**
 * Modifiers and their values: choices that change a product without making another variant of it. Values are kept inside
 * the row of their modifier; a checkbox has two that the store makes, and text, date and file types have none.
 * Described in openapi/documents/catalog/product-modifiers.v3.yaml.
 */
import {
  modifierDefaults,
  noAdjusters,
  optionName,
  type ModifierRow,
  type ModifierValueRow,
} from '../../../fixtures/index.js';
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
import { configFor, requireSoundDates } from './option-config.js';
import { dropRulesOf } from './product-complex-rules.v3.js';
import { products, touchProduct } from './products.v3.js';
import { storeUpload } from './uploaded-images.js';

type Schemas = components['schemas'];
type ModifierInput = Schemas['ModifierInput'];
type ModifierValueInput = Schemas['ModifierValueInput'];
type Type = ModifierRow['type'];
type Adjusters = ModifierValueRow['adjusters'];

/** Rows keyed by `id`, each with its values. */
export const modifiers = defineResource<ModifierRow, ModifierInput>(
  'catalog.modifiers',
  {
    quietDelete: true,
    create: completeModifier,
    merge: mergeModifier,
    check: requireSound,
    created: touch,
    updated: touch,
  },
  { below: 'catalog.products' },
);

/** How a value is answered. Values have no collection: see embedded-values.ts. */
const modifierValues = defineResource<ModifierValueRow, ModifierValueRow>('catalog.modifier-values', {
  create: ({ input }) => input,
});

/** Where the values of a type come from: its creator, the store, or nowhere. */
function kindOf(type: Type): 'choice' | 'checkbox' | 'valueless' {
  switch (type) {
    case 'checkbox':
      return 'checkbox';
    case 'date':
    case 'file':
    case 'text':
    case 'multi_line_text':
    case 'numbers_only_text':
      return 'valueless';
    default:
      return 'choice';
  }
}

function completeModifier({ input, id, parents, store, at }: Draft<ModifierInput>): ModifierRow {
  const product_id = Number(parents[parents.length - 1]);
  const { display_name = '', type = modifierDefaults.type, required = modifierDefaults.required } = input;
  const sent = asNewValues(input.option_values);
  if (sent.length > 0) requireValuesAllowed(type);
  const row: ModifierRow = {
    id,
    product_id,
    name: optionName(display_name, Math.floor(at / 1000), product_id),
    display_name,
    type,
    required,
    sort_order: input.sort_order ?? modifierDefaults.sort_order,
    config: configFor(type, input.config),
    option_values: [],
  };
  const values = kindOf(type) === 'checkbox' ? tickedAndNot(input.config?.checked_by_default ?? false) : sent;
  return { ...row, option_values: valuesOf(row, values, store) };
}

/** A checkbox's two values, as documented. */
function tickedAndNot(isTicked: boolean): ModifierValueInput[] {
  return [
    { label: 'Yes', sort_order: 0, value_data: { checked_value: true }, is_default: isTicked },
    { label: 'No', sort_order: 1, value_data: { checked_value: false }, is_default: !isTicked },
  ];
}

function mergeModifier({ current, input, store }: Actor & { current: ModifierRow; input: ModifierInput }): ModifierRow {
  const type = input.type ?? current.type;
  const sent = input.option_values ?? [];
  if (sent.some(({ id }) => !id)) requireValuesAllowed(type);
  const row: ModifierRow = {
    ...current,
    type,
    display_name: input.display_name ?? current.display_name,
    required: input.required ?? current.required,
    sort_order: input.sort_order ?? current.sort_order,
    config: configFor(type, input.config, current.config),
  };
  if (type !== current.type) row.option_values = current.option_values.map((value) => retyped(value, type, store));
  row.option_values = valuesOf(row, sent, store);
  const isTicked = kindOf(type) === 'checkbox' ? input.config?.checked_by_default : undefined;
  return isTicked === undefined
    ? row
    : { ...row, option_values: row.option_values.map((value) => preselected(value, isTicked)) };
}

/** A checkbox's value, preselected or not as the modifier's `checked_by_default` says. */
function preselected(value: ModifierValueRow, isTicked: boolean): ModifierValueRow {
  return { ...value, is_default: (value.value_data?.checked_value ?? false) === isTicked };
}

function valuesOf(modifier: ModifierRow, sent: readonly ModifierValueInput[], store: Store): ModifierValueRow[] {
  const { id: option_id, type } = modifier;
  return changedValues(modifier.option_values, sent, {
    nextId: () => store.nextNumber('modifier value', () => highestValueId(store, modifiers)),
    make: (input, { id, current, position }) => ({
      id,
      option_id,
      label: input.label ?? current?.label ?? '',
      sort_order: input.sort_order ?? current?.sort_order ?? position,
      value_data: dataOf(type, input, current, store),
      // Swatches cannot be preselected (documented); that asking for it is ignored is assumed.
      is_default: type !== 'swatch' && (input.is_default ?? current?.is_default ?? false),
      adjusters: adjustersOf(input.adjusters, current?.adjusters),
    }),
  });
}

/** Which of a checkbox's values stands for ticked is the store's to say. */
function dataOf(
  type: Type,
  { value_data }: ModifierValueInput,
  current: ModifierValueRow | undefined,
  store: Store,
): ModifierValueRow['value_data'] {
  if (current && (value_data === undefined || type === 'checkbox')) return current.value_data;
  return type === 'checkbox' ? (value_data ?? null) : valueDataFor(type, value_data, store);
}

/** A value under another type, which may keep less of it. */
function retyped(value: ModifierValueRow, type: Type, store: Store): ModifierValueRow {
  const value_data = valueDataFor(type, value.value_data, store);
  return { ...value, value_data, is_default: value.is_default && type !== 'swatch' };
}

/** Price and weight are null where a value leaves them alone. */
function adjustersOf(sent: ModifierValueInput['adjusters'], current: Adjusters = noAdjusters): Adjusters {
  if (!sent) return current;
  return {
    price: sent.price === undefined ? current.price : adjusterOf(sent.price),
    weight: sent.weight === undefined ? current.weight : adjusterOf(sent.weight),
    image_url: sent.image_url ?? current.image_url,
    purchasing_disabled: { ...current.purchasing_disabled, ...sent.purchasing_disabled },
  };
}

function adjusterOf(sent: Adjusters['price']): Adjusters['price'] {
  return sent?.adjuster ? { adjuster: sent.adjuster, adjuster_value: sent.adjuster_value ?? 0 } : null;
}

/** @throws UnprocessableError for types whose values are not the caller's to make (documented; the sentence is assumed) */
function requireValuesAllowed(type: Type): void {
  if (kindOf(type) !== 'choice') {
    throw invalidField('option_values', `option_values cannot be given to a modifier of type ${type}`);
  }
}

/**
 * @throws UnprocessableError for unsound dates, a product with an option set of V2, or a type whose values come from
 * elsewhere than those of the type before (assumed)
 * @throws ConflictError for a display name in use
 */
function requireSound(change: Change<ModifierRow, ModifierInput>): void {
  const { next, current, store } = change;
  requireNoOptionSet(store.rows(products).get(next.product_id));
  requireFreeDisplayName(change, 'modifier');
  requireSoundDates(next.type, next.config);
  if (current && kindOf(next.type) !== kindOf(current.type)) {
    throw invalidField('type', `A modifier of type ${current.type} cannot become one of type ${next.type}`);
  }
}

function touch(change: Change<ModifierRow, ModifierInput>): void {
  touchProduct(change, change.next.product_id);
}

/** Takes the complex rules that name the modifier along (assumed). */
const deleteProductModifier: Handler<'deleteProductModifier'> = (context) => {
  requireParents(context);
  const modifier = context.store.rows(modifiers).get(idAt(context, 1));
  // The modifiers document has 204 alone, also for a modifier that is not there.
  if (modifier?.product_id !== idAt(context, 0)) return emptyAnswer();
  const { id, product_id } = modifier;
  requireNoOptionSet(context.store.rows(products).get(product_id));
  deleteRow(modifiers, id, context);
  dropRulesOf(context, product_id, { modifier_id: id });
  touchProduct(context, product_id);
  return emptyAnswer();
};

const getProductModifierValues: Handler<'getProductModifierValues'> = (context) =>
  valuesAnswer(context, requireHolder(context, modifiers), modifierValues);

const getProductModifierValue: Handler<'getProductModifierValue'> = (context) =>
  rowAnswer(context, modifierValues, requireValue(context, requireHolder(context, modifiers), modifierValues));

const createProductModifierValue: Handler<'createProductModifierValue'> = (context) => {
  const modifier = requireHolder(context, modifiers);
  const { option_values } = updateRow(modifiers, modifier, { option_values: asNewValues([context.body]) }, context);
  return rowAnswer(context, modifierValues, option_values[option_values.length - 1] as ModifierValueRow);
};

const updateProductModifierValue: Handler<'updateProductModifierValue'> = (context) => {
  const modifier = requireHolder(context, modifiers);
  const { id } = requireValue(context, modifier, modifierValues);
  const next = updateRow(modifiers, modifier, { option_values: [{ ...context.body, id }] }, context);
  return rowAnswer(context, modifierValues, requireValue(context, next, modifierValues));
};

/** Takes the complex rules that name the value along (assumed). */
const deleteProductModifierValue: Handler<'deleteProductModifierValue'> = (context) => {
  const modifier = requireHolder(context, modifiers);
  const { product_id } = modifier;
  const id = idAt(context, 2);
  const option_values = modifier.option_values.filter((value) => value.id !== id);
  if (option_values.length === modifier.option_values.length) return emptyAnswer();
  requireNoOptionSet(context.store.rows(products).get(product_id));
  requireValuesAllowed(modifier.type);
  context.store.rows(modifiers).replace({ ...modifier, option_values });
  dropRulesOf(context, product_id, { modifier_value_id: id });
  touchProduct(context, product_id);
  return emptyAnswer();
};

const createProductModifierImage: Handler<'createProductModifierImage'> = (context) => {
  const modifier = requireHolder(context, modifiers);
  const { id } = requireValue(context, modifier, modifierValues);
  const image_url = storeUpload(context, `modifiers/${String(id)}`);
  updateRow(modifiers, modifier, { option_values: [{ id, adjusters: { image_url } }] }, context);
  return { status: 200, body: { data: { image_url }, meta: {} } };
};

export const modifiersDomain: Domain = {
  resources: [modifiers],
  handlers: {
    deleteProductModifier,
    getProductModifierValues,
    getProductModifierValue,
    createProductModifierValue,
    updateProductModifierValue,
    deleteProductModifierValue,
    createProductModifierImage,
  },
};
