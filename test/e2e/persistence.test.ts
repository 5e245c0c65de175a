/** `bcmock start --persist`, as a process that is ended in every way. Described in README.md. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bcmockOutcome, folderWith, startMock, type Ready } from './command.js';

const HEADERS = { 'X-Auth-Token': 'mock-token-full-access', 'Content-Type': 'application/json' };

function brandsOf({ api_url }: Ready): string {
  return `${api_url}/catalog/brands`;
}

/** Creates brands one after the other until nobody answers any more; gives the ids that were answered. */
async function writeUntilKilled(url: string, writer: string): Promise<number[]> {
  const ids: number[] = [];
  for (let count = 0; ; count += 1) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: HEADERS,
        body: JSON.stringify({ name: `${writer} ${count}` }),
      });
      const { data } = (await response.json()) as { data: { id: number } };
      ids.push(data.id);
    } catch {
      return ids;
    }
  }
}

async function allBrandIds(url: string): Promise<number[]> {
  const ids: number[] = [];
  for (let page = 1; ; page += 1) {
    const response = await fetch(`${url}?limit=250&page=${page}`, { headers: HEADERS });
    const { data } = (await response.json()) as { data: { id: number }[] };
    if (data.length === 0) return ids;
    ids.push(...data.map(({ id }) => id));
  }
}

describe('bcmock start --persist', () => {
  it('loses nothing that it answered when it is killed in the middle of writes, again and again', async () => {
    const folder = join(folderWith({}), 'state');
    const flags = ['--persist', folder, '--plan', 'unlimited', '--size', 'empty'];
    const answered: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      const mock = await startMock(flags);
      const url = brandsOf(mock.ready);
      expect(await allBrandIds(url)).toEqual(expect.arrayContaining(answered));
      const writers = Array.from({ length: 6 }, (_, writer) => writeUntilKilled(url, `${round}-${writer}`));
      // By its log, writes are under way now, each round a little further.
      await mock.line(countdown(40 + 60 * round));
      mock.send('SIGKILL');
      answered.push(...(await Promise.all(writers)).flat());
      await mock.ended;
    }
    const last = await startMock(flags);
    const kept = await allBrandIds(brandsOf(last.ready));
    expect(answered.length).toBeGreaterThan(200);
    expect(kept).toEqual(expect.arrayContaining(answered));
    expect(new Set(kept).size).toBe(kept.length);
  });

  it('goes on where a clean stop left it', async () => {
    const folder = folderWith({});
    const first = await startMock(['--persist', folder, '--size', 'empty', '--seed', '9']);
    await fetch(brandsOf(first.ready), { method: 'POST', headers: HEADERS, body: '{"name":"Kept"}' });
    expect((await first.stop()).code).toBe(0);
    const second = await startMock(['--persist', folder]);
    expect(second.ready).toMatchObject({ seed: 9, counts: { 'catalog.brands': 1 } });
  });

  it('ends with 2 and one line when another mock has the folder open, which goes on', async () => {
    const folder = folderWith({});
    const { ready, child } = await startMock(['--persist', folder]);
    const { code, stdout, stderr } = await bcmockOutcome(['start', '--port', '0', '--persist', folder]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^bcmock: persist: [^\n]*\n$/);
    expect(stderr).toContain(`process ${String(child.pid)} has it open`);
    expect((await fetch(`${ready.url}/_mock/health`)).status).toBe(200);
  });

  it('ends with 2 and one line for a folder of something else, and leaves it alone', async () => {
    const folder = folderWith({ 'photo.jpg': 'not a photo' });
    const { code, stderr } = await bcmockOutcome(['start', '--port', '0', '--persist', folder]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^bcmock: persist: [^\n]* it holds photo\.jpg\n$/);
    expect(readdirSync(folder)).toEqual(['photo.jpg']);
  });

  it('ends with 2 and one line for a damaged folder', async () => {
    const folder = join(folderWith({}), 'state');
    mkdirSync(folder);
    writeFileSync(join(folder, 'manifest.json'), '{"name":"bigcommerce-mock","format":1,"version":"0.1.0"}');
    writeFileSync(join(folder, 'data.mdb'), 'x'.repeat(100_000));
    const { code, stderr } = await bcmockOutcome(['start', '--port', '0', '--persist', folder]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^bcmock: persist: [^\n]* damaged [^\n]*\n$/);
  });

  it.skipIf(process.platform !== 'linux')('loads the database only when there is a folder', async () => {
    const without = await startMock();
    const within = await startMock(['--persist', folderWith({})]);
    const loaded = (pid: number | undefined): boolean =>
      readFileSync(`/proc/${String(pid)}/maps`, 'utf8').includes('lmdb');
    expect([loaded(without.child.pid), loaded(within.child.pid)]).toEqual([false, true]);
  });
});

/** True from the nth log line of a created brand on. */
function countdown(lines: number): (line: string) => boolean {
  const seen = new Set<string>();
  return (line) => {
    if (line.includes('"method":"POST"')) seen.add(line);
    return seen.size >= lines;
  };
}
