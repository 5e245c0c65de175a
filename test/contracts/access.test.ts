/** Every operation with the four kinds of credentials. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessCases } from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { runAll } from './run-all.js';

let target: MockTarget;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target.close());

describe.each(operations)('$id', (operation) => {
  it('is open to those who hold the scope, and to nobody else', async () => {
    expect(await runAll(accessCases(operation), target)).toEqual([]);
    if (operation.method !== 'GET') await target.reset();
  });
});
