/** The contract report: what clients did with the stores of a mock, and where they or the mock left the description. */
import { operations, type OperationId } from '../../openapi/index.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { Outcome as DeliveryOutcome } from '../webhooks/delivery-log.js';
import { accountReport, requestsIn, type AccountReport } from './account-report.js';
import { findEarlyRetries, type EarlyRetry } from './early-retries.js';
import { addOutcomes, type OutcomeCounts } from './outcome-counts.js';
import { findViolations, type ReportedViolation } from './violations.js';

export interface ContractReport {
  /** Null: of all stores of the mock. */
  readonly store_hash: string | null;
  readonly totals: {
    /** Requests to described operations since the last reset. */
    readonly requests: number;
    readonly outcomes: OutcomeCounts;
    readonly operations_exercised: number;
    /** All that the mock serves. */
    readonly operations: number;
    /** Exercised ones of all, with two decimals. */
    readonly coverage_percent: number;
    readonly violations: number;
    /** Requests that the journal still had, whose exchanges were checked. All else covers every request. */
    readonly requests_checked: number;
  };
  /** By store, then in the order of their first requests. */
  readonly accounts: readonly AccountReport[];
  readonly violations: readonly ReportedViolation[];
  /** Lists that V2 answers with 204 when they are empty: clients that parse a body there fail. */
  readonly v2_empty_answers: readonly { readonly operation_id: OperationId; readonly requests: number }[];
  readonly quotas: readonly QuotaUse[];
  /** Among the requests that the journal still had. */
  readonly early_retries: readonly EarlyRetry[];
  /** Attempts to deliver a webhook, by what came of them. */
  readonly webhooks: Readonly<Record<DeliveryOutcome, number>>;
}

export interface QuotaUse {
  readonly store_hash: string;
  /** Of one window. */
  readonly requests: number;
  readonly window_ms: number;
  /** Most requests that one window took. */
  readonly peak: number;
  /** Requests that got 429, for whatever reason. */
  readonly refused: number;
}

/** @param store all stores of the mock when it is not given */
export async function contractReport(state: MockState, store?: Store): Promise<ContractReport> {
  const stores = store ? [store] : [...state.stores.values()];
  const entries = state.journal.entries(store?.hash);
  // What is counted is read before the checks let requests in between.
  const accounts = stores.flatMap(({ hash, usage }) => usage.accounts.map((use) => accountReport(hash, use)));
  const quotas = stores.map((each) => quotaUse(each, accounts));
  const v2_empty_answers = emptyAnswers(stores);
  const webhooks = deliveries(state, store);
  const violations = await findViolations(state, entries);
  const outcomes = addOutcomes(accounts.map((each) => each.outcomes));
  const exercised = new Set(accounts.flatMap((each) => each.operations.map(({ operation_id }) => operation_id)));
  return {
    store_hash: store?.hash ?? null,
    totals: {
      requests: requestsIn(outcomes),
      outcomes,
      operations_exercised: exercised.size,
      operations: served,
      coverage_percent: Math.round((exercised.size / served) * 10_000) / 100,
      violations: violations.length,
      requests_checked: entries.length,
    },
    accounts,
    violations,
    v2_empty_answers,
    quotas,
    early_retries: findEarlyRetries(entries),
    webhooks,
  };
}

/** Apps answer the others. */
const served = operations.filter(({ host }) => host !== 'provider').length;

function quotaUse({ hash, quota, usage }: Store, accounts: readonly AccountReport[]): QuotaUse {
  const own = accounts.filter(({ store_hash }) => store_hash === hash);
  return {
    store_hash: hash,
    requests: quota.limit.requests,
    window_ms: quota.limit.windowMs,
    peak: usage.peak,
    refused: own.reduce((sum, { outcomes }) => sum + (outcomes['429'] ?? 0), 0),
  };
}

function emptyAnswers(stores: readonly Store[]): ContractReport['v2_empty_answers'] {
  const requests = new Map<OperationId, number>();
  for (const { operations: used } of stores.flatMap(({ usage }) => usage.accounts)) {
    for (const [{ id, method, path }, use] of used) {
      const count = use.of('204');
      if (count > 0 && method === 'GET' && path.includes('/v2/')) requests.set(id, (requests.get(id) ?? 0) + count);
    }
  }
  return [...requests]
    .map(([operation_id, count]) => ({ operation_id, requests: count }))
    .sort((a, b) => (a.operation_id < b.operation_id ? -1 : 1));
}

function deliveries({ webhooks }: MockState, store?: Store): ContractReport['webhooks'] {
  const counts = { delivered: 0, failed: 0, blocked: 0, withheld: 0 };
  for (const { store_hash, outcome } of webhooks.attempts())
    if (!store || store_hash === store.hash) counts[outcome] += 1;
  return counts;
}
