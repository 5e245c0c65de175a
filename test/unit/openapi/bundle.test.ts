/** Documents as one: references, names, server prefixes, the platform's replies, and what is refused. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleDocuments } from '../../../openapi/generate/bundle.js';
import { loadFolder } from '../../../openapi/generate/load-documents.js';
import { tabulateOperations } from '../../../openapi/generate/operation-table.js';
import { descriptionFolder, sharedParts, teaDocument } from './description-folder.js';

function bundle(files: Readonly<Record<string, object | string>>) {
  const folder = descriptionFolder({ 'components/common.yaml': sharedParts, ...files });
  return bundleDocuments(loadFolder(join(folder, 'documents')), loadFolder(join(folder, 'components')), '1.2.3');
}

const list = '/stores/{store_hash}/v3/teas';

describe('bundleDocuments', () => {
  it("puts the server's path before every path, with a parameter for its variable", () => {
    const { document } = bundle({ 'documents/teas.v3.yaml': teaDocument() });
    expect(Object.keys(document.paths)).toEqual([list]);
    expect(document.paths[list]?.parameters).toEqual([{ $ref: '#/components/parameters/StoreHash' }]);
    expect(document.components?.['parameters']?.['StoreHash']).toMatchObject({ name: 'store_hash', in: 'path' });
    expect(document.servers).toEqual([{ url: 'https://api.bigcommerce.com' }]);
    expect(document.info['version']).toBe('1.2.3');
  });

  it('turns references to other files into references inside, and leaves out what nothing refers to', () => {
    const { document } = bundle({ 'documents/teas.v3.yaml': teaDocument() });
    expect(document.paths[list]?.get?.parameters).toEqual([{ $ref: '#/components/parameters/Limit' }]);
    expect(Object.keys(document.components?.['schemas'] ?? {})).toEqual(['Tea']);
    expect(Object.keys(document.components?.['securitySchemes'] ?? {})).toEqual(['X-Auth-Token']);
  });

  it('adds 401, 403 and 429 where they are missing', () => {
    const { get, post } = bundle({ 'documents/teas.v3.yaml': teaDocument() }).document.paths[list] ?? {};
    expect(get?.responses).toMatchObject({
      401: { $ref: '#/components/responses/Unauthorized' },
      403: { description: 'Not these teas.' },
      429: { $ref: '#/components/responses/TooManyRequests' },
    });
    expect(Object.keys(post?.responses ?? {})).toEqual(['201', '401', '403', '429']);
  });

  it('says at the path when another host serves it', () => {
    const elsewhere = { ...teaDocument(), servers: [{ url: 'https://payments.bigcommerce.com/stores/x' }] };
    const { document } = bundle({ 'documents/teas.v3.yaml': elsewhere });
    expect(document.paths['/stores/x/teas']).toMatchObject({ servers: [{ url: 'https://payments.bigcommerce.com' }] });
  });

  it('lets a document give a shared part its own name', () => {
    const local = { ...teaDocument() };
    const scheme = { $ref: '../components/common.yaml#/components/securitySchemes/X-Auth-Token' };
    const components = { ...local.components, securitySchemes: { 'X-Auth-Token': scheme } };
    const { document } = bundle({ 'documents/teas.v3.yaml': { ...local, components } });
    expect(document.components?.['securitySchemes']?.['X-Auth-Token']).toMatchObject({ type: 'apiKey' });
  });

  const coffee = (schemas: object, operationId = 'getCoffees') => ({
    ...teaDocument({ schemas }),
    paths: { '/coffees': { get: { operationId, responses: { 200: { description: 'Coffees.' } } } } },
  });

  it.each<{ what: string; files: Readonly<Record<string, object | string>>; error: RegExp }>([
    {
      what: 'a reference to a part that is not there',
      files: { 'documents/teas.v3.yaml': teaDocument({ schemas: { Tea: { $ref: '#/components/schemas/Te' } } }) },
      error: /teas\.v3\.yaml#\/components\/schemas\/Tea: #\/components\/schemas\/Te leads nowhere/,
    },
    {
      what: 'a reference to a file outside the description',
      files: {
        'documents/teas.v3.yaml': teaDocument({ schemas: { Tea: { $ref: 'gone.yaml#/components/schemas/A' } } }),
      },
      error: /teas\.v3\.yaml#\/components\/schemas\/Tea: gone\.yaml.* is not part of the description/,
    },
    {
      what: 'two components of one name',
      files: {
        'documents/coffees.v3.yaml': coffee({ Tea: { type: 'integer' } }),
        'documents/teas.v3.yaml': teaDocument(),
      },
      error: /teas\.v3\.yaml#\/components\/schemas\/Tea: coffees\.v3 defines another component of this name/,
    },
    {
      what: 'an operationId used twice',
      files: { 'documents/coffees.v3.yaml': coffee({}, 'getTeas'), 'documents/teas.v3.yaml': teaDocument() },
      error: /teas\.v3\.yaml#\/paths\/~1teas\/get: operationId getTeas is used by coffees\.v3#\/paths\/~1coffees\/get/,
    },
    {
      what: 'a path described twice',
      files: {
        'documents/a.v3.yaml': { ...teaDocument(), paths: { '/teas': {} } },
        'documents/teas.v3.yaml': teaDocument(),
      },
      error: /teas\.v3\.yaml#\/paths\/~1teas: this path is described twice/,
    },
    {
      what: 'a file that is no YAML',
      files: { 'documents/teas.v3.yaml': 'a: [1' },
      error: /teas\.v3\.yaml#: Flow sequence/,
    },
  ])('refuses $what, naming file and pointer', ({ files, error }) => {
    expect(() => bundle(files)).toThrow(error);
  });
});

describe('tabulateOperations', () => {
  it('gives one row per operation, by path, then method', () => {
    expect(tabulateOperations(bundle({ 'documents/teas.v3.yaml': teaDocument() }))).toEqual([
      {
        id: 'getTeas',
        method: 'GET',
        path: list,
        document: 'teas.v3',
        tag: 'Teas',
        scopes: ['store_teas'],
        resource: { collection: 'shop.teas', action: 'list' },
        statuses: [200, 401, 403, 429],
      },
      {
        id: 'createTea',
        method: 'POST',
        path: list,
        document: 'teas.v3',
        tag: '',
        scopes: null,
        statuses: [201, 401, 403, 429],
        body: { media: ['application/json'], required: true },
      },
    ]);
  });

  it.each([
    [{ collection: 'shop.teas', action: 'lst' }, /x-resource: lst is no action/],
    [{ collection: 'shop.teas', action: 'get', id: 'tea_id' }, /x-resource: the path has no parameter tea_id/],
    [{ collection: 'shop.teas', action: 'list', parent: { shop_id: 'shops' } }, /the path has no parameter shop_id/],
  ])('refuses x-resource %j', (resource, error) => {
    const get = { operationId: 'getTea', 'x-resource': resource, responses: { 200: { description: 'Tea.' } } };
    const documents = { 'documents/teas.v3.yaml': teaDocument({ paths: { '/teas/one': { get } } }) };
    expect(() => tabulateOperations(bundle(documents))).toThrow(error);
  });
});
