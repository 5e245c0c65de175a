/** The refusal for one field of a body that the description alone cannot judge. */
import { UnprocessableError } from '../../errors.js';

/** The title is as observed for any refused field; the sentence is the caller's own unless it says otherwise. */
export function invalidField(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError(`Invalid field(s): ${field}`, { [field]: sentence });
}
