/**
 * Cases for an app's provider endpoint: what a store sends to it, and what the contract lets it answer. The cases are
 * data, as those of the other suites are.
 */
import { operationById, type OperationId } from '../../openapi/index.js';
import { checkExchange } from '../check-exchange.js';
import type { Body, Exchange } from '../exchange.js';
import type { CaseResult } from '../suites/case.js';
import type { Violation } from '../violation.js';
import type { ProviderEndpoint } from './endpoint.js';
import { rateRequests } from './shipping-requests.js';
import { adjustment, taxQuoteRequests, type TaxQuoteRequest } from './tax-requests.js';

type ProviderOperation = Extract<
  OperationId,
  | 'estimateTaxes'
  | 'commitTaxQuote'
  | 'adjustTaxQuote'
  | 'voidTaxQuote'
  | 'requestShippingRates'
  | 'validateConnectionOptions'
>;

export interface ProviderCase {
  /** A sentence that begins with the operationId. */
  readonly name: string;
  readonly operation: ProviderOperation;
  /** What the app is sent; absent: no body. A text is sent as it is. */
  readonly body?: (endpoint: ProviderEndpoint) => unknown;
  /** `id` of the quote that is adjusted or voided; a quote is committed first. */
  readonly ofCommitted?: TaxQuoteRequest;
  /** @default 'right' */
  readonly credentials?: 'right' | 'wrong' | 'none';
  readonly statuses: readonly number[];
  /** The request is wrong on purpose: what the checks say about it is no news. */
  readonly isWrong?: boolean;
}

const order = taxQuoteRequests['one line'];

/** What a tax provider must answer. Wrong credentials are tried when the endpoint has right ones. */
export const taxProviderCases: readonly ProviderCase[] = [
  ...Object.entries(taxQuoteRequests).map(([what, request]) => ({
    name: `estimateTaxes works out ${what}`,
    operation: 'estimateTaxes' as const,
    body: () => request,
    statuses: [200],
  })),
  ...(['none', 'wrong'] as const).map((credentials) => ({
    name: `estimateTaxes refuses ${credentials === 'none' ? 'a caller without credentials' : 'wrong credentials'}`,
    operation: 'estimateTaxes' as const,
    body: () => order,
    credentials,
    statuses: [401],
  })),
  {
    name: 'estimateTaxes refuses what is no JSON',
    operation: 'estimateTaxes',
    body: () => '{"id":',
    statuses: [400],
    isWrong: true,
  },
  { name: 'commitTaxQuote keeps a quote', operation: 'commitTaxQuote', body: () => order, statuses: [200] },
  {
    name: 'adjustTaxQuote takes a line below zero',
    operation: 'adjustTaxQuote',
    body: () => adjustment,
    ofCommitted: order,
    statuses: [200],
  },
  { name: 'voidTaxQuote undoes a quote', operation: 'voidTaxQuote', ofCommitted: order, statuses: [200] },
];

/** What a shipping provider must answer. */
export const shippingProviderCases: readonly ProviderCase[] = [
  ...Object.entries(rateRequests).map(([what, request]) => ({
    name: `requestShippingRates quotes ${what}`,
    operation: 'requestShippingRates' as const,
    body: ({ connectionOptions = {}, zoneOptions = {} }: ProviderEndpoint) => ({
      base_options: request,
      zone_options: zoneOptions,
      connection_options: connectionOptions,
    }),
    statuses: [200],
  })),
  {
    name: 'validateConnectionOptions says whether settings are right',
    operation: 'validateConnectionOptions',
    body: ({ connectionOptions = {} }) => ({ connection_options: connectionOptions }),
    statuses: [200],
  },
  {
    name: 'validateConnectionOptions answers for settings that lack everything',
    operation: 'validateConnectionOptions',
    body: () => ({ connection_options: {} }),
    statuses: [200],
  },
];

/** Calls the app as a store does and looks at what it answers. */
export async function runProviderCase(given: ProviderCase, endpoint: ProviderEndpoint): Promise<CaseResult> {
  const { operation, credentials = 'right', isWrong = false } = given;
  if (credentials !== 'right' && !endpoint.credentials)
    return { violations: [], skipped: 'no credentials were given, so that there are no wrong ones' };
  let query = '';
  if (given.ofCommitted) {
    const { response } = await call(endpoint, 'commitTaxQuote', '', given.ofCommitted, 'right');
    const id = quoteIdOf(response.body);
    if (id === undefined) return { violations: [], skipped: `nothing was committed: ${response.status}` };
    query = `?id=${encodeURIComponent(id)}`;
  }
  const exchange = await call(endpoint, operation, query, given.body?.(endpoint), credentials);
  const broken = checkExchange(exchange, { operation });
  const violations = isWrong ? broken.filter(({ check }) => !check.startsWith('request-')) : broken;
  return { exchange, violations: [...violations, ...unexpectedStatus(given, exchange)] };
}

function call(
  endpoint: ProviderEndpoint,
  operation: ProviderOperation,
  query: string,
  body: unknown,
  credentials: NonNullable<ProviderCase['credentials']>,
): Promise<Exchange> {
  const { path, method } = operationById(operation);
  const sent: Body | undefined = typeof body === 'string' ? body : body === undefined ? undefined : { json: body };
  return endpoint.send({
    method,
    url: path + query,
    headers: {
      Accept: 'application/json',
      'X-Bc-Store-Hash': endpoint.storeHash,
      ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...authorization(endpoint, credentials),
    },
    body: sent,
  });
}

function authorization({ credentials }: ProviderEndpoint, kind: NonNullable<ProviderCase['credentials']>): object {
  if (!credentials || kind === 'none') return {};
  const password = kind === 'right' ? credentials.password : `not-${credentials.password}`;
  return { Authorization: `Basic ${Buffer.from(`${credentials.username}:${password}`).toString('base64')}` };
}

/** A provider may answer with an id of its own, which later calls then name. */
function quoteIdOf(body: Body | undefined): string | undefined {
  try {
    const quote: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    const id = typeof quote === 'object' && quote !== null && 'id' in quote ? quote.id : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

function unexpectedStatus({ operation, statuses }: ProviderCase, { response: { status } }: Exchange): Violation[] {
  if (statuses.includes(status)) return [];
  const pointer = '/response/status';
  return [{ check: 'expected-status', operation, pointer, rule: 'case', expected: statuses, received: status }];
}
