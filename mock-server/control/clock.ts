/** `GET` and `POST /_mock/clock`: reads and moves the clock of one store, or of all. */
import type { FastifyInstance } from 'fastify';
import { UnprocessableError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import {
  invalid,
  readInput,
  readInstant,
  requireInteger,
  requireKnownFilters,
  requireStore,
  type Input,
} from './input.js';

/** A hundred years: further than any date in the API. */
const MOST_MS = 100 * 365 * 24 * 3_600_000;

export function clockCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get<{ Querystring: Input }>('/clock', ({ query }) => {
    requireKnownFilters(query, ['store_hash']);
    return shown(state, query.store_hash);
  });
  api.post('/clock', ({ body }) => {
    const input = readInput(body, ['now', 'advance_ms', 'store_hash']);
    moveClock(state, input);
    return shown(state, input.store_hash);
  });
  done();
}

/**
 * Moves the clock of one store, or those of all.
 * @param input either `now` or `advance_ms`; `store_hash` for one store
 * @throws UnprocessableError naming the field; NotFoundError for an unknown store
 */
export function moveClock(state: MockState, { now, advance_ms, store_hash }: Input): void {
  const clocks =
    store_hash === undefined
      ? [state.clock, ...[...state.stores.values()].map(({ clock }) => clock)]
      : [requireStore(state, store_hash).clock];
  if ((now === undefined) === (advance_ms === undefined)) {
    throw new UnprocessableError('Input is invalid', {
      now: 'send either now or advance_ms',
      advance_ms: 'send either now or advance_ms',
    });
  }
  if (advance_ms === undefined) {
    const instant = readInstant(now, 'now');
    requireReach(instant, 'now');
    for (const clock of clocks) clock.set(instant);
  } else {
    const ms = requireInteger(advance_ms, 'advance_ms', -MOST_MS, MOST_MS);
    for (const clock of clocks) requireReach(clock.now() + ms, 'advance_ms');
    for (const clock of clocks) clock.advance(ms);
  }
}

/** @throws UnprocessableError for what is further away than dates reach */
function requireReach(epoch: number, field: string): void {
  if (Math.abs(epoch) > 2 * MOST_MS) throw invalid(field, 'expected an instant within two hundred years of 1970');
}

function shown(state: MockState, store_hash: unknown): { readonly now: string; readonly epoch_ms: number } {
  const epoch_ms = (store_hash === undefined ? state : requireStore(state, store_hash)).clock.now();
  return { now: new Date(epoch_ms).toISOString(), epoch_ms };
}
