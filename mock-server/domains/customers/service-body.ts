/** How the customer services refuse a body that does not fit the description (observed). */
import type { BodyError } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { BodyRefusal } from '../../resources/engine.js';

/** A missing property of a row of a list goes by its own name, without the row's position: `{"id":"error.path.missing"}`. */
export const missingByLeaf: BodyRefusal = (errors: readonly BodyError[]) => {
  const missing = errors.filter(({ keyword, instancePath }) => keyword === 'required' && instancePath !== '');
  if (missing.length === 0) return undefined;
  return new UnprocessableError(
    'JSON data is missing or invalid',
    Object.fromEntries(missing.map(({ params }) => [String(params.missingProperty), 'error.path.missing'])),
  );
};
