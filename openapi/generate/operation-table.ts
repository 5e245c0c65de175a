/** One short row per operation, for routing, access checks and reports: what operations.json holds. */
import {
  httpMethods,
  resourceActions,
  type OpenApiDocument,
  type OperationObject,
  type RequestBody,
} from '../description.js';
import type { Operation } from '../operations.js';
import { resolveReference } from '../resolve-reference.js';
import type { Bundle, Origin } from './bundle.js';
import { DescriptionError } from './description-error.js';

/**
 * Every operation of a bundle, by path, then method.
 * @throws DescriptionError for an `x-resource` that names an unknown action or a parameter that the path lacks.
 */
export function tabulateOperations({ document, origins }: Bundle): Operation[] {
  const rows: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of httpMethods) {
      const operation = item[method];
      const origin = operation && origins.get(operation.operationId);
      if (!origin) continue;
      requireSoundResource(operation, path, origin);
      rows.push(tabulate(document, path, method.toUpperCase(), operation, origin));
    }
  }
  return rows.sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
}

function tabulate(
  document: OpenApiDocument,
  path: string,
  method: string,
  operation: OperationObject,
  origin: Origin,
): Operation {
  const body = operation.requestBody && resolveReference<RequestBody>(document, operation.requestBody);
  return {
    id: operation.operationId as Operation['id'],
    method: method as Operation['method'],
    path,
    document: origin.source.name,
    tag: operation.tags?.[0] ?? '',
    scopes: operation['x-scopes'] ?? null,
    ...(operation['x-resource'] ? { resource: operation['x-resource'] } : {}),
    ...(operation['x-limits'] ? { limits: operation['x-limits'] } : {}),
    statuses: Object.keys(operation.responses)
      .filter((status) => /^\d{3}$/.test(status))
      .map(Number)
      .sort((a, b) => a - b),
    ...(body ? { body: { media: Object.keys(body.content), required: body.required ?? false } } : {}),
  };
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

/** By code unit, so that the order does not depend on the machine's language. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
