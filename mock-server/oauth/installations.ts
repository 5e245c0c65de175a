/** Which apps a store has let in, and on what terms. The rows come and go with those of the store. */
import { defineResource } from '../resources/define.js';
import type { Domain } from '../resources/engine.js';
import type { ApiAccount } from '../state/api-accounts.js';
import type { App } from '../state/apps.js';
import type { Store } from '../state/store.js';

export interface Installation {
  readonly client_id: string;
  /** What the user accepted, in the order of the registration. */
  readonly scopes: readonly string[];
  /** Who owned the store then. */
  readonly owner_email: string;
  /** ISO 8601, on the store's clock. */
  readonly installed_at: string;
  /** E-mail address. */
  readonly installed_by: string;
}

/** Rows keyed by `client_id`. */
export const installations = defineResource<Installation>('app-installations', {
  key: ({ client_id }) => client_id,
  create: () => {
    throw new Error('apps are installed by taking up a code');
  },
});

export const installationsDomain: Domain = { resources: [installations] };

/** An app in a store, with the account it acts by. */
export interface InstalledApp {
  readonly installation: Installation;
  readonly account: ApiAccount;
}

/** Undefined where the app is not installed. */
export function installedApp(client_id: string, store: Store): InstalledApp | undefined {
  const installation = store.rows(installations).get(client_id);
  const account = store.accounts.byClientId(client_id);
  return installation && account?.kind === 'app' ? { installation, account } : undefined;
}

/** Scopes that were changed and a store owner with another address have to be accepted before the app opens again (documented). */
export function needsConsent({ scopes }: App, { installation }: InstalledApp, { users }: Store): boolean {
  return (
    scopes.length !== installation.scopes.length ||
    scopes.some((scope) => !installation.scopes.includes(scope)) ||
    users.owner.email !== installation.owner_email
  );
}
