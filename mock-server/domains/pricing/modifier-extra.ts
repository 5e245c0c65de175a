/** What the chosen values of modifiers add to the price of a product, in the store's own currency. */
import type { ProductRow } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import { modifiers } from '../catalog/product-modifiers.v3.js';

/** @param chosen value by modifier */
export function modifierExtra(product: ProductRow, chosen: ReadonlyMap<number, number>, store: Store): number {
  let extra = 0;
  for (const modifier of store.rows(modifiers).rowsOf(product.id)) {
    const value = modifier.option_values.find(({ id }) => id === chosen.get(modifier.id));
    const { adjuster, adjuster_value } = value?.adjusters.price ?? {};
    if (adjuster === 'relative') extra += adjuster_value ?? 0;
    if (adjuster === 'percentage') extra += (product.price * (adjuster_value ?? 0)) / 100;
  }
  return extra;
}
