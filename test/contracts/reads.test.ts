/** Every GET, for rows that exist: all there are, up to a number. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkExchange, describeViolation, ExistingRows, fillPath, readCases } from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { requireNone, requireSound } from './run-all.js';

/** Paths tried per operation: the rows of a small store are many and alike. */
const MOST_PATHS = 60;

let target: MockTarget;
let rows: ExistingRows;

beforeAll(async () => {
  target = await startTarget();
  rows = new ExistingRows(target);
});

afterAll(() => target.close());

describe.each(operations.filter(({ method }) => method === 'GET'))('$id', (operation) => {
  it('answers with what the description promises', async () => {
    await requireSound(readCases(operation), target);
    const problems: string[] = [];
    let paths = 0;
    for await (const values of rows.all(operation.path)) {
      paths += 1;
      if (paths > MOST_PATHS) break;
      const headers = { 'X-Auth-Token': target.tokens.fullAccess };
      const exchange = await target.send({ method: 'GET', url: fillPath(operation.path, values), headers });
      const { status } = exchange.response;
      if (status !== 200 && status !== 204) problems.push(`${exchange.request.url} is ${status}`);
      problems.push(...checkExchange(exchange).map(describeViolation));
    }
    requireNone(problems);
    expect(paths, 'the small store has a row for every operation').toBeGreaterThan(0);
  });
});

describe.each(operations.filter(({ resource }) => resource?.action === 'list'))('$id', (operation) => {
  it('has at least one row in the small store', async () => {
    let found = 0;
    for await (const values of rows.all(operation.path)) {
      found += (await rows.list(operation.path, values)).length;
      if (found > 0) break;
    }
    expect(found).toBeGreaterThan(0);
  });
});
