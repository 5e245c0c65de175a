/** `/_mock/apps`: apps as their developers register them, with the addresses where they are called. */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { ConflictError, NotFoundError, UnprocessableError } from '../errors.js';
import { installedApp } from '../oauth/installations.js';
import { newToken } from '../state/api-accounts.js';
import type { App } from '../state/apps.js';
import type { MockState } from '../state/mock-state.js';
import { APP_FIELDS, readApp } from './app-input.js';
import { readInput } from './input.js';

/** Of one mock (assumed to be enough). */
const MOST_APPS = 1_000;

interface AppParams {
  readonly client_id: string;
}

export function appCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  const shown = (app: App): object => ({ ...withoutSecret(app), installed_in: storesWith(app, state) });

  api.get('/apps', () => {
    const data = state.apps.all().map(shown);
    return { data, meta: { total: data.length } };
  });
  api.post('/apps', (request, reply) => {
    const app = registered(readInput(request.body, ['client_id', 'client_secret', ...APP_FIELDS]), state);
    state.apps.keep(app);
    return reply.code(201).send({ ...shown(app), client_secret: app.client_secret });
  });
  api.get<{ Params: AppParams }>('/apps/:client_id', ({ params }) => shown(requireApp(state, params.client_id)));
  api.put<{ Params: AppParams }>('/apps/:client_id', ({ params, body }) => {
    const current = requireApp(state, params.client_id);
    const { client_id, client_secret } = current;
    const app = { ...current, ...readApp(readInput(body, APP_FIELDS), current), client_id, client_secret };
    state.apps.keep(app);
    return shown(app);
  });
  api.delete<{ Params: AppParams }>('/apps/:client_id', ({ params }, reply) => {
    const app = requireApp(state, params.client_id);
    const stores = storesWith(app, state);
    if (stores.length > 0) {
      throw new ConflictError('The app is installed', { client_id: `uninstall it first in: ${stores.join(', ')}` });
    }
    state.apps.remove(app.client_id);
    return reply.code(204).send();
  });
  done();
}

/** @throws NotFoundError */
export function requireApp({ apps }: MockState, client_id: string): App {
  const app = apps.byClientId(client_id);
  if (app) return app;
  throw new NotFoundError(`No app is registered as "${client_id.slice(0, 100)}"`, {
    client_id: 'register it by POST /_mock/apps',
  });
}

/** @throws UnprocessableError for bad fields or one app too many; ConflictError for a client id that is taken */
function registered(input: Parameters<typeof readApp>[0], state: MockState): App {
  const { client_id = newToken(), client_secret = randomBytes(32).toString('hex'), ...fields } = readApp(input);
  if (state.apps.size >= MOST_APPS) {
    throw new UnprocessableError('This mock has as many apps as it keeps', {
      apps: `at most ${String(MOST_APPS)}; remove one first`,
    });
  }
  // One client id is one account in every store.
  const isTaken = [...state.stores.values()].some(({ accounts }) => accounts.byClientId(client_id) !== undefined);
  if (isTaken || state.apps.byClientId(client_id)) {
    throw new ConflictError('The client id is that of another app or API account', { client_id: 'taken' });
  }
  return { client_id, client_secret, ...fields, created_at: new Date(state.clock.now()).toISOString() };
}

function withoutSecret({ client_id, ...app }: App): object {
  return { client_id, ...app, client_secret: undefined };
}

/** Hashes of the stores where the app is installed. */
function storesWith({ client_id }: App, { stores }: MockState): string[] {
  return [...stores.values()].filter((store) => installedApp(client_id, store)).map(({ hash }) => hash);
}
