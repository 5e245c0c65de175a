/** From `--persist` to a mock that goes on where it was: opens the folder, puts its state back, and keeps what follows. */
import type { Settings } from '../options.js';
import { OptionsError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { openFolder } from './folder.js';
import { Keeper } from './keeper.js';
import { partsOfMock } from './parts.js';
import { savedMockParts, savedStores, type SavedStore } from './saved-store.js';

export interface Persistence {
  /** The same, with the seed and size that the default store was once made with: later ones make no difference. */
  readonly settings: Settings;
  /** Puts back what was kept, into a state in which nothing happened yet, and keeps it from here on. */
  keep(state: MockState): Keeper;
}

/** @throws OptionsError when the folder cannot be used; nothing in it was changed */
export function openPersistence(settings: Settings, folder: string): Persistence {
  const database = openFolder(folder);
  let stores: SavedStore[];
  let parts: ReadonlyMap<string, unknown>;
  try {
    stores = savedStores(database);
    parts = savedMockParts(database);
  } catch (cause) {
    void database.close();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new OptionsError('persist', folder, `a folder whose data is whole; ${why}`, { cause });
  }
  const own = stores.find(({ hash }) => hash === settings.storeHash);
  return {
    settings: own ? { ...settings, seed: own.seed, size: own.size } : settings,
    keep: (state) => {
      for (const { name, load } of partsOfMock(state)) if (parts.has(name)) load(parts.get(name) as never);
      for (const saved of stores) putBack(state, saved);
      return new Keeper(database, state, stores);
    },
  };
}

function putBack(state: MockState, { hash, seed, size, rate_limit, snapshot, clockOffsetMs }: SavedStore): void {
  const { plan } = state.settings;
  const store =
    state.stores.get(hash) ?? state.createStore({ storeHash: hash, seed, size, plan, rateLimit: rate_limit }).store;
  state.restore(store, snapshot);
  store.clock.advance(clockOffsetMs);
}
