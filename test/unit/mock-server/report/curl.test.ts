/** Requests as command lines: a shell reads them as they were meant. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlOf } from '../../../../mock-server/report/curl.js';

const host = '127.0.0.1:4010';

/** What a shell would hand to curl. */
function argumentsOf(command: string): string[] {
  const script = `curl() { for each; do printf '%s\\0' "$each"; done; }\n${command}`;
  const env = { BIGCOMMERCE_ACCESS_TOKEN: 'the-token' };
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8', env }).split('\0').slice(0, -1);
}

describe('curlOf', () => {
  it('reads the token from the environment, and shows none', () => {
    const command = curlOf(
      { method: 'GET', url: '/stores/a/v3/x?name:like=a%20b&limit=1', requestBody: undefined },
      { host, 'x-auth-token': 'secret', accept: '*/*' },
    );
    expect(command).not.toContain('secret');
    expect(argumentsOf(command)).toEqual([
      '--globoff',
      'http://127.0.0.1:4010/stores/a/v3/x?name:like=a%20b&limit=1',
      '-H',
      'X-Auth-Token: the-token',
    ]);
  });

  it.each(['{"name":"Kettle\'s $HOME `id` \\\\ \\n"}', "@/etc/passwd ' $(id)", '"text"', '{"broken": '])(
    'hands the body over as it was: %s',
    (body) => {
      const command = curlOf(
        { method: 'POST', url: '/stores/a/v3/x', requestBody: Buffer.from(body) },
        { host, 'content-type': "text/'; id" },
      );
      expect(argumentsOf(command)).toEqual([
        '--globoff',
        '-X',
        'POST',
        'http://127.0.0.1:4010/stores/a/v3/x',
        '-H',
        "content-type: text/'; id",
        '--data-raw',
        body,
      ]);
    },
  );

  it.each<[string, string, Buffer | string | undefined, string]>([
    [
      'bytes that are no text',
      'PUT',
      Buffer.from([0xff, 0xd8]),
      "-X PUT http://127.0.0.1:4010/a --data-binary '@request-body'",
    ],
    [
      'what is too long to paste',
      'PUT',
      'x'.repeat(5_000),
      "-X PUT http://127.0.0.1:4010/a --data-binary '@request-body'",
    ],
    ['a GET with a body', 'GET', '1', '-X GET http://127.0.0.1:4010/a --data-raw 1'],
    ['no body for a HEAD', 'HEAD', '1', '-I http://127.0.0.1:4010/a'],
    [
      'hidden secrets',
      'POST',
      '{"password":"x"}',
      `-X POST http://127.0.0.1:4010/a --data-raw '{"password":"(hidden)"}'`,
    ],
  ])('has %s', (_what, method, requestBody, wanted) => {
    expect(curlOf({ method, url: '/a', requestBody }, { host })).toBe(`curl --globoff ${wanted}`);
  });
});
