/** How control calls take bodies: JSON, or none at all, whatever type an empty one is said to have. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnprocessableError } from '../errors.js';

/** Sets it for all calls that are registered on `api` afterwards. */
export function takeJsonBodies(api: FastifyInstance): void {
  // Refuses keys that reach for prototypes. It answers at once, whatever its signature says.
  const parse = api.getDefaultJsonParser('error', 'error');
  api.removeContentTypeParser('application/json');
  api.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    (request: FastifyRequest, text: string, parsed) => {
      if (text === '') {
        parsed(null, undefined);
        return;
      }
      parse.call(api, request, text, (error, body: unknown) => {
        parsed(error && new UnprocessableError('Input is invalid', { body: 'expected JSON' }), body);
      });
    },
  );
}
