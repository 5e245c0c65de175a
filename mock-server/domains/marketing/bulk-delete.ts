/**
 * Deleting promotions or codes by their ids: each stands or falls on its own, and the answer counts both (documented).
 */
import { UnprocessableError, type BigCommerceError } from '../../errors.js';
import { describeRefusal, errorObject } from '../../pipeline/error-text.js';
import { listOf } from '../../query/query-values.js';
import { emptyAnswer, type BytesAnswer, type OperationContext } from '../../resources/handler.js';

/**
 * @param work deletes the row of an id, if there is one, or gives what stands against it and the sentence for it. A row
 *   that is gone already is no failure (assumed, as one alone is none).
 */
export function bulkDelete(
  { query }: OperationContext,
  most: number,
  work: (id: number) => readonly [constraint: string, sentence: string] | undefined,
): BytesAnswer {
  const ids = [...new Set(listOf(query.get('id:in') ?? '').map(Number))];
  if (ids.length === 0) return refused(new UnprocessableError('Parameter id:in is required'), 0, 0);
  if (ids.length > most) {
    return refused(new UnprocessableError(`Parameter id:in takes at most ${String(most)} ids`), 0, 0);
  }
  const failures: Record<string, string> = {};
  ids.forEach((id, place) => {
    const failure = work(id);
    if (failure) failures[`${String(place)}.${failure[0]}`] = `Failed for id=${String(id)}. Error: ${failure[1]}.`;
  });
  const failed = Object.keys(failures).length;
  if (failed === 0) return emptyAnswer();
  return refused(
    new UnprocessableError('Errors occurred in bulk delete action.', failures),
    ids.length - failed,
    failed,
  );
}

function refused(refusal: BigCommerceError, success: number, failed: number): BytesAnswer {
  const body = { errors: [errorObject(refusal)], meta: { total: success + failed, success, failed } };
  return { status: 422, bytes: JSON.stringify(body), reason: describeRefusal(refusal) };
}
