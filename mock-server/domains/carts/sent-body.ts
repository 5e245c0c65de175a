/** Bodies of operations that can do without one: the type of a context has them as if they always came. */
import type { OperationId } from '../../../openapi/index.js';
import type { BodyOf, OperationContext } from '../../resources/handler.js';

export function sentBody<Id extends OperationId>(context: OperationContext<Id>): BodyOf<Id> | undefined {
  return context.body;
}
