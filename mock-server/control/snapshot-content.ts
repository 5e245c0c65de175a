/** `/_mock/stores/{store_hash}/snapshots/{name}/content`: a saved state as JSON, out of one mock and into another. */
import type { FastifyInstance } from 'fastify';
import { UnprocessableError } from '../errors.js';
import { problemOf } from '../snapshots/check-content.js';
import { contentOf, snapshotOf, type SnapshotContent } from '../snapshots/content.js';
import { snapshotText } from '../snapshots/text.js';
import type { MockState } from '../state/mock-state.js';
import type { StoreSnapshot } from '../state/store.js';
import { requireStore } from './input.js';
import { keepSnapshot, requireSnapshot, shown } from './snapshots.js';

/** Far beyond other bodies: a store of 20,000 products comes in one. In bytes. */
const BODY_LIMIT = 536_870_912;

interface Params {
  readonly store_hash: string;
  readonly name: string;
}

export function snapshotContentCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  const path = '/stores/:store_hash/snapshots/:name/content';
  api.get<{ Params: Params }>(path, ({ params }, reply) => {
    const store = requireStore(state, params.store_hash);
    const { state: snapshot } = requireSnapshot(store, params.name);
    return reply.type('application/json; charset=utf-8').send(snapshotText(contentOf(store, snapshot)));
  });
  api.put<{ Params: Params }>(path, { bodyLimit: BODY_LIMIT }, ({ params, body }) => {
    const store = requireStore(state, params.store_hash);
    const problem = problemOf(body);
    if (problem) throw new UnprocessableError('The snapshot is invalid', { [problem.field]: problem.expected });
    // Checked just now.
    const snapshot = snapshotOf(body as SnapshotContent, store);
    return shown(params.name, keepSnapshot(store, params.name, snapshot, countsOf(snapshot)));
  });
  done();
}

/** Number of rows by collection, those without any left out. */
function countsOf({ collections }: StoreSnapshot): Record<string, number> {
  const counts = [...collections].map(([name, { rows }]) => [name, rows.length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}
