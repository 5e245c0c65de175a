/** The product of a row that does not carry its `product_id`: custom fields, bulk pricing rules. */
import type { Resource } from '../../resources/define.js';
import type { Key } from '../../state/collection.js';
import type { Store } from '../../state/store.js';

/** The product named by the path, or the one that a stored row hangs below. */
export function owningProduct<Row extends object, Input>(
  resource: Resource<Row, Input>,
  { store, parents }: { readonly store: Store; readonly parents: readonly Key[] },
  id: number,
): number {
  const key = parents[parents.length - 1] ?? store.rows(resource).parentOf(id);
  if (typeof key !== 'number') throw new Error(`${resource.collection} ${id} hangs below no product`);
  return key;
}
