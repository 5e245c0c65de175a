/** Parameters against their rules, with the sentences that clients match. */
import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../../mock-server/pipeline/dialects.js';
import { readPathParameter, readQuery } from '../../../../mock-server/query/query-values.js';
import type { ParameterRule } from '../../../../openapi/index.js';

const rule = (name: string, more: Partial<ParameterRule>): ParameterRule => ({
  name,
  in: 'query',
  required: false,
  type: 'string',
  ...more,
});
const rules = [
  rule('limit', { type: 'integer' }),
  rule('page', { type: 'integer' }),
  rule('id:in', { type: 'array', items: 'integer' }),
  rule('price', { type: 'number' }),
  rule('is_visible', { type: 'boolean' }),
  rule('is_featured', { type: 'integer', enum: [0, 1] }),
  rule('sort', { enum: ['name', 'id'] }),
  rule('date_modified:min', { format: 'date-time' }),
];
const catalog = dialectOf('/stores/x/v3/catalog/products');
const channels = dialectOf('/stores/x/v3/channels');
const pages = dialectOf('/stores/x/v3/content/pages');

describe('readQuery', () => {
  it.each([
    ['limit', 'abc', 'Query parameter "limit" value must be integer. For input string: "abc".'],
    ['page', '0', 'Query parameter "page" value must be greater than 0. For input string: "0".'],
    ['limit', '-1', 'Query parameter "limit" value must be greater than 0. For input string: "-1".'],
    ['id:in', '1,hello', 'Query parameter "id:in" value may contain only integer values. For input string: "hello".'],
    ['price', 'cheap', 'Query parameter "price" value must be numeric. For input string: "cheap".'],
    ['is_visible', 'maybe', 'Query parameter "is_visible" value must be boolean. For input string: "maybe".'],
    ['sort', 'colour', 'Query parameter "sort" value must be one of: name, id. For input string: "colour".'],
    [
      'date_modified:min',
      'soon',
      'Query parameter "date_modified:min" value must be a date. For input string: "soon".',
    ],
  ])('refuses %s=%s', (name, value, message) => {
    expect(() => readQuery({ [name]: value }, rules, catalog)).toThrow(
      expect.objectContaining({ status: 422, message }),
    );
  });

  it.each([
    ['is_visible', 'true'],
    ['is_visible', '1'],
    ['is_featured', 'false'],
    ['id:in', '1, 2'],
    ['date_modified:min', '2026-01-01T00:00:00 00:00'],
    ['price', '10.50'],
  ])('takes %s=%s', (name, value) => {
    expect(readQuery({ [name]: value }, rules, catalog).get(name)).toBe(value);
  });

  it('ignores unknown names in the catalog and refuses them, by name, elsewhere', () => {
    expect(readQuery({ foo: '1' }, rules, catalog).size).toBe(0);
    expect(() => readQuery({ foo: '1', '': '', limit: '5' }, rules, channels)).toThrow(
      'The filter(s): foo,  are not valid filter parameter(s).',
    );
  });

  it('lists for pages what it cannot use, and refuses what they do not know with 400', () => {
    expect(() => readQuery({ 'id:in': '1,bar,x' }, rules, pages)).toThrow(
      expect.objectContaining({ status: 422, message: 'Invalid Input.', extra: { errors: ['bar', 'x'] } }),
    );
    expect(() => readQuery({ foo: '1' }, rules, pages)).toThrow(
      expect.objectContaining({ status: 400, detail: 'The filter(s): foo are not valid filter parameter(s).' }),
    );
    expect(() => readPathParameter('bar', rule('pageId', { in: 'path', type: 'integer' }), pages)).toThrow(
      expect.objectContaining({ status: 422, extra: { errors: ['bar'] } }),
    );
  });

  it('takes the last of a repeated value and adds lists up', () => {
    expect(readQuery({ limit: ['1', '2'] }, rules, catalog).get('limit')).toBe('2');
    expect(readQuery({ 'id:in': ['1,2', '3,4'] }, rules, catalog).get('id:in')).toBe('1,2,3,4');
  });
});

describe('readPathParameter', () => {
  const id = rule('id', { in: 'path', type: 'integer' });

  it('reads an id', () => {
    expect(readPathParameter('42', id)).toBe(42);
  });

  it.each(['abc', '{product_id}', '1.5', '-1', '99999999999', ''])('refuses "%s" with 400', (text) => {
    expect(() => readPathParameter(text, id)).toThrow(
      expect.objectContaining({ status: 400, message: 'Input is invalid' }),
    );
  });
});
