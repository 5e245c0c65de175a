/**
 * The folder that `--persist` names: `manifest.json`, which says whose it is, and an LMDB database. Whatever is in it is
 * looked at before anything is written: a folder that cannot be used stays as it is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Lmdb from 'lmdb';
import { OptionsError } from '../errors.js';
import { packageVersion } from '../package-version.js';

/** Raised whenever what is written changes so that older versions would misread it. */
const FORMAT = 1;
const NAME = 'bigcommerce-mock';
const MANIFEST = 'manifest.json';
const DATA = 'data.mdb';
const LOCK = 'lock.mdb';
const DRAFT = `.${MANIFEST}`;
/** What an empty folder may hold. */
const LEFT_OVER: ReadonlySet<string> = new Set(['.gitkeep', '.DS_Store', DRAFT]);

/** How read-everything.cjs says that another process has the folder open. */
const HELD_ELSEWHERE = 3;

/** What the types of lmdb leave out: hands everything written to the disk, in a thread of its own. */
export type Database = Lmdb.RootDatabase<Buffer, string> & {
  sync(done: (error?: Error) => void): void;
};

/** Loads nothing before a folder is named: few mocks have one, and its library is an optional dependency. */
const load = createRequire(import.meta.url);

const readEverything = ['./read-everything.cjs', '../mock-server/persistence/read-everything.cjs']
  .map((place) => fileURLToPath(new URL(place, import.meta.url)))
  .find((file) => existsSync(file));

/**
 * Opens a folder that a mock wrote, or makes a new one.
 * @param label how the option is named in an error
 * @throws OptionsError when it is foreign, damaged, written by a newer version or in use; nothing in it was changed
 */
export function openFolder(folder: string, label = 'persist'): Database {
  const path = resolve(folder);
  const refuse = (allowed: string, cause?: unknown): never => {
    throw new OptionsError(label, folder, allowed, { cause });
  };
  const { open, at } = loadLmdb(refuse);
  try {
    if (!isOwn(path, refuse)) begin(path);
    // Without content where a mock was ended while it began.
    const { size = 0 } = statSync(resolve(path, DATA), { throwIfNoEntry: false }) ?? {};
    if (size > 0) requireReadable(path, at, refuse);
    // Nothing waits for the disk: what is written survives the end of this process, however it ends (keeper.ts).
    const database = open<Buffer, string>({ path, encoding: 'binary', noSync: true, overlappingSync: false });
    const holder = otherHolder(database as Database);
    if (holder === undefined) return database as Database;
    void database.close();
    return refuse(heldBy(holder));
  } catch (error) {
    if (error instanceof OptionsError) throw error;
    return refuse(`a folder that can be read and written; ${firstLine(error)}`, error);
  }
}

type Refuse = (allowed: string, cause?: unknown) => never;

function loadLmdb(refuse: Refuse): { readonly open: typeof Lmdb.open; readonly at: string } {
  try {
    return { ...(load('lmdb') as typeof Lmdb), at: load.resolve('lmdb') };
  } catch (error) {
    return refuse(`the optional package lmdb to be installed, with its binary for this machine`, error);
  }
}

/** @returns false for a folder that is empty or not there */
function isOwn(path: string, refuse: Refuse): boolean {
  if (!existsSync(path)) return false;
  const entries = readdirSync(path).filter((entry) => !LEFT_OVER.has(entry));
  if (!entries.includes(MANIFEST)) {
    if (entries.length > 0)
      refuse(`an empty folder or one that a mock wrote; it holds ${entries.sort().slice(0, 3).join(', ')}`);
    return false;
  }
  let manifest: unknown;
  try {
    manifest = JSON.parse(readFileSync(resolve(path, MANIFEST), 'utf8'));
  } catch (error) {
    refuse(`a folder that a mock wrote; its ${MANIFEST} cannot be read`, error);
  }
  const { name, format, version } = (manifest ?? {}) as Readonly<Record<string, unknown>>;
  if (name !== NAME || typeof format !== 'number')
    refuse(`a folder that a mock wrote; its ${MANIFEST} is of something else`);
  if (format > FORMAT)
    refuse(
      `a folder of format ${String(FORMAT)} or older; bigcommerce-mock ${String(version)} wrote format ${String(format)}`,
    );
  return true;
}

/** The manifest comes first, and at once: a mock that is ended while it begins leaves a folder that it can go on with. */
function begin(path: string): void {
  // It will hold secrets of apps.
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const text = JSON.stringify({ name: NAME, format: FORMAT, version: packageVersion }, undefined, 2);
  const draft = resolve(path, DRAFT);
  writeFileSync(draft, `${text}\n`);
  renameSync(draft, resolve(path, MANIFEST));
}

function requireReadable(path: string, lmdb: string, refuse: Refuse): void {
  if (readEverything === undefined) throw new Error('read-everything.cjs is missing');
  const hadLock = existsSync(resolve(path, LOCK));
  const { status, stdout, error } = spawnSync(process.execPath, [readEverything, lmdb, path], {
    encoding: 'utf8',
    env: withoutNodeOptions(),
    windowsHide: true,
  });
  if (error) throw error;
  if (status === 0) return;
  if (status === HELD_ELSEWHERE) refuse(heldBy(Number(stdout)));
  if (!hadLock) rmSync(resolve(path, LOCK), { force: true });
  refuse(`a folder whose ${DATA} is whole; it is damaged (restore a copy, or start with another folder)`);
}

function withoutNodeOptions(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'));
}

/** Every process that has read the database is listed until it ends, whichever way: the system knows. */
function otherHolder(database: Database): number | undefined {
  database.get(MANIFEST);
  database.readerCheck();
  return database
    .readerList()
    .split('\n')
    .map((line) => Number(line.trim().split(/\s+/, 1)[0]))
    .find((pid) => pid > 0 && pid !== process.pid);
}

function heldBy(pid: number): string {
  return `a folder that no other mock uses; process ${String(pid)} has it open`;
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
