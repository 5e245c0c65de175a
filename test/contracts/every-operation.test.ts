/** Every operation once, as a client would call it: no path is unknown, nothing fails, and answers are as described. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkExchange,
  describeViolation,
  ExistingRows,
  readCases,
  runCase,
  writeCases,
  type Exchange,
} from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { needMore } from './need-more.js';
import { requireNone } from './run-all.js';

const served = operations.filter(({ host }) => host !== 'provider');

let target: MockTarget;
let rows: ExistingRows;

beforeAll(async () => {
  target = await startTarget();
  rows = new ExistingRows(target);
});

afterAll(() => target.close());

/** What an answer breaks; a failure first of all. */
function problemsOf(exchange: Exchange): string[] {
  const { status, body, headers } = exchange.response;
  const line = `${exchange.request.method} ${exchange.request.url}`;
  const problems = checkExchange(exchange).map((violation) => `${line}: ${describeViolation(violation)}`);
  const text = typeof body === 'string' ? body : '';
  if (status >= 500) problems.unshift(`${line} is ${status}: ${text}`);
  if (text.includes('The route is not found')) problems.unshift(`${line} is not routed`);
  if (headers['x-mock-fidelity'] === undefined) problems.push(`${line} has no X-Mock-Fidelity`);
  return problems;
}

describe.each(served.filter(({ method }) => method === 'GET'))('$id', (operation) => {
  it('is answered, for rows that exist', async () => {
    const [usual] = readCases(operation);
    const { exchange } = await runCase(usual!, target, rows);
    requireNone(problemsOf(exchange!));
    // Jobs are there once somebody started them; shoppers once they signed in.
    const isKnown =
      operation.host === 'management' &&
      !Object.hasOwn(needMore, operation.id) &&
      (await rows.find(operation.path)) !== undefined;
    expect(isKnown ? [200, 204] : [200, 204, 302, 400, 401, 404, 422]).toContain(exchange?.response.status);
  });
});

describe.each(served.filter(({ method }) => method !== 'GET'))('$id', (operation) => {
  it('is answered', async () => {
    const problems: string[] = [];
    for (const given of writeCases(operation)) {
      await target.reset();
      const { exchange } = await runCase(given, target);
      if (exchange) problems.push(...problemsOf(exchange).filter((problem) => !problem.includes(': request-')));
    }
    requireNone(problems);
  });
});
