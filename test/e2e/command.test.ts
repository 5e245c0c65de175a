/** `bcmock`, installed: what it prints, how it is configured, how it ends. Described in README.md. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { bcmock, bcmockOutcome, folderWith, manifest, runProcess, startMock } from './command.js';

const FULL = { 'X-Auth-Token': 'mock-token-full-access' };
const LAST_LINE = 'It is now safe to connect your app.';

describe('bcmock start', () => {
  it.skipIf(process.platform === 'win32')('runs through npx and answers', async () => {
    const mock = runProcess('npx', ['--no-install', 'bcmock', 'start', '--port', '0', '--log', 'json'], {
      isGroup: true,
    });
    const { url } = JSON.parse(await mock.line((line) => line.includes('"event":"ready"'))) as { url: string };
    const health = await fetch(`${url}/_mock/health`);
    expect(await health.json()).toMatchObject({ status: 'ok', version: manifest.version });
    await mock.stop('SIGINT');
  });

  it('greets with everything that a first request needs', async () => {
    const mock = bcmock(['start', '--port', '0']);
    await mock.line((line) => line === LAST_LINE);
    const { code, stdout, stderr } = await mock.stop();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(stdout)?.[0] ?? 'no url';
    expect(stdout.split('\n')[0]).toContain(`bigcommerce-mock ${manifest.version}`);
    for (const part of [
      `${url}/stores/mockstore1/v3`,
      `${url}/_mock`,
      `export BIGCOMMERCE_API_URL=${url}`,
      'export BIGCOMMERCE_STORE_HASH=mockstore1',
      'export BIGCOMMERCE_ACCESS_TOKEN=mock-token-full-access',
      'mock-token-full-access',
      'mock-token-read-only',
      'mock-token-no-scopes',
      'standard: 150 requests per 30 s',
      'seed 1',
    ]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).toMatch(/operations\s+\d{3}/i);
    expect(stdout).toMatch(/\b30 products/);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(LAST_LINE);
  });

  it('prints a curl that works and one that is refused', async () => {
    const mock = bcmock(['start', '--port', '0']);
    await mock.line((line) => line === LAST_LINE);
    const works = readCurl(await mock.line((line) => line.includes('curl') && !line.includes('DELETE')));
    const refused = readCurl(await mock.line((line) => line.includes('curl') && line.includes('DELETE')));
    expect((await fetch(works.url, works.init)).status).toBe(200);
    expect((await fetch(refused.url, refused.init)).status).toBe(403);
  });

  it('says the same as JSON lines', async () => {
    const { ready } = await startMock();
    expect(ready).toMatchObject({
      event: 'ready',
      version: manifest.version,
      store_hash: 'mockstore1',
      plan: 'standard',
      quota: { requests: 150, window_ms: 30_000 },
      seed: 1,
    });
    expect(ready.api_url).toBe(`${ready.url}/stores/mockstore1/v3`);
    expect(ready.operations).toBeGreaterThanOrEqual(135);
    expect(ready.counts['catalog.products']).toBe(30);
  });

  it('writes a line for each request, with the reason of a refusal', async () => {
    const mock = bcmock(['start', '--port', '0']);
    const url = /http:\S+/.exec(await mock.line((line) => line.includes('http://')))?.[0] ?? '';
    await fetch(`${url}/catalog/brands`, { headers: FULL });
    await fetch(`${url}/catalog/brands`, { method: 'DELETE', headers: { 'X-Auth-Token': 'mock-token-read-only' } });
    expect(await mock.line((line) => / \d{3} GET /.test(line))).toMatch(
      / 200 GET +\/stores\/mockstore1\/v3\/catalog\/brands /,
    );
    const refusal = await mock.line((line) => / \d{3} DELETE /.test(line));
    expect(refusal).toMatch(/ 403 DELETE /);
    expect(refusal).toContain('needs store_v2_products');
    expect(refusal).toContain('store_v2_products_read_only');
  });

  it('says nothing when silent', async () => {
    const { url: taken, close } = await takenPort();
    await close();
    const port = new URL(taken).port;
    const mock = bcmock(['start', '--port', port, '--log', 'silent']);
    await untilAnswered(`http://127.0.0.1:${port}/_mock/health`);
    expect(await mock.stop()).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('stops cleanly on %s, with clients connected', async (signal) => {
    const mock = await startMock();
    await (await fetch(`${mock.ready.api_url}/catalog/products?limit=1`, { headers: FULL })).json();
    const began = performance.now();
    expect(await mock.stop(signal)).toMatchObject({ code: 0, stderr: '' });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('goes on answering when nobody reads its output any more', async () => {
    const mock = await startMock();
    mock.child.stdout?.destroy();
    for (let count = 0; count < 5; count += 1) {
      expect((await fetch(`${mock.ready.api_url}/catalog/brands`, { headers: FULL })).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await mock.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('runs twice side by side, each with a store of its own', async () => {
    const [one, other] = await Promise.all([startMock(), startMock()]);
    expect(one.ready.url).not.toBe(other.ready.url);
    const created = await fetch(`${one.ready.api_url}/catalog/brands`, {
      method: 'POST',
      headers: { ...FULL, 'Content-Type': 'application/json' },
      body: JSON.stringify({ name: 'Only here' }),
    });
    expect(created.status).toBe(200);
    expect(await brandsNamed(one.ready.api_url, 'Only here')).toBe(1);
    expect(await brandsNamed(other.ready.api_url, 'Only here')).toBe(0);
  });

  it('has the same store for the same seed, and another for another', async () => {
    const [one, same, other] = await Promise.all([
      startMock(['--seed', '7']),
      startMock(['--seed', '7']),
      startMock(['--seed', '8']),
    ]);
    const products = async (api: string): Promise<string> =>
      (await fetch(`${api}/catalog/products?limit=250`, { headers: FULL })).text();
    const [a, b, c] = await Promise.all([one, same, other].map(({ ready }) => products(ready.api_url)));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});

describe('bcmock with an address that is taken', () => {
  it('ends with 1 and one line', async () => {
    const { url, close } = await takenPort();
    const { port } = new URL(url);
    const { code, stdout, stderr } = await bcmockOutcome(['start', '--port', port]);
    await close();
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(oneLineOf(stderr)).toContain(port);
  });
});

describe('bcmock --version, --help', () => {
  it('print the version', async () => {
    expect(await bcmockOutcome(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });

  it('print every flag', async () => {
    const { code, stdout, stderr } = await bcmockOutcome(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const flag of [
      'port',
      'host',
      'store-hash',
      'plan',
      'rate-limit',
      'auth',
      'seed',
      'size',
      'config',
      'log',
      'version',
      'help',
    ]) {
      expect(stdout).toContain(`--${flag}`);
    }
    expect((await bcmockOutcome(['start', '--help'])).stdout).toBe(stdout);
  });
});

describe('bcmock with something that it cannot use', () => {
  it.each<[flags: string[], named: string]>([
    [['start', '--prot', '4010'], '--prot'],
    [['start', '--port'], '--port'],
    [['start', '--port', 'abc'], 'abc'],
    [['start', '--port', '65536'], '65536'],
    [['start', '--plan', 'gold'], 'gold'],
    [['start', '--rate-limit', '25'], '25'],
    [['start', '--auth', 'maybe'], 'maybe'],
    [['start', '--seed', '-1'], '-1'],
    [['start', '--size', 'products=few'], 'products=few'],
    [['start', '--store-hash', 'Not A Hash'], 'Not A Hash'],
    [['start', '--log', 'loud'], 'loud'],
    [['start', '--config', 'missing.json'], 'missing.json'],
    [['start', 'extra'], 'extra'],
    [['strat'], 'strat'],
    [[], 'start'],
  ])('%j: ends with 2 and one line that names it', async (flags, named) => {
    const { code, stdout, stderr } = await bcmockOutcome(flags);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(oneLineOf(stderr)).toContain(named);
  });

  it.each<[file: string, text: string, named: string]>([
    ['bcmock.config.json', '{ "port": 40', 'bcmock.config.json'],
    ['bcmock.config.json', '{ "prot": 4010 }', 'prot'],
    ['bcmock.config.json', '{ "port": "4010" }', 'port'],
    ['bcmock.config.json', '[4010]', 'bcmock.config.json'],
    ['bcmock.config.js', 'export default { port: ', 'bcmock.config.js'],
    ['bcmock.config.js', 'throw new Error("no store today")', 'no store today'],
    ['bcmock.config.js', 'export const port = 4010', 'bcmock.config.js'],
    ['bcmock.config.ts', 'import "no-such-package"; export default {}', 'no-such-package'],
  ])('%s with %j: ends with 2 and one line that names it', async (file, text, named) => {
    const { code, stdout, stderr } = await bcmockOutcome(['start'], { cwd: folderWith({ [file]: text }) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(oneLineOf(stderr)).toContain(named);
  });

  it('names the environment variable', async () => {
    const { code, stderr } = await bcmockOutcome(['start'], { env: { BCMOCK_PLAN: 'gold' } });
    expect(code).toBe(2);
    expect(oneLineOf(stderr)).toContain('BCMOCK_PLAN');
  });
});

describe('bcmock options', () => {
  it('come from a flag before the environment before the config file', async () => {
    const cwd = folderWith({
      'bcmock.config.json': JSON.stringify({ storeHash: 'fromfile', plan: 'pro', seed: 11, size: 'empty' }),
    });
    const env = { BCMOCK_STORE_HASH: 'fromenv', BCMOCK_PLAN: 'unlimited' };
    const { ready } = await startMock(['--store-hash', 'fromflag'], { cwd, env });
    expect(ready).toMatchObject({ store_hash: 'fromflag', plan: 'unlimited', seed: 11 });
    expect(ready.counts['catalog.products']).toBeUndefined();
  });

  it.each<[file: string, text: string]>([
    [
      'bcmock.config.ts',
      "import { defineConfig } from 'bigcommerce-mock';\nconst plan: 'pro' = 'pro';\nexport default defineConfig({ plan });\n",
    ],
    [
      'bcmock.config.js',
      "import { defineConfig } from 'bigcommerce-mock';\nexport default defineConfig({ plan: 'pro' });\n",
    ],
  ])('come from %s', async (file, text) => {
    const { ready } = await startMock([], { cwd: folderWith({ [file]: text }) });
    expect(ready).toMatchObject({ plan: 'pro', quota: { requests: 450 } });
  });

  it('come from the file that --config or BCMOCK_CONFIG names', async () => {
    const cwd = folderWith({
      'bcmock.config.json': '{ "seed": 1 }',
      'other.json': '{ "seed": 21 }',
      'third.js': 'export default { seed: 31 };',
    });
    const byFlag = await startMock(['--config', 'other.json'], { cwd });
    expect(byFlag.ready.seed).toBe(21);
    const byVariable = await startMock([], { cwd, env: { BCMOCK_CONFIG: 'third.js' } });
    expect(byVariable.ready.seed).toBe(31);
  });
});

/** The one line that standard error consists of. */
function oneLineOf(stderr: string): string {
  expect(stderr).toMatch(/^bcmock: [^\n]+\n$/);
  return stderr;
}

/** What a printed curl command sends. */
function readCurl(line: string): { url: string; init: RequestInit } {
  const [, name = '', value = ''] = /-H '([^:']+): ([^']*)'/.exec(line) ?? [];
  return {
    url: /'(http[^']+)'/.exec(line)?.[1] ?? 'no url',
    init: { method: /-X (\w+)/.exec(line)?.[1] ?? 'GET', headers: { [name]: value } },
  };
}

async function takenPort(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

async function untilAnswered(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const isAnswered = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAnswered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${url} is not answered`);
}

async function brandsNamed(api: string, name: string): Promise<number> {
  const response = await fetch(`${api}/catalog/brands?name=${encodeURIComponent(name)}`, { headers: FULL });
  return ((await response.json()) as { data: unknown[] }).data.length;
}
