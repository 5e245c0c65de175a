/** A mock of its own for each test: no order, no shared store. Paths are given from `/v3/…` or `/v2/…` on. */
import supertest, { type Test } from 'supertest';
import { afterEach } from 'vitest';
import { buildMockServer, type MockServerOptions } from '../../mock-server/index.js';

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
  /** Any path, such as `/_mock/health`, without a token. */
  readonly raw: ReturnType<typeof supertest>;
}

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
});

/** A mock with the full-access token. The store is `empty` unless a size is given, and the quota never ends. */
export async function startMock(options: MockServerOptions = {}): Promise<MockClient> {
  const app = buildMockServer({ size: 'empty', plan: 'unlimited', ...options });
  open.push(app);
  await app.ready();
  const raw = supertest(app.server);
  const store = `/stores/${options.storeHash ?? 'mockstore1'}`;
  const client = (token: string | undefined): MockClient => {
    const withToken = (test: Test): Test => (token === undefined ? test : test.set('X-Auth-Token', token));
    return {
      get: (path) => withToken(raw.get(store + path)),
      post: (path, body) => withToken(raw.post(store + path)).send(body),
      put: (path, body) => withToken(raw.put(store + path)).send(body),
      delete: (path, body) =>
        body === undefined ? withToken(raw.delete(store + path)) : withToken(raw.delete(store + path)).send(body),
      as: client,
      raw,
    };
  };
  return client(FULL);
}
