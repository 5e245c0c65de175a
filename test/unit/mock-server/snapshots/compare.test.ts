/** What distinguishes two snapshots, in words. */
import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../../mock-server/snapshots/compare.js';
import type { RowContent, SnapshotContent } from '../../../../mock-server/snapshots/content.js';

function content(rows: readonly RowContent[], more: Partial<SnapshotContent> = {}): SnapshotContent {
  return {
    format: 'bigcommerce-mock snapshot',
    version: 1,
    store_hash: 'mockstore1',
    accounts: { last_id: 0, accounts: [], start: [] },
    users: { last_id: 1, users: [] },
    numbers: {},
    files: [],
    collections: { products: { last_id: 9, rows } },
    ...more,
  };
}

const row = (properties: object): RowContent[] => [{ key: 1, row: properties }];

describe('differencesOf', () => {
  it.each<[string, object, object, string[]]>([
    ['nothing', { a: 1, b: 2 }, { b: 2, a: 1 }, []],
    ['a value', { price: 10 }, { price: 12 }, ['products 1 price: 10 -> 12']],
    ['a type', { price: 10 }, { price: '10' }, ['products 1 price: 10 -> "10"']],
    ['a field that came', {}, { name: 'Tea' }, ['products 1 name: (nothing) -> "Tea"']],
    ['a field that went', { name: 'Tea' }, {}, ['products 1 name: "Tea" -> (nothing)']],
    ['null', { a: null }, { a: {} }, ['products 1 a: null -> {}']],
    ['a field within', { a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }, ['products 1 a.b.0.c: 1 -> 2']],
    ['the length of a list', { a: [1] }, { a: [1, 2] }, ['products 1 a: [1] -> [1,2]']],
    ['a list for an object', { a: [] }, { a: {} }, ['products 1 a: [] -> {}']],
  ])('tells of %s', (_, before, after, lines) => {
    expect(differencesOf(content(row(before)), content(row(after)))).toEqual(lines);
  });

  it('tells of rows that came and went', () => {
    const before = content([{ key: 1, row: { id: 1 } }]);
    const after = content([{ key: 2, row: { id: 2 } }]);
    expect(differencesOf(before, after)).toEqual(['products 1: removed', 'products 2: added {"id":2}']);
  });

  it('tells of a row below another parent', () => {
    const before = content([{ key: 1, parent: 5, row: {} }]);
    const after = content([{ key: 1, parent: 6, row: {} }]);
    expect(differencesOf(before, after)).toEqual(['products 1 (parent): 5 -> 6']);
  });

  it('tells of ids that were given, of files and of numbers', () => {
    const before = content([], {
      files: [{ path: '/a', media_type: 'image/png', base64: '' }],
      numbers: { values: 3 },
    });
    const after = content([], { collections: { products: { last_id: 10, rows: [] } }, numbers: { values: 4 } });
    expect(differencesOf(before, after)).toEqual([
      'files /a: removed',
      'last numbers values: 3 -> 4',
      'products (last id): 9 -> 10',
    ]);
  });

  it('does not count that stores have different hashes', () => {
    const before = content(row({ url: 'https://store-mockstore1.example.com/a' }));
    const after = content(row({ url: 'https://store-worker7.example.com/a' }), { store_hash: 'worker7' });
    expect(differencesOf(before, after)).toEqual([]);
  });

  it('shortens what is long', () => {
    const [line = ''] = differencesOf(content(row({ a: '' })), content(row({ a: 'x'.repeat(5_000) })));
    expect(line.length).toBeLessThan(300);
    expect(line).toContain('(5002 characters)');
  });
});
