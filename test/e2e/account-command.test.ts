/** `bcmock account`, installed, against `bcmock start`: what it prints where, and how it ends. */
import { describe, expect, it } from 'vitest';
import { bcmockOutcome, startMock } from './command.js';

describe('bcmock account', () => {
  it('makes, lists and deletes an account of a mock that runs', async () => {
    const mock = await startMock(['--size', 'empty']);
    const made = await bcmockOutcome(['account', 'create', '--preset', 'migration-source', '--url', mock.ready.url]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const [, token = ''] = /^ACCESS TOKEN: (\S+)$/m.exec(made.stdout) ?? [];
    const status = async (): Promise<number> =>
      (await fetch(`${mock.ready.api_url}/customers`, { headers: { 'X-Auth-Token': token } })).status;
    expect(await status()).toBe(200);
    const listed = await bcmockOutcome(['account', 'list'], { env: { BCMOCK_URL: mock.ready.url } });
    expect(listed.stdout).toContain('Migration away from BigCommerce');
    expect(listed.stdout).not.toContain(token);
    expect(await bcmockOutcome(['account', 'delete', '4', '--url', mock.ready.url])).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await status()).toBe(401);
    await mock.stop();
  });

  it('needs the control token of a mock that listens beyond loopback', async () => {
    const mock = await startMock(['--size', 'empty', '--host', '0.0.0.0', '--control-token', 'open-sesame']);
    const list = ['account', 'list', '--url', mock.ready.url];
    const refused = await bcmockOutcome(list);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^bcmock: GET \/_mock\/stores\/mockstore1\/api-accounts: 401, .*\n$/);
    expect(await bcmockOutcome([...list, '--control-token', 'open-sesame'])).toMatchObject({ code: 0, stderr: '' });
    await mock.stop();
  });

  it('ends with 2 and one line for what it cannot use, with 1 when no mock is there', async () => {
    const unusable = await bcmockOutcome(['account', 'create', '--colour', 'red']);
    expect(unusable).toMatchObject({ code: 2, stdout: '' });
    expect(unusable.stderr).toMatch(/^bcmock: --colour: .*\n$/);
    const alone = await bcmockOutcome(['account', 'list', '--url', 'http://127.0.0.1:1']);
    expect(alone).toMatchObject({ code: 1, stdout: '' });
    expect(alone.stderr).toMatch(/^bcmock: no mock answers at http:\/\/127\.0\.0\.1:1; .*\n$/);
  });

  it('explains itself', async () => {
    const { code, stdout } = await bcmockOutcome(['account', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('bcmock account create');
  });
});
