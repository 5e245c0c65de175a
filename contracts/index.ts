/** Does traffic keep to the description? Checks of single exchanges, and suites of cases for any base URL. */

// One exchange
export { checkExchange } from './check-exchange.js';
export type { CheckOptions } from './check-exchange.js';
export type { Body, Exchange, ExchangeRequest, ExchangeResponse, Headers, ParsedJson } from './exchange.js';
export { matchOperation } from './match-operation.js';

// Violations
export { checks, describeViolation } from './violation.js';
export type { CheckId, Violation } from './violation.js';

// Suites: cases from the operation table, for the mock, Prism or a sandbox store
export { accessCases } from './suites/access.js';
export { malformedCases } from './suites/malformed.js';
export type { MalformedOptions } from './suites/malformed.js';
export { invalidBodyCases, readCases, roundTripCase, writeCases } from './suites/reads-and-writes.js';
export { runCase } from './suites/case.js';
export type { CaseResult, ContractCase } from './suites/case.js';
export { ExistingRows, fillPath } from './suites/existing-rows.js';
export type { PathValues } from './suites/existing-rows.js';
export { fetchSender } from './suites/target.js';
export type { Credentials, Send, Target } from './suites/target.js';

// An app's own endpoint, which BigCommerce calls for taxes and shipping quotes
export { runProviderCase, shippingProviderCases, taxProviderCases } from './provider/cases.js';
export type { ProviderCase } from './provider/cases.js';
export { providerEndpoint } from './provider/endpoint.js';
export type { ProviderEndpoint } from './provider/endpoint.js';
