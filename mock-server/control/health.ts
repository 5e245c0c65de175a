/** `GET /_mock/health` and `GET /_mock/openapi.json`. */
import type { FastifyInstance } from 'fastify';
import { bundledDocumentText, operations } from '../../openapi/index.js';
import type { MockState } from '../state/mock-state.js';
import { packageVersion } from '../package-version.js';

export function healthCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get('/health', () => ({
    status: 'ok',
    version: packageVersion,
    operations: operations.length,
    stores: state.stores.size,
  }));
  api.get('/openapi.json', (_request, reply) =>
    reply.header('content-type', 'application/json').send(bundledDocumentText()),
  );
  done();
}
