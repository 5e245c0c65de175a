/** `GET /_mock/report`: the contract report, as JSON or, where the Accept header names it, as Markdown. */
import type { FastifyInstance } from 'fastify';
import type { MockState } from '../state/mock-state.js';
import { requireKnownFilters, requireStore, type Input } from './input.js';

// Checks and writers are loaded with the first of these calls: many mocks never see one.
export function reportCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get<{ Querystring: Input }>('/report', async ({ query, headers }, reply) => {
    requireKnownFilters(query, ['store_hash']);
    const store = query.store_hash === undefined ? undefined : requireStore(state, query.store_hash);
    const { contractReport } = await import('../report/contract-report.js');
    const report = await contractReport(state, store);
    if (!/\btext\/markdown\b/i.test(headers.accept ?? '')) return report;
    const { markdownReport } = await import('../report/markdown.js');
    return reply.type('text/markdown; charset=utf-8').send(markdownReport(report));
  });
  done();
}
