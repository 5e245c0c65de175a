/** Serves uploaded images back, under the URLs that the API gave for them. */
import type { FastifyInstance } from 'fastify';
import { NotFoundError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';

export function cdnFiles(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  api.get('/cdn/*', (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    for (const store of state.stores.values()) {
      const file = store.files.get(path);
      if (file)
        return reply
          .header('content-type', file.mediaType)
          .header('x-content-type-options', 'nosniff')
          .send(file.bytes);
    }
    throw new NotFoundError(`No image was uploaded to ${path}`);
  });
  done();
}
