/** What users of a store do with an app in the control panel: where the app is told of it, and what changes. */
import { endAccount } from '../accounts/delete-account.js';
import { logPanelEvent } from '../accounts/event-log.js';
import { ConflictError, NotFoundError } from '../errors.js';
import type { App } from '../state/apps.js';
import type { MockState } from '../state/mock-state.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { newAuthorization } from './authorizations.js';
import { grantedUrl, signedUrl, type CallbackDetails } from './callback-url.js';
import { installations, installedApp, needsConsent, type InstalledApp } from './installations.js';

/** The user consents at once. @returns where the browser takes the code */
export function installUrl(app: App, store: Store, user: User, { authorizations }: MockState): string {
  const { client_id, scopes } = app;
  const authorization = newAuthorization(store, { client_id, user_id: user.id, scopes, state: undefined });
  return grantedUrl(app, authorizations.granted.add(authorization), authorization);
}

/**
 * The user opens the app.
 * @throws ConflictError where the user has to accept what changed first (documented)
 */
export function loadUrl(app: App, store: Store, user: User, details: CallbackDetails): string {
  if (needsConsent(app, requireInstalled(app, store), store)) {
    throw new ConflictError('The app has to be authorized again', {
      client_id: 'its scopes or the e-mail address of the owner changed since it was installed; install it again',
    });
  }
  return signedUrl(app.load_callback, app, store, user, details);
}

/**
 * The app is out of the store: its token opens nothing from here on, and its webhooks are gone (documented).
 * @returns where the app is told, if it wants to be
 */
export function uninstall(app: App, store: Store, user: User): string | undefined {
  const { account } = requireInstalled(app, store);
  const { client_id, name, uninstall_callback } = app;
  store.transaction(() => {
    endAccount(store, account);
    store.rows(installations).delete(client_id);
    const message = `${user.email} uninstalled the app "${name}" (client ID ${client_id}).`;
    logPanelEvent(store, 'apps', 'App uninstalled', message);
  });
  return uninstall_callback === null ? undefined : signedUrl(uninstall_callback, app, store, user);
}

/**
 * A user may not use the app any more. The store remembers nothing of it but a line in its log.
 * @param user the one who may not
 * @param actor who says so
 * @returns where the app is told, if it wants to be
 * @throws ConflictError for the owner, who always may
 */
export function removeUserUrl(app: App, store: Store, user: User, actor: User): string | undefined {
  requireInstalled(app, store);
  if (user.is_owner) throw new ConflictError('The owner may use every app', { user: 'expected another user' });
  const { name, remove_user_callback } = app;
  store.transaction(() => {
    const message = `${actor.email} took the app "${name}" from ${user.email}.`;
    logPanelEvent(store, 'apps', 'User removed from app', message);
  });
  return remove_user_callback === null ? undefined : signedUrl(remove_user_callback, app, store, user);
}

/** @throws NotFoundError */
export function requireInstalled({ client_id, name }: App, store: Store): InstalledApp {
  const found = installedApp(client_id, store);
  if (found) return found;
  throw new NotFoundError(`The app "${name}" is not installed in the store "${store.hash}"`, {
    client_id: 'install it first',
  });
}
