/** What the steps of the pipeline learn about one request, in order, and hand on to the next. */
import type { FastifyRequest } from 'fastify';
import type { Operation } from '../../openapi/index.js';
import type { ApiAccount } from '../state/api-accounts.js';
import type { Store } from '../state/store.js';

export interface Exchange {
  /** Milliseconds of performance.now() at the first byte handled. */
  readonly startedAt: number;
  operation: Operation | undefined;
  /** Values of the path template's parameters, in its order, as text; store_hash first. */
  pathValues: readonly string[];
  store: Store | undefined;
  account: ApiAccount | undefined;
  /** Why the request was refused, for the log and the journal. */
  reason: string | undefined;
  fidelity: Fidelity | undefined;
}

/** How far an answer can be trusted: from stored rows, worked out, or drawn from the schema. */
export type Fidelity = 'stateful' | 'computed' | 'sampled';

declare module 'fastify' {
  interface FastifyRequest {
    exchange: Exchange | null;
  }
}

/** The exchange of a request inside the REST API's scope. */
export function exchangeOf(request: FastifyRequest): Exchange {
  if (!request.exchange) throw new Error('no exchange: the step runs before the journal or outside the REST API');
  return request.exchange;
}

/** Notes why a request is refused, when it belongs to the REST API. */
export function refusalReason(request: FastifyRequest, reason: string): void {
  if (request.exchange) request.exchange.reason ??= reason;
}
