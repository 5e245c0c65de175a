/** From the path to the operation and the store it names. Unknown paths end here, without rate-limit headers (platform.md 1.2). */
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { operations } from '../../openapi/index.js';
import { BadRequestError, MethodNotAllowedError, MethodNotImplementedError, NotFoundError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { exchangeOf } from './exchange.js';
import { RouteTable } from './route-table.js';

export const storeLookup = fp(
  function storeLookup(api: FastifyInstance, { state }: { state: MockState }, done: () => void) {
    const table = new RouteTable(operations);

    api.addHook('onRequest', (request, _reply, next) => {
      const exchange = exchangeOf(request);
      const { method, url } = request;
      const found = table.find(method, url);
      if (found === 'unknown-path') {
        next(new NotFoundError('The route is not found, check the URL'));
      } else if (found === 'bad-encoding') {
        next(new BadRequestError('Input is invalid'));
      } else if (found === 'wrong-method') {
        next(method === 'PATCH' || method === 'TRACE' ? notImplemented() : wrongMethod());
      } else {
        exchange.operation = found.operation;
        exchange.pathValues = found.values;
        exchange.store = state.stores.get(found.values[0] ?? '');
        // A store that this mock does not have: 404 (platform.md 2.3, assumed).
        if (exchange.store) next();
        else
          next(
            new NotFoundError(
              'The route is not found, check the URL',
              {},
              { detail: `This mock has no store "${found.values[0] ?? ''}".` },
            ),
          );
      }
    });
    done();
  },
  { name: 'store-lookup', dependencies: ['journal'] },
);

/** catalog.md 0.3, observed. */
function wrongMethod(): MethodNotAllowedError {
  return new MethodNotAllowedError('Method Not Allowed', null, {
    detail: 'The requested HTTP method is invalid for this endpoint.',
  });
}

function notImplemented(): MethodNotImplementedError {
  return new MethodNotImplementedError('Not Implemented', null, {
    detail: 'PATCH and TRACE are not part of this API.',
  });
}
