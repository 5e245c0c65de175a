/** Runs the cases of an operation and tells what went wrong, one line each. */
import { describeViolation, ExistingRows, runCase, type ContractCase, type Target } from '../../contracts/index.js';

/** Violations in words, each behind the name of its case; empty when all is well. */
export async function runAll(cases: readonly ContractCase[], target: Target): Promise<string[]> {
  const rows = new ExistingRows(target);
  const problems: string[] = [];
  for (const given of cases) {
    const { violations } = await runCase(given, target, rows).catch((error: unknown) => {
      throw new Error(`${given.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
    problems.push(...violations.map((violation) => `${given.name} | ${describeViolation(violation)}`));
  }
  return problems;
}
