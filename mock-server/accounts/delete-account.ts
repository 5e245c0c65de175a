/**
 * The end of an API account, store-level or an app's. Its token opens nothing from here on and its webhooks are gone
 * (documented). Its metafields and scripts stay: others reach them as far as permission sets allow (documented).
 */
import { removeWebhooksOf } from '../domains/webhooks/webhooks.v3.js';
import type { ApiAccount } from '../state/api-accounts.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { logPanelEvent } from './event-log.js';

/** Ends an account without a word in the log: that of an app, whose uninstalling logs more. The caller holds a transaction. */
export function endAccount(store: Store, { id, client_id }: ApiAccount): void {
  removeWebhooksOf(client_id, store);
  store.accounts.remove(id);
}

/** Deletes a store-level account and logs it. */
export function deleteStoreAccount(store: Store, account: ApiAccount, user: User): void {
  const { name, client_id } = account;
  store.transaction(() => {
    endAccount(store, account);
    logPanelEvent(
      store,
      'api accounts',
      'API account deleted',
      `${user.email} deleted the store-level API account "${name}" (client ID ${client_id}).`,
    );
  });
}
