/** Answers drawn from the description, where no rows are behind an operation: the same for the same request. */
import { requireParents } from './actions.js';
import { describedSuccess, sample, type DescribedAnswer } from './described-answers.js';
import type { BytesAnswer, OperationContext } from './handler.js';

/** @throws BigCommerceError the 404 of a parent that does not exist */
export function sampledAnswer(context: OperationContext): BytesAnswer {
  const { operation, keys, store } = context;
  requireParents(context);
  return drawnAnswer(describedSuccess(operation), store.options.seed, `${operation.id}/${keys.join('/')}`);
}

/** A documented answer, drawn from its schema. @param place the same one gives the same answer */
export function drawnAnswer({ status, mediaType, schema }: DescribedAnswer, seed: number, place: string): BytesAnswer {
  if (!schema || status === 204) return { status, bytes: undefined, fidelity: 'sampled' };
  const value = sample(schema, seed, place);
  if (mediaType === undefined || mediaType.includes('json')) {
    return { status, bytes: JSON.stringify(value), fidelity: 'sampled' };
  }
  const text = typeof value === 'string' ? value : '';
  const type = mediaType.includes('*') ? 'text/plain' : mediaType;
  return { status, bytes: text, headers: { 'content-type': type }, fidelity: 'sampled' };
}
