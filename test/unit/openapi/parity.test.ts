/** What official documents say and ours do not: facts, exceptions, figures, wording, and the command around them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { OpenApiDocument, Schema } from '../../../openapi/description.js';
import { compareDocuments, unusedExceptions } from '../../../openapi/parity/compare-documents.js';
import { loadExceptions, type ParityException } from '../../../openapi/parity/exceptions.js';
import { areaOf } from '../../../openapi/parity/official-documents.js';
import { formatReport, percentage } from '../../../openapi/parity/report.js';
import { findSharedWording } from '../../../openapi/parity/wording.js';
import { descriptionFolder } from './description-folder.js';

interface Sketch {
  readonly parameters?: readonly object[];
  readonly request?: Schema | { $ref: string };
  readonly response?: Schema | { $ref: string };
  readonly schemas?: object;
  readonly id?: string;
}

const text: Schema = { type: 'string' };

/** A document with one operation, at a path whose parameter and server are written in two ways. */
function sketch({ parameters = [], request, response, schemas = {}, id = 'updateTea' }: Sketch, isOurs = false) {
  const put = {
    operationId: id,
    parameters,
    ...(request ? { requestBody: { content: { 'application/json': { schema: request } } } } : {}),
    responses: { 200: response ? { content: { 'application/json': { schema: response } } } : { description: 'Done.' } },
  };
  const host = 'https://api.bigcommerce.com';
  const document = {
    openapi: '3.0.3',
    info: {},
    servers: [{ url: isOurs ? host : `${host}/stores/{store_hash}/v3` }],
    paths: isOurs ? { '/stores/{store_hash}/v3/teas/{tea_id}': { put } } : { '/teas/{id}': { put } },
    components: { schemas },
  };
  return document as unknown as OpenApiDocument;
}

function compare(official: Sketch, ours: Sketch, exceptions: readonly ParityException[] = []) {
  const [report] = compareDocuments(
    [{ file: 'teas.v3.yml', content: sketch(official) }],
    sketch(ours, true),
    exceptions,
  );
  return report!;
}

/** `kind: at` for everything that disagrees. */
function disagreements(official: Sketch, ours: Sketch): string[] {
  return compare(official, ours).disagreements.map(({ kind, at }) => `${kind}: ${at}`);
}

describe('compareDocuments', () => {
  const object = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties });

  it.each<{ what: string; official: Sketch; ours: Sketch; wanted: string[] }>([
    { what: 'nothing where both say the same', official: { request: text }, ours: { request: text }, wanted: [] },
    {
      what: 'a parameter, by name and place',
      official: {
        parameters: [
          { name: 'id:in', in: 'query' },
          { name: 'Accept', in: 'header' },
        ],
      },
      ours: {
        parameters: [
          { name: 'id:in', in: 'path' },
          { name: 'accept', in: 'header' },
        ],
      },
      wanted: ['parameter: query id:in'],
    },
    {
      what: 'a property deep in a list',
      official: { response: object({ data: { type: 'array', items: object({ id: text, name: text }) } }) },
      ours: { response: object({ data: { type: 'array', items: object({ id: text }) } }) },
      wanted: ['property: response 200 data[].name'],
    },
    {
      what: 'a property of any branch',
      official: { request: { allOf: [object({ a: text }), { oneOf: [object({ b: text }), object({ c: text })] }] } },
      ours: { request: object({ a: text, b: text }) },
      wanted: ['property: request c'],
    },
    {
      what: 'a type, but not null',
      official: { request: object({ a: { type: 'integer' }, b: { type: 'string', nullable: true } }) },
      ours: { request: object({ a: { type: 'number' }, b: text }) },
      wanted: ['type: request a'],
    },
    { what: 'another operationId', official: { id: 'putTea' }, ours: {}, wanted: ['operationId: '] },
  ])('reports $what', ({ official, ours, wanted }) => {
    expect(disagreements(official, ours)).toEqual(wanted);
  });

  it('cuts a schema that lies inside itself, however ours is written', () => {
    const shelf = {
      type: 'object',
      properties: { id: text, shelves: { type: 'array', items: { $ref: '#/components/schemas/Shelf' } } },
    };
    const recursive: Sketch = { response: { $ref: '#/components/schemas/Shelf' }, schemas: { Shelf: shelf } };
    const flat: Sketch = { response: object({ id: text }) };
    expect(disagreements(recursive, recursive)).toEqual([]);
    expect(disagreements(recursive, flat)).toEqual([
      'property: response 200 shelves',
      'property: response 200 shelves[]',
    ]);
  });

  it('counts every fact of an operation that ours lacks, and names only the operation', () => {
    const official = sketch({ request: object({ a: text }) });
    const ours = { ...sketch({}, true), paths: {} };
    const [report] = compareDocuments([{ file: 'teas.v3.yml', content: official }], ours);
    expect(report!.disagreements).toHaveLength(1);
    expect(report!.scores.property).toEqual({ agreeing: 0, total: 1 });
    expect(percentage(report!.scores.type)).toBe(100);
  });

  it('sets known official errors apart, and tells which of them are no longer needed', () => {
    const used = { operation: 'updateTea', path: 'request *', reason: 'no such property is sent' };
    const unused = { operation: '*', path: 'response 200 data', reason: 'mended since' };
    const report = compare({ request: object({ a: text }) }, {}, [used, unused]);
    expect(report.scores.property).toEqual({ agreeing: 0, total: 0 });
    expect(report.disagreements).toMatchObject([{ kind: 'property', excepted: used }]);
    expect(unusedExceptions([used, unused], [report])).toEqual([unused]);
    expect(formatReport([report], [unused])).toContain(
      'excepted: property missing: request a (no such property is sent)',
    );
  });
});

