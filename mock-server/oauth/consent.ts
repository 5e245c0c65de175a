/** Asking a user of a store to let an app in, and what follows from the answer. */
import { requirePermission } from '../accounts/acting-user.js';
import type { App } from '../state/apps.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { isAlive, newAuthorization, type Authorization } from './authorizations.js';
import { grantedUrl, refusedUrl } from './callback-url.js';
import { OAuthError, REDIRECT_MISMATCH } from './oauth-error.js';
import type { Fields } from './exchange-code.js';

/** What a page of consent is about. */
export interface Question {
  readonly app: App;
  readonly store: Store;
  readonly user: User;
  readonly authorization: Authorization;
}

/** Where the browser goes, instead of a page. */
export interface Redirect {
  readonly location: string;
}

/**
 * Reads a request for consent. The store is that of `context`, or the default one. What can be said to the app, is:
 * errors that leave no doubt who asks lead to its callback.
 * @throws OAuthError for an unknown app, a `redirect_uri` that is not the app's, or a `context` that is no store
 */
export function readQuestion(
  query: Fields,
  state: MockState,
  userOf: (store: Store) => User,
): Omit<Question, 'authorization'> | Redirect {
  const app = state.apps.byClientId(query.client_id ?? '');
  if (!app) throw new OAuthError('invalid_client', 'Parameter client_id names no app');
  const { redirect_uri = app.auth_callback, response_type = 'code', scope = '' } = query;
  if (redirect_uri !== app.auth_callback) throw new OAuthError('redirect_uri_mismatch', REDIRECT_MISMATCH);
  const store = storeOf(query.context, state);
  if (response_type !== 'code') {
    const sentence = 'Parameter response_type has to be code';
    return { location: refusedUrl(app, 'unsupported_response_type', sentence, query.state) };
  }
  if (scope.split(/\s+/).some((each) => each !== '' && each !== 'default' && !app.scopes.includes(each))) {
    const sentence = 'Parameter scope names a scope that the app is not registered for';
    return { location: refusedUrl(app, 'invalid_scope', sentence, query.state) };
  }
  const user = userOf(store);
  requirePermission(user, 'install_apps');
  return { app, store, user };
}

/** The question, under a text that its answer has to name. */
export function ask(
  { app, store, user }: Omit<Question, 'authorization'>,
  appState: string | undefined,
  { authorizations }: MockState,
): string {
  const { client_id, scopes } = app;
  return authorizations.asked.add(newAuthorization(store, { client_id, user_id: user.id, scopes, state: appState }));
}

/** The question that an answer names: each can be answered once. @throws OAuthError */
export function takeQuestion(text: string, { apps, authorizations, stores }: MockState): Question {
  const authorization = authorizations.asked.get(text);
  authorizations.asked.delete(text);
  const app = authorization && apps.byClientId(authorization.client_id);
  const store = authorization && stores.get(authorization.store_hash);
  const user = authorization && store?.users.byId(authorization.user_id);
  if (app && store && user && isAlive(authorization, store)) return { app, store, user, authorization };
  throw new OAuthError('invalid_request', 'This page was answered before, or is too old. Start again from the app.');
}

/**
 * The user lets the app in: where the browser takes the code.
 * @throws ForbiddenError when the user may not install apps any more
 */
export function grant({ app, user, authorization }: Question, { authorizations }: MockState): Redirect {
  requirePermission(user, 'install_apps');
  // What is accepted is what was shown, though the app may have changed since.
  const code = authorizations.granted.add(authorization);
  return { location: grantedUrl(app, code, authorization) };
}

/** The user does not. */
export function deny({ app, authorization }: Question): Redirect {
  return { location: refusedUrl(app, 'access_denied', 'The user has not let the app in', authorization.state) };
}

function storeOf(context: string | undefined, { settings, stores }: MockState): Store {
  const hash = context === undefined ? settings.storeHash : /^stores\/(.+)$/.exec(context)?.[1];
  const store = hash === undefined ? undefined : stores.get(hash);
  if (store) return store;
  throw new OAuthError(
    'invalid_request',
    'Parameter context names no store of this mock; expected stores/{store_hash}',
  );
}
