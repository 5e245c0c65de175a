/** Store-level API accounts: who holds a token and what it may do. */
import { operations } from '../../openapi/index.js';
import { defaultAccounts } from '../../fixtures/index.js';

export interface ApiAccount {
  readonly id: number;
  readonly name: string;
  /** Owns the metafields it creates. */
  readonly client_id: string;
  readonly token: string;
  readonly scopes: ReadonlySet<string>;
}

/** Sees and changes metafields of every other account. */
export const METAFIELDS_FULL_ACCESS = 'store_metafield_write_all';

const isReadOnly = (scope: string): boolean => /_read(_only)?$/.test(scope);

/** The three accounts that every store has from the start (interfaces.md, Default store). */
export function seedAccounts(): ApiAccount[] {
  const modify = new Set(['default', 'store_metafield_write']);
  const read = new Set(['default']);
  for (const { scopes } of operations) {
    if (!scopes) continue;
    const highest = scopes.filter((scope) => !isReadOnly(scope));
    // Some resources can only be read: there the read scope is the highest level.
    for (const scope of highest.length > 0 ? highest : scopes) modify.add(scope);
    for (const scope of scopes) if (isReadOnly(scope)) read.add(scope);
  }
  const scopesOf = { full: modify, read, none: new Set(['default']) };
  return defaultAccounts.map((account, position) => ({
    id: position + 1,
    name: account.name,
    client_id: account.client_id,
    token: account.token,
    scopes: scopesOf[account.level],
  }));
}

/** Does the account hold one of the scopes? No scopes asked: any account will do. */
export function mayUse(account: ApiAccount, scopes: readonly string[] | null | undefined): boolean {
  if (!scopes) return true;
  for (const scope of scopes) if (account.scopes.has(scope)) return true;
  return false;
}
