/** From the path to the operation and the store it names. Unknown paths end here, without rate-limit headers. */
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { operations, type Operation } from '../../openapi/index.js';
import { BadRequestError, MethodNotAllowedError, MethodNotImplementedError, NotFoundError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { exchangeOf } from './exchange.js';
import { refuse } from './reply.js';
import { RouteTable } from './route-table.js';

export const storeLookup = fp(
  function storeLookup(api: FastifyInstance, { state }: { state: MockState }, done: () => void) {
    const table = new RouteTable(operations);

    api.addHook('onRequest', (request, reply, next) => {
      const exchange = exchangeOf(request);
      const { method, url } = request;
      const found = table.find(method, url);
      // Its journal has what asked it for nothing that is there.
      if (typeof found === 'string') exchange.store = state.stores.get(STORE_PATH.exec(url)?.[1] ?? '');
      if (found === 'unknown-path') {
        refuse(request, reply, UNKNOWN_ROUTE);
      } else if (found === 'bad-encoding') {
        refuse(request, reply, BAD_ENCODING);
      } else if (found === 'wrong-method') {
        refuse(request, reply, method === 'PATCH' || method === 'TRACE' ? NOT_IMPLEMENTED : WRONG_METHOD);
      } else {
        exchange.operation = found.operation;
        exchange.pathValues = found.values;
        const hash = isNamed(found.operation)
          ? (found.values[0] ?? '')
          : (ownerOf(request.headers.host) ?? state.settings.storeHash);
        exchange.store = state.stores.get(hash);
        if (exchange.store) {
          next();
          return;
        }
        // A store that this mock does not have: 404 (assumed).
        exchange.note = `this mock has no store "${hash}"`;
        refuse(request, reply, UNKNOWN_ROUTE);
      }
    });
    done();
  },
  { name: 'store-lookup', dependencies: ['journal'] },
);

/** Does the path name the store? */
function isNamed({ path }: Operation): boolean {
  return path.startsWith('/stores/');
}

const STORE_PATH = /^\/stores\/([^/?]+)/;
const STORE_DOMAIN = /^store-([a-z0-9]{1,32})(?:-\d+)?\.mybigcommerce\.com(?::\d+)?$/i;

/** The store whose own domain a request names. Nothing in the paths of shoppers says whose they are: on any other host they are the default store's. */
function ownerOf(host = ''): string | undefined {
  return STORE_DOMAIN.exec(host)?.[1]?.toLowerCase();
}

const UNKNOWN_ROUTE = new NotFoundError('The route is not found, check the URL');
const BAD_ENCODING = new BadRequestError('Input is invalid');
/** Observed. */
const WRONG_METHOD = new MethodNotAllowedError('Method Not Allowed', null, {
  detail: 'The requested HTTP method is invalid for this endpoint.',
});
const NOT_IMPLEMENTED = new MethodNotImplementedError('Not Implemented', null, {
  detail: 'PATCH and TRACE are not part of this API.',
});
