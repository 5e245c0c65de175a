/** The mock server: start one, build one, describe one. */

// Start and build
export { buildMockServer } from './server.js';
export { startMockServer } from './start.js';
export type { MockServer, StoreTokens } from './start.js';

// Options
export { defineConfig } from './options.js';
export type { AuthMode, LogFormat, MockServerOptions, WebhookCalls } from './options.js';
export { OptionsError } from './errors.js';
