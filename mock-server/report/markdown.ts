/** The contract report as Markdown, for people and for the summaries of CI runs. */
import type { ScopeReason } from './scope-cover.js';
import type { AccountReport, UnusedScope } from './account-report.js';
import type { ContractReport } from './contract-report.js';
import type { OutcomeCounts } from './outcome-counts.js';
import type { ReportedViolation } from './violations.js';

export function markdownReport(report: ContractReport): string {
  const { totals, store_hash, violations, accounts } = report;
  const whose = store_hash === null ? 'all stores' : `store ${code(store_hash)}`;
  return [
    `# Contract report: ${whose}`,
    `${counted(totals.requests, 'request')} to ${String(totals.operations_exercised)} of ${String(totals.operations)} operations (${String(totals.coverage_percent)} %): ${inWords(totals.outcomes)}. ${counted(totals.violations, 'violation')} in the newest ${counted(totals.requests_checked, 'request')}.`,
    ...violations.map(violationPart),
    ...accounts.map(accountPart),
    ...trafficParts(report),
    '',
  ].join('\n\n');
}

function violationPart(violation: ReportedViolation, place: number): string {
  const { check, operation_id, pointer, rule, expected, received, requests, curl } = violation;
  const { method, url, status } = violation;
  return [
    ...(place === 0 ? ['## Violations\n'] : []),
    `### ${operation_id === null ? 'No operation' : code(operation_id)}: ${code(check)}\n`,
    `- at ${code(pointer)}, rule ${code(rule)}`,
    `- expected ${value(expected)}`,
    `- received ${received === null ? 'nothing' : value(received)}`,
    `- in ${counted(requests, 'request')}, first ${code(`${method} ${url}`)}, status ${String(status)}\n`,
    fenced(curl),
  ].join('\n');
}

function accountPart(account: AccountReport): string {
  const { name, store_hash, least_scopes, missing_scopes, unused_scopes, unjudged_scopes } = account;
  const who = name === null ? 'Requests without a known token' : `Account ${code(name)}`;
  return [
    `## ${who}, store ${code(store_hash)}`,
    table(
      ['operation', 'requests', 'outcomes'],
      account.operations.map((each) => [code(each.operation_id), String(each.requests), inWords(each.outcomes)]),
    ),
    ...scopesPart('The least scopes that would have sufficed', least_scopes),
    ...scopesPart('Scopes that were missing', missing_scopes),
    ...scopesPart('Granted and not needed', unused_scopes),
    ...(unjudged_scopes.length === 0
      ? []
      : [`Granted, and asked for by no operation, so that no request tells: ${listed(unjudged_scopes)}`]),
  ].join('\n\n');
}

function scopesPart(title: string, scopes: readonly (ScopeReason | UnusedScope)[]): string[] {
  if (scopes.length === 0) return [];
  return [
    `### ${title}`,
    table(
      ['scope', 'operations'],
      scopes.map((each) => [
        code(each.scope),
        each.operations.length === 0
          ? 'none'
          : `${listed(each.operations)}${'instead' in each && each.instead.length > 0 ? `, for which ${listed(each.instead)} will do` : ''}`,
      ]),
    ),
  ];
}

function trafficParts({ quotas, early_retries, v2_empty_answers, webhooks }: ContractReport): string[] {
  const attempts = Object.entries(webhooks).filter(([, count]) => count > 0);
  return [
    '## Traffic',
    table(
      ['store', 'quota', 'peak', '429'],
      quotas.map(({ store_hash, requests, window_ms, peak, refused }) => [
        code(store_hash),
        `${String(requests)} per ${String(window_ms / 1_000)} s`,
        String(peak),
        String(refused),
      ]),
    ),
    ...section(
      'Retries that came too early after a 429',
      early_retries.map(
        ({ method, url, early_by_ms, account }) =>
          `- ${code(`${method} ${url}`)} by ${account === null ? 'nobody known' : code(account)}, ${String(early_by_ms)} ms too early`,
      ),
    ),
    ...section(
      'Empty V2 lists, answered 204 without a body',
      v2_empty_answers.map(({ operation_id, requests }) => `- ${code(operation_id)}: ${String(requests)}`),
    ),
    ...section(
      'Webhooks',
      attempts.map(([outcome, count]) => `- ${outcome}: ${String(count)}`),
    ),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`### ${title}`, lines.join('\n')];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `1 request`, `2 requests` */
function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2xx 3, 404 1` */
function inWords(outcomes: OutcomeCounts): string {
  const entries = Object.entries(outcomes);
  return entries.length === 0 ? 'none' : entries.map(([outcome, count]) => `${outcome} ${String(count)}`).join(', ');
}

function listed(names: readonly string[]): string {
  return names.map(code).join(', ');
}

function value(given: unknown): string {
  return code(typeof given === 'string' ? given : JSON.stringify(given));
}

/** Text as code, whatever is in it. */
function code(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const fence = fenceFor(line, 1);
  return /^`|`$/.test(line) ? `${fence} ${line} ${fence}` : fence + line + fence;
}

function fenced(text: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}sh\n${text}\n${fence}`;
}

/** Backticks: more in a row than the text has, and no fewer than `least`. */
function fenceFor(text: string, least: number): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}
