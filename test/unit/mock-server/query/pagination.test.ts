/** Page arithmetic and link texts. */
import { describe, expect, it } from 'vitest';
import { cursorPage, offsetPage } from '../../../../mock-server/query/pagination.js';
import { operationById } from '../../../../openapi/index.js';

const products = operationById('getProducts');
const metafields = operationById('getProductMetafields');
const trees = operationById('getCategoryTrees');
const numbers = Array.from({ length: 208 }, (_, position) => position + 1);

function pageOf(query: Record<string, string>, items: readonly number[] = numbers, operation = products) {
  const { items: shown, meta } = offsetPage(items, new Map(Object.entries(query)), operation);
  return { shown, pagination: (JSON.parse(meta) as { pagination: Record<string, unknown> }).pagination };
}

describe('offsetPage', () => {
  it('gives 50 rows without a limit', () => {
    const { shown, pagination } = pageOf({});
    expect(shown).toHaveLength(50);
    expect(pagination).toEqual({
      total: 208,
      count: 50,
      per_page: 50,
      current_page: 1,
      total_pages: 5,
      links: { current: '?page=1&limit=50', next: '?page=2&limit=50' },
    });
  });

  it('clamps a limit above 250 without a word', () => {
    expect(pageOf({ limit: '10000' }).pagination).toMatchObject({ per_page: 250, total_pages: 1 });
  });

  it('has previous from page 2 on, and no next on the last page', () => {
    expect(pageOf({ page: '5' }).pagination.links).toEqual({
      previous: '?page=4&limit=50',
      current: '?page=5&limit=50',
    });
  });

  it('repeats the filters first, form-encoded', () => {
    const { links } = pageOf({ limit: '2', 'product_id:in': '113,117', name: 'USPS (e)' }).pagination as {
      links: Record<string, string>;
    };
    expect(links.current).toBe('?product_id%3Ain=113%2C117&name=USPS+%28e%29&page=1&limit=2');
  });

  it('is empty past the end, with the real total', () => {
    const { shown, pagination } = pageOf({ page: '99' });
    expect(shown).toEqual([]);
    expect(pagination).toMatchObject({ total: 208, count: 0, current_page: 99 });
  });

  it('has no pages at all for an empty list', () => {
    expect(pageOf({}, []).pagination).toMatchObject({
      total: 0,
      count: 0,
      per_page: 50,
      current_page: 1,
      total_pages: 0,
    });
  });

  it('writes limit first and all three links on the tree service, even with one page', () => {
    const { links } = pageOf({}, [1], trees).pagination;
    expect(links).toEqual({ previous: '?limit=50&page=1', current: '?limit=50&page=1', next: '?limit=50&page=1' });
  });
});

describe('cursorPage', () => {
  const cursorsOf = (query: Record<string, string>) => {
    const { items, meta } = cursorPage(numbers, (number) => number, new Map(Object.entries(query)), metafields);
    return { items, meta: JSON.parse(meta) as { pagination?: object; cursor_pagination: Record<string, unknown> } };
  };

  it('gives both blocks when no cursor is sent', () => {
    const { meta } = cursorsOf({ limit: '5' });
    expect(Object.keys(meta)).toEqual(['pagination', 'cursor_pagination']);
    expect(meta.cursor_pagination).toMatchObject({ count: 5, per_page: 5 });
  });

  it('goes on after the last row and back before the first', () => {
    const first = cursorsOf({ limit: '5' });
    const second = cursorsOf({ limit: '5', after: String(first.meta.cursor_pagination.end_cursor) });
    expect(second.items).toEqual([6, 7, 8, 9, 10]);
    const back = cursorsOf({ limit: '5', before: String(second.meta.cursor_pagination.start_cursor) });
    expect(back.items).toEqual([1, 2, 3, 4, 5]);
  });

  it('ignores the page number once there is a cursor', () => {
    const { meta } = cursorsOf({ limit: '5' });
    expect(cursorsOf({ limit: '5', page: '9', after: String(meta.cursor_pagination.end_cursor) }).items[0]).toBe(6);
  });

  it('goes on from where a row was that is gone, in a list by key', () => {
    const left = numbers.filter((number) => number !== 5);
    const after5 = new Map([['after', Buffer.from('{"id":"5"}').toString('base64')]]);
    const key = (number: number): number => number;
    expect(cursorPage(left, key, after5, metafields, true).items[0]).toBe(6);
    expect(cursorPage(numbers, key, after5, metafields, true).items[0]).toBe(6);
    expect(() => cursorPage(left, key, after5, metafields)).toThrow(expect.objectContaining({ status: 422 }));
  });

  it('finds a cursor in a long list by key without looking at every row', () => {
    let looks = 0;
    const key = (number: number): number => {
      looks += 1;
      return number;
    };
    const query = new Map([['after', Buffer.from('{"id":"200"}').toString('base64')]]);
    expect(cursorPage(numbers, key, query, metafields, true).items).toEqual([201, 202, 203, 204, 205, 206, 207, 208]);
    expect(looks).toBeLessThan(20);
  });

  it.each([
    ['both cursors', { before: 'a', after: 'b' }],
    ['a cursor that is none', { after: 'zzz' }],
  ])('refuses %s', (_, query) => {
    expect(() => cursorsOf(query)).toThrow(expect.objectContaining({ status: 422 }));
  });
});
