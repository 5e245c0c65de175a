/** Writes any thrown error in the body shape of the path's API version (platform.md section 5). The only place that knows these shapes. */
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
import type { components } from '../../openapi/index.js';
import { dialectOf } from './dialects.js';
import { refusalReason } from './exchange.js';

const TYPE = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';
/** The 401 of the gateway carries the short form (platform.md 2.2). */
const RELATIVE_TYPE = '/api-docs/getting-started/api-status-codes';

export function sendError(error: FastifyError | Error, request: FastifyRequest, reply: FastifyReply): void {
  const refusal = error instanceof BigCommerceError ? error : translate(error);
  if (!refusal) {
    // Not a refusal: a defect of the mock. It is said where the user looks, and the connection lives on.
    refusalReason(request, `defect in the mock: ${error.stack ?? error.message}`);
    void reply.code(500).header('content-type', 'application/json').send(Buffer.from(internalError()));
    return;
  }
  refusalReason(request, describe(refusal));
  void reply
    .code(refusal.status)
    .header('content-type', 'application/json')
    .send(Buffer.from(errorText(refusal, request.url)));
}

/** The body of a refusal, as JSON text. */
export function errorText(refusal: BigCommerceError, url: string): string {
  const isGatewayRefusal = refusal.status === 401 || refusal.status === 403 || refusal.status === 429;
  if (!isGatewayRefusal && dialectOf(url).name === 'v2') {
    const details = refusal.fields && Object.keys(refusal.fields).length > 0 ? { details: refusal.fields } : {};
    return JSON.stringify([{ status: refusal.status, message: refusal.message, ...details }]);
  }
  return JSON.stringify(errorObject(refusal));
}

/** The V3 object of a refusal, as it also appears inside batch answers. */
export function errorObject(refusal: BigCommerceError): components['schemas']['Error'] {
  const { status, title, fields, code, detail, extra } = { title: refusal.message, ...pickParts(refusal) };
  return {
    status,
    ...(code === undefined ? {} : { code }),
    title,
    type: status === 401 ? RELATIVE_TYPE : TYPE,
    ...(detail === undefined ? {} : { detail }),
    ...(fields === null ? {} : { errors: fields }),
    ...extra,
  };
}

function pickParts(
  refusal: BigCommerceError,
): Pick<BigCommerceError, 'status' | 'fields' | 'code' | 'detail' | 'extra'> {
  return {
    status: refusal.status,
    fields: refusal.fields,
    code: refusal.code,
    detail: refusal.detail,
    extra: refusal.extra,
  };
}

function describe(refusal: BigCommerceError): string {
  const fields = Object.entries(refusal.fields ?? {});
  if (fields.length === 0) return refusal.detail ? `${refusal.message}: ${refusal.detail}` : refusal.message;
  return `${refusal.message} (${fields.map(([field, sentence]) => `${field}: ${sentence}`).join('; ')})`;
}

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

function internalError(): string {
  return JSON.stringify({
    status: 500,
    title: 'The mock met a defect of its own; its log has the details.',
    type: TYPE,
    errors: {},
  });
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
