/** Keeping a state when the disk does not take it. The rest is tried on real folders, in test/server/persistence. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { brands } from '../../../../mock-server/domains/catalog/brands.v3.js';
import { resolveOptions } from '../../../../mock-server/options.js';
import type { Database } from '../../../../mock-server/persistence/folder.js';
import { Keeper } from '../../../../mock-server/persistence/keeper.js';
import { assemble } from '../../../../mock-server/server.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** A database that is full when it is told so. */
function diskOf(): { readonly database: Database; readonly written: Set<string>; isFull: boolean } {
  const written = new Set<string>();
  const disk = {
    written,
    isFull: false,
    database: {
      transactionSync: <Result>(work: () => Result): Result => {
        if (disk.isFull) throw new Error('no space left on device');
        return work();
      },
      putSync: (key: string) => written.add(key),
      removeSync: (key: string) => written.delete(key),
      getKeys: () => [],
      sync: (done: () => void) => {
        done();
      },
      close: () => Promise.resolve(),
    } as unknown as Database,
  };
  return disk;
}

describe('Keeper', () => {
  it('says once that the disk is full, goes on, and writes everything when there is room again', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { state } = assemble(resolveOptions({ size: 'empty' }));
    const store = state.stores.get('mockstore1')!;
    const disk = diskOf();
    const keeper = new Keeper(disk.database, state, []);
    disk.isFull = true;
    for (const id of [1, 2]) {
      store
        .rows(brands)
        .insert({ id, name: `Brand ${id}`, custom_url: { url: `/${id}/`, is_customized: false } } as never);
      keeper.keep(store);
    }
    expect(said.mock.calls.map(([text]) => text)).toEqual([
      'bcmock: the state cannot be written to the folder of --persist: no space left on device\n',
    ]);
    disk.isFull = false;
    keeper.keep(store);
    const row = (id: number): string => `mockstore1/row/catalog.brands/${String(id).padStart(16, '0')}`;
    expect([...disk.written]).toEqual(expect.arrayContaining([row(1), row(2)]));
    await keeper.close();
  });
});
