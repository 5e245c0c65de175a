/**
 * The shape of refusals: the V3 object and the V2 list (platform reference, section 5). The gateway in front of both
 * versions answers 401, 403 and 429 with the object.
 */
import { excerpt, type Violation } from './violation.js';

type Finding = Omit<Violation, 'check' | 'operation'>;

const ROOT = '/response/body';
const gatewayStatuses = new Set([401, 403, 429]);

/** What is wrong with the body of a refusal, pointers from the exchange on. */
export function envelopeErrors(path: string, status: number, body: unknown): Finding[] {
  const isV2 = /^\/stores\/[^/]*\/v2(\/|$)/.test(path);
  // One operation of V2 wraps its refusal.
  if (isV2 && isObject(body) && 'errors' in body && 'meta' in body) return wrappedErrors(body);
  if (isV2 && !(gatewayStatuses.has(status) && !Array.isArray(body))) return v2Errors(status, body);
  return v3Errors(status, body);
}

function v3Errors(status: number, body: unknown): Finding[] {
  if (!isObject(body)) return [mismatch(ROOT, 'type', 'object', body)];
  // Batches wrap: `errors` holds one refusal or a list of them, and `meta` the counters.
  if (!('status' in body) && ('meta' in body || 'batch_errors' in body)) return wrappedErrors(body);
  const findings = [
    ...(body['status'] === status ? [] : [mismatch(`${ROOT}/status`, 'const', status, body['status'])]),
    ...textErrors(`${ROOT}/title`, body['title']),
    ...textErrors(`${ROOT}/type`, body['type']),
  ];
  const { errors } = body;
  if (errors !== undefined && (typeof errors !== 'object' || errors === null)) {
    findings.push(mismatch(`${ROOT}/errors`, 'type', 'object', errors));
  }
  return findings;
}

function wrappedErrors(body: Readonly<Record<string, unknown>>): Finding[] {
  const errors = body['errors'] ?? body['batch_errors'];
  return typeof errors === 'object' && errors !== null
    ? []
    : [mismatch(`${ROOT}/errors`, 'type', 'object or list', errors)];
}

function v2Errors(status: number, body: unknown): Finding[] {
  if (!Array.isArray(body)) return [mismatch(ROOT, 'type', 'array', body)];
  if (body.length === 0) return [mismatch(ROOT, 'minItems', 1, body)];
  return body.flatMap((entry: unknown, place) => {
    const at = `${ROOT}/${place}`;
    if (!isObject(entry)) return [mismatch(at, 'type', 'object', entry)];
    const wrongStatus = entry['status'] === status ? [] : [mismatch(`${at}/status`, 'const', status, entry['status'])];
    return [...wrongStatus, ...textErrors(`${at}/message`, entry['message'])];
  });
}

function textErrors(pointer: string, value: unknown): Finding[] {
  return typeof value === 'string' && value !== '' ? [] : [mismatch(pointer, 'type', 'text', value)];
}

function mismatch(pointer: string, rule: string, expected: unknown, received: unknown): Finding {
  return { pointer, rule, expected, received: excerpt(received) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
