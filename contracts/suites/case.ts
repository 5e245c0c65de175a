/** One case of a suite, as data: which operation, how the request is bent, what may come back. And how it is run. */
import { isDeepStrictEqual } from 'node:util';
import { operations, type Operation, type Reference, type Schema } from '../../openapi/index.js';
import { checkExchange } from '../check-exchange.js';
import { describedRequest, jsonSchemaIn } from '../described-messages.js';
import { readBody, type Body, type Exchange } from '../exchange.js';
import { excerpt, type Violation } from '../violation.js';
import { ExistingRows, fillPath, type PathValues } from './existing-rows.js';
import { sampleBody, type SampleOptions } from './sample-body.js';
import { tokenHeader, type Credentials, type Target } from './target.js';

/** What a case may make its request of. */
export interface CaseContext {
  readonly operation: Operation;
  readonly rows: ExistingRows;
  readonly values: PathValues;
  /** The schema of the JSON body; undefined when the operation takes none. */
  readonly schema: Schema | Reference | undefined;
  /** A body that is valid by the schema; undefined when the operation takes no JSON. */
  readonly validBody: (options?: SampleOptions) => Promise<unknown>;
}

export interface CaseBody {
  /** Absent: the header is not sent. */
  readonly contentType?: string;
  readonly body: Body;
}

/** Said by a body that cannot be made the way the case wants it. */
export interface NoCase {
  readonly skipped: string;
}

export interface ContractCase {
  /** A sentence that begins with the operationId. */
  readonly name: string;
  readonly operation: Operation;
  readonly credentials: Credentials;
  /** @default the operation's */
  readonly method?: string;
  /** Path parameters. @default those of the first rows that exist */
  readonly values?: PathValues;
  /** The URL to send to, from the operation's own. @default as it is */
  readonly url?: (url: string, context: CaseContext) => string;
  /** Query parameters by name. @default none */
  readonly query?: (context: CaseContext) => Promise<Readonly<Record<string, string>>>;
  readonly body?: (context: CaseContext) => Promise<CaseBody | NoCase | undefined>;
  /** What may come back. @default whatever the operation documents, failures excepted */
  readonly statuses?: readonly number[];
  /** The body that must come back, where the platform has one for all. */
  readonly answer?: object;
  /** The request is wrong on purpose: what the checks say about it is no news. */
  readonly isWrong?: boolean;
  /** What GET shows must be the same before and after. */
  readonly changesNothing?: boolean;
}

export interface CaseResult {
  /** Absent when the case was skipped. */
  readonly exchange?: Exchange;
  readonly violations: readonly Violation[];
  /** Why it could not be run here. */
  readonly skipped?: string;
}

/** Sends a case and looks at what comes back. Paths lead to rows that exist, where the store has such rows. */
export async function runCase(
  given: ContractCase,
  target: Target,
  rows = new ExistingRows(target),
): Promise<CaseResult> {
  const { operation, isWrong = false } = given;
  const credentials = tokenHeader(target, given.credentials);
  if (!credentials) return { violations: [], skipped: `no token: ${given.credentials}` };
  const values = given.values ?? (await rows.find(operation.path)) ?? { store_hash: target.storeHash };
  const context = contextOf(operation, rows, values);
  const query = new URLSearchParams(await given.query?.(context)).toString();
  const url = fillPath(operation.path, values) + (query === '' ? '' : `?${query}`);
  const sent = await given.body?.(context);
  if (sent && 'skipped' in sent) return { violations: [], skipped: sent.skipped };
  const watched = given.changesNothing ? fillPath(readablePathOf(operation), values) : undefined;
  const before = watched && (await read(target, watched));
  const exchange = await target.send({
    method: given.method ?? operation.method,
    url: given.url?.(url, context) ?? url,
    headers: { ...credentials, ...(sent?.contentType === undefined ? {} : { 'Content-Type': sent.contentType }) },
    body: sent?.body,
  });
  const after = watched && (await read(target, watched));
  if (operation.method !== 'GET' && exchange.response.status < 400) rows.forget();
  const broken = checkExchange(exchange).filter(({ check }) => !isWrong || !check.startsWith('request-'));
  return {
    exchange,
    violations: [
      ...broken,
      ...statusViolations(given, exchange),
      ...answerViolations(given, exchange),
      ...(isDeepStrictEqual(before, after) ? [] : [changed(operation, before, after)]),
    ],
  };
}

function contextOf(operation: Operation, rows: ExistingRows, values: PathValues): CaseContext {
  const content = describedRequest(operation);
  const schema = content && jsonSchemaIn(content);
  return {
    operation,
    rows,
    values,
    schema,
    validBody: async (options) => schema && sampleBody(schema, operation, rows, values, options),
  };
}

/** The path itself when it can be read, otherwise the nearest one above. */
function readablePathOf({ path }: Operation): string {
  let readable = path;
  while (!operations.some((other) => other.method === 'GET' && other.path === readable) && readable.includes('/', 1)) {
    readable = readable.slice(0, readable.lastIndexOf('/'));
  }
  return readable;
}

async function read(target: Target, url: string): Promise<unknown> {
  const { response } = await target.send({ method: 'GET', url, headers: tokenHeader(target, 'full access') ?? {} });
  return readBody(response.body);
}

function statusViolations({ operation, statuses }: ContractCase, { response: { status } }: Exchange): Violation[] {
  const allowed = statuses ?? operation.statuses.filter((documented) => documented < 500);
  if (allowed.includes(status)) return [];
  return [
    {
      check: 'expected-status',
      operation: operation.id,
      pointer: '/response/status',
      rule: 'case',
      expected: allowed,
      received: status,
    },
  ];
}

function answerViolations({ operation, answer }: ContractCase, { response }: Exchange): Violation[] {
  const body = readBody(response.body);
  const received = body.kind === 'json' ? body.value : undefined;
  if (!answer || isDeepStrictEqual(received, answer)) return [];
  return [
    {
      check: 'expected-body',
      operation: operation.id,
      pointer: '/response/body',
      rule: 'case',
      expected: answer,
      received: excerpt(received),
    },
  ];
}

function changed({ id }: Operation, before: unknown, after: unknown): Violation {
  return {
    check: 'state-unchanged',
    operation: id,
    pointer: '',
    rule: 'case',
    expected: excerpt(before),
    received: excerpt(after),
  };
}