describe('loadExceptions', () => {
  it('refuses an entry without a reason', () => {
    const folder = descriptionFolder({ 'exceptions.yaml': [{ operation: 'updateTea', path: '*' }] });
    const file = `${folder}/exceptions.yaml`;
    expect(() => loadExceptions(file)).toThrow(`${file}: entry 1 must have operation, path and reason`);
    expect(loadExceptions(`${folder}/none.yaml`)).toEqual([]);
  });
});

describe('areaOf', () => {
  it.each([
    ['catalog/brands_catalog.v3.yml', 'catalog'],
    ['customers.v2.yml', 'customers'],
  ])('%s belongs to %s', (file, area) => {
    expect(areaOf({ file })).toBe(area);
  });
});

describe('findSharedWording', () => {
  const official = [
    { file: 'theirs.yml', content: { description: 'A kettle should always be filled with fresh cold water.' } },
  ];
  const find = (content: unknown) => findSharedWording([{ file: 'ours.yaml', content }], official);

  it('finds eight words in a row, whatever stands between them', () => {
    expect(find({ paths: { '/a': { summary: 'Kettle should always be *filled* with fresh, cold tea' } } })).toEqual([
      { file: 'ours.yaml', pointer: '/paths/~1a/summary', words: 'kettle should always be filled with fresh cold' },
    ]);
  });

  it('leaves seven words and other keys alone', () => {
    expect(find({ summary: 'Kettle should always be filled with fresh tea' })).toEqual([]);
    expect(find({ example: 'A kettle should always be filled with fresh cold water.' })).toEqual([]);
  });
});

describe('npm run parity', () => {
  const script = fileURLToPath(new URL('../../../openapi/parity.ts', import.meta.url));
  const parity = (...args: string[]) => {
    const env = { ...process.env, BCMOCK_OFFICIAL_DOCS: '' };
    return spawnSync(process.execPath, ['--import', 'tsx', script, ...args], { encoding: 'utf8', env });
  };

  it('ends with 2 and one line when it cannot use its input', () => {
    for (const args of [[], ['no-such-folder'], ['.', '--types', 'many'], ['.', '--unknown']]) {
      const { status, stdout, stderr } = parity(...args);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr.trimEnd()).toMatch(/^parity: .+$/);
    }
  });

  it('ends with 1 when something is missed, and with 0 when less is asked', () => {
    const folder = descriptionFolder({ 'teas.v3.yml': sketch({ request: text }) });
    expect(parity(folder).status).toBe(1);
    const lenient = parity(folder, '--operations', '0', '--parameters', '0', '--json');
    expect(lenient.status).toBe(0);
    expect(JSON.parse(lenient.stdout)).toMatchObject({ total: { operation: { agreeing: 0, total: 1 } } });
  });

  const official =
    process.env['BCMOCK_OFFICIAL_DOCS'] ??
    fileURLToPath(new URL('../../../../shared/reference/openapi', import.meta.url));
  const isHere = existsSync(official);
  if (!isHere)
    console.warn('The catalog was not compared: set BCMOCK_OFFICIAL_DOCS to a folder of official documents.');
  it.skipIf(!isHere)('finds the catalog complete', () => {
    const { status, stdout } = parity(official, '--area', 'catalog', '--wording');
    expect([status, stdout.split('\n\n').at(-1)]).toEqual([0, expect.stringContaining('total')]);
  });
});
