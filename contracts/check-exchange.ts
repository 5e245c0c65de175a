/**
 * Does an exchange keep to the description? Each check looks at one promise; `checks` in violation.ts lists them all.
 * Statuses and headers that hold on the whole platform: platform reference, sections 1.3, 4.1 and 5.3.
 */
import { operationById, type components, type Operation, type OperationId } from '../openapi/index.js';
import { describedRequest, describedResponse, jsonSchemaIn } from './described-messages.js';
import { envelopeErrors } from './error-envelope.js';
import { headerOf, isJsonType, mediaTypeOf, readBody, type Exchange } from './exchange.js';
import { matchOperation } from './match-operation.js';
import { taxQuoteErrors } from './provider/tax-quote-errors.js';
import type { TaxQuoteRequest } from './provider/tax-requests.js';
import { schemaErrors } from './schema-errors.js';
import { excerpt, type CheckId, type Violation } from './violation.js';

export interface CheckOptions {
  /** Only these checks. @default all */
  readonly only?: readonly CheckId[];
  /** The operation, where the URL does not tell: an app's provider endpoint lies below any path. @default by the URL */
  readonly operation?: OperationId;
}

/** What any operation may answer, documented there or not. */
const platformStatuses = new Set([400, 401, 403, 404, 405, 406, 413, 415, 422, 429]);
/** PATCH and TRACE are served nowhere. */
const unservedMethods = new Set(['PATCH', 'TRACE']);

const rateLimitHeaders = [
  'x-rate-limit-requests-left',
  'x-rate-limit-requests-quota',
  'x-rate-limit-time-reset-ms',
  'x-rate-limit-time-window-ms',
] as const;

type Check = (exchange: Exchange, operation: Operation | undefined) => Violation[];

const allChecks: readonly Check[] = [
  checkRoute,
  checkRequest,
  checkStatus,
  checkMediaType,
  checkBody,
  checkEnvelope,
  checkRateLimitHeaders,
  checkTaxQuote,
];

/** Everything in an exchange that breaks the description; empty when it keeps to it. */
export function checkExchange(exchange: Exchange, { only, operation: id }: CheckOptions = {}): Violation[] {
  const operation = id ? operationById(id) : matchOperation(exchange.request.method, exchange.request.url);
  const violations = allChecks.flatMap((check) => check(exchange, operation));
  return only ? violations.filter(({ check }) => only.includes(check)) : violations;
}

function checkRoute({ request, response }: Exchange, operation: Operation | undefined): Violation[] {
  if (operation) return [];
  const received = `${request.method.toUpperCase()} ${request.url}`;
  const asked = violation(
    'request-route',
    undefined,
    '/request/url',
    'route',
    'a described operation',
    excerpt(received),
  );
  const { status } = response;
  const isServed = status >= 200 && status < 300;
  const isFailure = status >= 500 && !(status === 501 && unservedMethods.has(request.method.toUpperCase()));
  // Refusing what is described nowhere is right; serving it, or failing over it, is not.
  if (!isServed && !isFailure) return [asked];
  return [asked, violation('response-status', undefined, '/response/status', 'route', [404, 405], status)];
}

function checkRequest({ request }: Exchange, operation: Operation | undefined): Violation[] {
  const content = operation && describedRequest(operation);
  const body = readBody(request.body);
  if (!operation || body.kind === 'none') return [];
  if (!content) return []; // a body where none is expected is ignored, as a GET with one is
  const mediaType = mediaTypeOf(request.headers);
  if (mediaType === undefined || !takes(content, mediaType)) {
    const expected = Object.keys(content);
    return [
      violation('request-media-type', operation, '/request/headers/content-type', 'media type', expected, mediaType),
    ];
  }
  if (!isJsonType(mediaType)) return [];
  if (body.kind === 'other') {
    return [violation('request-body', operation, '/request/body', 'syntax', 'JSON', body.text)];
  }
  return bodyViolations('request-body', operation, '/request/body', jsonSchemaIn(content), body.value);
}

function checkStatus({ response: { status } }: Exchange, operation: Operation | undefined): Violation[] {
  if (!operation || operation.statuses.includes(status) || platformStatuses.has(status)) return [];
  return [violation('response-status', operation, '/response/status', 'documented', operation.statuses, status)];
}

function checkMediaType({ request, response }: Exchange, operation: Operation | undefined): Violation[] {
  if (!operation || isBodiless(request.method, response.status)) return [];
  const content = describedResponse(operation, response.status);
  const expected = content && Object.keys(content).length > 0 ? Object.keys(content) : ['application/json'];
  const hasBody = readBody(response.body).kind !== 'none';
  if (!hasBody && (!content || Object.keys(content).length === 0)) return [];
  const mediaType = mediaTypeOf(response.headers);
  const isRefusal = response.status >= 400;
  // Locations and inventory announce their refusals as problem+json, others the same body as plain JSON.
  const isExpected = mediaType !== undefined && (expected.includes(mediaType) || expected.includes('*/*'));
  if (isExpected || (mediaType !== undefined && isRefusal && isJsonType(mediaType))) return [];
  return [
    violation('response-media-type', operation, '/response/headers/content-type', 'media type', expected, mediaType),
  ];
}

