/** Starts a mock from code, for tests that want an address instead of a Fastify instance. */
import type { AddressInfo } from 'node:net';
import { resolveOptions, type MockServerOptions } from './options.js';
import { assemble } from './server.js';

export interface StoreTokens {
  /** Modify on every scope. */
  readonly fullAccess: string;
  /** Read-only on every scope that has a read-only level. */
  readonly readOnly: string;
  /** `default` only. */
  readonly noScopes: string;
}

export interface MockServer {
  /** Base URL without a trailing slash, such as `http://127.0.0.1:49152`. */
  readonly url: string;
  readonly storeHash: string;
  readonly tokens: StoreTokens;
  /** Every store back to its seed; journal and clock cleared. */
  reset(): void;
  close(): Promise<void>;
}

/**
 * Starts a mock and waits until it answers.
 * @param options as for the command, save that the port is a free one and nothing is logged unless given
 * @throws OptionsError when an option is out of range; the system's error when it cannot listen
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const settings = resolveOptions({ port: 0, ...options });
  const { app, state } = assemble(settings);
  await app.listen({ port: settings.port, host: settings.host });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${String(port)}`,
    storeHash: settings.storeHash,
    tokens: {
      fullAccess: 'mock-token-full-access',
      readOnly: 'mock-token-read-only',
      noScopes: 'mock-token-no-scopes',
    },
    reset: () => {
      state.reset();
    },
    close: () => app.close(),
  };
}
