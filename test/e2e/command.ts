/** The installed command as processes that a test owns: started, read line by line, ended, and gone after the test whatever happens. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, inject } from 'vitest';

/** The folder with the installed package. */
export const consumer = inject('consumer');

const installed = join(consumer, 'node_modules/bigcommerce-mock');

interface Manifest {
  readonly version: string;
  readonly bin: { readonly bcmock: string };
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

/** package.json as it was published. */
export const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;

export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** Resolves once it has ended. */
  readonly ended: Promise<Ended>;
  /** The first line of standard output, from now on or already written, that satisfies a test. @throws when it ends or is too slow */
  line(isWanted: (line: string) => boolean): Promise<string>;
  stop(name?: 'SIGINT' | 'SIGTERM'): Promise<Ended>;
  readonly send: (name: NodeJS.Signals) => void;
}

/** The line `{"event":"ready",…}`. */
export interface Ready {
  readonly event: 'ready';
  readonly version: string;
  readonly url: string;
  readonly api_url: string;
  readonly store_hash: string;
  readonly plan: string;
  readonly quota: { readonly requests: number; readonly window_ms: number };
  readonly operations: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly seed: number;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** It starts processes of its own, which get its signals, too. */
  readonly isGroup?: boolean;
}

/** How long a command may take to say or do what a test waits for, in milliseconds. */
const PATIENCE_MS = 30_000;

const running = new Set<Running>();
const folders: string[] = [];

afterEach(async () => {
  for (const { child, send } of running) {
    send('SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
  await Promise.all([...running].map(({ ended }) => ended));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Starts `bcmock` with these arguments. */
export function bcmock(args: readonly string[], options: RunOptions = {}): Running {
  return runProcess(process.execPath, [join(installed, manifest.bin.bcmock), ...args], options);
}

/** Runs `bcmock` to its end. */
export function bcmockOutcome(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return withinPatience(bcmock(args, options).ended, `bcmock ${args.join(' ')} does not end`);
}

/** Starts a mock on a free port and waits until it is ready. */
export async function startMock(
  flags: readonly string[] = [],
  options: RunOptions = {},
): Promise<Running & { ready: Ready }> {
  const mock = bcmock(['start', '--port', '0', '--log', 'json', ...flags], options);
  const line = await mock.line((each) => each.includes('"event":"ready"'));
  return { ...mock, ready: JSON.parse(line) as Ready };
}

export function runProcess(
  file: string,
  args: readonly string[],
  { cwd = consumer, env = {}, isGroup = false }: RunOptions = {},
): Running {
  const child = spawn(file, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: isGroup,
  });
  let stdout = '';
  let stderr = '';
  const watchers = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const watcher of watchers) watcher();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(self);
      resolve({ code, stdout, stderr });
    });
  });
  const self: Running = {
    child,
    ended,
    line(isWanted) {
      const found = new Promise<string>((resolve, reject) => {
        const look = (): void => {
          const line = stdout.split('\n').slice(0, -1).find(isWanted);
          if (line === undefined) return;
          watchers.delete(look);
          resolve(line);
        };
        watchers.add(look);
        look();
        ended.then(() => {
          reject(new Error(`it ended without that line: ${stdout}${stderr}`));
        }, reject);
      });
      return withinPatience(found, 'that line does not come');
    },
    stop(name = 'SIGTERM') {
      self.send(name);
      return withinPatience(ended, `${name} does not end it`);
    },
    send(name) {
      if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
      // As Ctrl-C in a terminal does.
      if (isGroup) process.kill(-child.pid, name);
      else child.kill(name);
    },
  };
  running.add(self);
  return self;
}

/** A folder of the test's own with these files, below the consumer's, so that the installed package is found from there. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(consumer, 'case-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** What this process was started with must not configure the command, or colour what it prints. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(BCMOCK_|NODE_OPTIONS|NODE_ENV|VITEST|FORCE_COLOR|CI$)/.test(name),
  );
  return { ...Object.fromEntries(own), NO_COLOR: '1' };
}

async function withinPatience<Value>(promise: Promise<Value>, complaint: string): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${complaint} within ${PATIENCE_MS} ms`));
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
