/**
 * Batches whose rows are judged each on its own: what was done, what was refused, and how an answer says so. Which
 * batches are is said by `partial` of `x-resource`; of all others the first fault refuses the whole.
 */
import { BigCommerceError } from '../errors.js';
import type { RefusedRows } from './body.js';
import type { OperationContext } from './handler.js';

export interface BatchResult<Done> {
  readonly done: readonly Done[];
  /** Refusals by the position of the row in the body. */
  readonly refused: RefusedRows;
}

/** Counters that stand beside the rows of a batch. */
export interface BatchCounts {
  readonly total: number;
  readonly success: number;
  readonly failed: number;
}

/** A refusal names at most so many rows. */
const MAX_NAMED = 50;

/**
 * Does the work for each row of a body that is sound. What it wrote for a row that it refuses is put back, and the
 * other rows stay done.
 * @param rows the context's body
 */
export function eachRow<Row, Done>(
  { store, refusedRows }: Pick<OperationContext, 'store' | 'refusedRows'>,
  rows: readonly Row[],
  work: (row: Row) => Done,
): BatchResult<Done> {
  const done: Done[] = [];
  const refused = new Map(refusedRows);
  let position = 0;
  for (const row of rows) {
    while (refusedRows.has(position)) position += 1;
    try {
      done.push(store.transaction(() => work(row)));
    } catch (error) {
      if (!(error instanceof BigCommerceError)) throw error;
      refused.set(position, error);
    }
    position += 1;
  }
  return { done, refused };
}

export function countsOf({ done, refused }: BatchResult<unknown>): BatchCounts {
  return { total: done.length + refused.size, success: done.length, failed: refused.size };
}

/** Sentences by `<position>.<field>`, or by the position alone where a refusal names no field. */
export function refusedFields({ refused }: BatchResult<unknown>): Record<string, string> {
  const sentences: Record<string, string> = {};
  for (const [position, { message, fields }] of [...refused].sort(([a], [b]) => a - b).slice(0, MAX_NAMED)) {
    const named = Object.entries(fields ?? {});
    if (named.length === 0) sentences[String(position)] = message;
    for (const [field, sentence] of named) sentences[`${String(position)}.${field}`] = sentence;
  }
  return sentences;
}
