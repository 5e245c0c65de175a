/** Every operation that writes, called on one store while another of the same seed looks on: they have most rows in common. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExistingRows, runCase, writeCases } from '../../contracts/index.js';
import { resolveOptions } from '../../mock-server/options.js';
import { assemble } from '../../mock-server/server.js';
import type { MockState } from '../../mock-server/state/mock-state.js';
import type { Store } from '../../mock-server/state/store.js';
import { operations } from '../../openapi/index.js';
import { BODY_LIMIT, targetAt, type MockTarget } from './mock-target.js';

const writes = operations.filter(
  ({ host, method, path }) => host !== 'provider' && method !== 'GET' && isOfStore(path),
);

/** Paths of a shop's own domain are those of the default store. */
function isOfStore(path: string): boolean {
  return path.startsWith('/stores/');
}

let target: MockTarget;
let state: MockState;
let acme: Store;
let bolt: Store;

beforeAll(async () => {
  const mock = assemble(resolveOptions({ plan: 'unlimited', bodyLimit: BODY_LIMIT, webhooks: 'off' }));
  state = mock.state;
  const choices = { ...state.settings, storeHash: 'acme' };
  const { store, credentials } = state.createStore(choices);
  acme = store;
  bolt = state.createStore({ ...choices, storeHash: 'bolt' }).store;
  const [fullAccess = '', readOnly = '', noScopes = ''] = credentials.map(({ access_token }) => access_token);
  target = await targetAt(mock.app, acme.hash, { fullAccess, readOnly, noScopes });
});

afterAll(() => target.close());

/** All that a store holds, as texts by collection. */
function contentOf(store: Store): Readonly<Record<string, string>> {
  const rows = store.allRows().map((collection) => [collection.name, JSON.stringify(collection.dump())] as const);
  return {
    ...Object.fromEntries(rows),
    'uploaded files': [...store.files.keys()].join(' '),
    'last numbers': JSON.stringify([...store.lastNumbers]),
    accounts: JSON.stringify(store.accounts.dump()),
  };
}

describe('stores of one seed', () => {
  it('share the rows that do not name their store', () => {
    const [ofAcme, ofBolt] = [acme.allRows(), bolt.allRows()];
    const shared = ofAcme.flatMap((collection, place) =>
      [...collection.values()].filter((row) => row === ofBolt[place]!.get(collection.shape.keyOf(row))),
    );
    const all = ofAcme.reduce((sum, { size }) => sum + size, 0);
    expect(shared.length / all).toBeGreaterThan(0.5);
    for (const row of shared) expect(JSON.stringify(row)).not.toMatch(/acme|bolt/);
  });
});

describe.each(writes)('$id', (operation) => {
  it('changes nothing in another store', async () => {
    const before = contentOf(bolt);
    for (const given of writeCases(operation)) {
      state.reset(acme);
      const { exchange } = await runCase(given, target, new ExistingRows(target));
      expect(exchange?.response.status ?? 200, JSON.stringify(exchange?.response.body)).toBeLessThan(500);
    }
    const after = contentOf(bolt);
    expect(Object.keys(after).filter((name) => after[name] !== before[name])).toEqual([]);
  });
});
