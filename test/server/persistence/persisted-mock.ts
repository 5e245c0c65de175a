/** Mocks that live in a folder one after the other, and the folder, gone after the test. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest, { type Test } from 'supertest';
import { afterEach } from 'vitest';
import { resolveOptions, type MockServerOptions } from '../../../mock-server/options.js';
import { assemble } from '../../../mock-server/server.js';
import type { MockState } from '../../../mock-server/state/mock-state.js';

export const FULL = 'mock-token-full-access';

export interface PersistedMock {
  readonly state: MockState;
  /** Any path, without a token. */
  readonly raw: ReturnType<typeof supertest>;
  /** With the full-access token, from `/v3` or `/v2` on, in the default store. */
  readonly get: (path: string) => Test;
  readonly post: (path: string, body: object) => Test;
  readonly put: (path: string, body: object) => Test;
  readonly delete: (path: string) => Test;
  close(): Promise<void>;
}

const folders: string[] = [];
const open = new Set<{ close(): PromiseLike<unknown> }>();

afterEach(async () => {
  await Promise.all([...open].map((app) => app.close()));
  open.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder of the test's own. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'bcmock-persist-'));
  folders.push(folder);
  return folder;
}

/** A mock that keeps its state in a folder. The store is `empty` unless a size is given, and the quota never ends. */
export async function startIn(persist: string, options: MockServerOptions = {}): Promise<PersistedMock> {
  const { app, state } = assemble(resolveOptions({ size: 'empty', plan: 'unlimited', persist, ...options }));
  open.add(app);
  await app.ready();
  const raw = supertest(app.server);
  const send = (test: Test): Test => test.set('X-Auth-Token', FULL);
  const base = `/stores/${state.settings.storeHash}`;
  return {
    state,
    raw,
    get: (path) => send(raw.get(base + path)),
    post: (path, body) => send(raw.post(base + path)).send(body),
    put: (path, body) => send(raw.put(base + path)).send(body),
    delete: (path) => send(raw.delete(base + path)),
    close: async () => {
      open.delete(app);
      await app.close();
    },
  };
}

/** Ends one mock and starts the next in the same folder. */
export async function restart(mock: PersistedMock, options: MockServerOptions = {}): Promise<PersistedMock> {
  const { persist = '' } = mock.state.settings;
  await mock.close();
  return startIn(persist, options);
}
