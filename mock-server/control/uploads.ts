/** Takes what clients upload under an address that the API gave them: the address alone opens it, as a signed one does. */
import type { FastifyInstance } from 'fastify';
import { NotFoundError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';

export function uploads(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, parsed) => {
    parsed(null, body);
  });
  api.put('/uploads/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    for (const { files } of state.stores.values()) {
      const file = files.get(path);
      if (!file) continue;
      files.set(path, { ...file, bytes: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0) });
      return reply.code(200).send();
    }
    throw new NotFoundError(`Nobody asked to upload to ${path}`);
  });
  done();
}
