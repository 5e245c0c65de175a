/** A mock of its own for each test: no order, no shared store. Paths are given from `/v3/…` or `/v2/…` on. */
import supertest, { type Test } from 'supertest';
import { afterEach } from 'vitest';
import type { MockServerOptions } from '../../mock-server/index.js';
import { resolveOptions } from '../../mock-server/options.js';
import { assemble } from '../../mock-server/server.js';
import type { Store } from '../../mock-server/state/store.js';

export const FULL = 'mock-token-full-access';
export const READ_ONLY = 'mock-token-read-only';
export const NO_SCOPES = 'mock-token-no-scopes';

export interface MockClient {
  readonly get: (path: string) => Test;
  readonly post: (path: string, body?: object) => Test;
  readonly put: (path: string, body?: object) => Test;
  readonly delete: (path: string, body?: object) => Test;
  /** The same mock with another access token; undefined sends none. */
  readonly as: (token: string | undefined) => MockClient;
  /** The same mock with a new API account, which holds what the full-access account holds and these scopes. */
  readonly asApp: (client_id: string, moreScopes?: readonly string[]) => MockClient;
  /** The store behind it, for what no request can bring about: a full collection, say. */
  readonly store: Store;
  /** Any path, such as `/_mock/health`, without a token. */
  readonly raw: ReturnType<typeof supertest>;
}

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
});

/** A mock with the full-access token. The store is `empty` unless a size is given, and the quota never ends. */
export async function startMock(options: MockServerOptions = {}): Promise<MockClient> {
  const settings = resolveOptions({ size: 'empty', plan: 'unlimited', ...options });
  const { app, state } = assemble(settings);
  open.push(app);
  await app.ready();
  const raw = supertest(app.server);
  const base = `/stores/${settings.storeHash}`;
  const store = state.stores.get(settings.storeHash)!;
  const client = (token: string | undefined): MockClient => {
    const withToken = (test: Test): Test => (token === undefined ? test : test.set('X-Auth-Token', token));
    return {
      get: (path) => withToken(raw.get(base + path)),
      post: (path, body) => withToken(raw.post(base + path)).send(body),
      put: (path, body) => withToken(raw.put(base + path)).send(body),
      delete: (path, body) =>
        body === undefined ? withToken(raw.delete(base + path)) : withToken(raw.delete(base + path)).send(body),
      as: client,
      asApp: (client_id, moreScopes = []) => {
        const { scopes, created_at, created_by } = store.accounts.byToken(FULL)!;
        const { access_token } = store.accounts.add({
          name: client_id,
          client_id,
          scopes: [...scopes, ...moreScopes],
          created_at,
          created_by,
        });
        return client(access_token);
      },
      store,
      raw,
    };
  };
  return client(FULL);
}
