/**
 * `/_mock/stores/{store_hash}/apps`: what users of a store do with apps in the control panel. The mock calls the app as
 * the browser or BigCommerce would, unless `call` is false: then whoever asks gets the address and goes there.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actingUser, requirePermission, WARNING_HEADER, warningsFor } from '../accounts/acting-user.js';
import type { Permission } from '../accounts/permissions.js';
import { channelSource } from '../domains/carts/elsewhere.js';
import { callApp, notCalled, type CallResult } from '../oauth/call-app.js';
import type { CallbackDetails } from '../oauth/callback-url.js';
import { installations, installedApp, needsConsent } from '../oauth/installations.js';
import { installUrl, loadUrl, removeUserUrl, uninstall } from '../oauth/lifecycle.js';
import type { App } from '../state/apps.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { requireApp } from './apps.js';
import { invalid, readInput, requireStore, type Input } from './input.js';

interface StoreParams {
  readonly store_hash: string;
}

interface AppParams extends StoreParams {
  readonly client_id: string;
}

type AppRequest = FastifyRequest<{ Params: AppParams }>;

/** What a click is about. */
interface Click {
  readonly store: Store;
  readonly app: App;
  readonly user: User;
  readonly input: Input;
}

/** Documented: a browser that consented comes from there. */
const LOGIN_PAGE = 'https://login.bigcommerce.com/';

/** Longer paths are no deep links. */
const LONGEST_PATH = 2_000;

export function storeAppCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  const closing = new AbortController();
  api.addHook('onClose', (_app, closed) => {
    closing.abort(new Error('the mock was closed'));
    closed();
  });
  const path = '/stores/:store_hash/apps';

  api.get<{ Params: StoreParams }>(path, ({ params }) => {
    const store = requireStore(state, params.store_hash);
    const data = [...store.rows(installations).values()].map(({ client_id }) => shown(client_id, store, state));
    return { data, meta: { total: data.length } };
  });

  /**
   * Adds a call that somebody clicks by.
   * @param act gives the address where the app is told of it, if it is
   */
  const addClick = (
    click: string,
    permission: Permission,
    fields: readonly string[],
    act: (click: Click) => string | undefined,
    referer?: string,
  ): void => {
    api.post<{ Params: AppParams }>(`${path}/:client_id/${click}`, async (request, reply) => {
      const found = begin(request, reply, permission, fields);
      const isCalled = readCall(found.input.call);
      const { store, app, user } = found;
      const url = act(found);
      // What happened stays, whatever the app makes of it.
      state.keeper?.keep(store);
      let callback: CallResult | null = null;
      if (url !== undefined) {
        const options = { calls: state.settings.webhooks, signal: closing.signal, ...(referer && { referer }) };
        callback = isCalled ? await callApp(url, options) : notCalled(url);
      }
      const { client_id } = app;
      return {
        store_hash: store.hash,
        client_id,
        is_installed: installedApp(client_id, store) !== undefined,
        callback,
        warnings: warningsFor(user),
      };
    });
  };

  /** Store, app and user of a call, when the user may make it. */
  const begin = (
    { params, headers, body }: AppRequest,
    reply: FastifyReply,
    permission: Permission,
    fields: readonly string[],
  ): Click => {
    const store = requireStore(state, params.store_hash);
    const app = requireApp(state, params.client_id);
    const user = actingUser(headers, store);
    requirePermission(user, permission);
    const [warning] = warningsFor(user);
    if (warning !== undefined) reply.header(WARNING_HEADER, warning);
    return { store, app, user, input: readInput(body, ['call', ...fields]) };
  };

  addClick('install', 'install_apps', [], ({ app, store, user }) => installUrl(app, store, user, state), LOGIN_PAGE);
  addClick('load', 'launch_apps', ['url', 'channel_id'], ({ app, store, user, input }) =>
    loadUrl(app, store, user, readDetails(input, store)),
  );
  addClick('uninstall', 'uninstall_apps', [], ({ app, store, user }) => uninstall(app, store, user));
  addClick('remove-user', 'manage_users', ['user'], ({ app, store, user, input }) =>
    removeUserUrl(app, store, readUser(input.user, store), user),
  );
  done();
}

/** @throws UnprocessableError */
function readCall(value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? true;
  throw invalid('call', 'expected true or false');
}

/** @throws UnprocessableError */
function readDetails({ url = '/', channel_id = null }: Input, store: Store): CallbackDetails {
  if (typeof url !== 'string' || url.length > LONGEST_PATH || !/^\/(?!\/)[\x21-\x7e]*$/.test(url)) {
    throw invalid('url', 'expected a path within the app, such as /orders/12');
  }
  if (channel_id === null) return { url };
  if (typeof channel_id === 'number' && store.rows(channelSource).has(channel_id)) return { url, channel_id };
  throw invalid('channel_id', 'expected the id of a channel of the store, or null');
}

/** @throws UnprocessableError */
function readUser(value: unknown, { users }: Store): User {
  const user =
    typeof value === 'number' ? users.byId(value) : typeof value === 'string' ? users.byEmail(value) : undefined;
  if (user) return user;
  throw invalid('user', 'expected the id or e-mail address of a user of the store');
}

function shown(client_id: string, store: Store, { apps }: MockState): object {
  const app = apps.byClientId(client_id);
  const found = installedApp(client_id, store);
  return {
    client_id,
    name: found?.account.name ?? app?.name,
    account_id: found?.account.id,
    scopes: found?.installation.scopes,
    installed_at: found?.installation.installed_at,
    installed_by: found?.installation.installed_by,
    needs_consent: app && found ? needsConsent(app, found, store) : false,
  };
}
