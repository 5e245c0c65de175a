/** Every operation with the four kinds of credentials. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { accessCases } from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { requireSound } from './run-all.js';

let target: MockTarget;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target.close());

describe.each(operations)('$id', (operation) => {
  it('is open to those who hold the scope, and to nobody else', async () => {
    await requireSound(accessCases(operation), target);
    if (operation.method !== 'GET') await target.reset();
  });
});
