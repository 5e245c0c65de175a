/**
 * `POST /oauth2/token`: a code becomes an access token, for the app that it was granted to and once. The app is
 * installed by that. Described in the guide to the app flow; refusals are assumed where oauth-error.ts does not say otherwise.
 */
import { timingSafeEqual } from 'node:crypto';
import { logPanelEvent } from '../accounts/event-log.js';
import { ACCOUNT_UUID } from '../domains/store/store-information.v2.js';
import type { ApiAccount, NewCredentials } from '../state/api-accounts.js';
import type { App } from '../state/apps.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { isAlive, type Authorization } from './authorizations.js';
import { contextOf } from './callback-url.js';
import { installations, installedApp } from './installations.js';
import { OAuthError, REDIRECT_MISMATCH } from './oauth-error.js';

/** What a form or a JSON object named, texts only. */
export type Fields = Readonly<Partial<Record<string, string>>>;

interface Person {
  readonly id: number;
  readonly username: string;
  readonly email: string;
}

/** As documented, in this order. */
export interface TokenAnswer {
  readonly access_token: string;
  /** Null for a token that opens nothing. */
  readonly scope: string | null;
  readonly user: Person;
  readonly owner: Person;
  readonly context: string | null;
  readonly account_uuid: string;
}

export interface Exchanged {
  readonly answer: TokenAnswer;
  readonly store: Store;
  readonly account: ApiAccount;
  /** Said to whoever runs the mock, when the token will be of no use. */
  readonly note: string | undefined;
}

const REQUIRED = ['client_id', 'client_secret', 'grant_type', 'code', 'redirect_uri'] as const;

/** @throws OAuthError */
export function exchangeCode(fields: Fields, state: MockState): Exchanged {
  const app = requireApp(fields, state);
  const { code = '', context, scope = '' } = fields;
  const { authorization, store } = requireAuthorization(code, app, state);
  if (scope.split(/\s+/).some((each) => each !== '' && !authorization.scopes.includes(each))) {
    throw new OAuthError('invalid_scope', 'Parameter scope names a scope that the user has not granted');
  }
  state.authorizations.granted.delete(code);
  // Observed: without its store a token holds no scope, and every call with it is refused.
  const isBound = context === contextOf(store.hash);
  const user = store.users.byId(authorization.user_id) ?? store.users.owner;
  const { account, access_token } = install(app, authorization, isBound, store, user);
  return {
    answer: {
      access_token,
      scope: isBound ? authorization.scopes.join(' ') : null,
      user: shown(user),
      owner: shown(store.users.owner),
      context: context ?? null,
      account_uuid: ACCOUNT_UUID,
    },
    store,
    account,
    note: isBound ? undefined : `context is not "${contextOf(store.hash)}": the token holds no scope`,
  };
}

function requireApp(fields: Fields, { apps }: MockState): App {
  for (const name of REQUIRED) {
    if (fields[name] === undefined) throw new OAuthError('invalid_request', `Parameter ${name} is missing`);
  }
  const app = apps.byClientId(fields.client_id ?? '');
  if (!app) throw new OAuthError('invalid_client', 'Parameter client_id names no app');
  if (!sameText(app.client_secret, fields.client_secret ?? '')) {
    throw new OAuthError('invalid_client', 'Parameter client_secret is not that of the app');
  }
  if (fields.grant_type !== 'authorization_code') {
    throw new OAuthError('unsupported_grant_type', 'Parameter grant_type has to be authorization_code');
  }
  if (fields.redirect_uri !== app.auth_callback) throw new OAuthError('redirect_uri_mismatch', REDIRECT_MISMATCH);
  return app;
}

function requireAuthorization(
  code: string,
  { client_id }: App,
  { authorizations, stores }: MockState,
): { readonly authorization: Authorization; readonly store: Store } {
  const authorization = authorizations.granted.get(code);
  const store = authorization && stores.get(authorization.store_hash);
  if (store && authorization.client_id === client_id && isAlive(authorization, store)) return { authorization, store };
  throw new OAuthError('invalid_grant', 'The code is unknown, was used before, is too old or is that of another app');
}

/** A new token ends the one before it (documented). */
function install(
  { client_id, name }: App,
  { scopes }: Authorization,
  isBound: boolean,
  store: Store,
  { email }: User,
): NewCredentials {
  const { accounts, clock, users } = store;
  const rows = store.rows(installations);
  const before = installedApp(client_id, store);
  const created_at = new Date(clock.now()).toISOString();
  const granted = isBound ? scopes : null;
  return store.transaction(() => {
    const credentials =
      (before && accounts.renew(before.account.id, granted)) ??
      accounts.add({ name, client_id, kind: 'app', scopes: granted, created_at, created_by: email });
    const { installed_at = created_at, installed_by = email } = before?.installation ?? {};
    rows.delete(client_id);
    rows.insert({ client_id, scopes, owner_email: users.owner.email, installed_at, installed_by });
    const [summary, verb] = before ? ['App authorized again', 'authorized'] : ['App installed', 'installed'];
    logPanelEvent(store, 'apps', summary, `${email} ${verb} the app "${name}" (client ID ${client_id}).`);
    return credentials;
  });
}

function shown({ id, email }: User): Person {
  return { id, username: email, email };
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
