/** A small API description on disk, for tests of what reads one. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Every file as JSON, which is YAML, in a folder that goes when the test ends. */
export function descriptionFolder(files: Readonly<Record<string, object | string>>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bcmock-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Shared parts with the replies that every bundle needs, and one parameter. */
export const sharedParts = {
  components: {
    parameters: { Limit: { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, default: 50 } } },
    responses: {
      Unauthorized: { description: 'No known token.' },
      Forbidden: { description: 'The token lacks a scope.' },
      TooManyRequests: { description: 'The quota is spent.' },
      V2NotModified: { description: 'Nothing is new.' },
    },
    securitySchemes: { 'X-Auth-Token': { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } },
  },
};

/** A document of teas: one path with a list and a create, changed or widened by `paths` and `schemas`. */
export function teaDocument({ paths = {}, schemas = {} }: { paths?: object; schemas?: object } = {}) {
  return {
    openapi: '3.0.3',
    info: { title: 'Teas', version: '1' },
    servers: [
      {
        url: 'https://api.bigcommerce.com/stores/{store_hash}/v3',
        variables: { store_hash: { default: 'mockstore1', description: 'Names the store.' } },
      },
    ],
    security: [{ 'X-Auth-Token': [] }],
    tags: [{ name: 'Teas' }],
    paths: {
      '/teas': {
        get: {
          operationId: 'getTeas',
          tags: ['Teas'],
          'x-scopes': ['store_teas'],
          'x-resource': { collection: 'shop.teas', action: 'list' },
          parameters: [{ $ref: '../components/common.yaml#/components/parameters/Limit' }],
          responses: { 200: { description: 'The teas.' }, 403: { description: 'Not these teas.' } },
        },
        post: {
          operationId: 'createTea',
          requestBody: {
            required: true,
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Tea' } } },
          },
          responses: { 201: { description: 'The tea.' } },
        },
      },
      ...paths,
    },
    components: {
      schemas: {
        Tea: { type: 'object', required: ['name'], properties: { name: { type: 'string', maxLength: 9 } } },
        Unused: { type: 'string' },
        ...schemas,
      },
    },
  };
}
