/**
 * Which operation a request is. Written apart from the server's own router, which is one of the things on trial.
 * URL rules: platform reference sections 1.1 and 1.2.
 */
import { operations, type Operation } from '../openapi/index.js';

interface Branch {
  readonly literals: Map<string, Branch>;
  parameter?: Branch;
  readonly operations: Map<string, Operation>;
}

let tree: Branch | undefined;

/** The operation of a method and a URL, with or without its host. A HEAD is the GET without its body. */
export function matchOperation(method: string, url: string): Operation | undefined {
  tree ??= plantTree();
  const verb = method.toUpperCase();
  const branch = descend(tree, segmentsOf(url));
  return branch?.operations.get(verb === 'HEAD' ? 'GET' : verb);
}

function segmentsOf(url: string): string[] {
  const path = url.replace(/^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^/?#]*/, '').replace(/[?#].*$/s, '');
  const segments = path.split('/').slice(1);
  // V2 takes a format extension.
  return segments[2] === 'v2' ? segments.map((segment) => segment.replace(/\.json$/, '')) : segments;
}

/** A literal goes before a parameter. */
function descend(branch: Branch, [segment, ...rest]: readonly string[]): Branch | undefined {
  if (segment === undefined) return branch.operations.size > 0 ? branch : undefined;
  const literal = branch.literals.get(segment);
  const found = literal && descend(literal, rest);
  if (found || !branch.parameter || !isValue(segment)) return found;
  return descend(branch.parameter, rest);
}

/** Neither nothing nor something that cannot be decoded. */
function isValue(segment: string): boolean {
  if (!segment.includes('%')) return segment !== '';
  try {
    return decodeURIComponent(segment) !== '';
  } catch {
    return false;
  }
}

function plantTree(): Branch {
  const root = newBranch();
  for (const operation of operations) {
    let branch = root;
    for (const segment of operation.path.split('/').slice(1)) branch = branchAt(branch, segment);
    branch.operations.set(operation.method, operation);
  }
  return root;
}

function branchAt(branch: Branch, segment: string): Branch {
  if (segment.startsWith('{')) return (branch.parameter ??= newBranch());
  const known = branch.literals.get(segment) ?? newBranch();
  branch.literals.set(segment, known);
  return known;
}

function newBranch(): Branch {
  return { literals: new Map(), operations: new Map() };
}
