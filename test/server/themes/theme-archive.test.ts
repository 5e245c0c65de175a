/** Themes as the Stencil command line bundles them: the archive says what the theme is called and has. */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const config = {
  name: 'Coast',
  settings: { logo_size: '250x100', cards: 'wide' },
  variations: [
    { name: 'Sand', id: 'sand', meta: { description: 'Warm and bright.' }, settings: { cards: 'narrow' } },
    { name: 'Slate', id: 'slate' },
  ],
};
const files = {
  'config.json': JSON.stringify(config),
  'templates/pages/home.html': `{{{region name="home_top"}}}<main>{{{ region  name='home_end' }}}</main>`,
  'templates/pages/custom/product/gift.html': '<p></p>',
  'templates/pages/custom/brand/maker.html': '<p></p>',
};

describe('uploadStoreTheme', () => {
  it('names the theme and its variations as its archive does', async () => {
    const mock = await startMock();
    const theme = await upload(mock, zipOf(files));
    expect(theme).toMatchObject({
      name: 'Coast',
      variations: [
        { name: 'Sand', description: 'Warm and bright.', external_id: 'sand' },
        { name: 'Slate', description: '', external_id: 'slate' },
      ],
    });
  });

  it('keeps a configuration for each variation, its settings over those of the theme', async () => {
    const mock = await startMock();
    const { uuid, variations } = await upload(mock, zipOf(files));
    const [sand] = variations;
    const { body } = await mock.get(`/v3/themes/${uuid}/configurations?variation_uuid=${sand!.uuid}`).expect(200);
    expect(body.data).toMatchObject([{ settings: { logo_size: '250x100', cards: 'narrow' } }]);
    const all = await mock.get(`/v3/themes/${uuid}/configurations?channel_id:in=1`).expect(200);
    expect(all.body.data).toHaveLength(2);
  });

  it('brings custom templates, which associations are valid for once it is active', async () => {
    const mock = await startMock();
    const path = '/v3/storefront/custom-template-associations';
    const gift = { channel_id: 1, entity_type: 'product', entity_id: 1, file_name: 'gift.html' };
    await mock.put(path, [gift]).expect(200);
    const { variations } = await upload(mock, zipOf(files));
    expect((await mock.get(path)).body.data).toMatchObject([{ is_valid: false }]);
    await mock.post('/v3/themes/actions/activate', { variation_id: variations[1]!.uuid }).expect(204);
    expect((await mock.get(path)).body.data).toMatchObject([{ is_valid: true }]);
    const active = (await mock.get('/v3/channels/1/active-theme').expect(200)).body.data;
    const { body } = await mock.get(`/v3/themes/custom-templates/${active.active_theme_version_uuid}`).expect(200);
    expect(body.data).toEqual({ product: ['gift.html'], category: [], brand: ['maker.html'], page: [] });
  });

  it('brings the regions of its pages', async () => {
    const mock = await startMock();
    const { variations } = await upload(mock, zipOf(files));
    await mock.post('/v3/themes/actions/activate', { variation_id: variations[0]!.uuid }).expect(204);
    const { body } = await mock.get('/v3/content/regions?template_file=pages/home').expect(200);
    expect(body.data).toEqual([{ name: 'home_top' }, { name: 'home_end' }]);
    await mock.get('/v3/content/regions?template_file=pages/cart').expect(404);
  });

  it('reads files that are not packed, and all in one folder', async () => {
    const mock = await startMock();
    const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`coast/${path}`, text]));
    expect(await upload(mock, zipOf(inFolder, 0))).toMatchObject({ name: 'Coast', variations: [{}, {}] });
  });

  it.each([
    ['a configuration that is no JSON', zipOf({ 'config.json': '{' })],
    ['a file that is cut off', zipOf(files).subarray(0, -60)],
    ['a directory that leads nowhere', corrupted(zipOf(files))],
    ['a way of packing that nobody knows', zipOf(files, 12)],
  ])('fails as a job for %s', async (_, bytes) => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/themes').attach('file', bytes, 'x.zip').expect(201);
    const job = await mock.get(`/v3/themes/jobs/${body.job_id}`).expect(200);
    expect(job.body.data).toMatchObject({ status: 'FAILED', errors: [{ error: 'invalid_zip' }] });
    expect((await mock.get('/v3/themes')).body.data).toHaveLength(2);
  });
});

interface Theme {
  readonly uuid: string;
  readonly variations: readonly { readonly uuid: string }[];
}

async function upload(mock: MockClient, bytes: Buffer): Promise<Theme> {
  const { body } = await mock.post('/v3/themes').attach('file', bytes, 'bundle.zip').expect(201);
  const job = await mock.get(`/v3/themes/jobs/${body.job_id}`).expect(200);
  expect(job.body.data).toMatchObject({ status: 'COMPLETED', errors: [] });
  const theme = await mock.get(`/v3/themes/${job.body.data.result.theme_id}`).expect(200);
  return theme.body.data as Theme;
}

/** A zip with these files and no checksums, packed by a method of the format: 8 deflates, 0 does nothing. */
function zipOf(contents: Readonly<Record<string, string>>, method = 8): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let place = 0;
  for (const [path, text] of Object.entries(contents)) {
    const name = Buffer.from(path);
    const packed = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(Buffer.byteLength(text), 18);
    common.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, name, packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(place, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, entry, name]));
    bodies.push(body);
    place += body.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(entries.length, 12);
  end.writeUInt32LE(place, 16);
  return Buffer.concat([...bodies, entries, end]);
}

function corrupted(zip: Buffer): Buffer {
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(3, bytes.length - 6);
  return bytes;
}
