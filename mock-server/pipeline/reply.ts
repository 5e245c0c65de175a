/**
 * Writes the reply of a REST request, in one piece with all its headers, and hands the exchange to the journal.
 * Straight to Node's response: a store's reply has a dozen headers, and setting them one by one costs more than the rest.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BigCommerceError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { describeRefusal, errorMediaType, errorText } from './error-text.js';
import { exchangeOf, type Exchange } from './exchange.js';
import { headersOf } from './reply-headers.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** The state of the mock that a request of the REST API belongs to. */
    mockState: MockState;
  }
}

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
  const { mockState } = request.server;
  const entry = mockState.record(request, exchange, status, body, own);
  const headers = headersOf(entry);
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
  mockState.log?.request(entry, reasonOf(exchange));
}

/** Ends the connection of a request instead of answering it. The journal has it with status 0. */
export function cutConnection(request: FastifyRequest, reply: FastifyReply): void {
  const exchange = exchangeOf(request);
  const { mockState } = request.server;
  const entry = mockState.record(request, exchange, 0, undefined);
  reply.hijack();
  const { socket } = request.raw;
  // Injected requests have no connection.
  if ('_lightMyRequest' in reply.raw) reply.raw.destroy();
  else socket.resetAndDestroy();
  mockState.log?.request(entry, reasonOf(exchange));
}

/** Why a request was refused, or would have been, in one line. */
function reasonOf({ note, refusal }: Exchange): string | undefined {
  return note ?? (refusal && describeRefusal(refusal));
}

/**
 * Sends a refusal in the words of the path's dialect.
 * @param text the body, where it is the same for every path and was made once
 */
export function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  refusal: BigCommerceError,
  text = errorText(refusal, request.url, request.method),
): void {
  exchangeOf(request).refusal = refusal;
  const mediaType = errorMediaType(refusal, request.url);
  sendReply(request, reply, refusal.status, text, mediaType === undefined ? undefined : { 'content-type': mediaType });
}
