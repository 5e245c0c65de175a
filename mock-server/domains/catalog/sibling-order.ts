/**
 * `sort_order` among the images, or the videos, of one product: a new row goes last unless it says where, and a row
 * that takes a place in use moves its neighbours down (products document).
 */
import type { Change, Resource } from '../../resources/define.js';

interface Sibling {
  readonly id: number;
  readonly product_id: number;
  readonly sort_order: number;
}

/** The highest place there is. */
const LAST = 2_147_483_647;

/** The place after those taken. */
export function nextPlace(siblings: readonly Sibling[]): number {
  if (siblings.length === 0) return 0;
  return Math.min(Math.max(...siblings.map(({ sort_order }) => sort_order)) + 1, LAST);
}

/** By place, then by id. */
export function byPlace(a: Sibling, b: Sibling): number {
  return a.sort_order - b.sort_order || a.id - b.id;
}

/** Moves everything at or above a row's new place by one, when that place is taken. Dates stay as they are (assumed). */
export function makeRoom<Row extends Sibling, Input>(
  resource: Resource<Row, Input>,
  { next, current, store }: Change<Row, Input>,
): void {
  if (current?.sort_order === next.sort_order) return;
  const rows = store.rows(resource);
  const siblings = rows.rowsOf(next.product_id).filter(({ id }) => id !== next.id);
  if (!siblings.some(({ sort_order }) => sort_order === next.sort_order)) return;
  for (const row of siblings) {
    if (row.sort_order < next.sort_order) continue;
    rows.replace({ ...row, sort_order: Math.min(row.sort_order + 1, LAST) });
  }
}
