/** `bcmock snapshot save|load|list|diff`: states of a store that runs, as files that can be committed. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { OptionsError } from '../errors.js';
import { problemOf } from '../snapshots/check-content.js';
import { differencesOf } from '../snapshots/compare.js';
import type { SnapshotContent } from '../snapshots/content.js';
import { snapshotText } from '../snapshots/text.js';
import { callControl, ControlError, DEFAULT_URL, type ControlTarget } from './control-client.js';

const HELP = `Usage: bcmock snapshot save <file> [flags]            writes the state of a store to a file
       bcmock snapshot load <file> [flags]            puts a store into the state of a file
       bcmock snapshot list [flags]                   prints what the store itself keeps
       bcmock snapshot diff <file> [<file>] [flags]   prints what changed from the first file to the second, or to the
                                                      store; exits 0 without differences, 1 with some, 2 on a problem

  --url <address>            the mock (default ${DEFAULT_URL}) [BCMOCK_URL]
  --store-hash <hash>        the store (default mockstore1) [BCMOCK_STORE_HASH]
  --control-token <token>    for a mock that listens beyond loopback [BCMOCK_CONTROL_TOKEN]
  --help                     prints this
`;

const FLAGS = {
  url: { type: 'string' },
  'store-hash': { type: 'string' },
  'control-token': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

/** A snapshot that a diff takes of the store and removes again. */
const PASSING_NAME = 'bcmock-diff';

const SAME = 0;
const DIFFERENT = 1;
const UNUSABLE = 2;

export interface SnapshotOutcome {
  /** What to print on standard output. */
  readonly text: string;
  readonly code: number;
}

interface Place {
  readonly target: ControlTarget;
  /** Of the snapshots, in the control API. */
  readonly path: string;
}

/**
 * @param argv what follows `snapshot`
 * @throws OptionsError for a flag or file that cannot be used; ControlError when the mock refuses or is not there
 */
export async function runSnapshot(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<SnapshotOutcome> {
  const { values: flags, positionals } = readFlags(argv);
  if (flags.help) return { text: HELP, code: SAME };
  const [action = '', ...files] = positionals;
  const store_hash = flags['store-hash'] ?? environment.BCMOCK_STORE_HASH ?? 'mockstore1';
  const place: Place = {
    target: {
      url: flags.url ?? environment.BCMOCK_URL,
      controlToken: flags['control-token'] ?? environment.BCMOCK_CONTROL_TOKEN,
    },
    path: `/_mock/stores/${encodeURIComponent(store_hash)}/snapshots`,
  };
  const [file = '', other] = files;
  if (action === 'list' && files.length === 0) return { text: await list(place), code: SAME };
  if (action === 'save' && files.length === 1) return { text: await save(place, file), code: SAME };
  if (action === 'load' && files.length === 1) return { text: await load(place, file), code: SAME };
  if (action === 'diff' && (files.length === 1 || files.length === 2)) return diff(place, file, other);
  throw new OptionsError(
    'snapshot',
    positionals.join(' '),
    'save <file>, load <file>, list or diff <file> [<file>] (see bcmock snapshot --help)',
  );
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options: FLAGS });
  } catch (error) {
    const flag = /'(-[^' ]*)/.exec((error as Error).message)?.[1] ?? 'flag';
    throw new OptionsError(flag, argv.join(' '), 'a flag of this command; see bcmock snapshot --help', {
      cause: error,
    });
  }
}

async function save(place: Place, file: string): Promise<string> {
  const name = nameOf(file);
  await callControl(place.target, 'POST', place.path, { name });
  const text = snapshotText(await contentAt(place, name));
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new OptionsError('file', file, `a file that can be written; ${(error as Error).message}`, { cause: error });
  }
  return `Saved as ${file}, and in the store as ${name}\n`;
}

async function load(place: Place, file: string): Promise<string> {
  const name = nameOf(file);
  await callControl(place.target, 'PUT', `${place.path}/${name}/content`, readContent(file));
  await callControl(place.target, 'PUT', `${place.path}/${name}`);
  return `The store is in the state of ${file}\n`;
}

async function list({ target, path: snapshots }: Place): Promise<string> {
  const { data } = (await callControl(target, 'GET', snapshots)) as {
    readonly data: readonly { name: string; created_at: string; counts: Readonly<Record<string, number>> }[];
  };
  const rows = data.map(({ name, created_at, counts }) => {
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    return `${created_at}  ${String(total).padStart(7)} rows  ${name}\n`;
  });
  return rows.join('');
}

async function diff(place: Place, file: string, other: string | undefined): Promise<SnapshotOutcome> {
  try {
    const before = readContent(file);
    const after = other === undefined ? await presentContent(place) : readContent(other);
    const differences = differencesOf(before, after);
    return { text: differences.map((line) => `${line}\n`).join(''), code: differences.length > 0 ? DIFFERENT : SAME };
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    // As diff does: 1 is for differences alone.
    process.stderr.write(`bcmock: ${error.message}\n`);
    return { text: '', code: UNUSABLE };
  }
}

async function presentContent(place: Place): Promise<SnapshotContent> {
  await callControl(place.target, 'POST', place.path, { name: PASSING_NAME });
  try {
    return await contentAt(place, PASSING_NAME);
  } finally {
    await callControl(place.target, 'DELETE', `${place.path}/${PASSING_NAME}`);
  }
}

async function contentAt({ target, path: snapshots }: Place, name: string): Promise<SnapshotContent> {
  // The mock's own words; what is no snapshot would be another version's.
  return (await callControl(target, 'GET', `${snapshots}/${name}/content`)) as SnapshotContent;
}

/** @throws OptionsError for a file that holds no snapshot */
function readContent(file: string): SnapshotContent {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new OptionsError('file', file, `a snapshot; ${(error as Error).message}`, { cause: error });
  }
  const problem = problemOf(content);
  if (problem) throw new OptionsError('file', file, `a snapshot; ${problem.field}: ${problem.expected}`);
  return content as SnapshotContent;
}

/** The name of a snapshot for a file: its own, as far as such names go. */
function nameOf(file: string): string {
  const name = path
    .basename(file, '.json')
    .replaceAll(/[^A-Za-z0-9._-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 100);
  return name === '' ? 'snapshot' : name;
}
