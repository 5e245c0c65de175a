/** The mock server: start one, build one, describe one. */

// Start and build
export { buildMockServer } from './server.js';
export { startMockServer } from './start.js';
export type {
  AccountCredentials,
  CreatedMockStore,
  MockServer,
  MockStore,
  NewAccountOptions,
  NewStoreOptions,
  StoreTokens,
} from './start.js';
export type { ClockControls, FaultControls, NewFaultOptions, RequestFilter, StoreControls } from './store-controls.js';
export type { ShownRequest } from './control/shown-request.js';
export type { Fault, FaultEffect } from './state/faults.js';

// Options
export { defineConfig } from './options.js';
export type { AuthMode, LogFormat, MockServerOptions, WebhookCalls } from './options.js';
export { OptionsError } from './errors.js';
