/** Every GET, for rows that exist: all there are, up to a number. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeViolation, ExistingRows, readCases, runCase } from '../../contracts/index.js';
import { operationRules, operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { needMore } from './need-more.js';
import { requireNone, requireSound } from './run-all.js';

/** Paths tried per operation: the rows of a small store are many and alike. */
const MOST_PATHS = 60;

/** Cases whose value no row shows under its name. */
const unknowable: Readonly<Record<string, string>> = {
  'getPage takes name': 'no page has the name that is made up',
  'getPage takes name:like': 'no page has the name that is made up',
  'getWidgetTemplate takes version_uuid': 'the template calls it current_version_uuid',
};

/** Lists that show nothing without a query. */
const lists = operations.filter((operation) => {
  const isAsking = operationRules(operation).parameters.some((rule) => rule.in === 'query' && rule.required);
  return operation.resource?.action === 'list' && !isAsking && !Object.hasOwn(needMore, operation.id);
});

let target: MockTarget;
let rows: ExistingRows;

beforeAll(async () => {
  target = await startTarget();
  rows = new ExistingRows(target);
});

afterAll(() => target.close());

describe.each(operations.filter(({ host, method }) => host !== 'provider' && method === 'GET'))('$id', (operation) => {
  it('answers with what the description promises', async () => {
    const isRefused = Object.hasOwn(needMore, operation.id);
    const statuses = operation.statuses.filter((status) => status < 500);
    const cases = readCases(operation)
      .filter(({ name }) => !Object.hasOwn(unknowable, name))
      .map((given) => (isRefused ? { ...given, statuses } : given));
    await requireSound(cases, target);
    if (isRefused) return;
    const problems: string[] = [];
    let paths = 0;
    for await (const values of rows.all(operation.path)) {
      paths += 1;
      if (paths > MOST_PATHS) break;
      const { violations } = await runCase({ ...cases[0]!, values }, target, rows);
      problems.push(...violations.map((violation) => `${JSON.stringify(values)}: ${describeViolation(violation)}`));
    }
    requireNone(problems);
    expect(paths, 'the small store has a row for every operation').toBeGreaterThan(0);
  });
});

describe.each(lists)('$id', (operation) => {
  it('has at least one row in the small store', async () => {
    let found = 0;
    for await (const values of rows.all(operation.path)) {
      found += (await rows.list(operation.path, values)).length;
      if (found > 0) break;
    }
    expect(found).toBeGreaterThan(0);
  });
});
