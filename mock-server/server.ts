/** Builds the mock: what happens to a request, from top to bottom. */
import { fastify, type FastifyInstance } from 'fastify';
import { control } from './control/index-of-calls.js';
import { domains } from './domains/index.js';
import { resolveOptions, type MockServerOptions, type Settings } from './options.js';
import { accessToken } from './pipeline/access-token.js';
import { journal } from './pipeline/journal.js';
import { operationRoutes } from './pipeline/operation-routes.js';
import { rateLimit } from './pipeline/rate-limit.js';
import { sendError, sendUnreadable } from './pipeline/send-error.js';
import { storeLookup } from './pipeline/store-lookup.js';
import { Engine } from './resources/engine.js';
import { MockState } from './state/mock-state.js';

/**
 * Builds a mock of the BigCommerce REST API without listening: `listen` gives it a port, `inject` needs none.
 * Each server owns its state; two servers in one process share nothing.
 * @throws OptionsError when an option is out of range
 */
export function buildMockServer(options: MockServerOptions = {}): FastifyInstance {
  return assemble(resolveOptions(options)).app;
}

/** The server with its state, for this package's own command and tests. */
export function assemble(settings: Settings): { app: FastifyInstance; state: MockState } {
  const engine = new Engine(domains);
  const state = new MockState(settings, engine.resources);
  const app = fastify({
    bodyLimit: settings.bodyLimit,
    forceCloseConnections: true,
    logger: false,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 20_000 },
    frameworkErrors: sendError,
    clientErrorHandler: sendUnreadable,
  });
  app.addHook('onClose', (_app, done) => {
    state.webhooks.close(); // nobody is called any more
    done();
  });
  app.setErrorHandler(sendError); // any thrown error, in the body shape of the path's API version
  void app.register(control, { prefix: '/_mock', state }); // reset, inspect, move the clock: no part of the API
  void app.register(restApi, { state, engine });
  return { app, state };
}

/** A scope of its own, so that no hook below reaches /_mock. A request meets these steps from top to bottom. */
async function restApi(api: FastifyInstance, { state, engine }: { state: MockState; engine: Engine }): Promise<void> {
  await api.register(journal, { state }); // every exchange, once answered
  await api.register(storeLookup, { state }); // from the path to operation and store: 404, 405
  await api.register(accessToken, { state }); // X-Auth-Token: 401 when it opens nothing here, 403 by scope
  await api.register(rateLimit); // X-Rate-Limit-* on authenticated replies, 429 past the quota
  await api.register(operationRoutes, { state, engine }); // validate, engine or handler, reply
  api.setNotFoundHandler(() => undefined); // a method beyond HTTP's usual ones: the lookup has answered it
}
