/** What an operation would answer with under a status that somebody asked for: by a fault, or by `Prefer`. */
import { STATUS_CODES } from 'node:http';
import { plainSchema } from '../../fixtures/index.js';
import { bundledDocument, type Operation, type Reference, type Schema } from '../../openapi/index.js';
import { BigCommerceError } from '../errors.js';
import { describedAnswer, sample } from '../resources/described-answers.js';
import type { BytesAnswer } from '../resources/handler.js';
import { drawnAnswer } from '../resources/sampled-answer.js';
import { dialectOf } from './dialects.js';
import { errorMediaType, errorText, TYPE } from './error-text.js';

/** Statuses that any operation may answer with, documented there or not (BigCommerce's page of status codes). */
export const platformStatuses: readonly number[] = [
  400, 401, 403, 404, 405, 406, 409, 413, 415, 422, 423, 429, 500, 502, 503, 504, 507,
];

/** BigCommerce's sentences where they were observed or documented; HTTP's own phrase for the rest. */
const TITLES: Readonly<Record<number, string>> = {
  400: 'Input is invalid',
  401: 'Unauthorized - the v3 Auth client ID or token in the request are not a valid combination for this store.',
  403: "You don't have a required scope to access the endpoint",
  404: 'The resource was not found.',
  409: 'The request cannot be processed due to a possible conflict. Please review the changes and try again.',
  413: 'The request payload is too large.',
  422: 'JSON data is missing or invalid',
  429: 'Too many requests',
  500: 'Something went wrong with your request, please try again',
};
const V2_TITLES: Readonly<Record<number, string>> = {
  ...TITLES,
  405: 'The specified method is not allowed on this resource.',
  409: 'A resource conflict prevented the request from being fulfilled.',
};

class AskedRefusal extends BigCommerceError {
  constructor(
    readonly status: number,
    url: string,
  ) {
    const titles = dialectOf(url).name === 'v2' ? V2_TITLES : TITLES;
    super(titles[status] ?? STATUS_CODES[status] ?? `Status ${String(status)}`, status === 401 ? null : {});
  }
}

/**
 * A refusal in the dialect of its path, or in a shape of its own where the description has one; a success drawn from
 * its schema; nothing at all where no body is described.
 * @param seed what is drawn follows from it
 */
export function askedAnswer(
  operation: Operation,
  status: number,
  { url, method }: { readonly url: string; readonly method: string },
  seed: number,
): BytesAnswer {
  const isDocumented = operation.statuses.includes(status);
  const place = `${operation.id}/${String(status)}`;
  if (status < 400) {
    if (!isDocumented) return { status, bytes: undefined, fidelity: 'computed' };
    const drawn = drawnAnswer(describedAnswer(operation, status), seed, place);
    return status === 302 ? { ...drawn, headers: { location: '/login.php' } } : drawn;
  }
  const refusal = new AskedRefusal(status, url);
  const text = errorText(refusal, url, method);
  const schema = isDocumented ? describedAnswer(operation, status).schema : undefined;
  if (schema && !fits(JSON.parse(text) as object, status, schema)) {
    const drawn = stamped(sample(schema, seed, place), refusal);
    return { status, bytes: JSON.stringify(drawn), fidelity: 'sampled' };
  }
  const type = errorMediaType(refusal, url);
  return {
    status,
    bytes: text,
    fidelity: 'computed',
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
  };
}

/** Do the usual words have the shape that the description gives to this refusal? */
function fits(body: object, status: number, described: Schema | Reference): boolean {
  const document = bundledDocument();
  const { type, properties = {}, required = [] } = plainSchema(document, described);
  if (Array.isArray(body)) return type === 'array';
  const { errors } = properties;
  const isList = errors !== undefined && plainSchema(document, errors).type === 'array';
  return (
    // A service that fails has words of its own; what refuses a request says more than the description, if anything.
    (status < 500 || 'title' in properties) &&
    required.every((name) => name in body) &&
    (errors === undefined || isList === Array.isArray((body as { errors?: unknown }).errors))
  );
}

/** A drawn refusal says its own status, wherever it says one. */
function stamped(value: unknown, refusal: BigCommerceError): unknown {
  if (Array.isArray(value)) return value.map((each) => stamped(each, refusal));
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.entries(value).map(([name, each]) => [name, stamped(each, refusal)] as const);
  const copy: Record<string, unknown> = Object.fromEntries(inner);
  if (typeof copy.status !== 'number') return copy;
  copy.status = refusal.status;
  return 'title' in copy ? { ...copy, title: refusal.message, type: TYPE } : copy;
}
