/** Builds the mock: what happens to a request, from top to bottom. */
import { fastify, type FastifyInstance } from 'fastify';
import { control } from './control/index-of-calls.js';
import { domains } from './domains/index.js';
import { oauthRoutes } from './oauth/routes.js';
import { resolveOptions, type MockServerOptions, type Settings } from './options.js';
import { accessToken } from './pipeline/access-token.js';
import { faults } from './pipeline/faults.js';
import { journal } from './pipeline/journal.js';
import { operationRoutes } from './pipeline/operation-routes.js';
import { preferredOutcome } from './pipeline/preferred-outcome.js';
import { rateLimit } from './pipeline/rate-limit.js';
import { sendError, sendUnreadable } from './pipeline/send-error.js';
import { storeLookup } from './pipeline/store-lookup.js';
import { openPersistence } from './persistence/open.js';
import { Engine } from './resources/engine.js';
import { MockState, type StateKeeper } from './state/mock-state.js';

/**
 * Builds a mock of the BigCommerce REST API without listening: `listen` gives it a port, `inject` needs none.
 * Each server owns its state; two servers in one process share nothing.
 * @throws OptionsError when an option is out of range
 */
export function buildMockServer(options: MockServerOptions = {}): FastifyInstance {
  return assemble(resolveOptions(options)).app;
}

/**
 * The server with its state, for this package's own command and tests.
 * @throws OptionsError when the folder to persist in cannot be used
 */
export function assemble(given: Settings): { app: FastifyInstance; state: MockState } {
  const engine = new Engine(domains);
  const persistence = given.persist === undefined ? undefined : openPersistence(given, given.persist);
  const settings = persistence?.settings ?? given;
  const state = new MockState(settings, engine.resources);
  state.keeper = persistence?.keep(state);
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
  if (state.keeper) keepBeforeAnswers(app, state.keeper);
  app.setErrorHandler(sendError); // any thrown error, in the body shape of the path's API version
  void app.register(control, { prefix: '/_mock', state }); // reset, inspect, move the clock: no part of the API
  void app.register(oauthRoutes, { state }); // consent and codes: how an app gets its token
  void app.register(restApi, { state, engine });
  return { app, state };
}

/** Replies of the REST API see to it themselves: they do not come by here. */
function keepBeforeAnswers(app: FastifyInstance, keeper: StateKeeper): void {
  app.addHook('onSend', (_request, _reply, _payload, next) => {
    keeper.keepAll();
    next();
  });
  app.addHook('onClose', () => keeper.close());
}

/** A scope of its own, so that no hook below reaches /_mock. A request meets these steps from top to bottom. */
async function restApi(api: FastifyInstance, { state, engine }: { state: MockState; engine: Engine }): Promise<void> {
  await api.register(journal, { state }); // every exchange, once answered
  await api.register(storeLookup, { state }); // from the path to operation and store: 404, 405
  await api.register(accessToken, { state }); // X-Auth-Token: 401 when it opens nothing here, 403 by scope
  await api.register(rateLimit); // X-Rate-Limit-* on authenticated replies, 429 past the quota
  await api.register(faults, { state }); // whatever a test asked to go wrong
  await api.register(preferredOutcome); // whatever the request itself asked for: Prefer: code=404
  await api.register(operationRoutes, { state, engine }); // validate, engine or handler, reply
  api.setNotFoundHandler(() => undefined); // a method beyond HTTP's usual ones: the lookup has answered it
}
