/** One short row per operation, for routing, access checks and reports: what operations.json holds. */
import {
  httpMethods,
  resourceActions,
  type OpenApiDocument,
  type OperationObject,
  type Reference,
  type RequestBody,
  type Response,
  type Schema,
} from '../description.js';
import type { Host, Operation } from '../operations.js';
import { resolveReference } from '../resolve-reference.js';
import { needsAccessToken, type Bundle, type Origin } from './bundle.js';
import { DescriptionError } from './description-error.js';

/** Who stands behind the origin of a server's URL. */
const hosts: Readonly<Record<string, Host>> = {
  'https://api.bigcommerce.com': 'management',
  'https://payments.bigcommerce.com': 'payments',
  'https://{store_domain}': 'login',
  'https://{app_domain}': 'provider',
};

/**
 * Every operation of a bundle, by path, then method.
 * @throws DescriptionError for a server that is none of the known hosts, for scopes where no X-Auth-Token is needed,
 *   and for an `x-resource` that names an unknown action or a parameter that the path lacks.
 */
export function tabulateOperations({ document, origins }: Bundle): Operation[] {
  const rows: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    const server = item.servers?.[0]?.url ?? document.servers?.[0]?.url ?? '';
    for (const method of httpMethods) {
      const operation = item[method];
      const origin = operation && origins.get(operation.operationId);
      if (!origin) continue;
      const host = path.startsWith('/api/storefront/') ? 'storefront' : hosts[server];
      if (!host) throw new DescriptionError(origin.source.file, '/servers', `${server} is none of the known hosts`);
      requireSoundResource(operation, path, origin);
      requireSoundScopes(operation, origin);
      rows.push(tabulate(document, path, method.toUpperCase(), operation, { ...origin, host }));
    }
  }
  return rows.sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
}

function tabulate(
  document: OpenApiDocument,
  path: string,
  method: string,
  operation: OperationObject,
  origin: Origin & { readonly host: Host },
): Operation {
  const body = operation.requestBody && resolveReference<RequestBody>(document, operation.requestBody);
  return {
    id: operation.operationId as Operation['id'],
    method: method as Operation['method'],
    path,
    document: origin.source.name,
    host: origin.host,
    tag: operation.tags?.[0] ?? '',
    ...(needsAccessToken(operation.security) ? { scopes: operation['x-scopes'] ?? null } : {}),
    ...(operation['x-resource'] ? { resource: operation['x-resource'] } : {}),
    ...(isBare(document, operation) ? { bare: true } : {}),
    ...(operation['x-limits'] ? { limits: operation['x-limits'] } : {}),
    statuses: Object.keys(operation.responses)
      .filter((status) => /^\d{3}$/.test(status))
      .map(Number)
      .sort((a, b) => a - b),
    ...(body ? { body: { media: Object.keys(body.content), required: body.required ?? false } } : {}),
  };
}

/** Does the first success answer with JSON that is no envelope? */
function isBare(document: OpenApiDocument, { responses }: OperationObject): boolean {
  const success = Object.keys(responses)
    .sort()
    .find((status) => /^2\d\d$/.test(status));
  const response = success === undefined ? undefined : responses[success];
  const schema = response && resolveReference<Response>(document, response).content?.['application/json']?.schema;
  return schema !== undefined && !hasData(document, schema);
}

function hasData(document: OpenApiDocument, schema: Schema | Reference): boolean {
  const { properties, allOf = [], oneOf = [], anyOf = [] } = resolveReference<Schema>(document, schema);
  return (
    (properties !== undefined && Object.hasOwn(properties, 'data')) ||
    [...allOf, ...oneOf, ...anyOf].some((branch) => hasData(document, branch))
  );
}

function requireSoundResource(operation: OperationObject, path: string, { source, pointer }: Origin): void {
  const use = operation['x-resource'];
  if (!use) return;
  const refuse = (problem: string): never => {
    throw new DescriptionError(source.file, `${pointer}/x-resource`, problem);
  };
  if (!resourceActions.includes(use.action))
    refuse(`${use.action} is no action; there are ${resourceActions.join(', ')}`);
  const named = [...(use.id === undefined ? [] : [use.id]), ...Object.keys(use.parent ?? {})];
  for (const parameter of named) {
    if (!path.includes(`{${parameter}}`)) refuse(`the path has no parameter ${parameter}`);
  }
}

function requireSoundScopes(operation: OperationObject, { source, pointer }: Origin): void {
  if (operation['x-scopes'] && !needsAccessToken(operation.security)) {
    throw new DescriptionError(
      source.file,
      `${pointer}/x-scopes`,
      'scopes are those of an X-Auth-Token; none is needed',
    );
  }
}

/** By code unit, so that the order does not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
