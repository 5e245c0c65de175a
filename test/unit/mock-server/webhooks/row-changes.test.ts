import { describe, expect, it } from 'vitest';
import { ChangeLog, type LoggedChange } from '../../../../mock-server/state/change-log.js';
import { Collection } from '../../../../mock-server/state/collection.js';
import { differBeyond, RowChanges } from '../../../../mock-server/webhooks/row-changes.js';

interface Tea {
  readonly id: number;
  readonly name: string;
}

/** What a transaction did to teas of which the first is there; undefined when nobody was told. */
function changesOf(work: (teas: Collection<Tea>, log: ChangeLog) => void): RowChanges | undefined {
  const log = new ChangeLog();
  const teas = new Collection<Tea>('teas', { keyOf: ({ id }) => id, unique: {}, index: [] }, log);
  teas.load([{ id: 1, name: 'Assam' }]);
  let told: RowChanges | undefined;
  log.transaction(
    () => {
      work(teas, log);
    },
    (changes: readonly LoggedChange[]) => {
      told = new RowChanges(changes);
    },
  );
  return told;
}

describe('RowChanges', () => {
  it('joins what happened to a row on the way, from where it was to where it is', () => {
    const changes = changesOf((teas) => {
      teas.replace({ id: 1, name: 'Ceylon' });
      teas.insert({ id: 2, name: 'Darjeeling' });
      teas.replace({ id: 1, name: 'Earl Grey' });
    });
    expect(changes?.of('teas')).toEqual([
      { key: 1, before: { id: 1, name: 'Assam' }, after: { id: 1, name: 'Earl Grey' }, parent: undefined },
      { key: 2, before: undefined, after: { id: 2, name: 'Darjeeling' }, parent: undefined },
    ]);
  });

  it('knows nothing of a row that came and went', () => {
    const changes = changesOf((teas) => {
      teas.insert({ id: 2, name: 'Darjeeling' });
      teas.delete(2);
    });
    expect(changes?.has('teas')).toBe(false);
  });

  it('knows what is gone', () => {
    const changes = changesOf((teas) => {
      teas.delete(1);
    });
    expect(changes?.isGone('teas', 1)).toBe(true);
    expect(changes?.isGone('teas', 2)).toBe(false);
  });

  it('has no part of what was put back within it', () => {
    const changes = changesOf((teas, log) => {
      teas.insert({ id: 2, name: 'Darjeeling' });
      expect(() => {
        log.transaction(() => {
          teas.delete(1);
          throw new Error('refused');
        });
      }).toThrow('refused');
    });
    expect(changes?.of('teas').map(({ key }) => key)).toEqual([2]);
  });

  it('are told of once, by the outermost transaction, and not when nothing was written', () => {
    const log = new ChangeLog();
    const teas = new Collection<Tea>('teas', { keyOf: ({ id }) => id, unique: {}, index: [] }, log);
    const told: number[] = [];
    const tell = (changes: readonly LoggedChange[]): void => {
      told.push(changes.length);
    };
    log.transaction(() => undefined, tell);
    log.transaction(() => {
      log.transaction(() => {
        teas.insert({ id: 1, name: 'Assam' });
      }, tell);
      teas.insert({ id: 2, name: 'Ceylon' });
    }, tell);
    expect(told).toEqual([2]);
  });
});

describe('differBeyond', () => {
  it.each([
    [{ name: 'a', date_modified: '1' }, { name: 'a', date_modified: '2' }, false],
    [{ name: 'a' }, { name: 'b' }, true],
    [{ tags: ['a'] }, { tags: ['a'] }, false],
    [{ tags: ['a'] }, { tags: ['b'] }, true],
    [{ name: 'a', hidden: 1 }, { name: 'a', hidden: 2 }, false],
    [{ name: 'a' }, { name: 'a', more: 1 }, true],
  ])('between %j and %j is %s', (before, after, wanted) => {
    expect(differBeyond<object>(before, after, ['hidden'])).toBe(wanted);
  });
});
