/** Store-level API accounts: making one, in the way of the control panel. */
import { UnprocessableError } from '../errors.js';
import type { NewCredentials, TokenType } from '../state/api-accounts.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import { logPanelEvent } from './event-log.js';
import type { Levels } from './scope-table.js';

/** Store-level accounts of one store, those it starts with among them (documented). Apps have theirs beside them. */
export const MOST_ACCOUNTS = 50;

export interface AccountChoices {
  readonly name: string;
  readonly token_type: TokenType;
  readonly scopes: ReadonlySet<string>;
  /** What was picked. */
  readonly levels: Levels;
}

/**
 * Makes an account and logs it.
 * @returns the credentials: nobody can ask for the token again
 * @throws UnprocessableError when the store has as many as it may
 */
export function createStoreAccount(store: Store, choices: AccountChoices, user: User): NewCredentials {
  const { accounts, clock } = store;
  if (accounts.all().filter(({ kind }) => kind === 'store').length >= MOST_ACCOUNTS) {
    throw new UnprocessableError('The store has as many API accounts as it may', {
      api_accounts: `at most ${String(MOST_ACCOUNTS)} store-level accounts; delete one first`,
    });
  }
  return store.transaction(() => {
    const created_at = new Date(clock.now()).toISOString();
    const credentials = accounts.add({ ...choices, created_at, created_by: user.email });
    const { name, client_id } = credentials.account;
    logPanelEvent(
      store,
      'api accounts',
      'API account created',
      `${user.email} created the store-level API account "${name}" (client ID ${client_id}).`,
    );
    return credentials;
  });
}
