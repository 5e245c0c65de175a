/** What one API account did, which scopes would have been enough for it, and which it holds for nothing. */
import { DEFAULT_SCOPE } from '../accounts/scope-table.js';
import { operations, type Operation, type OperationId } from '../../openapi/index.js';
import { mayUse } from '../state/api-accounts.js';
import type { AccountUse } from '../state/usage.js';
import { addOutcomes, outcomesOf, type OutcomeCounts } from './outcome-counts.js';
import { leastScopes, namesOf, takes, type ScopeReason } from './scope-cover.js';

export interface ExercisedOperation {
  readonly operation_id: OperationId;
  readonly requests: number;
  readonly outcomes: OutcomeCounts;
}

/** A scope that the account holds and did not need. */
export interface UnusedScope extends ScopeReason {
  /** Operations that it would have opened, and that a scope of `least_scopes` opens as well; empty: nothing needed it. */
  readonly operations: readonly OperationId[];
  /** Those scopes. */
  readonly instead: readonly string[];
}

export interface AccountReport {
  readonly store_hash: string;
  /** Null, as all that names the account, for requests without a known token. */
  readonly id: number | null;
  readonly name: string | null;
  readonly client_id: string | null;
  readonly requests: number;
  readonly outcomes: OutcomeCounts;
  /** By name. */
  readonly operations: readonly ExercisedOperation[];
  /** They would have sufficed for every operation that was let in. */
  readonly least_scopes: readonly ScopeReason[];
  /** To be granted, for operations that were refused for lack of a scope, or would have been. */
  readonly missing_scopes: readonly ScopeReason[];
  /** Granted, and never needed. */
  readonly unused_scopes: readonly UnusedScope[];
  /** Granted, but no operation asks for them: no request shows whether they are needed. */
  readonly unjudged_scopes: readonly string[];
}

export function accountReport(store_hash: string, { account, operations: used }: AccountUse): AccountReport {
  const exercised = [...used].map(([operation, use]) => ({ operation, outcomes: outcomesOf(use) }));
  const outcomes = addOutcomes(exercised.map((each) => each.outcomes));
  const shown = exercised.map(({ operation, outcomes: own }) => ({
    operation_id: operation.id,
    requests: requestsIn(own),
    outcomes: own,
  }));
  const scoped = exercised.filter(({ operation: { scopes } }) => scopes !== undefined);
  const isHeld = (operation: Operation): boolean => account !== undefined && mayUse(account, operation.scopes);
  // A 403 in spite of the scope has other reasons, and the scope was needed to get there.
  const letIn = scoped.filter(({ operation, outcomes: own }) => isHeld(operation) || wasLetIn(own));
  const lacking = scoped.filter(({ operation }) => !isHeld(operation));
  const least = account ? withDefault(letIn.map(({ operation }) => operation)) : [];
  return {
    store_hash,
    id: account?.id ?? null,
    name: account?.name ?? null,
    client_id: account?.client_id ?? null,
    requests: requestsIn(outcomes),
    outcomes,
    operations: shown.sort((a, b) => (a.operation_id < b.operation_id ? -1 : 1)),
    least_scopes: least,
    missing_scopes: account ? withDefault(lacking.map(({ operation }) => operation)) : [],
    ...heldForNothing(
      account?.scopes ?? new Set(),
      least,
      scoped.map(({ operation }) => operation),
    ),
  };
}

/** Requests of all outcomes. */
export function requestsIn(outcomes: OutcomeCounts): number {
  return Object.values(outcomes).reduce((sum, count) => sum + count, 0);
}

function wasLetIn(outcomes: OutcomeCounts): boolean {
  return requestsIn(outcomes) > (outcomes['401'] ?? 0) + (outcomes['403'] ?? 0);
}

/** Operations that take any valid token, such as those of webhooks, live in the scope that every account has. */
function withDefault(asked: readonly Operation[]): ScopeReason[] {
  const open = namesOf(asked.filter(({ scopes }) => scopes === null));
  return [...(open.length > 0 ? [{ scope: DEFAULT_SCOPE, operations: open }] : []), ...leastScopes(asked)];
}

const judgedScopes = new Set(operations.flatMap(({ scopes }) => scopes ?? []));

function heldForNothing(
  held: ReadonlySet<string>,
  least: readonly ScopeReason[],
  exercised: readonly Operation[],
): Pick<AccountReport, 'unused_scopes' | 'unjudged_scopes'> {
  const needed = new Set(least.map(({ scope }) => scope));
  const spare = [...held].filter((scope) => scope !== DEFAULT_SCOPE && !needed.has(scope)).sort();
  return {
    unused_scopes: spare
      .filter((scope) => judgedScopes.has(scope))
      .map((scope) => {
        const opened = exercised.filter(takes(scope));
        return {
          scope,
          operations: namesOf(opened),
          instead: [...needed].filter((other) => opened.some(takes(other))),
        };
      }),
    unjudged_scopes: spare.filter((scope) => !judgedScopes.has(scope)),
  };
}
