/** `/_mock/stores/{store_hash}/snapshots`: saved states of a store, kept as long as the store is. */
import type { FastifyInstance } from 'fastify';
import { NotFoundError, UnprocessableError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import type { SavedSnapshot, Store, StoreSnapshot } from '../state/store.js';
import { readInput, requireStore } from './input.js';

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const MOST_SNAPSHOTS = 1_000;

interface StoreParams {
  readonly store_hash: string;
}

interface SnapshotParams extends StoreParams {
  readonly name: string;
}

export function snapshotCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  const path = '/stores/:store_hash/snapshots';
  api.get<{ Params: StoreParams }>(path, ({ params }) => {
    const { snapshots } = requireStore(state, params.store_hash);
    return { data: [...snapshots].map(([name, saved]) => shown(name, saved)), meta: { total: snapshots.size } };
  });
  api.post<{ Params: StoreParams }>(path, ({ params, body }, reply) => {
    const store = requireStore(state, params.store_hash);
    const { name = freeName(store) } = readInput(body, ['name']);
    const saved = saveSnapshot(store, name);
    return reply.code(201).send(shown(name as string, saved));
  });
  api.put<{ Params: SnapshotParams }>(`${path}/:name`, ({ params }) => {
    const store = requireStore(state, params.store_hash);
    const saved = requireSnapshot(store, params.name);
    state.restore(store, saved.state);
    return shown(params.name, saved);
  });
  api.delete<{ Params: SnapshotParams }>(`${path}/:name`, ({ params }, reply) => {
    const store = requireStore(state, params.store_hash);
    requireSnapshot(store, params.name);
    store.snapshots.delete(params.name);
    return reply.code(204).send();
  });
  done();
}

/** Saves the state of a store under a name; an older one of that name is replaced. @throws UnprocessableError */
export function saveSnapshot(store: Store, name: unknown): SavedSnapshot {
  return keepSnapshot(store, name, store.snapshot(), store.counts());
}

/** Keeps a state under a name; an older one of that name is replaced. @throws UnprocessableError */
export function keepSnapshot(
  store: Store,
  name: unknown,
  state: StoreSnapshot,
  counts: SavedSnapshot['counts'],
): SavedSnapshot {
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw new UnprocessableError('Input is invalid', {
      name: 'expected 1 to 100 letters, digits, dots, dashes or underscores, a letter or digit first',
    });
  }
  if (store.snapshots.size >= MOST_SNAPSHOTS && !store.snapshots.has(name)) {
    throw new UnprocessableError('Input is invalid', {
      name: `a store keeps ${String(MOST_SNAPSHOTS)} snapshots; remove one first`,
    });
  }
  const saved = { at: store.clock.now(), counts, state };
  store.snapshots.set(name, saved);
  return saved;
}

/** @throws NotFoundError */
export function requireSnapshot(store: Store, name: string): SavedSnapshot {
  const saved = store.snapshots.get(name);
  if (saved) return saved;
  const known = [...store.snapshots.keys()].join(', ');
  throw new NotFoundError(`The store has no snapshot "${name}"`, {
    name: known === '' ? 'none is saved' : `known: ${known}`,
  });
}

function freeName(store: Store): string {
  let number = store.snapshots.size + 1;
  while (store.snapshots.has(`snapshot-${String(number)}`)) number += 1;
  return `snapshot-${String(number)}`;
}

/** A snapshot as control calls show it. */
export function shown(name: string, { at, counts }: SavedSnapshot): object {
  return { name, created_at: new Date(at).toISOString(), counts };
}
