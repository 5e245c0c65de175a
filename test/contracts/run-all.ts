/** Runs cases and fails with all that went wrong, one line each. */
import { describeViolation, ExistingRows, runCase, type ContractCase, type Target } from '../../contracts/index.js';

/** @throws Error with every violation in words, each behind the name of its case */
export async function requireSound(cases: readonly ContractCase[], target: Target): Promise<void> {
  const rows = new ExistingRows(target);
  const problems: string[] = [];
  for (const given of cases) {
    const { violations } = await runCase(given, target, rows).catch((error: unknown) => {
      throw new Error(`${given.name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
    problems.push(...violations.map((violation) => `${given.name} | ${describeViolation(violation)}`));
  }
  requireNone(problems);
}

/** @throws Error with all the problems there are */
export function requireNone(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${problems.length} problems\n${[...new Set(problems)].join('\n')}`);
}
