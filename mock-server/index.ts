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
export type { ContractReport, QuotaUse } from './report/contract-report.js';
export type { AccountReport, ExercisedOperation, UnusedScope } from './report/account-report.js';
export type { EarlyRetry } from './report/early-retries.js';
export type { OutcomeCounts } from './report/outcome-counts.js';
export type { ReportedViolation } from './report/violations.js';
export type { ScopeReason } from './report/scope-cover.js';
export type { ShownRequest } from './control/shown-request.js';
export type { Fault, FaultEffect } from './state/faults.js';

// Options
export { defineConfig } from './options.js';
export type { AuthMode, LogFormat, MockServerOptions, WebhookCalls } from './options.js';
export { OptionsError } from './errors.js';
