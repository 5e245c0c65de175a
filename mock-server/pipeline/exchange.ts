/** What the steps of the pipeline learn about one request, in order, and hand on to the next. */
import type { FastifyRequest } from 'fastify';
import type { Operation } from '../../openapi/index.js';
import type { BigCommerceError } from '../errors.js';
import type { ApiAccount } from '../state/api-accounts.js';
import type { QuotaReport } from '../state/rate-quota.js';
import type { Store } from '../state/store.js';

/** How far an answer can be trusted: from stored rows, worked out, or drawn from the schema. */
export type Fidelity = 'stateful' | 'computed' | 'sampled';

export class Exchange {
  /** Milliseconds of performance.now() at the first byte handled. */
  readonly startedAt = performance.now();
  operation: Operation | undefined;
  /** Values of the path template's parameters, in its order, as text; store_hash first. */
  pathValues: readonly string[] = [];
  store: Store | undefined;
  account: ApiAccount | undefined;
  /** The quota that the reply reports: that of an authenticated request. */
  quota: QuotaReport | undefined;
  /** Seconds until the quota is back, on a refusal for lack of it. */
  retryAfterSeconds: number | undefined;
  refusal: BigCommerceError | undefined;
  /** Why it was refused, or what is to be said beside the refusal's own words. */
  note: string | undefined;
  fidelity: Fidelity = 'computed';

  /** @param requestId as the reply names it */
  constructor(readonly requestId: string) {}
}

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
