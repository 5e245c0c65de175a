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

const servedFrom = (url: string) => ({ ...teaDocument(), servers: [{ url }] });

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

  it('adds 401, 403 and 429 where a token is needed and they are missing', () => {
    const { get, post } = bundle({ 'documents/teas.v3.yaml': teaDocument() }).document.paths[list] ?? {};
    expect(get?.responses).toMatchObject({
      401: { $ref: '#/components/responses/Unauthorized' },
      403: { description: 'Not these teas.' },
      429: { $ref: '#/components/responses/TooManyRequests' },
    });
    expect(Object.keys(post?.responses ?? {})).toEqual(['201', '401', '403', '429']);
  });

  it('adds nothing where no token is needed, or another way in will do', () => {
    for (const security of [[], [{}, { 'X-Auth-Token': [] }], [{ Session: [] }]]) {
      const { document } = bundle({ 'documents/teas.v3.yaml': { ...teaDocument(), security } });
      expect(document.paths[list]?.post).toMatchObject({ security, responses: { 201: {} } });
      expect(Object.keys(document.paths[list]?.post?.responses ?? {})).toEqual(['201']);
    }
  });

  it('adds to V2 the same refusals, and 304 to what it gets', () => {
    const { get, post } =
      bundle({ 'documents/teas.v2.yaml': servedFrom('https://api.bigcommerce.com/stores/x/v2') }).document.paths[
        '/stores/x/v2/teas'
      ] ?? {};
    expect(get?.responses).toMatchObject({
      304: { $ref: '#/components/responses/V2NotModified' },
      401: { $ref: '#/components/responses/Unauthorized' },
    });
    expect(Object.keys(post?.responses ?? {})).toEqual(['201', '401', '403', '429']);
  });

  it('says at the path when another host serves it', () => {
    const { document } = bundle({
      'documents/teas.v3.yaml': servedFrom('https://payments.bigcommerce.com/stores/x'),
    });
    expect(document.paths['/stores/x/teas']).toMatchObject({ servers: [{ url: 'https://payments.bigcommerce.com' }] });
  });

  it('keeps what an app serves beside what the API serves, each path with its own server', () => {
    const app = { default: 'app.example.com' };
    const rate = { operationId: 'rateTeas', security: [], responses: { 200: { description: 'Rates.' } } };
    const provider = {
      ...teaDocument(),
      servers: [{ url: 'https://{app_domain}', variables: { app_domain: app } }],
      paths: { '/teas': { post: rate } },
    };
    const { document } = bundle({ 'documents/provider.yaml': provider, 'documents/teas.v3.yaml': teaDocument() });
    expect(Object.keys(document.paths)).toEqual(['/teas', list]);
    expect(document.paths['/teas']?.servers).toEqual([{ url: 'https://{app_domain}', variables: { app_domain: app } }]);
    expect(document.paths['/teas']).not.toHaveProperty('parameters');
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
        host: 'management',
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
        host: 'management',
        tag: '',
        scopes: null,
        statuses: [201, 401, 403, 429],
        body: { media: ['application/json'], required: true },
      },
    ]);
  });

  it.each([
    ['https://api.bigcommerce.com/stores/x/v2', 'management'],
    ['https://payments.bigcommerce.com/stores/x', 'payments'],
    ['https://{store_domain}/api/storefront', 'storefront'],
    ['https://{store_domain}', 'login'],
    ['https://{app_domain}', 'provider'],
  ])('says who serves %s: %s', (url, host) => {
    const rows = tabulateOperations(bundle({ 'documents/teas.yaml': servedFrom(url) }));
    expect(rows.map((row) => row.host)).toEqual([host, host]);
  });

  it('refuses a server that it does not know', () => {
    const documents = { 'documents/teas.yaml': servedFrom('https://example.com') };
    expect(() => tabulateOperations(bundle(documents))).toThrow(/teas\.yaml#\/servers: https:\/\/example\.com is none/);
  });

  it('leaves scopes out where no token is needed, and refuses them there', () => {
    const [free] = tabulateOperations(
      bundle({
        'documents/teas.v3.yaml': teaDocument({
          paths: { '/teas': { get: { operationId: 'getTeas', security: [], responses: {} } } },
        }),
      }),
    );
    expect(free).not.toHaveProperty('scopes');
    const documents = { 'documents/teas.v3.yaml': { ...teaDocument(), security: [] } };
    expect(() => tabulateOperations(bundle(documents))).toThrow(/get\/x-scopes: scopes are those of an X-Auth-Token/);
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
