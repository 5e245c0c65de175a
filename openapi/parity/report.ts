/** What parity found, as figures per document and as text. */
import { factKinds, type Fact, type FactKind } from './compare.js';
import type { ParityException } from './exceptions.js';
import { areaOf } from './official-documents.js';

export interface Finding extends Fact {
  /** `GET /stores/{store_hash}/v3/catalog/brands`. */
  readonly operation: string;
  readonly operationId: string | undefined;
  /** Present when an exception covers the disagreement. */
  readonly excepted?: ParityException;
}

/** Agreeing facts of all that count; excepted ones do not. */
export interface Score {
  readonly agreeing: number;
  readonly total: number;
}

export type Scores = Readonly<Record<FactKind, Score>>;

export interface DocumentReport {
  /** The official document, below its folder. */
  readonly document: string;
  readonly scores: Scores;
  /** Everything that disagrees. For an operation that ours lacks, only that. */
  readonly disagreements: readonly Finding[];
}

export function reportDocument(document: string, findings: readonly Finding[]): DocumentReport {
  const missing = new Set(
    findings.filter((finding) => finding.kind === 'operation' && !finding.agrees).map((f) => f.operation),
  );
  return {
    document,
    scores: score(findings),
    disagreements: findings.filter((f) => !f.agrees && (f.kind === 'operation' || !missing.has(f.operation))),
  };
}

function score(findings: readonly Finding[]): Scores {
  const counted = findings.filter((finding) => !finding.excepted);
  return scoresBy((kind) => {
    const ofKind = counted.filter((finding) => finding.kind === kind);
    return { agreeing: ofKind.filter(({ agrees }) => agrees).length, total: ofKind.length };
  });
}

export function totalScores(reports: readonly DocumentReport[]): Scores {
  return scoresBy((kind) => ({
    agreeing: reports.reduce((sum, { scores }) => sum + scores[kind].agreeing, 0),
    total: reports.reduce((sum, { scores }) => sum + scores[kind].total, 0),
  }));
}

function scoresBy(scoreOf: (kind: FactKind) => Score): Scores {
  return Object.fromEntries(factKinds.map((kind) => [kind, scoreOf(kind)])) as Record<FactKind, Score>;
}

/** Per cent; 100 where nothing was asked. */
export function percentage({ agreeing, total }: Score): number {
  return total === 0 ? 100 : (agreeing / total) * 100;
}

const headings: Readonly<Record<FactKind, string>> = {
  operation: 'operations',
  parameter: 'parameters',
  property: 'properties',
  type: 'types',
  operationId: 'operationIds',
};

/** The report as text: details per document first, the table last, where the eye rests. */
export function formatReport(reports: readonly DocumentReport[], unused: readonly ParityException[]): string {
  const details = reports.filter(({ disagreements }) => disagreements.length > 0).map(formatDocument);
  const rows = [
    ['', ...factKinds.map((kind) => headings[kind])],
    ...reports.map(({ document, scores }) => [document, ...formatScores(scores)]),
    ...areaRows(reports),
    ['total', ...formatScores(totalScores(reports))],
  ];
  const notes = unused.map(({ operation, path }) => `exception without use: ${operation}: ${path}`);
  return [...details, ...(notes.length > 0 ? [notes.join('\n')] : []), alignColumns(rows)].join('\n\n');
}

/** A row for each folder of several documents, unless it is all there is. */
function areaRows(reports: readonly DocumentReport[]): string[][] {
  const areas = [...new Set(reports.map((report) => areaOf({ file: report.document })))];
  return areas.flatMap((area) => {
    const members = reports.filter(({ document }) => document.startsWith(`${area}/`));
    const isPart = members.length > 1 && members.length < reports.length;
    return isPart ? [[`${area}/*`, ...formatScores(totalScores(members))]] : [];
  });
}

function formatDocument({ document, disagreements }: DocumentReport): string {
  const lines = [document];
  let operation = '';
  for (const finding of disagreements) {
    if (finding.operation !== operation) {
      operation = finding.operation;
      lines.push(`  ${operation} (${finding.operationId ?? 'without operationId'})`);
    }
    lines.push(`    ${formatFinding(finding)}`);
  }
  return lines.join('\n');
}

function formatFinding({ kind, at, difference, excepted }: Finding): string {
  const isMissing = kind === 'operation' || kind === 'parameter' || kind === 'property';
  const text = [isMissing ? `${kind} missing` : `${kind} differs`, at].filter(Boolean).join(': ');
  const detail = isMissing ? '' : `: ${difference ?? ''}`;
  return excepted ? `excepted: ${text}${detail} (${excepted.reason})` : text + detail;
}

function formatScores(scores: Scores): string[] {
  return factKinds.map((kind) => {
    const { agreeing, total } = scores[kind];
    // Rounded down, so that 100.00 means all.
    return `${(Math.floor(percentage(scores[kind]) * 100) / 100).toFixed(2)} % ${agreeing}/${total}`;
  });
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
