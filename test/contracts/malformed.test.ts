/** Every operation with requests that no client means to send: a 4xx each time, and the server lives on. */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { malformedCases } from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { BODY_LIMIT, startTarget, type MockTarget } from './mock-target.js';
import { requireSound } from './run-all.js';

let target: MockTarget;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target.close());

describe.each(operations.filter(({ host }) => host !== 'provider'))('$id', (operation) => {
  it('refuses what is malformed and lives on', async () => {
    await requireSound(malformedCases(operation, { oversizedBytes: BODY_LIMIT + 1 }), target);
    if (operation.method !== 'GET') await target.reset();
  });
});
