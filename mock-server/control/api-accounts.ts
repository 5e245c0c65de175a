/** `/_mock/stores/{store_hash}/api-accounts`: store-level API accounts, as users manage them in the control panel. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actingUser, requirePermission, WARNING_HEADER, warningsFor } from '../accounts/acting-user.js';
import { createStoreAccount } from '../accounts/create-account.js';
import { credentialsFile } from '../accounts/credentials-file.js';
import { deleteStoreAccount } from '../accounts/delete-account.js';
import type { Permission } from '../accounts/permissions.js';
import { preflight } from '../accounts/preflight.js';
import { presetOf, presets } from '../accounts/presets.js';
import { ConflictError, NotFoundError, UnprocessableError } from '../errors.js';
import type { ApiAccount, NewCredentials } from '../state/api-accounts.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { ACCOUNT_FIELDS, readAccount } from './account-input.js';
import { readInput, requireKnownFilters, requireStore, type Input } from './input.js';

interface StoreParams {
  readonly store_hash: string;
}

interface AccountParams extends StoreParams {
  readonly id: string;
}

export function apiAccountCalls(api: FastifyInstance, { state }: { state: MockState }, done: () => void): void {
  /** Store and user of a call, when the user may make it. */
  const begin = (
    { params, headers }: FastifyRequest<{ Params: StoreParams }>,
    reply: FastifyReply,
    permission: Permission,
  ): { readonly store: Store; readonly user: User } => {
    const store = requireStore(state, params.store_hash);
    const user = actingUser(headers, store);
    requirePermission(user, permission);
    const [warning] = warningsFor(user);
    if (warning !== undefined) reply.header(WARNING_HEADER, warning);
    return { store, user };
  };
  const path = '/stores/:store_hash/api-accounts';

  api.get<{ Params: StoreParams }>(path, (request, reply) => {
    const { store } = begin(request, reply, 'list_store_level_api_accounts');
    const data = store.accounts.all().map(shownAccount);
    return { data, meta: { total: data.length } };
  });
  api.post<{ Params: StoreParams }>(path, (request, reply) => {
    const { store, user } = begin(request, reply, 'create_store_level_api_accounts');
    const credentials = createStoreAccount(store, readAccount(readInput(request.body, ACCOUNT_FIELDS)), user);
    const origin = `http://${request.headers.host ?? 'localhost'}`;
    return reply.code(201).send({ ...shownCredentials(credentials, store, origin), warnings: warningsFor(user) });
  });
  api.get<{ Params: AccountParams }>(`${path}/:id`, (request, reply) => {
    const { store } = begin(request, reply, 'list_store_level_api_accounts');
    return shownAccount(requireAccount(store, request.params.id));
  });
  api.delete<{ Params: AccountParams }>(`${path}/:id`, (request, reply) => {
    const { store, user } = begin(request, reply, 'delete_store_level_api_accounts');
    const account = requireAccount(store, request.params.id);
    if (account.kind === 'app') {
      throw new ConflictError('The account belongs to an app', { id: 'uninstall the app instead' });
    }
    deleteStoreAccount(store, account, user);
    return reply.code(204).send();
  });
  api.get<{ Params: AccountParams; Querystring: Input }>(`${path}/:id/preflight`, (request, reply) => {
    const { store } = begin(request, reply, 'list_store_level_api_accounts');
    const account = requireAccount(store, request.params.id);
    requireKnownFilters(request.query, ['preset']);
    const { preset } = request.query;
    const wanted = presetOf(preset);
    if (!wanted) {
      throw new UnprocessableError('Input is invalid', {
        preset: `expected one of: ${Object.keys(presets).join(', ')}`,
      });
    }
    return { account_id: account.id, name: account.name, preset, ...preflight(account, wanted.levels) };
  });
  done();
}

/** What anybody may know of an account: no secret and no hash of one. */
export function shownAccount(account: ApiAccount): object {
  const { id, name, kind, token_type, client_id, scopes, levels, created_at, created_by } = account;
  return {
    id,
    name,
    kind,
    token_type,
    client_id,
    scopes: [...scopes].sort(),
    levels: levels ?? null,
    created_at,
    created_by,
  };
}

/** What is shown once. @param origin where the mock was called, such as `http://127.0.0.1:4010` */
export function shownCredentials(credentials: NewCredentials, store: Store, origin: string): object {
  const { account, client_secret, access_token } = credentials;
  const api_path = `${origin}/stores/${store.hash}/v3/`;
  return {
    ...shownAccount(account),
    client_secret,
    access_token,
    api_path,
    credentials_file: credentialsFile(credentials, api_path),
  };
}

function requireAccount({ accounts, hash }: Store, id: string): ApiAccount {
  const account = /^\d{1,15}$/.test(id) ? accounts.byId(Number(id)) : undefined;
  if (account) return account;
  throw new NotFoundError(`The store "${hash}" has no API account "${id}"`);
}
