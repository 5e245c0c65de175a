/** Every operation once, as a client would call it: no path is unknown, nothing fails, and answers are as described. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkExchange,
  describeViolation,
  ExistingRows,
  fillPath,
  runCase,
  writeCases,
  type Exchange,
} from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
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
    const values = (await rows.find(operation.path)) ?? { store_hash: target.storeHash };
    const headers = { 'X-Auth-Token': target.tokens.fullAccess };
    const exchange = await target.send({ method: 'GET', url: fillPath(operation.path, values), headers });
    requireNone(problemsOf(exchange));
    const { status } = exchange.response;
    // Jobs and carts are there once somebody started them.
    const isKnown = (await rows.find(operation.path)) !== undefined;
    expect(isKnown ? [200, 204] : [200, 204, 302, 400, 404, 422]).toContain(status);
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
