/**
 * The 404 of checkouts, which comes in a list (documented): unlike that of carts, which is the plain object.
 */
import type { OperationId } from '../../../openapi/index.js';
import { NotFoundError } from '../../errors.js';
import { errorObject } from '../../pipeline/error-text.js';
import type { Answer, OperationContext } from '../../resources/handler.js';

/** A handler whose 404s are lists of one. What throws must have written nothing yet. */
export function withListed404<Id extends OperationId>(
  handler: (context: OperationContext<Id>) => Answer<Id>,
): (context: OperationContext<Id>) => Answer<Id> {
  return (context) => {
    try {
      return handler(context);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      const { status, title, type } = errorObject(error);
      const listed = { errors: [{ status, title, type, detail: title }], meta: {} };
      return { status, bytes: JSON.stringify(listed), reason: error.message };
    }
  };
}
