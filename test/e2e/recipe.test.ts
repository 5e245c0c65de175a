/** The README's recipe for parallel workers, word for word, in a project that has the package installed: eight of them, one mock. */
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { consumer, folderWith, runProcess } from './command.js';

const WORKERS = 8;
const readme = readFileSync(join(consumer, 'node_modules/bigcommerce-mock/README.md'), 'utf8');
const vitest = fileURLToPath(new URL('../../node_modules/vitest', import.meta.url));
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

/** Files of the README: blocks of code whose first line is a comment with a path. */
const recipe = Object.fromEntries(
  [...readme.matchAll(/```ts\n(\/\/ (\S+\.ts)\n[^]*?)```/g)].map(([, text, path]) => [path!, text!]),
);

/** A test file of the user's. No two workers could pass it in one store. */
const hammer = `
import { beforeAll, expect, it } from 'vitest';
import { store } from './store.js';

let sent = 0;
const ask = async (method: string, path: string, body?: object) => {
  sent += 1;
  const response = await fetch(store.url + '/stores/' + store.storeHash + path, {
    method,
    headers: { 'X-Auth-Token': store.tokens.fullAccess, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: response.status === 204 ? undefined : ((await response.json()) as any) };
};
const brands = '/v3/catalog/brands';
const namesOf = async () => (await ask('GET', brands + '?limit=250')).body.data.map(({ name }: any) => name).sort();

// The default store is nobody's: there the workers meet, so that all of them run at the same time.
beforeAll(async () => {
  const path = '/stores/mockstore1/v3/catalog/summary';
  await fetch(store.url + path, { headers: { 'X-Auth-Token': 'mock-token-full-access' } });
  const body = JSON.stringify({ filter: { path }, count: ${WORKERS}, timeout_ms: 30000 });
  const headers = { 'Content-Type': 'application/json' };
  const response = await fetch(store.url + '/_mock/requests/wait', { method: 'POST', headers, body });
  expect(await response.json()).toMatchObject({ matched: true });
}, 40_000);

let start: string[] = [];

it.each([1, 2, 3])('has the store for itself, round %i', async (round) => {
  sent = 0;
  // Each round begins with the same brands: the store was reset.
  if (round === 1) start = await namesOf();
  expect(await namesOf()).toEqual(start);
  const mine = Array.from({ length: 40 }, (_, place) => 'Brand ' + place);
  const made = await Promise.all(mine.map((name) => ask('POST', brands, { name })));
  expect(made.map(({ status }) => status)).toEqual(mine.map(() => 200));
  expect(await namesOf()).toEqual([...start, ...mine].sort());
  await Promise.all(made.map(({ body }) => ask('DELETE', brands + '/' + body.data.id)));
  expect(await namesOf()).toEqual(start);
  const url = store.url + '/_mock/requests/count?store_hash=' + store.storeHash;
  expect(await (await fetch(url)).json()).toEqual({ count: sent });
}, 60_000);
`;

/** What vitest's reporter writes, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly failureMessages: readonly string[] }[];
  }[];
}

/** A project of the README's files and so many test files, with the vitest of this repository. */
function project(): string {
  const tests = Array.from({ length: WORKERS }, (_, place) => [`test/worker-${place + 1}.test.ts`, hammer] as const);
  const compilerOptions = {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: 'ES2022',
    lib: ['ES2023', 'DOM'],
    types: [],
    module: 'NodeNext',
  };
  const folder = folderWith({
    ...recipe,
    ...Object.fromEntries(tests),
    'package.json': '{ "private": true, "type": "module" }',
    'tsconfig.json': JSON.stringify({ compilerOptions, include: ['**/*.ts'] }),
  });
  const link = join(folder, 'node_modules/vitest');
  mkdirSync(dirname(link));
  symlinkSync(vitest, link, 'junction');
  return folder;
}

it('passes with eight workers at the same time', { timeout: 120_000 }, async () => {
  expect(Object.keys(recipe)).toEqual(['vitest.config.ts', 'test/start-mock.ts', 'test/store.ts']);
  const args = [join(vitest, 'vitest.mjs'), 'run', '--reporter=json'];
  const { stdout, stderr } = await runProcess(process.execPath, args, { cwd: project() }).ended;
  const report = JSON.parse(stdout) as Report;
  const assertions = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  expect([stderr, ...assertions.flatMap(({ failureMessages }) => failureMessages)]).toEqual(['']);
  expect(report).toMatchObject({ success: true, numTotalTests: WORKERS * 3, numPassedTests: WORKERS * 3 });
});

it('compiles', { timeout: 120_000 }, async () => {
  const { stdout } = await runProcess(process.execPath, [tsc, '--project', project()]).ended;
  expect(stdout).toBe('');
});