function checkBody({ request, response }: Exchange, operation: Operation | undefined): Violation[] {
  if (!operation) return [];
  const body = readBody(response.body);
  const at = '/response/body';
  if (isBodiless(request.method, response.status)) {
    return body.kind === 'none'
      ? []
      : [violation('response-body', operation, at, 'empty', 'no body', excerpt(bodyText(body)))];
  }
  const content = describedResponse(operation, response.status);
  if (!content) return []; // a refusal of the whole platform: checkEnvelope looks at it
  const schema = jsonSchemaIn(content);
  if (!schema) {
    const isUndescribed = Object.keys(content).length === 0 && body.kind !== 'none';
    const isRefusal = response.status >= 400; // documented without a body, sent with one: the description is the poorer
    return isUndescribed && !isRefusal
      ? [violation('response-body', operation, at, 'empty', 'no body', excerpt(bodyText(body)))]
      : [];
  }
  if (body.kind !== 'json') return [violation('response-body', operation, at, 'syntax', 'JSON', bodyText(body))];
  return bodyViolations('response-body', operation, at, schema, body.value);
}

function checkEnvelope({ request, response }: Exchange, operation: Operation | undefined): Violation[] {
  const { status } = response;
  const body = readBody(response.body);
  // A 5xx may be a page of HTML, as whatever a shop's own pages answer; and who answers an unknown path is not known.
  if (operation?.host === 'login' || operation?.host === 'provider') return [];
  if (!operation || status < 400 || status >= 500 || request.method.toUpperCase() === 'HEAD') return [];
  if (body.kind !== 'json')
    return [violation('error-envelope', operation, '/response/body', 'syntax', 'JSON', bodyText(body))];
  return envelopeErrors(operation.path, status, body.value).map((finding) => {
    return { check: 'error-envelope', operation: operation.id, ...finding };
  });
}

function checkRateLimitHeaders({ request, response }: Exchange, operation: Operation | undefined): Violation[] {
  const { status, headers } = response;
  const isAuthenticated = headerOf(request.headers, 'x-auth-token') !== undefined && status !== 401 && status < 500;
  // Operations that need no token are counted by no quota.
  if (!operation || operation.scopes === undefined || !isAuthenticated) return [];
  const values = rateLimitHeaders.map((name) => [name, headerOf(headers, name)] as const);
  // A store under too much load sheds requests with a bare 429.
  if (status === 429 && values.every(([, value]) => value === undefined)) return [];
  return values
    .filter(([, value]) => value === undefined || !/^\d+$/.test(value))
    .map(([name, value]) => {
      const rule = value === undefined ? 'required' : 'type';
      return violation('rate-limit-headers', operation, `/response/headers/${name}`, rule, 'integer', value);
    });
}

/** Quotes of a tax provider: beyond their schema they mirror what was asked, and add up. */
function checkTaxQuote({ request, response }: Exchange, operation: Operation | undefined): Violation[] {
  if (operation?.document !== 'provider/tax-provider' || response.status !== 200 || !operation.body) return [];
  const asked = readBody(request.body);
  const answer = readBody(response.body);
  const described = { request: describedRequest(operation), response: describedResponse(operation, 200) };
  if (asked.kind !== 'json' || answer.kind !== 'json' || !described.request || !described.response) return [];
  const isSound =
    bodyViolations('request-body', operation, '', jsonSchemaIn(described.request), asked.value).length === 0 &&
    bodyViolations('response-body', operation, '', jsonSchemaIn(described.response), answer.value).length === 0;
  if (!isSound) return []; // reported already
  return taxQuoteErrors(asked.value as TaxQuoteRequest, answer.value as components['schemas']['TaxQuote']).map(
    ({ pointer, rule, expected, received }) =>
      violation('tax-quote', operation, `/response/body${pointer}`, rule, expected, received),
  );
}

function bodyViolations(
  check: CheckId,
  operation: Operation,
  at: string,
  schema: ReturnType<typeof jsonSchemaIn>,
  value: unknown,
): Violation[] {
  if (!schema) return [];
  return schemaErrors(schema, value).map(({ pointer, keyword, expected, received }) => {
    return violation(check, operation, at + pointer, keyword, excerpt(expected), excerpt(received));
  });
}

function violation(
  check: CheckId,
  operation: Operation | undefined,
  pointer: string,
  rule: string,
  expected: unknown,
  received: unknown,
): Violation {
  return { check, operation: operation?.id, pointer, rule, expected, received };
}

/** Statuses and methods whose answers have no body, whatever the description says. */
function isBodiless(method: string, status: number): boolean {
  return method.toUpperCase() === 'HEAD' || status === 204 || status === 304;
}

function takes(content: object, mediaType: string): boolean {
  return Object.hasOwn(content, mediaType) || (isJsonType(mediaType) && Object.keys(content).some(isJsonType));
}

function bodyText(body: ReturnType<typeof readBody>): unknown {
  return body.kind === 'json' ? body.value : body.kind === 'other' ? body.text : undefined;
}
