/** What `npm run generate` makes of the documents: the same bytes each time, and tables that fit together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generate } from '../../../openapi/generate.js';
import { bundledDocument, operationById, operationRules, operations } from '../../../openapi/index.js';
import { descriptionFolder, sharedParts, teaDocument, temporaryFolder } from './description-folder.js';

describe('generate', () => {
  it('writes the same bytes every time', { timeout: 60_000 }, async () => {
    const [first, second] = [temporaryFolder(), temporaryFolder()];
    await generate({ output: first });
    await generate({ output: second });
    expect(contents(second)).toEqual(contents(first));
    expect(contents(first).size).toBeGreaterThan(3);
  });

  it('removes what it no longer makes, and nothing when a document is broken', async () => {
    const output = descriptionFolder({ 'families/old.v3.cjs': 'module.exports = {}' });
    const broken = descriptionFolder({
      'documents/teas.v3.yaml': '- no mapping',
      'components/common.yaml': sharedParts,
    });
    await expect(generate({ source: broken, output })).rejects.toThrow('a mapping was expected');
    expect([...contents(output).keys()]).toEqual(['families/old.v3.cjs']);
    const source = descriptionFolder({
      'documents/teas.v3.yaml': teaDocument(),
      'components/common.yaml': sharedParts,
    });
    await generate({ source, output });
    expect([...contents(output).keys()]).toEqual([
      'bundle.json',
      'families/teas.v3.cjs',
      'operations.json',
      'types.ts',
    ]);
  });
});

describe('operations', () => {
  const resourceOperations = operations.filter(({ resource }) => resource);

  it('describe the whole catalog', () => {
    const catalog = operations.filter(({ document }) => document.startsWith('catalog/'));
    expect(catalog).toHaveLength(135);
  });

  it('have an id each, by which they are found', () => {
    expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
    for (const operation of operations) expect(operationById(operation.id)).toBe(operation);
    expect(operationById('no such operation')).toBeUndefined();
  });

  it('stand in the bundle at their path and method', () => {
    const { paths } = bundledDocument();
    const astray = operations.filter(({ id, path, method }) => {
      const item = paths[path] as Record<string, { operationId?: string }> | undefined;
      return item?.[method.toLowerCase()]?.operationId !== id;
    });
    expect(astray).toEqual([]);
  });

  it('of the catalog say which scopes open them and which collection they are about', () => {
    const silent = operations.filter(({ document, scopes, resource }) => {
      return document.startsWith('catalog/') && !(scopes && scopes.length > 0 && resource);
    });
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('name scopes, or that any token will do, where the management API serves them and nowhere else', () => {
    const odd = operations.filter((operation) => (operation.host === 'management') !== 'scopes' in operation);
    expect(odd.map(({ id }) => id)).toEqual([]);
  });

  it('change nothing with a read-only scope', () => {
    // A POST that only asks, such as for prices, is computed.
    const open = operations.filter(
      ({ method, scopes, resource }) =>
        method !== 'GET' && resource?.action !== 'computed' && scopes?.some((scope) => scope.includes('_read_only')),
    );
    expect(open.map(({ id }) => id)).toEqual([]);
  });

  it('document a success and a refusal', () => {
    const served = operations.filter(({ host }) => host !== 'provider');
    const incomplete = served.filter(({ statuses }) => !(statuses[0]! < 300 && statuses.at(-1)! >= 400));
    expect(incomplete.map(({ id }) => id)).toEqual([]);
  });

  it('name the row they are about unless they are about all rows', () => {
    const one = new Set(['get', 'update', 'replace', 'delete']);
    // Of some there is one only, below its parent or in the store: nothing names it.
    const named = new Set(resourceOperations.flatMap(({ resource }) => (resource!.id ? [resource!.collection] : [])));
    const nameless = resourceOperations.filter(
      ({ resource }) =>
        one.has(resource!.action) && !resource!.id && !resource!.parent && named.has(resource!.collection),
    );
    expect(nameless.map(({ id }) => id)).toEqual([]);
  });
});

describe('operationRules', () => {
  it('declare every parameter of the path but the store', () => {
    for (const operation of operations) {
      const declared = operationRules(operation).parameters.filter((parameter) => parameter.in === 'path');
      const named = [...operation.path.matchAll(/\{([^}]+)\}/g)]
        .map(([, name]) => name)
        .filter((n) => n !== 'store_hash');
      expect(declared.map(({ name }) => name).sort()).toEqual(named.sort());
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  it('validate a body wherever JSON is taken, and nowhere else', () => {
    for (const operation of operations) {
      const takesJson = operation.body?.media.some((media) => media.includes('json')) ?? false;
      const { validate, shape } = operationRules(operation);
      expect([operation.id, typeof validate]).toEqual([operation.id, takesJson ? 'function' : 'undefined']);
      expect(shape !== undefined).toBe(takesJson);
    }
  });

  it('report every broken rule of a body, with its place', () => {
    const { validate, shape } = operationRules(operationById('createBrand'));
    expect(validate?.({ name: 'Sencha House' })).toBe(true);
    expect(validate?.({ name: 7, page_title: 'x'.repeat(300) })).toBe(false);
    expect(validate?.errors).toMatchObject([
      { keyword: 'type', instancePath: '/name', params: { type: 'string' } },
      { keyword: 'maxLength', instancePath: '/page_title', params: { limit: 255 } },
    ]);
    expect(shape).toMatchObject({ name: '1..255', meta_keywords: [1], custom_url: { url: '1..1024' } });
  });

  it('refuse a document that was never generated', () => {
    expect(() => operationRules({ id: 'createBrand', document: 'catalog/gone' })).toThrow(/catalog-gone\.cjs/);
  });
});

/** File name to text, for every file below a folder. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(json|ts|cjs)$/.test(name),
  );
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}
