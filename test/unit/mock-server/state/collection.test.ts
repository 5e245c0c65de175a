/** Rows in id order, their indexes, and what a failed transaction leaves behind: nothing. */
import { describe, expect, it } from 'vitest';
import { ChangeLog } from '../../../../mock-server/state/change-log.js';
import { Collection } from '../../../../mock-server/state/collection.js';

interface Tea {
  readonly id: number;
  readonly name: string;
  readonly shelf: number;
  readonly tags: readonly string[];
}

const tea = (id: number, name: string, shelf = 1, tags: readonly string[] = []): Tea => ({ id, name, shelf, tags });

function teas(log = new ChangeLog()): Collection<Tea> {
  const shape = {
    keyOf: (row: Tea) => row.id,
    unique: { name: { text: (row: Tea) => row.name.toLowerCase() || undefined } },
    index: ['shelf', 'tags'],
  };
  return new Collection<Tea>('teas', shape, log);
}

describe('Collection', () => {
  it('keeps rows by ascending id, whatever the order they came in', () => {
    const rows = teas();
    for (const id of [5, 1, 3]) rows.insert(tea(id, `tea ${String(id)}`));
    expect([...rows.values()].map(({ id }) => id)).toEqual([1, 3, 5]);
    expect(rows.keys).toEqual([1, 3, 5]);
  });

  it('never gives an id twice, not even that of a deleted row', () => {
    const rows = teas();
    rows.insert(tea(rows.nextId(), 'Assam'));
    rows.insert(tea(rows.nextId(), 'Ceylon'));
    rows.delete(2);
    expect(rows.nextId()).toBe(3);
  });

  it('finds rows by an indexed field and follows changes', () => {
    const rows = teas();
    rows.insert(tea(1, 'Assam', 7, ['black']));
    rows.insert(tea(2, 'Sencha', 7, ['green', 'loose']));
    expect(rows.keysWhere('shelf', 7)).toEqual([1, 2]);
    expect(rows.keysWhere('tags', 'loose')).toEqual([2]);
    rows.replace(tea(2, 'Sencha', 8, ['green']));
    expect(rows.keysWhere('shelf', 7)).toEqual([1]);
    expect(rows.keysWhere('tags', 'loose')).toEqual([]);
    rows.delete(1);
    expect(rows.keysWhere('shelf', 7)).toEqual([]);
  });

  it('tells which unique rule a row would break, and lets a row keep its own text', () => {
    const rows = teas();
    rows.insert(tea(1, 'Assam'));
    expect(rows.brokenUnique(tea(2, 'ASSAM'), 2)).toBe('name');
    expect(rows.brokenUnique(tea(1, 'ASSAM'), 1)).toBeUndefined();
    rows.replace(tea(1, 'Ceylon'));
    expect(rows.brokenUnique(tea(2, 'assam'), 2)).toBeUndefined();
  });

  it('exempts rows without a text from uniqueness', () => {
    const rows = teas();
    rows.insert(tea(1, ''));
    expect(rows.brokenUnique(tea(2, ''), 2)).toBeUndefined();
  });

  it('lists the rows of a parent', () => {
    const rows = teas();
    rows.insert(tea(1, 'a'), 100);
    rows.insert(tea(2, 'b'), 200);
    rows.insert(tea(3, 'c'), 100);
    expect(rows.rowsOf(100).map(({ id }) => id)).toEqual([1, 3]);
    rows.delete(1);
    expect(rows.keysOf(100)).toEqual([3]);
    expect(rows.parentOf(2)).toBe(200);
  });
});

describe('ChangeLog.transaction', () => {
  it('puts back everything that was written before the failure', () => {
    const log = new ChangeLog();
    const rows = teas(log);
    rows.load([tea(1, 'Assam', 1, ['black']), tea(2, 'Ceylon')], [10, 20]);
    expect(() =>
      log.transaction(() => {
        rows.replace(tea(1, 'Sencha', 9));
        rows.delete(2);
        rows.insert(tea(3, 'Oolong'), 10);
        throw new Error('refused');
      }),
    ).toThrow('refused');
    expect([...rows.values()]).toEqual([tea(1, 'Assam', 1, ['black']), tea(2, 'Ceylon')]);
    expect(rows.keysOf(10)).toEqual([1]);
    expect(rows.parentOf(2)).toBe(20);
    expect(rows.keysWhere('tags', 'black')).toEqual([1]);
    expect(rows.brokenUnique(tea(9, 'assam'), 9)).toBe('name');
    expect(rows.brokenUnique(tea(9, 'sencha'), 9)).toBeUndefined();
  });

  it('rolls back the inner part alone when the outer one goes on', () => {
    const log = new ChangeLog();
    const rows = teas(log);
    log.transaction(() => {
      rows.insert(tea(1, 'kept'));
      expect(() =>
        log.transaction(() => {
          rows.insert(tea(2, 'dropped'));
          throw new Error('partial');
        }),
      ).toThrow('partial');
    });
    expect([...rows.values()].map(({ name }) => name)).toEqual(['kept']);
  });

  it('leaves earlier changes alone when the failing part wrote nothing', () => {
    const log = new ChangeLog();
    const rows = teas(log);
    log.transaction(() => {
      rows.insert(tea(1, 'kept'));
      expect(() =>
        log.transaction(() => {
          throw new Error('nothing');
        }),
      ).toThrow('nothing');
    });
    expect(rows.size).toBe(1);
  });
});
