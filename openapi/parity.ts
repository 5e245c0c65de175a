/**
 * `npm run parity -- <folder of official documents>`: what the official OpenAPI documents say and ours do not, per
 * operation. Pointed at a newer checkout, it shows how BigCommerce's API has drifted.
 */
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundleDocuments } from './generate/bundle.js';
import { DescriptionError } from './generate/description-error.js';
import { loadFolder } from './generate/load-documents.js';
import { compareDocuments, unusedExceptions } from './parity/compare-documents.js';
import type { FactKind } from './parity/compare.js';
import { loadExceptions } from './parity/exceptions.js';
import { areaOf, loadOfficialDocuments } from './parity/official-documents.js';
import { formatReport, percentage, totalScores } from './parity/report.js';
import { DanglingReference } from './resolve-reference.js';
import { UnusableInput } from './parity/unusable-input.js';
import { findSharedWording } from './parity/wording.js';

const here = fileURLToPath(new URL('.', import.meta.url));

const usage = `npm run parity -- <folder of official documents> [flags]
The folder may also be named by BCMOCK_OFFICIAL_DOCS.
  --area <name>       only one folder, or one family of documents at the top: catalog, customers
  --json              the report as JSON
  --wording           also look for runs of eight words that ours shares with the official texts
  --operations <n>    least percentage of operations, 100 without the flag
  --parameters <n>    least percentage of parameters, 99
  --properties <n>    least percentage of request and response properties, 99
  --types <n>         least percentage of types that agree, 99
Exit code 0: all reached; 1: something was missed; 2: the input cannot be used.
`;

interface Settings {
  readonly folder: string;
  readonly area: string | undefined;
  readonly json: boolean;
  readonly wording: boolean;
  /** Least percentages. */
  readonly thresholds: Readonly<Partial<Record<FactKind, number>>>;
}

function readSettings(args: string[]): Settings | 'help' {
  const parsed = parseFlags(args);
  if (parsed.values.help) return 'help';
  const folder = parsed.positionals[0] ?? process.env['BCMOCK_OFFICIAL_DOCS'];
  if (!folder || parsed.positionals.length > 1) throw new UnusableInput('name one folder of official documents');
  const { area, json, wording, operations, parameters, properties, types } = parsed.values;
  return {
    folder,
    area,
    json,
    wording,
    thresholds: {
      operation: least('operations', operations),
      parameter: least('parameters', parameters),
      property: least('properties', properties),
      type: least('types', types),
    },
  };
}

function parseFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        area: { type: 'string' },
        help: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        wording: { type: 'boolean', default: false },
        operations: { type: 'string', default: '100' },
        parameters: { type: 'string', default: '99' },
        properties: { type: 'string', default: '99' },
        types: { type: 'string', default: '99' },
      },
    });
  } catch (error) {
    throw new UnusableInput(error instanceof Error ? error.message : String(error));
  }
}

function least(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new UnusableInput(`--${flag} takes 0 to 100, not ${text}`);
  return value;
}

/** @returns the exit code */
function run(settings: Settings): 0 | 1 {
  const official = loadOfficialDocuments(settings.folder);
  const compared = official.filter((document) => !settings.area || areaOf(document) === settings.area);
  if (compared.length === 0) {
    throw new UnusableInput(`${settings.folder} has no document of the area ${settings.area ?? ''}`);
  }
  const documents = loadFolder(join(here, 'documents'));
  const shared = loadFolder(join(here, 'components'));
  const exceptions = loadExceptions(join(here, 'parity-exceptions.yaml'));
  const reports = compareDocuments(compared, bundleDocuments(documents, shared, '').document, exceptions);
  const total = totalScores(reports);
  const missed = Object.entries(settings.thresholds).filter(
    ([kind, value]) => percentage(total[kind as FactKind]) < value,
  );
  const ours = [...documents, ...shared].map(({ file, content }) => ({ file: relative('', file), content }));
  const runs = settings.wording ? findSharedWording(ours, official) : [];
  if (settings.json) {
    process.stdout.write(`${JSON.stringify({ total, documents: reports, wording: runs }, undefined, 2)}\n`);
  } else {
    const lines = [
      formatReport(reports, settings.area ? [] : unusedExceptions(exceptions, reports)),
      ...runs.map(({ file, pointer, words }) => `official wording: ${file}#${pointer}: ${words}`),
      ...missed.map(([kind, value]) => `missed: ${kind}, at least ${value} % wanted`),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return missed.length > 0 || runs.length > 0 ? 1 : 0;
}

try {
  const settings = readSettings(process.argv.slice(2));
  if (settings === 'help') process.stdout.write(usage);
  else process.exitCode = run(settings);
} catch (error) {
  if (!(error instanceof UnusableInput || error instanceof DescriptionError || error instanceof DanglingReference))
    throw error;
  process.stderr.write(`parity: ${error.message}\n`);
  process.exitCode = 2;
}
