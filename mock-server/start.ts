/** Starts a mock from code, for tests that want an address instead of a Fastify instance. */
import type { AddressInfo } from 'node:net';
import { defaultAccounts } from '../fixtures/index.js';
import { saveSnapshot, requireSnapshot } from './control/snapshots.js';
import { createStore, FIELD_OF } from './control/stores.js';
import { resolveOptions, type MockServerOptions, type StoreChoices } from './options.js';
import { assemble } from './server.js';
import type { NewCredentials } from './state/api-accounts.js';
import type { MockState } from './state/mock-state.js';
import type { Store } from './state/store.js';
import { asked, controlsOf, type StoreControls } from './store-controls.js';

export interface StoreTokens {
  /** Modify on every scope. */
  readonly fullAccess: string;
  /** Read-only on every scope that has a read-only level. */
  readonly readOnly: string;
  /** `default` only. */
  readonly noScopes: string;
}

/** An API account to be made, as `POST /_mock/stores/{store_hash}/api-accounts` takes it. */
export interface NewAccountOptions {
  /** At least four characters. */
  readonly name?: string;
  /** Levels by resource, such as `{ products: 'read_only' }`, or a list of scopes. */
  readonly scopes?: Readonly<Record<string, string>> | readonly string[];
  /** Instead of scopes: what a known kind of tool asks for, such as `migration-source`. */
  readonly preset?: string;
  /** @default 'api' */
  readonly token_type?: 'api' | 'stencil_cli';
  /** Of a Stencil-CLI token, instead of scopes. */
  readonly access_level?: string;
}

export interface NewStoreOptions extends StoreChoices {
  /** Beside the three that every store has. */
  readonly accounts?: readonly NewAccountOptions[];
}

/** What is told once, when an account is made. */
export interface AccountCredentials {
  readonly name: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly access_token: string;
}

/** One store of a mock. Whatever is done with it, no other store knows. */
export interface MockStore extends StoreControls {
  /** Of the mock: the store's paths begin with `/stores/<storeHash>`. */
  readonly url: string;
  readonly storeHash: string;
  readonly tokens: StoreTokens;
  /** Saves the state under a name; an older snapshot of that name is replaced. A reset leaves it. @throws OptionsError */
  snapshot(name: string): void;
  /** Back to a saved state. @throws OptionsError for a name that was not saved */
  restore(name: string): void;
}

export interface CreatedMockStore extends MockStore {
  /** Those asked for, in their order. */
  readonly accounts: readonly AccountCredentials[];
  /** Its tokens open nothing from here on. Does nothing when it is gone already. */
  remove(): void;
}

/** A mock that listens. Reset, requests, report, faults and clock are those of all its stores; `store` has the default one's own. */
export interface MockServer extends StoreControls {
  /** Base URL without a trailing slash, such as `http://127.0.0.1:49152`. */
  readonly url: string;
  /** Of the default store. */
  readonly storeHash: string;
  /** Of the default store. */
  readonly tokens: StoreTokens;
  /** The default store. */
  readonly store: MockStore;
  /**
   * Another store, with accounts and tokens of its own: one for each test worker keeps them apart.
   * @param options what is left out is as in the default store; the hash is a new one
   * @throws OptionsError naming the option that is wrong, or a hash that is taken
   */
  createStore(options?: NewStoreOptions): CreatedMockStore;
  close(): Promise<void>;
}

/**
 * Starts a mock and waits until it answers.
 * @param options as for the command, save that the port is a free one and nothing is logged unless given
 * @throws OptionsError when an option is out of range; the system's error when it cannot listen
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { app, state } = assemble(resolveOptions({ port: 0, ...options }));
  const { settings } = state;
  try {
    await app.listen({ port: settings.port, host: settings.host });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${String(port)}`;
  const store = storeHandle(state, requireDefault(state), url, tokensOf(defaultAccounts.map(({ token }) => token)));
  return {
    ...controlsOf(state),
    url,
    storeHash: store.storeHash,
    tokens: store.tokens,
    store,
    createStore: (choices = {}) => createdStore(state, url, choices),
    close: () => app.close(),
  };
}

function createdStore(state: MockState, url: string, choices: NewStoreOptions): CreatedMockStore {
  const input = Object.fromEntries(Object.entries(choices).map(([name, value]) => [fieldOf(name), value as unknown]));
  const { store, credentials } = asked(input, () => createStore(state, input), optionOf);
  state.keeper?.keepAll();
  const tokens = tokensOf(credentials.map(({ access_token }) => access_token));
  return {
    ...storeHandle(state, store, url, tokens),
    accounts: credentials.slice(defaultAccounts.length).map(shownAccount),
    remove: () => {
      if (state.stores.get(store.hash) !== store) return;
      state.removeStore(store);
      state.keeper?.keepAll();
    },
  };
}

function storeHandle(state: MockState, store: Store, url: string, tokens: StoreTokens): MockStore {
  return {
    ...controlsOf(state, store),
    url,
    storeHash: store.hash,
    tokens,
    snapshot: (name) => {
      asked({ name }, () => saveSnapshot(store, name));
    },
    restore: (name) => {
      state.restore(store, asked({ name }, () => requireSnapshot(store, name)).state);
      state.keeper?.keepAll();
    },
  };
}

function requireDefault({ stores, settings }: MockState): Store {
  const store = stores.get(settings.storeHash);
  if (!store) throw new Error('a mock always has its default store');
  return store;
}

/** @param tokens of the accounts that every store has, in their order */
function tokensOf([fullAccess = '', readOnly = '', noScopes = '']: readonly string[]): StoreTokens {
  return { fullAccess, readOnly, noScopes };
}

function shownAccount({ account, client_secret, access_token }: NewCredentials): AccountCredentials {
  return { name: account.name, client_id: account.client_id, client_secret, access_token };
}

/** A field of the control API for an option, and back. */
function fieldOf(option: string): string {
  return (FIELD_OF as Readonly<Record<string, string>>)[option] ?? option;
}

function optionOf(field: string): string {
  return Object.keys(FIELD_OF).find((option) => fieldOf(option) === field) ?? field;
}
