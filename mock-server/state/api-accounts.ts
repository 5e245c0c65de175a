/**
 * API accounts of one store: who holds a token and what it may do. A token is known by its hash alone, and client
 * secrets are worked out from a key of the store, so that neither lies in a snapshot or on a disk.
 */
import { createHmac, hash, randomBytes } from 'node:crypto';
import { defaultAccounts, fullAccessClientId } from '../../fixtures/index.js';
import { DEFAULT_SCOPE, scopeResources, scopesOf, type Levels } from '../accounts/scope-table.js';

export type TokenType = 'api' | 'stencil_cli';

export interface ApiAccount {
  readonly id: number;
  readonly name: string;
  readonly token_type: TokenType;
  /** `store`: made in the control panel; `app`: by installing an app. */
  readonly kind: 'store' | 'app';
  /** Owns the webhooks, metafields and scripts that the account creates. Never given twice. */
  readonly client_id: string;
  /** SHA-256 of the access token, in hex. */
  readonly token_hash: string;
  /** Always with `default`; empty for a token that an app got without its store. */
  readonly scopes: ReadonlySet<string>;
  /** What was picked for it, by resource. */
  readonly levels?: Levels;
  /** ISO 8601, on the store's clock. */
  readonly created_at: string;
  /** E-mail address of the user who made it. */
  readonly created_by: string;
}

/** What is shown once, when an account is made. */
export interface NewCredentials {
  readonly account: ApiAccount;
  readonly client_secret: string;
  readonly access_token: string;
}

export interface NewAccount {
  readonly name: string;
  /** `default` is added; null for none at all. */
  readonly scopes: Iterable<string> | null;
  /** @default 'api' */
  readonly token_type?: TokenType;
  /** @default 'store' */
  readonly kind?: ApiAccount['kind'];
  /** @default a new one */
  readonly client_id?: string;
  /** @default a new one that nobody can guess */
  readonly access_token?: string;
  readonly levels?: Levels;
  readonly created_at: string;
  readonly created_by: string;
}

type AccountDump = Omit<ApiAccount, 'scopes'> & { readonly scopes: readonly string[] };

/** Everything that `load` needs, as JSON can hold it. No token follows from it; client secrets do. */
export interface ApiAccountsDump {
  /** What client secrets are derived with, in hex. */
  readonly key: string;
  readonly last_id: number;
  readonly accounts: readonly AccountDump[];
  /** Those that a reset brings back. */
  readonly start: readonly AccountDump[];
}

/** Sees and changes metafields of every other account. */
export const METAFIELDS_FULL_ACCESS = 'store_metafield_write_all';

export class ApiAccounts {
  readonly #byId = new Map<number, ApiAccount>();
  readonly #byTokenHash = new Map<string, ApiAccount>();
  readonly #byClientId = new Map<string, ApiAccount>();
  #key = randomBytes(32).toString('hex');
  #lastId = 0;
  #start: readonly ApiAccount[] = [];
  #changes = 0;

  /** Secrets of apps, which hold one for all stores, by client id. */
  appSecretOf: (client_id: string) => string | undefined = () => undefined;

