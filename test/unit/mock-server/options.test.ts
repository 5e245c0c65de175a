/** Options: defaults, checks, precedence; every refusal names the option, the value and what was allowed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadOptions } from '../../../mock-server/command/load-options.js';
import { OptionsError } from '../../../mock-server/errors.js';
import { resolveOptions } from '../../../mock-server/options.js';

describe('resolveOptions', () => {
  it('has the documented defaults', () => {
    expect(resolveOptions({})).toMatchObject({
      port: 4010,
      host: '127.0.0.1',
      storeHash: 'mockstore1',
      plan: 'standard',
      rateLimit: { requests: 150, windowMs: 30_000 },
      auth: 'enforce',
      seed: 1,
    });
  });

  it('lets a rate limit override the plan', () => {
    expect(resolveOptions({ plan: 'pro', rateLimit: '25/4' }).rateLimit).toEqual({
      requests: 25,
      windowMs: 4_000,
      unlimited: false,
    });
  });

  it.each<[string, unknown]>([
    ['port', 70_000],
    ['port', 1.5],
    ['host', 7],
    ['storeHash', 'Not a hash'],
    ['plan', 'gold'],
    ['plan', 'toString'],
    ['rateLimit', '25'],
    ['rateLimit', '0/4'],
    ['auth', 'maybe'],
    ['seed', -1],
    ['size', 'huge'],
    ['bodyLimit', 0],
    ['webhooks', 'some'],
    ['controlToken', 'short'],
    ['log', 'loud'],
    ['colour', 'red'],
  ])('refuses %s %j by name', (name, value) => {
    const resolve = () => resolveOptions({ [name]: value });
    expect(resolve).toThrow(OptionsError);
    expect(resolve).toThrow(name);
    expect(resolve).toThrow(String(value));
  });
});

describe('loadOptions', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'bcmock-options-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('prefers flag to variable to file to default', async () => {
    writeFileSync(path.join(folder, 'bcmock.config.json'), '{"port":1,"seed":1,"plan":"pro"}');
    const settings = await loadOptions({ port: '3' }, { BCMOCK_PORT: '2', BCMOCK_SEED: '2' }, folder);
    expect(settings).toMatchObject({ port: 3, seed: 2, plan: 'pro', storeHash: 'mockstore1' });
  });

  it.each([
    ['bcmock.config.js', 'export default { seed: 7 };'],
    ['bcmock.config.ts', 'const seed: number = 7;\nexport default { seed };'],
    ['bcmock.config.json', '{"seed":7}'],
  ])('reads %s', async (name, text) => {
    writeFileSync(path.join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(path.join(folder, name), text);
    expect(await loadOptions({}, {}, folder)).toMatchObject({ seed: 7 });
  });

  it.each([
    ['a file that is not there', {}, { config: 'gone.json' }, /--config: "gone.json"/],
    ['a file that is no JSON', { 'bcmock.config.json': '{' }, {}, /bcmock\.config\.json/],
    ['a file that gives no options', { 'bcmock.config.json': '[]' }, {}, /bcmock\.config\.json/],
    ['a file with an unknown key', { 'bcmock.config.json': '{"prot":1}' }, {}, /prot/],
    ['a file with a bad value', { 'bcmock.config.json': '{"plan":"gold"}' }, {}, /bcmock\.config\.json: plan: "gold"/],
    ['a flag that is no number', {}, { port: 'many' }, /--port: "many"/],
  ])('refuses %s', async (_, files, flags, message) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    await expect(loadOptions(flags, {}, folder)).rejects.toThrow(message);
  });

  it('names a bad variable', async () => {
    await expect(loadOptions({}, { BCMOCK_SEED: 'x' }, folder)).rejects.toThrow(/BCMOCK_SEED: "x"/);
  });
});
