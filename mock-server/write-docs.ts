/**
 * Writes what documentation can be computed: the tables of options and control calls in README.md, and COVERAGE.md.
 * Run by `npm run docs`; with `--check` it writes nothing and fails when a file is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { operations, type Operation } from '../openapi/index.js';
import { describedCalls } from './control/description/document.js';
import { domains } from './domains/index.js';
import { optionTable } from './options.js';
import { Engine } from './resources/engine.js';

const isCheck = process.argv.includes('--check');
const stale: string[] = [];

async function write(file: string, content: string): Promise<void> {
  const before = readFileSync(file, { encoding: 'utf8', flag: 'a+' });
  const text = await format(content, { ...(await resolveConfig(file)), filepath: file });
  if (before === text) return;
  stale.push(file);
  if (!isCheck) writeFileSync(file, text);
}

/** Replaces what stands between `<!-- name… -->` and `<!-- /name -->`. */
function section(text: string, name: string, content: string): string {
  return text.replace(new RegExp(`(<!-- ${name}\\b[^>]*-->\\n)[^]*?(<!-- /${name} -->)`), `$1\n${content}\n\n$2`);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const options = table(
  ['flag', 'variable', 'key', 'default', 'meaning'],
  optionTable.map((option) => [
    `\`--${option.flag} <${option.value}>\``,
    `\`${option.variable}\``,
    `\`${option.name}\``,
    option.default === undefined ? '' : `\`${String(option.default)}\``,
    option.meaning,
  ]),
);

const calls = table(
  ['call', 'does'],
  describedCalls().map(({ method, path, call }) => [`\`${method} ${path}\``, call.summary]),
);

const engine = new Engine(domains);

/** How an operation is answered, as `X-Mock-Fidelity` says it. */
function fidelity(operation: Operation): string {
  return operation.host === 'provider' ? 'not served: an app answers it' : engine.fidelityOf(operation);
}

/** `640 stateful, 20 computed, …` */
function totals(): string {
  const counts = new Map<string, number>();
  for (const operation of operations) counts.set(fidelity(operation), (counts.get(fidelity(operation)) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${String(count)} ${name}`)
    .join('; ');
}

const byDocument = new Map<string, Operation[]>();
for (const operation of operations)
  byDocument.set(operation.document, [...(byDocument.get(operation.document) ?? []), operation]);
const coverage = `# Coverage

Written by \`npm run docs\`; not to be edited. ${String(operations.length)} operations: ${totals()}. *Stateful*: acts on stored rows, what is written is read back. *Computed*: worked out from stored rows. *Sampled*: drawn from the schema, repeatably. The response header \`X-Mock-Fidelity\` says the same on every answer.

${[...byDocument]
  .map(([document, rows]) => {
    const lines = rows.map((row) => [
      `\`${row.method} ${row.path.replace('/stores/{store_hash}', '')}\``,
      row.id,
      row.resource?.action ?? '',
      fidelity(row),
    ]);
    return `## ${document}\n\n${table(['operation', 'operationId', 'action', 'answered'], lines)}`;
  })
  .join('\n\n')}
`;

await write('mock-server/COVERAGE.md', coverage);
await write(
  'README.md',
  section(section(readFileSync('README.md', 'utf8'), 'options', options), 'control calls', calls),
);

if (isCheck && stale.length > 0) {
  process.stderr.write(`stale: ${stale.join(', ')}; run npm run docs\n`);
  process.exitCode = 1;
}
