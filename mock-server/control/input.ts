/** Reads what control calls are sent. Bad input gets 422 in the V3 error envelope, naming the field; nothing changes. */
import { NotFoundError, UnprocessableError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';

export type Input = Readonly<Record<string, unknown>>;

/** The refusal of one field. */
export function invalid(field: string, expected: string): UnprocessableError {
  return new UnprocessableError('Input is invalid', { [field]: expected });
}

/**
 * The body of a control call, or an object in it, with known keys only; absent counts as `{}`.
 * @param within name of the object in the body
 * @throws UnprocessableError
 */
export function readInput(body: unknown, known: readonly string[], within?: string): Input {
  if (body === undefined || body === null) return {};
  if (typeof body !== 'object' || Array.isArray(body)) {
    if (within !== undefined) throw invalid(within, 'expected an object');
    throw invalid('body', 'expected a JSON object');
  }
  const unknown = Object.keys(body).filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new UnprocessableError(
      'Unknown fields',
      Object.fromEntries(
        unknown.map((name) => [
          within === undefined ? name : `${within}.${name}`,
          `expected one of: ${known.join(', ')}`,
        ]),
      ),
    );
  }
  return body as Input;
}

/** @throws UnprocessableError */
export function requireInteger(value: unknown, field: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number) || number < least || number > most) {
    throw new UnprocessableError('Input is invalid', {
      [field]: `expected a whole number from ${String(least)} to ${String(most)}`,
    });
  }
  return number;
}

/** An instant in milliseconds since 1970, from such a number or an ISO 8601 text. @throws UnprocessableError */
export function readInstant(value: unknown, field: string): number {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : '';
  const epoch = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isFinite(epoch)) return epoch;
  throw new UnprocessableError('Input is invalid', {
    [field]: 'expected an ISO 8601 date or milliseconds since 1970',
  });
}

/**
 * @param within the object they stand in, with a dot: errors name it
 * @throws UnprocessableError naming query parameters that are none of these
 */
export function requireKnownFilters(query: Input, known: readonly string[], within = ''): void {
  const unknown = Object.keys(query).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new UnprocessableError(
    'Unknown filters',
    Object.fromEntries(unknown.map((name) => [within + name, `expected one of: ${known.join(', ')}`])),
  );
}

/** @throws NotFoundError for a store that this mock does not have */
export function requireStore(state: MockState, hash: unknown): Store {
  if (typeof hash !== 'string') throw new UnprocessableError('Input is invalid', { store_hash: 'expected a text' });
  const store = state.stores.get(hash);
  if (!store)
    throw new NotFoundError(`This mock has no store "${hash}"`, {
      store_hash: `known: ${[...state.stores.keys()].join(', ')}`,
    });
  return store;
}
