/** `bcmock account`, against a mock that listens. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ControlError } from '../../../mock-server/command/control-client.js';
import { runAccount } from '../../../mock-server/command/run-account.js';
import { OptionsError, startMockServer, type MockServer } from '../../../mock-server/index.js';

let mock: MockServer;
let folder: string;

beforeEach(async () => {
  mock = await startMockServer({ size: 'empty' });
  folder = mkdtempSync(join(tmpdir(), 'bcmock-account-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await mock.close();
});

const account = (...argv: string[]): Promise<string> => runAccount([...argv, '--url', mock.url], {});

const status = async (token: string, path: string): Promise<number> => {
  const answer = await fetch(`${mock.url}/stores/mockstore1${path}`, { headers: { 'X-Auth-Token': token } });
  return answer.status;
};

const tokenIn = (content: string): string => /^ACCESS TOKEN: (.*)$/m.exec(content)?.[1] ?? '';

describe('bcmock account create', () => {
  it('prints credentials that open what the preset asks for', async () => {
    const printed = await account('create', '--preset', 'migration-source');
    expect(printed).toMatch(/^NAME: Migration away from BigCommerce\nCLIENT ID: /);
    const token = tokenIn(printed);
    expect(await status(token, '/v3/catalog/products')).toBe(200);
    expect(await status(token, '/v3/pricelists/assignments')).toBe(200);
    expect(await status(token, '/v3/carts/a')).toBe(403);
  });

  it('takes scopes one by one, and prints JSON on request', async () => {
    const argv = ['--name', 'Orders', '--scope', 'orders=modify', '--scope', 'customers=read_only', '--json'];
    const printed = JSON.parse(await account('create', ...argv)) as { scopes: string[]; access_token: string };
    expect(printed.scopes).toEqual([
      'default',
      'store_metafield_write',
      'store_v2_customers_read_only',
      'store_v2_orders',
    ]);
    expect(await status(printed.access_token, '/v3/customers')).toBe(200);
  });

  it('saves the text file of the control panel, for its owner only', async () => {
    const printed = await account('create', '--preset', 'reporting-connector', '--save', folder);
    const [name, ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(name).toMatch(/^BigCommerceAPI-credentials-[a-z0-9]{31}-\.txt$/);
    expect(readFileSync(join(folder, name!), 'utf8')).toBe(printed);
    expect(statSync(join(folder, name!)).mode & 0o077).toBe(0);
  });

  it('makes nothing when the file could not be saved', async () => {
    const call = account('create', '--preset', 'reporting-connector', '--save', join(folder, 'nowhere'));
    await expect(call).rejects.toThrow(OptionsError);
    expect((await account('list')).split('\n')).toHaveLength(4);
  });

  it('names the field that the mock refuses', async () => {
    const call = account('create', '--name', 'abc', '--scope', 'products=all');
    await expect(call).rejects.toThrow(ControlError);
    await expect(call).rejects.toThrow(/422.*name: expected 4.*scopes\.products: expected one of: none, read_only/);
  });

  it('acts as the user who is named', async () => {
    await expect(account('create', '--preset', 'migration-target', '--user', 'nobody@example.com')).rejects.toThrow(
      'X-Mock-User',
    );
  });
});

describe('bcmock account list and delete', () => {
  it('print accounts without secrets, and end one', async () => {
    const token = tokenIn(await account('create', '--preset', 'migration-source'));
    const listed = await account('list');
    expect(listed.trimEnd().split('\n')[3]).toMatch(
      /^ {3}4 {2}[a-z0-9]{31} {2}api +10 scopes {2}Migration away from BigCommerce$/,
    );
    expect(listed).not.toContain(token);
    expect(await account('delete', '4')).toBe('Account 4 is deleted\n');
    expect(await status(token, '/v3/catalog/products')).toBe(401);
    await expect(account('delete', '4')).rejects.toThrow('404');
  });

  it('take store and control token from the environment', async () => {
    await expect(runAccount(['list', '--url', mock.url], { BCMOCK_STORE_HASH: 'acme' })).rejects.toThrow('"acme"');
    const listed = await runAccount(['list'], { BCMOCK_URL: mock.url, BCMOCK_CONTROL_TOKEN: 'unneeded' });
    expect(listed).toContain('Full access');
  });
});

describe('bcmock account with something that it cannot use', () => {
  it.each<[argv: string[], named: string]>([
    [[], 'create, list or delete'],
    [['make'], 'make'],
    [['create', 'now'], 'now'],
    [['create', '--presets', 'x'], '--presets'],
    [['create', '--scope', 'products'], '--scope'],
    [['create', '--preset'], '--preset'],
    [['delete'], 'account delete'],
    [['delete', 'abc'], 'abc'],
    [['delete', '1', '2'], '1 2'],
  ])('refuses %j', async (argv, named) => {
    const call = runAccount(argv, { BCMOCK_URL: mock.url });
    await expect(call).rejects.toThrow(OptionsError);
    await expect(call).rejects.toThrow(named);
  });

  it.each(['nonsense', 'ftp://127.0.0.1', ''])('refuses the address "%s"', async (url) => {
    await expect(runAccount(['list', '--url', url], {})).rejects.toThrow(OptionsError);
  });

  it('says so when no mock is there', async () => {
    await mock.close();
    await expect(account('list')).rejects.toThrow(`no mock answers at ${mock.url}`);
  });

  it('says so when something else is there', async () => {
    const other = createServer((_request, response) => response.end('<html>')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const call = runAccount(['list', '--url', `http://127.0.0.1:${String(port)}`], {});
    await expect(call).rejects.toThrow('is no mock');
    other.close();
  });
});
