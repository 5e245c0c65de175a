/** The servers that the bench measures, each a process of its own on loopback: started, asked for what they used, stopped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PROBE = fileURLToPath(new URL('probe.cjs', import.meta.url));
const BARE = fileURLToPath(new URL('bare-fastify.cjs', import.meta.url));
const COMMAND = join(ROOT, 'dist/cli/bcmock.cjs');
const DESCRIPTION = join(ROOT, 'openapi/generated/bundle.json');

/** How long a server may take to its first answer, in milliseconds. */
const PATIENCE_MS = 60_000;

/** One request with the status that it must be answered with. */
export interface Exchange {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string;
  readonly status: number;
}

/** What a process has used since it began. */
interface Usage {
  /** User and system time of all its threads, in microseconds. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
}

export interface Server {
  readonly url: string;
  /** From the start of the process to the end of its first answer, in milliseconds. */
  readonly startedInMs: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

interface Start {
  /** Arguments of node, given the port. */
  readonly command: (port: number) => readonly string[];
  /** Asked until it is answered; its status must be the one expected. */
  readonly first: Exchange;
  /** Without the probe a process starts as a user starts it, and cannot be asked for its usage. @default true */
  readonly isProbed?: boolean;
}

const running = new Set<ChildProcess>();
const scratch = mkdtempSync(join(tmpdir(), 'bcmock-bench-'));
let files = 0;

/** The mock from dist/, as `bcmock start` runs it. */
export function startMock(first: Exchange, flags: readonly string[] = [], isProbed = true): Promise<Server> {
  if (!existsSync(COMMAND)) throw new Error(`${COMMAND} is missing: run npm run build first`);
  const fixed = ['--log', 'silent', '--plan', 'unlimited', ...flags];
  return start({ command: (port) => [COMMAND, 'start', '--port', String(port), ...fixed], first, isProbed });
}

/** F: a bare Fastify that answers the path of an exchange, and nothing else, with these bytes. */
export function startBare(exchange: Exchange, bytes: Buffer, isProbed = true): Promise<Server> {
  files += 1;
  mkdirSync(scratch, { recursive: true });
  const file = join(scratch, `answer-${files}.json`);
  writeFileSync(file, bytes);
  const { method, path, status } = exchange;
  const route = path.split('?', 1)[0] ?? path;
  return start({
    command: (port) => [BARE, String(port), method, route, String(status), file],
    first: exchange,
    isProbed,
  });
}

/** Prism as a mock server of the same description, in one process and without its log. */
export function startPrism(first: Exchange): Promise<Server> {
  const prism = createRequire(import.meta.url).resolve('@stoplight/prism-cli/dist/index.js');
  const fixed = ['--host', '127.0.0.1', '--verboseLevel', 'silent', '--multiprocess', 'false', '--cors', 'false'];
  return start({ command: (port) => [prism, 'mock', DESCRIPTION, '--port', String(port), ...fixed], first });
}

/** Sends one request; gives the bytes of the answer. @throws when the status is another one */
export async function ask(url: string, { method, path, headers, body, status }: Exchange): Promise<Buffer> {
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== status) {
    throw new Error(
      `${method} ${path} answered ${response.status} instead of ${status}: ${bytes.toString().slice(0, 500)}`,
    );
  }
  return bytes;
}

/** Ends every server at once. For the end of the bench, whichever way it ends. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  rmSync(scratch, { recursive: true, force: true });
}

async function start({ command, first, isProbed = true }: Start): Promise<Server> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [...(isProbed ? ['--require', PROBE] : []), ...command(port)], {
    stdio: isProbed ? ['ignore', 'ignore', 'pipe', 'ipc'] : ['ignore', 'ignore', 'pipe'],
  });
  running.add(child);
  let complaint = '';
  child.stderr?.on('data', (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(-2_000);
  });
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      reject(new Error(`${command(port).join(' ')} ended with ${String(code ?? signal)}: ${complaint}`));
    });
  });
  ended.catch(() => undefined);
  await Promise.race([ended, firstAnswer(port, first, began + PATIENCE_MS)]);
  const startedInMs = performance.now() - began;
  return {
    url: `http://127.0.0.1:${port}`,
    startedInMs,
    usage: () => Promise.race([ended, usageOf(child)]),
    stop: () => stop(child),
  };
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  const answer = once(child, 'message');
  child.send('usage');
  return ((await answer) as [Usage])[0];
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
  await ended;
  clearTimeout(timer);
}

/** Tries once a millisecond until something listens, then waits for its answer. */
async function firstAnswer(port: number, exchange: Exchange, deadline: number): Promise<void> {
  for (;;) {
    const status = await statusOf(port, exchange);
    if (status === exchange.status) return;
    if (status !== undefined)
      throw new Error(`the first answer to ${exchange.path} was ${status}, not ${exchange.status}`);
    if (performance.now() > deadline) throw new Error(`nothing listens on port ${port} after ${PATIENCE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** The status of one answer, undefined when nothing listens yet. A plain socket, which costs less than a client. */
function statusOf(port: number, { method, path, headers, body = '' }: Exchange): Promise<number | undefined> {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n${lines.join('\r\n')}\r\n\r\n${body}`,
      );
    });
    socket.on('data', (bytes) => (answer += bytes.toString('latin1')));
    socket.on('error', () => {
      resolve(undefined);
    });
    socket.on('close', () => {
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      resolve(status === undefined ? undefined : Number(status));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
