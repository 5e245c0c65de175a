/**
 * Writes the reply of a REST request, in one piece with all its headers, and hands the exchange to the journal.
 * Straight to Node's response: a store's reply has a dozen headers, and setting them one by one costs more than the rest.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BigCommerceError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { errorMediaType, errorText } from './error-text.js';
import { exchangeOf, type Exchange } from './exchange.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** The state of the mock that a request of the REST API belongs to. */
    mockState: MockState;
  }
}

/** Sent by the real gateway with every answer (platform.md section 12). */
const HSTS = 'max-age=31536000; includeSubDomains';

/**
 * @param body JSON as bytes or text; undefined for none
 * @param own headers of this answer alone, lower-case; a `content-type` says what the body is instead of JSON
 */
export function sendReply(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  body: Buffer | string | undefined,
  own?: Readonly<Record<string, string>>,
): void {
  const exchange = exchangeOf(request);
  const headers = headersOf(exchange, body, own?.['content-type']);
  if (own) for (const name in own) if (name !== 'content-type') headers.push(name, own[name] ?? '');
  const response = reply.hijack().raw;
  // Injected requests have no connection, and their answer is read back header by header.
  if ('_lightMyRequest' in response) {
    for (let place = 0; place < headers.length; place += 2)
      response.setHeader(headers[place] as string, headers[place + 1] as string);
    response.writeHead(status);
  } else {
    response.writeHead(status, headers);
  }
  response.end(body);
  request.server.mockState.record(request, exchange, status, headers, body);
}

/** Sends a refusal in the words of the path's dialect. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: BigCommerceError): void {
  exchangeOf(request).refusal = refusal;
  const mediaType = errorMediaType(refusal, request.url);
  const own = mediaType === undefined ? undefined : { 'content-type': mediaType };
  sendReply(request, reply, refusal.status, errorText(refusal, request.url), own);
}

/** Names and values in turn, as Node takes them. */
function headersOf(
  { requestId, fidelity, quota, retryAfterSeconds }: Exchange,
  body: Buffer | string | undefined,
  contentType = 'application/json',
): string[] {
  // Of a type without a charset, as captured. The mock's mark tells a judge who spoke, refusals included.
  const headers = ['x-request-id', requestId, 'strict-transport-security', HSTS, 'x-mock-fidelity', fidelity];
  if (body !== undefined) headers.push('content-type', contentType, 'content-length', String(Buffer.byteLength(body)));
  if (quota) {
    headers.push(
      'x-rate-limit-requests-left',
      String(quota.left),
      'x-rate-limit-requests-quota',
      String(quota.limit.requests),
      'x-rate-limit-time-reset-ms',
      String(quota.resetMs),
      'x-rate-limit-time-window-ms',
      String(quota.limit.windowMs),
    );
  }
  // The header of the five-second era, still in BigCommerce's table (platform.md 4.3).
  if (retryAfterSeconds !== undefined) headers.push('x-retry-after', String(retryAfterSeconds));
  return headers;
}
