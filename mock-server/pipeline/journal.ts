/** Opens the exchange of a request. Once it is answered, `sendReply` writes it down: the journal and the log line. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { MockState } from '../state/mock-state.js';
import { Exchange } from './exchange.js';

export const journal = fp(
  function journal(api: FastifyInstance, { state }: { state: MockState }, done: () => void) {
    const requestId = requestIds();
    api.decorate('mockState', state);
    api.decorateRequest('exchange', null);
    api.addHook('onRequest', (request, _reply, next) => {
      request.exchange = new Exchange(requestId());
      next();
    });
    done();
  },
  { name: 'journal' },
);

/** 32 lower-case hex digits, as captured from the real gateway: random for the process, then counted. */
function requestIds(): () => string {
  const prefix = randomBytes(10).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return prefix + count.toString(16).padStart(12, '0');
  };
}
