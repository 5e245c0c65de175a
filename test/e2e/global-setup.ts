/**
 * Before the first of these tests: packs what would be published and installs it in a folder of its own, as a user's
 * project would have it. Builds first when dist/ is older than what it is made from.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder whose node_modules has the installed package. */
    consumer: string;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PATIENCE_MS = 240_000;

const run = promisify(execFile);

export default async function setup(project: TestProject): Promise<() => void> {
  // Not a symbolic link: Node finds packages from where a file really is.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bcmock-e2e-')));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (isStale()) await npm(ROOT, 'run', 'prepare');
    const consumer = join(folder, 'consumer');
    mkdirSync(consumer);
    writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n');
    await npm(consumer, 'install', '--no-audit', '--no-fund', '--prefer-offline', await pack(folder));
    project.provide('consumer', consumer);
  } catch (error) {
    remove();
    throw error;
  }
  return remove;
}

/** @returns the tarball's path */
async function pack(folder: string): Promise<string> {
  const { stdout } = await npm(ROOT, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [packed] = JSON.parse(stdout) as readonly { readonly filename: string }[];
  if (!packed) throw new Error(`npm pack said nothing of a tarball: ${stdout}`);
  return join(folder, packed.filename);
}

/** Is something that goes into dist/ newer than the last thing a build writes? */
function isStale(): boolean {
  const built = changedAt('dist/cli/bundle.cache');
  const sources = ['openapi', 'fixtures', 'contracts', 'mock-server'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
  );
  return [...sources, 'package.json'].some((file) => !/[\\/]generated\b/.test(file) && changedAt(file) > built);
}

/** Milliseconds since the Unix epoch; 0 for a file that is not there. */
function changedAt(file: string): number {
  return statSync(join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @throws with everything npm said, when it fails */
async function npm(cwd: string, ...args: string[]): Promise<{ stdout: string }> {
  try {
    return await run('npm', args, {
      cwd,
      timeout: PATIENCE_MS,
      maxBuffer: 64 * 1024 * 1024,
      shell: process.platform === 'win32',
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`npm ${args.join(' ')} failed:\n${stdout ?? ''}\n${stderr ?? ''}`, { cause: error });
  }
}
