/** The engine's own actions on a view, for operations whose paths show another form of a collection's rows. */
import { actions } from '../../resources/actions.js';
import type { Resource } from '../../resources/define.js';
import type { BytesAnswer, OperationContext } from '../../resources/handler.js';

/** @throws Error when the engine has no action of that name */
export function actionOf<Row extends object, Input>(
  name: string,
  view: Resource<Row, Input>,
): (context: OperationContext) => BytesAnswer {
  return (context) => {
    const action = actions[name];
    if (!action) throw new Error(`the engine has no action ${name}`);
    // The engine holds resources of all row types; the rows of this one are what its rules take.
    return action(context, view);
  };
}
