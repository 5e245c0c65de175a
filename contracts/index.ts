/** Does traffic keep to the description? Checks of single exchanges, and suites of cases for any base URL. */

// One exchange
export { checkExchange } from './check-exchange.js';
export type { CheckOptions } from './check-exchange.js';
export type { Body, Exchange, ExchangeRequest, ExchangeResponse, Headers, ParsedJson } from './exchange.js';
export { matchOperation } from './match-operation.js';

// Violations
export { checks, describeViolation } from './violation.js';
export type { CheckId, Violation } from './violation.js';
