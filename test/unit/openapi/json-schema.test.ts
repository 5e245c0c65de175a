/** OpenAPI 3.0 schemas for ajv: every keyword in which the two dialects differ. */
import { describe, expect, it } from 'vitest';
import type { Schema } from '../../../openapi/description.js';
import { formats, toJsonSchema } from '../../../openapi/json-schema.js';

describe('toJsonSchema', () => {
  it.each<[Schema, object]>([
    [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [
      { type: 'number', minimum: 0, exclusiveMinimum: true },
      { type: 'number', exclusiveMinimum: 0 },
    ],
    [
      { type: 'number', maximum: 9, exclusiveMaximum: false },
      { type: 'number', maximum: 9 },
    ],
    [{ type: 'number', format: 'float' }, { type: 'number' }],
    [
      { type: 'string', format: 'date' },
      { type: 'string', format: 'date' },
    ],
    [{ type: 'string', minLength: 0, default: '' }, { type: 'string' }],
    [
      {
        type: 'object',
        properties: { tea: { $ref: '#/components/schemas/Tea' } },
        additionalProperties: { type: 'string' },
      },
      { type: 'object', properties: { tea: { $ref: 'Tea' } }, additionalProperties: { type: 'string' } },
    ],
    [
      { oneOf: [{ type: 'array', items: { type: 'integer', nullable: true } }] },
      { oneOf: [{ type: 'array', items: { type: ['integer', 'null'] } }] },
    ],
    [{ properties: { title: { type: 'string' } } }, { properties: { title: { type: 'string' } } }],
  ])('%j', (given, wanted) => {
    expect(toJsonSchema(given, (target) => target.split('/').at(-1) ?? '')).toEqual(wanted);
  });
});

describe('formats', () => {
  it.each([
    ['date-time', '2018-05-07T20:14:17+00:00', true],
    ['date-time', '2018-05-07T20:14:17.5Z', true],
    ['date-time', '2018-05-07T20:14:17+0000', true],
    ['date-time', '2018-05-07', true],
    ['date-time', 'yesterday', false],
    ['date', '2018-05-07', true],
    ['date', '07.05.2018', false],
    ['uri', 'https://example.com/a.png', true],
    ['uri', 'a.png', false],
    ['email', 'jo@example.com', true],
    ['email', 'jo', false],
    ['uuid', '26d8c4b2-0f6e-4a8b-9f0a-5b7f1c3d2e1f', true],
    ['uuid', '26d8c4b2', false],
  ])('%s: %s is %s', (format, value, isSound) => {
    expect(formats[format]?.test(value)).toBe(isSound);
  });
});
