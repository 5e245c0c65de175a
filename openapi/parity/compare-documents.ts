/** Official documents against ours: a report for each, with known official errors set apart. */
import type { OpenApiDocument } from '../description.js';
import { compareOperations } from './compare.js';
import { describedOperations, operationKey, type DescribedOperation } from './described-operation.js';
import { isExcepted, type ParityException } from './exceptions.js';
import type { OfficialDocument } from './official-documents.js';
import { reportDocument, type DocumentReport, type Finding } from './report.js';

export function compareDocuments(
  official: readonly OfficialDocument[],
  ours: OpenApiDocument,
  exceptions: readonly ParityException[] = [],
): DocumentReport[] {
  const byKey = new Map(describedOperations(ours).map((operation) => [operationKey(operation), operation]));
  return official.map(({ file, content }) => {
    const findings = describedOperations(content).flatMap((operation) =>
      compareWith(operation, byKey.get(operationKey(operation)), exceptions),
    );
    return reportDocument(file, findings);
  });
}

function compareWith(
  official: DescribedOperation,
  ours: DescribedOperation | undefined,
  exceptions: readonly ParityException[],
): Finding[] {
  const { operationId, method, path } = official;
  return compareOperations(official, ours).map((fact) => {
    const finding: Finding = { ...fact, operation: `${method} ${path}`, operationId };
    const excepted = fact.agrees ? undefined : exceptions.find((known) => isExcepted(known, operationId, fact.at));
    return excepted ? { ...finding, excepted } : finding;
  });
}

/** The exceptions that no disagreement needed: those facts have been mended since, or never were as written. */
export function unusedExceptions(
  exceptions: readonly ParityException[],
  reports: readonly DocumentReport[],
): ParityException[] {
  const used = new Set(reports.flatMap(({ disagreements }) => disagreements.map(({ excepted }) => excepted)));
  return exceptions.filter((exception) => !used.has(exception));
}
