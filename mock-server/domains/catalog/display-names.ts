/** What the options and the modifiers of one product share: a display name is given once over both. */
import type { ProductRow } from '../../../fixtures/index.js';
import { ConflictError, UnprocessableError } from '../../errors.js';
import type { Store } from '../../state/store.js';
import { invalidField } from './invalid-field.js';
import { modifiers } from './product-modifiers.v3.js';
import { options } from './product-variant-options.v3.js';

interface Named {
  readonly id: number;
  readonly product_id: number;
  readonly display_name: string;
}

interface NameChange {
  readonly next: Named;
  readonly current: Named | undefined;
  readonly store: Store;
}

/**
 * Names are compared without regard to case (assumed).
 * @param kind what is being named
 * @throws ConflictError for a name in use: the status is the documents', the sentence was observed with 422
 */
export function requireFreeDisplayName({ next, current, store }: NameChange, kind: 'option' | 'modifier'): void {
  const { id, product_id, display_name } = next;
  if (display_name === current?.display_name) return;
  if (display_name.trim() === '') throw invalidField('display_name', 'display_name must not be empty');
  const wanted = display_name.toLowerCase();
  const isTaken = (other: Named, otherKind: typeof kind): boolean =>
    other.display_name.toLowerCase() === wanted && (other.id !== id || otherKind !== kind);
  if (
    store
      .rows(options)
      .rowsOf(product_id)
      .some((other) => isTaken(other, 'option')) ||
    store
      .rows(modifiers)
      .rowsOf(product_id)
      .some((other) => isTaken(other, 'modifier'))
  ) {
    const sentence = `The display name ${display_name} has already been used on this product.`;
    throw new ConflictError(sentence, { display_name: sentence });
  }
}

/** @throws UnprocessableError for a product that still has an option set of V2, as documented */
export function requireNoOptionSet(product: Pick<ProductRow, 'option_set_id'> | undefined): void {
  if (product?.option_set_id == null) return;
  const sentence =
    'The product is currently associated with an option set, please remove it before editing an option or modifier.';
  throw new UnprocessableError(sentence, { product_id: sentence });
}
