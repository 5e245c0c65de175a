/**
 * `Prefer: code=429`: a request may ask for one outcome itself. Refusals come in the words of the path's dialect, and
 * nothing is written. The ordinary success is handled as ever; another one is drawn from its schema.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Operation } from '../../openapi/index.js';
import { UnprocessableError } from '../errors.js';
import { spentQuota } from '../state/rate-quota.js';
import { askedAnswer, platformStatuses } from './asked-answer.js';
import { errorText } from './error-text.js';
import { exchangeOf } from './exchange.js';
import { sendReply } from './reply.js';

export const preferredOutcome = fp(
  function preferredOutcome(api: FastifyInstance, _options: object, done: () => void) {
    api.addHook('preHandler', (request, reply, next) => {
      const { prefer } = request.headers;
      const { operation } = exchangeOf(request);
      const code = prefer === undefined ? undefined : preferredCode(prefer);
      if (code === undefined || !operation || !isAnswered(code, operation, request, reply)) next();
    });
    done();
  },
  { name: 'preferred-outcome', dependencies: ['faults'] },
);

/** The text of `code=…`; other preferences (RFC 7240) are no business of a mock. */
function preferredCode(prefer: string | string[]): string | undefined {
  const preferences = (typeof prefer === 'string' ? prefer : prefer.join(',')).split(',');
  for (const preference of preferences) {
    const code = /^\s*code\s*=\s*"?([^";]*)"?/i.exec(preference)?.[1];
    if (code !== undefined) return code.trim();
  }
  return undefined;
}

function isAnswered(code: string, operation: Operation, request: FastifyRequest, reply: FastifyReply): boolean {
  const exchange = exchangeOf(request);
  const status = Number(code);
  if (!operation.statuses.includes(status) && !platformStatuses.includes(status)) {
    const known = [...new Set([...operation.statuses, ...platformStatuses])].sort((a, b) => a - b);
    const refusal = new UnprocessableError('Prefer asks for an outcome that this operation never has', {
      Prefer: `expected code= one of ${known.join(', ')}`,
    });
    exchange.refusal = refusal;
    // The mock's own refusal: the same envelope on every path.
    sendReply(request, reply, refusal.status, errorText(refusal, ''));
    return true;
  }
  if (status === operation.statuses.find((each) => each >= 200 && each < 300)) return false;
  exchange.note = `asked for by Prefer: code=${String(status)}`;
  if (status === 429 && exchange.quota) {
    exchange.quota = spentQuota(exchange.quota);
    exchange.retryAfterSeconds = Math.ceil(exchange.quota.resetMs / 1_000);
  }
  const { bytes, headers, fidelity } = askedAnswer(operation, status, request, exchange.store?.options.seed ?? 1);
  exchange.fidelity = fidelity ?? 'computed';
  sendReply(request, reply, status, bytes, { ...headers, 'preference-applied': `code=${String(status)}` });
  return true;
}
