/** `bcmock snapshot`: states of a store as files, between mocks that run. Described in README.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bcmockOutcome, folderWith, startMock, type Ended } from './command.js';

const HEADERS = { 'X-Auth-Token': 'mock-token-full-access', 'Content-Type': 'application/json' };

async function createBrand(api_url: string, name: string): Promise<number> {
  const body = JSON.stringify({ name });
  const response = await fetch(`${api_url}/catalog/brands`, { method: 'POST', headers: HEADERS, body });
  return ((await response.json()) as { data: { id: number } }).data.id;
}

const snapshot = (...args: readonly string[]): Promise<Ended> => bcmockOutcome(['snapshot', ...args]);

describe('bcmock snapshot', () => {
  it('saves a state, says what changed since, and loads it again', async () => {
    const { ready } = await startMock(['--size', 'empty']);
    const file = join(folderWith({}), 'before.json');
    const url = ['--url', ready.url];
    await createBrand(ready.api_url, 'Before');
    expect(await snapshot('save', file, ...url)).toMatchObject({ code: 0, stderr: '' });
    expect(await snapshot('diff', file, ...url)).toEqual({ code: 0, stdout: '', stderr: '' });

    const id = await createBrand(ready.api_url, 'After');
    const { code, stdout } = await snapshot('diff', file, ...url);
    expect(code).toBe(1);
    expect(stdout).toContain(`catalog.brands ${id}: added {`);

    expect(await snapshot('load', file, ...url)).toMatchObject({ code: 0, stderr: '' });
    expect(await snapshot('diff', file, ...url)).toMatchObject({ code: 0, stdout: '' });
    const { stdout: listed } = await snapshot('list', ...url);
    expect(listed).toMatch(/^\d{4}-\S+Z +\d+ rows {2}before\n$/);
  });

  it('writes the same file in every run, and tells two files apart without a mock', async () => {
    const folder = folderWith({});
    const files = [];
    for (const name of ['one', 'two', 'three']) {
      const mock = await startMock(['--size', 'products=3']);
      if (name === 'three') await createBrand(mock.ready.api_url, 'Third');
      const file = join(folder, `${name}.json`);
      await snapshot('save', file, '--url', mock.ready.url);
      await mock.stop();
      files.push(file);
    }
    const [one = '', two = '', three = ''] = files;
    expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
    expect((await snapshot('diff', one, two)).code).toBe(0);
    expect((await snapshot('diff', one, three)).stdout).toContain('"Third"');
    expect((await snapshot('diff', three, one)).stdout).toMatch(/catalog\.brands \d+: removed/);
  });

  it.each<[string, readonly string[], number, RegExp]>([
    ['no action', [], 2, /save <file>, load <file>, list or diff/],
    ['an unknown action', ['copy', 'a'], 2, /save <file>, load <file>, list or diff/],
    ['an unknown flag', ['list', '--force'], 2, /--force/],
    [
      'a file that is not there',
      ['load', 'nothing.json'],
      2,
      /"nothing\.json" is not usable; expected a snapshot; ENOENT/,
    ],
    ['a file that is none', ['diff', 'none.json', 'none.json'], 2, /expected a snapshot; body: /],
    ['a file that is no JSON', ['load', 'text.json'], 2, /expected a snapshot; /],
    ['an address that is none', ['list', '--url', 'here'], 2, /--url/],
    ['a mock that is not there', ['list', '--url', 'http://127.0.0.1:1'], 1, /no mock answers/],
    [
      'a mock that is not there, for a diff',
      ['diff', 'good.json', '--url', 'http://127.0.0.1:1'],
      2,
      /no mock answers/,
    ],
  ])('ends with one line for %s', async (_, args, wanted, why) => {
    const good = {
      format: 'bigcommerce-mock snapshot',
      version: 1,
      store_hash: 'mockstore1',
      accounts: { last_id: 0, accounts: [], start: [] },
      users: { last_id: 1, users: [] },
      numbers: {},
      files: [],
      collections: {},
    };
    const cwd = folderWith({ 'none.json': '{}', 'text.json': 'text', 'good.json': JSON.stringify(good) });
    const { code, stdout, stderr } = await bcmockOutcome(['snapshot', ...args], { cwd });
    expect({ code, stdout }).toEqual({ code: wanted, stdout: '' });
    expect(stderr).toMatch(/^bcmock: [^\n]*\n$/);
    expect(stderr).toMatch(why);
  });

  it('says what a mock refuses in a file that somebody edited', async () => {
    const { ready } = await startMock(['--size', 'empty']);
    const file = join(folderWith({}), 'edited.json');
    await snapshot('save', file, '--url', ready.url);
    const content = JSON.parse(readFileSync(file, 'utf8')) as { collections: Record<string, unknown> };
    content.collections['catalog.brand'] = { last_id: 0, rows: [] };
    writeFileSync(file, JSON.stringify(content));
    const { code, stderr } = await snapshot('load', file, '--url', ready.url);
    expect(code).toBe(1);
    expect(stderr).toContain('collections.catalog.brand: this mock has no such collection');
  });
});
