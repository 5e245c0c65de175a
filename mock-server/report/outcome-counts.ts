/** Requests by what came of them, as the report shows them. */
import { outcomes, type OperationUse, type Outcome } from '../state/usage.js';

/**
 * Outcomes that there were, with their requests. `4xx`: those without an outcome of their own; `cut`: the connection was
 * cut instead of an answer.
 */
export type OutcomeCounts = Readonly<Partial<Record<Exclude<Outcome, '204'>, number>>>;

/** 204s count as 2xx. */
export function outcomesOf(use: OperationUse): OutcomeCounts {
  return counts((outcome) => use.of(outcome) + (outcome === '2xx' ? use.of('204') : 0));
}

export function addOutcomes(all: readonly OutcomeCounts[]): OutcomeCounts {
  return counts((outcome) => all.reduce((sum, each) => sum + (each[outcome] ?? 0), 0));
}

function counts(countOf: (outcome: keyof OutcomeCounts) => number): OutcomeCounts {
  const shown = outcomes.filter((outcome) => outcome !== '204').map((outcome) => [outcome, countOf(outcome)] as const);
  return Object.fromEntries(shown.filter(([, count]) => count > 0));
}
