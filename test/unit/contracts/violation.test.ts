import { describe, expect, it } from 'vitest';
import { describeViolation } from '../../../contracts/index.js';
import { excerpt } from '../../../contracts/violation.js';

describe('excerpt', () => {
  it('leaves short values as they are', () => {
    for (const value of ['text', 5, null, undefined, true, { a: [1, { b: 'c' }] }])
      expect(excerpt(value)).toEqual(value);
  });

  it('cuts long texts, lists and objects, and whatever lies deep inside', () => {
    expect(excerpt('x'.repeat(1_000))).toHaveLength(201);
    expect(excerpt(Array.from({ length: 100 }, () => 0))).toHaveLength(13);
    const wide = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`key${n}`, n]));
    expect(Object.keys(excerpt(wide) as object)).toHaveLength(13);
    expect(excerpt([[[[[[1]]]]]])).toEqual([[[['…']]]]);
  });
});

describe('describeViolation', () => {
  it('is one line', () => {
    const line = describeViolation({
      check: 'response-body',
      operation: 'getBrand',
      pointer: '/response/body/data/id',
      rule: 'type',
      expected: 'integer',
      received: undefined,
    });
    expect(line).toBe('getBrand: response-body at /response/body/data/id: type: expected "integer", received nothing');
  });
});
