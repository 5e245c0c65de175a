/**
 * Values of options and modifiers. They have ids and paths of their own, and are kept inside the row of their option or
 * modifier: a change to a value is a change to that row.
 */
import { ForbiddenError } from '../../errors.js';
import { requireParents } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import type { Resource } from '../../resources/define.js';
import { idAt, type BytesAnswer, type OperationContext } from '../../resources/handler.js';
import { notFound, requireRow } from '../../resources/write.js';
import { offsetPage } from '../../query/pagination.js';
import type { Store } from '../../state/store.js';
import { invalidField } from './invalid-field.js';
import { products } from './products.v3.js';

export interface EmbeddedValue {
  readonly id: number;
  readonly label: string;
  readonly is_default: boolean;
}

/** A value as a body gives it: with an id it edits that value, without one it adds a value. */
export interface ValueInput {
  readonly id?: number;
  readonly label?: string;
  readonly is_default?: boolean;
}

/** BigCommerce's page on platform limits, per option. */
const MAX_VALUES = 250;
const MAX_LABEL_LENGTH = 255;

interface ValueMaker<Value, Input> {
  /** The id of a value to be added. */
  readonly nextId: () => number;
  /** The value that an input makes of `current`, or of nothing. */
  readonly make: (
    input: Input,
    place: { readonly id: number; readonly current: Value | undefined; readonly position: number },
  ) => Value;
}

/**
 * The values that an update leaves: edited and added ones, and the others as they were.
 * @throws UnprocessableError for an unknown id, a missing or repeated label, or two values preselected at once (assumed)
 * @throws ForbiddenError past the documented number of values
 */
export function changedValues<Value extends EmbeddedValue, Input extends ValueInput>(
  current: readonly Value[],
  sent: readonly Input[],
  { nextId, make }: ValueMaker<Value, Input>,
): Value[] {
  if (sent.length === 0) return [...current];
  if (sent.filter(({ is_default }) => is_default).length > 1) {
    throw invalidField('is_default', 'Only one value can be selected by default');
  }
  const values = [...current];
  let preselected: number | undefined;
  for (const input of sent) {
    const position = input.id ? values.findIndex(({ id }) => id === input.id) : values.length;
    if (position < 0) throw invalidField('id', `There is no value ${String(input.id)} to change`);
    const before = values[position];
    requireLabel(input, before);
    const value = make(input, { id: before?.id ?? nextId(), current: before, position });
    values[position] = value;
    if (input.is_default && value.is_default) preselected = value.id;
  }
  if (values.length > MAX_VALUES) throw new ForbiddenError(`An option can have at most ${String(MAX_VALUES)} values.`);
  requireDistinctLabels(values);
  // The part passes from the value that had it to the one that takes it.
  return values.map((value) =>
    preselected !== undefined && value.is_default && value.id !== preselected ? { ...value, is_default: false } : value,
  );
}

/** Variants show labels of 1 to 255 characters, so that no value may have another. */
function requireLabel({ label }: ValueInput, current: EmbeddedValue | undefined): void {
  if (label === undefined) {
    if (!current) throw invalidField('label', 'Please provide a label.');
  } else if (label.trim() === '' || label.length > MAX_LABEL_LENGTH) {
    throw invalidField('label', `label must have a length between 1 and ${String(MAX_LABEL_LENGTH)}`);
  }
}

/** Compared without regard to case (assumed). */
function requireDistinctLabels(values: readonly EmbeddedValue[]): void {
  const labels = new Set<string>();
  for (const { label } of values) {
    const folded = label.toLowerCase();
    if (labels.has(folded)) throw invalidField('label', `The label ${label} is used by another value of the option`);
    labels.add(folded);
  }
}

/** Inputs of values that are all new, whatever ids were sent with them. */
export function asNewValues<Input extends ValueInput>(sent: readonly Input[] | undefined): Input[] {
  return (sent ?? []).map((input) => ({ ...input, id: undefined }));
}

interface SentValueData {
  readonly colors?: string[];
  readonly image_url?: string;
  readonly product_id?: number;
}

/**
 * What the type of an option or modifier adds to a value: colours or a picture, a product, or null.
 * @throws UnprocessableError for a product that does not exist (assumed)
 */
export function valueDataFor(type: string, sent: SentValueData | null | undefined, store: Store): SentValueData | null {
  if (type === 'swatch') {
    if (sent?.colors) return { colors: sent.colors };
    return sent?.image_url ? { image_url: sent.image_url } : null;
  }
  if ((type === 'product_list' || type === 'product_list_with_images') && sent?.product_id) {
    const { product_id } = sent;
    if (!store.rows(products).has(product_id))
      throw invalidField('value_data', `There is no product ${String(product_id)}`);
    return { product_id };
  }
  return null;
}

/** An option or modifier with its values. */
interface Holder<Value> {
  readonly id: number;
  readonly option_values: readonly Value[];
}

/** The option or modifier that the path names, below its product. @throws NotFoundError */
export function requireHolder<Row extends Holder<EmbeddedValue>, Input>(
  context: OperationContext,
  resource: Resource<Row, Input>,
): Row {
  const [, key = 0] = requireParents(context);
  return requireRow(resource, key, context);
}

/** The value that the path names. @throws NotFoundError */
export function requireValue<Value extends EmbeddedValue, Input>(
  context: OperationContext,
  holder: Holder<Value>,
  resource: Resource<Value, Input>,
): Value {
  const id = idAt(context, 2);
  const value = holder.option_values.find((candidate) => candidate.id === id);
  if (!value) throw notFound(resource, id);
  return value;
}

/** One page of values. */
export function valuesAnswer<Value extends EmbeddedValue, Input>(
  context: OperationContext,
  holder: Holder<Value>,
  resource: Resource<Value, Input>,
): BytesAnswer {
  const page = offsetPage(holder.option_values, context.query, context.operation);
  return listAnswer(context, resource, page.items, page.meta);
}

/** The highest id of any value in a store, from which new ones count on. */
export function highestValueId<Row extends Holder<EmbeddedValue>, Input>(
  store: Store,
  resource: Resource<Row, Input>,
): number {
  let highest = 0;
  for (const { option_values } of store.rows(resource).values()) {
    for (const { id } of option_values) if (id > highest) highest = id;
  }
  return highest;
}
