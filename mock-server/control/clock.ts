/** `GET` and `POST /_mock/clock`: reads and moves the mock's clock. */
import type { FastifyInstance } from 'fastify';
import { UnprocessableError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { readInput, readInstant, requireInteger } from './input.js';

/** A hundred years: further than any date in the API. */
const MOST_MS = 100 * 365 * 24 * 3_600_000;

export function clockCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  const now = (): { now: string; epoch_ms: number } => {
    const epoch = state.clock.now();
    return { now: new Date(epoch).toISOString(), epoch_ms: epoch };
  };
  api.get('/clock', now);
  api.post('/clock', (request) => {
    const input = readInput(request.body, ['now', 'advance_ms']);
    if ((input.now === undefined) === (input.advance_ms === undefined)) {
      throw new UnprocessableError('Input is invalid', {
        now: 'send either now or advance_ms',
        advance_ms: 'send either now or advance_ms',
      });
    }
    if (input.advance_ms !== undefined)
      state.clock.advance(requireInteger(input.advance_ms, 'advance_ms', -MOST_MS, MOST_MS));
    else state.clock.set(readNow(input.now));
    return now();
  });
  done();
}

/** @throws UnprocessableError for what is no instant, or further away than dates reach */
function readNow(value: unknown): number {
  const epoch = readInstant(value, 'now');
  if (Math.abs(epoch) <= 2 * MOST_MS) return epoch;
  throw new UnprocessableError('Input is invalid', { now: 'expected an instant within two hundred years of 1970' });
}
