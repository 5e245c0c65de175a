/** The package as npm delivers it: every export imports and has types, and nothing is in it that nobody needs. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { consumer, folderWith, manifest } from './command.js';

const run = promisify(execFile);
const installed = join(consumer, 'node_modules/bigcommerce-mock');
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));

const entries = Object.keys(manifest.exports).filter((entry) => entry !== './package.json');
const specifierOf = (entry: string): string => `bigcommerce-mock${entry.slice(1)}`;

describe('the published files', () => {
  it('are the build and what a reader needs, no sources and no tests', () => {
    expect(readdirSync(installed).sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'dist', 'package.json']);
    expect(readdirSync(join(installed, 'dist')).sort()).toEqual([
      'cli',
      'contracts',
      'fixtures',
      'mock-server',
      'openapi',
    ]);
  });

  it('have every file that package.json names', () => {
    for (const target of Object.values(manifest.exports)) {
      for (const file of typeof target === 'string' ? [target] : Object.values(target)) {
        expect(existsSync(join(installed, file)), file).toBe(true);
      }
    }
  });
});

describe('the exports', () => {
  it('are one per top-level folder, and package.json', () => {
    expect(Object.keys(manifest.exports)).toEqual(['.', './fixtures', './contracts', './openapi', './package.json']);
  });

  it.each<[entry: string, names: string[]]>([
    ['.', ['startMockServer', 'buildMockServer', 'defineConfig']],
    ['./fixtures', ['product', 'storeFixture']],
    ['./contracts', ['checkExchange']],
    ['./openapi', ['bundledDocument', 'operations']],
  ])('%s imports from elsewhere', async (entry, names) => {
    const exported = await node(`console.log(Object.keys(await import('${specifierOf(entry)}')).join())`);
    expect(exported.trim().split(',')).toEqual(expect.arrayContaining(names));
  });

  it('start a mock that ends with its process', async () => {
    const output = await node(`
      import { startMockServer } from 'bigcommerce-mock';
      const mock = await startMockServer();
      const headers = { 'X-Auth-Token': mock.tokens.readOnly };
      const response = await fetch(mock.url + '/stores/' + mock.storeHash + '/v3/catalog/products?limit=3', { headers });
      const { data } = await response.json();
      await mock.close();
      console.log(response.status, data.length);
    `);
    expect(output.trim()).toBe('200 3');
  });

  it.each(['NodeNext', 'Bundler'])('have types under moduleResolution %s', async (moduleResolution) => {
    const module = moduleResolution === 'Bundler' ? 'ESNext' : 'NodeNext';
    const compilerOptions = {
      noEmit: true,
      strict: true,
      skipLibCheck: true,
      target: 'ES2022',
      types: [],
      module,
      moduleResolution,
    };
    const folder = folderWith({ 'consumer.ts': typedConsumer, 'tsconfig.json': JSON.stringify({ compilerOptions }) });
    const { stdout } = await run(process.execPath, [tsc, '--project', folder]).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe('');
  });

  it('are all tried above', () => {
    expect(entries.filter((entry) => !typedConsumer.includes(`'${specifierOf(entry)}'`))).toEqual([]);
  });
});

/** Lines that must compile, and wrong ones that must not: a type that is not found would let everything pass. */
const typedConsumer = `
import { buildMockServer, defineConfig, startMockServer, type MockServerOptions } from 'bigcommerce-mock';
import { product, storeFixture } from 'bigcommerce-mock/fixtures';
import { checkExchange } from 'bigcommerce-mock/contracts';
import { operations, type components, type paths } from 'bigcommerce-mock/openapi';

const options: MockServerOptions = { port: 0, plan: 'pro' };
export const config = defineConfig(options);
export const url: Promise<string> = startMockServer(options).then((mock) => mock.url);
export const app = buildMockServer(options);
export const token: Promise<string> = startMockServer().then((mock) => mock.createStore({ seed: 2 }).tokens.fullAccess);
export const name: string | undefined = product({ name: 'Kettle' }).name;
export const seed: number = storeFixture({ seed: 1 }).seed;
export const check: Function = checkExchange;
export const ids: readonly string[] = operations.map(({ id }) => id);
export type Brand = components['schemas']['Brand'];
export type Path = keyof paths;

// @ts-expect-error no such plan
defineConfig({ plan: 'gold' });
// @ts-expect-error a store's seed is a number
export const store = startMockServer().then((mock) => mock.createStore({ seed: 'two' }));
// @ts-expect-error a price is a number
product({ price: 'a lot' });
// @ts-expect-error a seed is a number
storeFixture({ seed: 'one' });
// @ts-expect-error no exchange
checkExchange(1);
// @ts-expect-error operations have no colour
operations.map(({ colour }) => colour);
// @ts-expect-error a name is a text
export const brand: Brand = { id: 1, name: 2 };
// @ts-expect-error no such path
export const path: Path = '/no/such/path';
`;

async function node(code: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: consumer,
    timeout: 60_000,
  });
  return stdout;
}
