/** The body of a refusal in the dialect of its path. The only place that knows these shapes. */
import type { components } from '../../openapi/index.js';
import type { BigCommerceError } from '../errors.js';
import { dialectOf } from './dialects.js';

/** Where every refusal but the gateway's 401 points. */
export const TYPE = 'https://developer.bigcommerce.com/api-docs/getting-started/api-status-codes';
/** The 401 of the gateway carries the short form. */
const RELATIVE_TYPE = '/api-docs/getting-started/api-status-codes';

/** V2 has one sentence for whatever is not there. */
const V2_NOT_FOUND = 'The requested resource was not found.';

/** The body of a refusal, as JSON text. */
export function errorText(refusal: BigCommerceError, url: string, method = ''): string {
  const isGatewayRefusal = refusal.status === 401 || refusal.status === 403 || refusal.status === 429;
  if (!isGatewayRefusal && dialectOf(url).name === 'v2') {
    // Reading and deleting one customer group is refused with an object, unlike all else in V2 (its description).
    if (refusal.status === 400 && method !== 'PUT' && ONE_CUSTOMER_GROUP.test(url))
      return JSON.stringify({ errors: [errorObject(refusal)], meta: {} });
    const more = { ...refusal.fields, ...refusal.extra };
    const details = Object.keys(more).length > 0 ? { details: more } : {};
    const message = refusal.status === 404 ? V2_NOT_FOUND : refusal.message;
    return JSON.stringify([{ status: refusal.status, message, ...details }]);
  }
  const { listed } = dialectOf(url);
  if (listed?.statuses.includes(refusal.status)) {
    return JSON.stringify({ errors: [errorObject(refusal)], meta: {} });
  }
  return JSON.stringify(errorObject(refusal));
}

const ONE_CUSTOMER_GROUP = /^\/stores\/[^/]+\/v2\/customer_groups\/(?!count)[^/?]+(\?|$)/;

/** The media type of a refusal, where it is not plain JSON. */
export function errorMediaType({ status }: BigCommerceError, url: string): string | undefined {
  const { listed } = dialectOf(url);
  return listed?.statuses.includes(status) ? listed.mediaType : undefined;
}

/** The V3 object of a refusal, as it also appears inside batch answers. */
export function errorObject({
  status,
  message,
  fields,
  code,
  detail,
  extra,
}: BigCommerceError): components['schemas']['Error'] {
  const type = status === 401 ? RELATIVE_TYPE : TYPE;
  const body: components['schemas']['Error'] =
    code === undefined ? { status, title: message, type } : { status, code, title: message, type };
  if (detail !== undefined) body.detail = detail;
  if (fields !== null) body.errors = fields;
  return extra ? { ...body, ...extra } : body;
}

/** A refusal in one line, for the log and the journal. */
export function describeRefusal(refusal: BigCommerceError): string {
  const fields = Object.entries(refusal.fields ?? {});
  if (fields.length === 0) return refusal.detail ? `${refusal.message}: ${refusal.detail}` : refusal.message;
  return `${refusal.message} (${fields.map(([field, sentence]) => `${field}: ${sentence}`).join('; ')})`;
}
