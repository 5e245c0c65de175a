/** `POST /_mock/reset`: every store back to its seed, with journal and clock; or `{store_hash}` alone. */
import type { FastifyInstance } from 'fastify';
import type { MockState } from '../state/mock-state.js';
import { readInput, requireStore } from './input.js';

export function resetCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.post('/reset', (request) => {
    const { store_hash } = readInput(request.body, ['store_hash']);
    const stores = store_hash === undefined ? [...state.stores.values()] : [requireStore(state, store_hash)];
    state.reset(store_hash === undefined ? undefined : stores[0]);
    return { stores: stores.map((store) => ({ store_hash: store.hash, counts: store.counts() })) };
  });
  done();
}
