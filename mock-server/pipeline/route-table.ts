/**
 * Finds the operation of a request. Built once from the operation table: one branch per path segment, literals before
 * parameters, so that the cost follows the length of a path and not the number of operations.
 */
import type { Operation } from '../../openapi/index.js';

export interface RouteMatch {
  readonly operation: Operation;
  /** Values of the template's parameters, decoded, in its order. */
  readonly values: readonly string[];
}

export type RouteResult = RouteMatch | 'unknown-path' | 'wrong-method' | 'bad-encoding';

interface Branch {
  literals: Map<string, Branch> | undefined;
  parameter: Branch | undefined;
  operations: Map<string, Operation> | undefined;
}

export class RouteTable {
  readonly #root: Branch = newBranch();

  constructor(operations: readonly Operation[]) {
    for (const operation of operations) {
      // Those are asked of apps, by BigCommerce.
      if (operation.host === 'provider') continue;
      let branch = this.#root;
      for (const segment of operation.path.split('/').slice(1)) {
        branch = segment.startsWith('{') ? (branch.parameter ??= newBranch()) : literalOf(branch, segment);
      }
      (branch.operations ??= new Map()).set(operation.method, operation);
    }
  }

  /** @param url path with or without a query; the path is matched exactly, a trailing slash included */
  find(method: string, url: string): RouteResult {
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const segments = path.split('/');
    // V2 takes a format extension.
    const last = segments.length - 1;
    if (segments[3] === 'v2' && segments[last]?.endsWith('.json'))
      segments[last] = segments[last].slice(0, -'.json'.length);
    const values: string[] = [];
    let branch = descend(this.#root, segments, 1, values);
    if (!branch && segments[3] === 'v2') branch = descend(this.#root, segments.map(presentSpelling), 1, values);
    if (!branch?.operations) return 'unknown-path';
    const operation = branch.operations.get(method === 'HEAD' ? 'GET' : method);
    if (!operation) return 'wrong-method';
    for (let position = 0; position < values.length; position += 1) {
      const value = values[position] ?? '';
      if (!value.includes('%')) continue;
      try {
        values[position] = decodeURIComponent(value);
      } catch {
        return 'bad-encoding';
      }
    }
    return { operation, values };
  }
}

/** Links in V2 orders spell two collections without an underscore, and lead there. */
function presentSpelling(segment: string): string {
  return segment.replace(/^shipping(addresses|quotes)$/, 'shipping_$1');
}

function descend(branch: Branch, segments: readonly string[], position: number, values: string[]): Branch | undefined {
  if (position === segments.length) return branch.operations ? branch : undefined;
  const segment = segments[position] ?? '';
  const literal = branch.literals?.get(segment);
  if (literal) {
    const end = descend(literal, segments, position + 1, values);
    if (end) return end;
  }
  if (!branch.parameter || segment === '') return undefined;
  const mark = values.length;
  values.push(segment);
  const end = descend(branch.parameter, segments, position + 1, values);
  if (!end) values.length = mark;
  return end;
}

function newBranch(): Branch {
  return { literals: undefined, parameter: undefined, operations: undefined };
}

function literalOf(branch: Branch, segment: string): Branch {
  const literals = (branch.literals ??= new Map<string, Branch>());
  let next = literals.get(segment);
  if (!next) literals.set(segment, (next = newBranch()));
  return next;
}
