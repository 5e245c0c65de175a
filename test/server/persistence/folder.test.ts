/** `--persist`: folders that are refused, and stay as they are. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OptionsError } from '../../../mock-server/errors.js';
import { newFolder, startIn } from './persisted-mock.js';

const brands = '/v3/catalog/brands';

/** A folder that a mock wrote, with a brand of this name. */
async function usedFolder(name = 'Recognisable'): Promise<string> {
  const folder = newFolder();
  const mock = await startIn(folder);
  await mock.post(brands, { name }).expect(200);
  await mock.close();
  return folder;
}

/** What is in a folder, save the table of readers, in which every reader signs. */
function contentsOf(folder: string): object {
  const files = readdirSync(folder).filter((file) => file !== 'lock.mdb');
  return Object.fromEntries(
    files.map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );
}

async function refusalOf(folder: string): Promise<OptionsError> {
  const error = await startIn(folder).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof OptionsError)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

/** It is refused in one line that says why, and nothing in it has changed. */
async function expectRefusal(folder: string, why: RegExp): Promise<void> {
  const before = contentsOf(folder);
  const { message } = await refusalOf(folder);
  expect(message).toMatch(why);
  expect(message).not.toContain('\n');
  expect(contentsOf(folder)).toEqual(before);
}

describe('a folder for --persist', () => {
  it('may be missing, or empty', async () => {
    const folder = join(newFolder(), 'a', 'b');
    const mock = await startIn(folder);
    await mock.close();
    expect(readdirSync(folder).sort()).toEqual(['data.mdb', 'lock.mdb', 'manifest.json']);
  });

  it('may be one in which a mock was ended while it began', async () => {
    const folder = await usedFolder();
    rmSync(join(folder, 'lock.mdb'));
    writeFileSync(join(folder, 'data.mdb'), '');
    await expect(startIn(folder)).resolves.toBeDefined();
  });

  it.each<[string, string | undefined, RegExp]>([
    ['of something else', undefined, /an empty folder or one that a mock wrote; it holds notes\.txt/],
    ['with a manifest of something else', '{"name":"my-extension","manifest_version":3}', /of something else/],
    ['with a manifest that is no JSON', '{"name":', /manifest\.json cannot be read/],
    ['with a manifest that is null', 'null', /of something else/],
    [
      'of a newer version',
      '{"name":"bigcommerce-mock","format":99,"version":"9.0.0"}',
      /bigcommerce-mock 9\.0\.0 wrote format 99/,
    ],
  ])('is refused when it is one %s', async (_, manifest, why) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    if (manifest !== undefined) writeFileSync(join(folder, 'manifest.json'), manifest);
    await expectRefusal(folder, why);
  });

  it('is refused when it is a file', async () => {
    const file = join(newFolder(), 'file');
    writeFileSync(file, 'mine');
    expect((await refusalOf(file)).message).toMatch(/a folder that can be read and written/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  it('is refused when a row in it was changed', async () => {
    const folder = await usedFolder('Recognisable');
    const file = join(folder, 'data.mdb');
    const data = readFileSync(file);
    for (let at = data.indexOf('Recognisable'); at >= 0; at = data.indexOf('Recognisable', at)) data[at] = 0x52 ^ 1;
    writeFileSync(file, data);
    await expectRefusal(folder, /the record mockstore1\/row\/catalog\.brands\/\d+ is damaged/);
  });

  it('is refused when its data is cut off', async () => {
    const folder = await usedFolder();
    const file = join(folder, 'data.mdb');
    truncateSync(file, Math.floor(statSync(file).size / 2));
    await expectRefusal(folder, /damaged/);
  });

  it('is refused when its data is overwritten', async () => {
    const folder = await usedFolder();
    const file = join(folder, 'data.mdb');
    const data = readFileSync(file);
    data.fill(0xa5, 8_192);
    writeFileSync(file, data);
    await expectRefusal(folder, /damaged/);
  });

  it('is refused when its data is of something else, and gets no file more', async () => {
    const folder = await usedFolder();
    writeFileSync(join(folder, 'data.mdb'), 'these are not the pages of a database'.repeat(1_000));
    rmSync(join(folder, 'lock.mdb'));
    await expectRefusal(folder, /damaged/);
    expect(existsSync(join(folder, 'lock.mdb'))).toBe(false);
  });

  it('is refused while another mock has it open, which goes on', async () => {
    const folder = newFolder();
    const mock = await startIn(folder);
    const { message } = await refusalOf(folder);
    expect(message).toMatch(/^persist: /);
    expect(message).toContain(`process ${String(process.pid)} has it open`);
    await mock.post(brands, { name: 'Goes on' }).expect(200);
    await mock.close();
    const next = await startIn(folder);
    expect((await next.get(brands)).body.data).toHaveLength(1);
  });
});
