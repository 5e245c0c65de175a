/** The least scopes that open a set of operations, each of which takes any one of several scopes. */
import { placeOfScope, scopeTable } from '../accounts/scope-table.js';
import type { Operation, OperationId } from '../../openapi/index.js';

/** An operation as far as scopes go. */
export type ScopedOperation = Pick<Operation, 'id' | 'scopes'>;

/** A scope with the operations that are the reason for it. */
export interface ScopeReason {
  readonly scope: string;
  /** By name. */
  readonly operations: readonly OperationId[];
}

/**
 * As few scopes as a greedy choice finds, each as weak as its operations allow: read only where nothing is written.
 * The same operations give the same scopes, in whatever order they come. Those that need no scope are left out.
 */
export function leastScopes(operations: readonly ScopedOperation[]): ScopeReason[] {
  const asked = operations.filter(({ scopes }) => scopes && scopes.length > 0);
  const chosen = weakened(pruned(greedyCover(asked), asked), asked);
  return chosen.sort(byName).map((scope) => ({ scope, operations: namesOf(asked.filter(takes(scope))) }));
}

/** Ids, sorted. */
export function namesOf(operations: readonly ScopedOperation[]): OperationId[] {
  return operations.map(({ id }) => id).sort(byName);
}

/** Does an operation accept the scope? */
export function takes(scope: string): (operation: ScopedOperation) => boolean {
  return ({ scopes }) => scopes?.includes(scope) ?? false;
}

/** What leaves no choice first; then, again and again, the scope that opens most of what is still closed. */
function greedyCover(asked: readonly ScopedOperation[]): string[] {
  const chosen = new Set(asked.flatMap(({ scopes }) => (scopes?.length === 1 ? scopes : [])));
  for (;;) {
    const closed = asked.filter((operation) => !isOpen(operation, chosen));
    const best = candidatesOf(closed).reduce<[scope: string, opens: number]>(
      (most, scope) => {
        const opens = closed.filter(takes(scope)).length;
        return opens > most[1] ? [scope, opens] : most;
      },
      ['', 0],
    );
    if (best[1] === 0) return [...chosen];
    chosen.add(best[0]);
  }
}

/** Without the scopes whose operations others open, the strongest tried first. */
function pruned(chosen: readonly string[], asked: readonly ScopedOperation[]): string[] {
  const kept = new Set(chosen);
  for (const scope of [...chosen].sort(byStrength).reverse()) {
    kept.delete(scope);
    if (asked.some((operation) => !isOpen(operation, kept))) kept.add(scope);
  }
  return [...kept];
}

/** Each scope in turn becomes the weakest that opens what no other one does. */
function weakened(chosen: readonly string[], asked: readonly ScopedOperation[]): string[] {
  const kept = new Set(chosen);
  for (const scope of [...chosen].sort(byStrength).reverse()) {
    kept.delete(scope);
    const own = asked.filter((operation) => !isOpen(operation, kept));
    kept.add(candidatesOf(own).find((candidate) => own.every(takes(candidate))) ?? scope);
  }
  return [...kept];
}

/** Every scope that any of them takes, the weakest first. */
function candidatesOf(operations: readonly ScopedOperation[]): string[] {
  return [...new Set(operations.flatMap(({ scopes }) => scopes ?? []))].sort(byStrength);
}

function isOpen({ scopes }: ScopedOperation, held: ReadonlySet<string>): boolean {
  return scopes?.some((scope) => held.has(scope)) ?? false;
}

/** Weaker levels first; of equal ones, in the order of their names. */
function byStrength(a: string, b: string): number {
  return strengthOf(a) - strengthOf(b) || byName(a, b);
}

/** 0 for reading, more for each level above it. */
function strengthOf(scope: string): number {
  const place = placeOfScope(scope);
  if (!place) return scope.includes('read') ? 0 : 1;
  const levels = Object.keys(scopeTable[place.resource].levels);
  return levels.indexOf(place.level) + (levels[0] === 'read_only' ? 0 : 1);
}

/** By UTF-16 code units, which no locale changes. */
function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
