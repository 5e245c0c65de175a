/** The properties that a body may have, over the branches of its schema, and those that it may not. */
import { describe, expect, it } from 'vitest';
import type { OpenApiDocument, Schema } from '../../../openapi/description.js';
import { bodyShape, readOnlyPaths } from '../../../openapi/generate/body-shape.js';

const text: Schema = { type: 'string' };

const document: OpenApiDocument = {
  openapi: '3.0.3',
  info: {},
  paths: {},
  components: {
    schemas: {
      Tea: { type: 'object', properties: { name: text } },
      Shelf: {
        type: 'object',
        properties: { shelves: { type: 'array', items: { $ref: '#/components/schemas/Shelf' } } },
      },
    },
  },
};
const tea = { $ref: '#/components/schemas/Tea' };

describe('bodyShape', () => {
  it.each<[string, Schema, unknown]>([
    ['a plain value', text, 1],
    ['a text with lengths', { type: 'string', minLength: 1, maxLength: 50 }, '1..50'],
    ['an object', { properties: { a: text, b: { properties: { c: text } } } }, { a: 1, b: { c: 1 } }],
    ['an array', { type: 'array', items: tea }, [{ name: 1 }]],
    ['an object that takes anything', { type: 'object', properties: { a: text }, additionalProperties: true }, 1],
    ['a bare object', { type: 'object' }, 1],
    ['read-only properties, left out', { properties: { id: { type: 'integer', readOnly: true }, a: text } }, { a: 1 }],
    ['allOf, of which one part only requires', { allOf: [tea, { type: 'object', required: ['name'] }] }, { name: 1 }],
    ['alternatives, united', { oneOf: [tea, { properties: { b: text } }] }, { name: 1, b: 1 }],
    [
      'alternatives that share a property',
      { anyOf: [{ properties: { t: tea } }, { properties: { t: text } }] },
      { t: { name: 1 } },
    ],
    ['an array or an object', { oneOf: [tea, { type: 'array', items: tea }] }, 1],
  ])('of %s', (_, schema, wanted) => {
    expect(bodyShape(document, schema)).toEqual(wanted);
  });

  it('ends where a schema lies inside itself', () => {
    expect(bodyShape(document, { $ref: '#/components/schemas/Shelf' })).toEqual({ shelves: [1] });
  });
});

describe('readOnlyPaths', () => {
  const id: Schema = { type: 'integer', readOnly: true };

  it.each<[string, Schema, string[]]>([
    ['a body without any', { properties: { a: text } }, []],
    ['properties at any depth', { properties: { id, a: { properties: { id } } } }, ['id', 'a.id']],
    [
      'rows of a batch',
      { type: 'array', items: { properties: { id, b: { type: 'array', items: { properties: { id } } } } } },
      ['[].id', '[].b[].id'],
    ],
    ['a reference that a schema makes read-only', { properties: { tea: { readOnly: true, allOf: [tea] } } }, ['tea']],
    [
      'a property that another branch lets write',
      { allOf: [{ properties: { id } }, { properties: { id: { type: 'integer' } } }] },
      [],
    ],
  ])('of %s', (_, schema, wanted) => {
    expect(readOnlyPaths(document, schema)).toEqual(wanted);
  });
});
