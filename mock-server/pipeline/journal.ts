/** Opens the exchange of a request, and when it is answered writes it down: the journal behind `/_mock/requests`, and the log line. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { MockState } from '../state/mock-state.js';

export const journal = fp(
  function journal(api: FastifyInstance, { state }: { state: MockState }, done: () => void) {
    const requestId = requestIds();
    api.decorateRequest('exchange', null);

    api.addHook('onRequest', (request, reply, next) => {
      request.exchange = {
        startedAt: performance.now(),
        operation: undefined,
        pathValues: [],
        store: undefined,
        account: undefined,
        reason: undefined,
        fidelity: undefined,
      };
      // Sent by the real gateway with every answer (platform.md section 12).
      reply.header('x-request-id', requestId());
      reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
      next();
    });

    api.addHook('onSend', (request, reply, payload, next) => {
      const { exchange } = request;
      // The mock's mark: on every answer, refusals included, so that a judge knows who spoke.
      reply.header('x-mock-fidelity', exchange?.fidelity ?? 'computed');
      if (exchange) {
        const { store, operation, account, reason, startedAt } = exchange;
        const entry = {
          id: state.journal.nextId(),
          at: state.clock.now(),
          store_hash: store?.hash,
          operation_id: operation?.id,
          method: request.method,
          url: request.url,
          status: reply.statusCode,
          account: account?.name,
          duration_ms: performance.now() - startedAt,
          reason,
          request_headers: request.headers,
          request_body: Buffer.isBuffer(request.body) ? request.body : undefined,
          response_headers: reply.getHeaders(),
          response_body: Buffer.isBuffer(payload) ? payload : undefined,
        };
        state.journal.add(entry);
        state.log?.request(entry);
      }
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