  /** Grows with every change: what was found by a token holds as long as it stays the same. */
  get changes(): number {
    return this.#changes;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** By ascending id. */
  all(): ApiAccount[] {
    return [...this.#byId.values()];
  }

  /** Acts where nobody has to be named, for shoppers say, and may do everything: there even when every account is deleted. */
  storeItself(): ApiAccount {
    return this.#byClientId.get(fullAccessClientId) ?? STORE_ITSELF;
  }

  byId(id: number): ApiAccount | undefined {
    return this.#byId.get(id);
  }

  /** Costs one SHA-256. */
  byToken(token: string): ApiAccount | undefined {
    return this.#byTokenHash.get(tokenHash(token));
  }

  byClientId(client_id: string): ApiAccount | undefined {
    return this.#byClientId.get(client_id);
  }

  /** @throws when the client id or the token is another account's */
  add(given: NewAccount): NewCredentials {
    const { client_id = newToken(), access_token = newToken(), scopes, levels } = given;
    const token_hash = tokenHash(access_token);
    if (this.#byClientId.has(client_id) || this.#byTokenHash.has(token_hash))
      throw new Error('another account has this client id or token');
    const account: ApiAccount = {
      id: this.#lastId + 1,
      name: given.name,
      token_type: given.token_type ?? 'api',
      kind: given.kind ?? 'store',
      client_id,
      token_hash,
      scopes: withDefault(scopes),
      ...(levels && { levels }),
      created_at: given.created_at,
      created_by: given.created_by,
    };
    this.#keep(account);
    return { account, client_secret: this.clientSecretOf(account), access_token };
  }

  /** A new token, and other scopes if given, for an account that stays: re-authorisation of an app. The old token is dead. */
  renew(id: number, scopes?: Iterable<string> | null): NewCredentials | undefined {
    const current = this.#byId.get(id);
    if (!current) return undefined;
    this.#byTokenHash.delete(current.token_hash);
    const access_token = newToken();
    const account = {
      ...current,
      token_hash: tokenHash(access_token),
      scopes: scopes === undefined ? current.scopes : withDefault(scopes),
    };
    this.#keep(account);
    return { account, client_secret: this.clientSecretOf(account), access_token };
  }

  /** Its token opens nothing from here on. What the account owned is the caller's to remove (accounts/delete-account.ts). */
  remove(id: number): ApiAccount | undefined {
    const account = this.#byId.get(id);
    if (!account) return undefined;
    this.#byId.delete(id);
    this.#byTokenHash.delete(account.token_hash);
    this.#byClientId.delete(account.client_id);
    this.#changes += 1;
    return account;
  }

  /**
   * What the account's app signs with, and BigCommerce for it. Worked out anew each time: 50 lower-case letters and
   * digits, or the published one where the token is the published one of a default account.
   */
  clientSecretOf({ client_id, token_hash, kind }: ApiAccount): string {
    const published = publishedSecrets.get(token_hash);
    if (published !== undefined) return published;
    const ofApp = kind === 'app' ? this.appSecretOf(client_id) : undefined;
    return ofApp ?? lettersAndDigits(createHmac('sha256', this.#key).update(client_id).digest('hex'), 50);
  }

  /**
   * The three accounts that every store has from the start.
   * @param tokens `published` in the default store; every other has tokens of its own
   */
  addDefaults(tokens: 'published' | 'own', created: Pick<NewAccount, 'created_at' | 'created_by'>): NewCredentials[] {
    return defaultAccounts.map(({ name, client_id, token, level }) =>
      this.add({
        name,
        client_id,
        scopes: scopesOfDefault[level],
        ...(tokens === 'published' && { access_token: token }),
        ...created,
      }),
    );
  }

  /** From now on a reset leads back here. */
  keepAsStart(): void {
    this.#start = this.all();
  }

  reset(): void {
    this.#lastId = 0;
    this.#replaceAll(this.#start);
  }

  dump(): ApiAccountsDump {
    return {
      key: this.#key,
      last_id: this.#lastId,
      accounts: this.all().map(dumped),
      start: this.#start.map(dumped),
    };
  }

  load({ key, last_id, accounts, start }: ApiAccountsDump): void {
    this.#key = key;
    this.#lastId = last_id;
    this.#start = start.map(loaded);
    this.#replaceAll(accounts.map(loaded));
  }

  #replaceAll(accounts: readonly ApiAccount[]): void {
    this.#byId.clear();
    this.#byTokenHash.clear();
    this.#byClientId.clear();
    for (const account of accounts) this.#keep(account);
    this.#changes += 1;
  }

  #keep(account: ApiAccount): void {
    this.#byId.set(account.id, account);
    this.#byTokenHash.set(account.token_hash, account);
    this.#byClientId.set(account.client_id, account);
    this.#lastId = Math.max(this.#lastId, account.id);
    this.#changes += 1;
  }
}

/** Does the account hold one of the scopes? No scopes asked: any account will do that holds one at all. */
export function mayUse(account: ApiAccount, scopes: readonly string[] | null | undefined): boolean {
  if (!scopes) return account.scopes.size > 0;
  for (const scope of scopes) if (account.scopes.has(scope)) return true;
  return false;
}

function withDefault(scopes: Iterable<string> | null): ReadonlySet<string> {
  return new Set(scopes === null ? [] : [DEFAULT_SCOPE, ...scopes]);
}

/** 31 lower-case letters and digits that nobody can guess: client ids and tokens look alike (observed). */
export function newToken(): string {
  return lettersAndDigits(randomBytes(24).toString('hex'), 31);
}

function lettersAndDigits(hex: string, length: number): string {
  return BigInt(`0x${hex}`).toString(36).padStart(length, '0').slice(-length);
}

function tokenHash(token: string): string {
  return hash('sha256', token, 'hex');
}

const publishedSecrets = new Map(
  defaultAccounts.map(({ token }) => [tokenHash(token), token.replace('mock-token-', 'mock-secret-')]),
);

const offered = scopeResources.filter(([, { isForApps }]) => !isForApps);

/** The highest level of everything but of metafields, of which more than the standard is another matter. */
const scopesOfDefault = {
  full: scopesOf(
    Object.fromEntries(
      offered.map(([name, { levels, initial }]) => [name, initial ?? Object.keys(levels).at(-1) ?? 'none']),
    ),
  ),
  read: scopesOf({ ...Object.fromEntries(offered.map(([name]) => [name, 'read_only'])), metafields_access: 'none' }),
  none: new Set([DEFAULT_SCOPE]),
} as const;

const STORE_ITSELF: ApiAccount = {
  id: 0,
  name: 'The store itself',
  token_type: 'api',
  kind: 'store',
  client_id: fullAccessClientId,
  token_hash: '',
  scopes: scopesOfDefault.full,
  created_at: new Date(0).toISOString(),
  created_by: '',
};

function dumped(account: ApiAccount): AccountDump {
  return { ...account, scopes: [...account.scopes] };
}

function loaded(account: AccountDump): ApiAccount {
  return { ...account, scopes: new Set(account.scopes) };
}
