/** Operations of V2 on rows that V3 keeps: the generic actions, on the V2 form of a resource. */
import { actions } from '../../resources/actions.js';
import type { Resource } from '../../resources/define.js';
import type { BytesAnswer, OperationContext } from '../../resources/handler.js';

type ViewAction = 'list' | 'get' | 'create' | 'update';

/** @param view looked up at each call: domain files import each other in cycles */
export function byView(action: ViewAction, view: () => Resource): (context: OperationContext) => BytesAnswer {
  const act = actions[action];
  if (!act) throw new Error(`there is no action ${action}`);
  return (context) => act(context, view());
}
