/** Whatever goes wrong gets an answer: refusals, requests that Fastify or Node cannot read, and defects of the mock. */
import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import {
  BadRequestError,
  BigCommerceError,
  MethodNotAllowedError,
  NotFoundError,
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
} from '../errors.js';
import { errorText, TYPE } from './error-text.js';
import { refuse, sendReply } from './reply.js';

/** Answers any thrown error: a refusal in its dialect, anything else as the defect of the mock that it is. */
export function sendError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const { exchange } = request;
  const refusal = error instanceof BigCommerceError ? error : translate(error);
  if (exchange) {
    if (refusal) {
      refuse(request, reply, refusal);
      return;
    }
    // It is said where the user looks, and the connection lives on.
    exchange.note = `defect in the mock: ${error.stack ?? error.message}`;
    sendReply(request, reply, 500, DEFECT);
    return;
  }
  reply.code(refusal?.status ?? 500).header('content-type', 'application/json');
  void reply.send(refusal ? errorText(refusal, request.url) : DEFECT);
}

const DEFECT = JSON.stringify({
  status: 500,
  title: 'The mock met a defect of its own; its log has the details.',
  type: TYPE,
  errors: {},
});

/** What Fastify itself refuses before a handler runs. */
function translate(error: FastifyError | Error): BigCommerceError | undefined {
  const { code, statusCode } = error as Partial<FastifyError>;
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new PayloadTooLargeError('The request payload is too large.');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new UnsupportedMediaTypeError('The content type of the request is missing or not supported.');
    case 'FST_ERR_BAD_URL':
      return new BadRequestError('Input is invalid');
    case 'FST_ERR_NOT_FOUND':
      return new NotFoundError('The route is not found, check the URL');
    default:
  }
  if (statusCode === 405) return new MethodNotAllowedError('Method Not Allowed');
  if (statusCode === 415)
    return new UnsupportedMediaTypeError('The content type of the request is missing or not supported.');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new BadRequestError('Input is invalid', {}, { detail: error.message });
  return undefined;
}

/** A request that Node itself cannot read: too large a header, or no HTTP at all. */
export function sendUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, phrase] =
    error.code === 'HPE_HEADER_OVERFLOW' ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
  const body = JSON.stringify({
    status,
    title: status === 431 ? 'Request header fields are too large.' : 'Input is invalid',
    type: TYPE,
    errors: {},
  });
  const head = [
    `HTTP/1.1 ${String(status)} ${phrase}`,
    'Content-Type: application/json',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
