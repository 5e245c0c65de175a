/** Every operation that writes: with bodies that are valid, and with every mistake that the schema can tell. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExistingRows, invalidBodyCases, runCase, writeCases } from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { runAll } from './run-all.js';

let target: MockTarget;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target.close());

describe.each(operations.filter(({ method }) => method !== 'GET'))('$id', (operation) => {
  it('answers a valid request as documented', async () => {
    for (const given of writeCases(operation)) {
      await target.reset();
      expect(await runAll([given], target)).toEqual([]);
    }
  });

  it('refuses every broken body and changes nothing', async () => {
    await target.reset();
    const rows = new ExistingRows(target);
    const [row] = await rows.list(operation.path, { store_hash: target.storeHash });
    expect(await runAll(invalidBodyCases(operation), target)).toEqual([]);
    expect((await new ExistingRows(target).list(operation.path, { store_hash: target.storeHash }))[0]).toEqual(row);
  });

  it.skipIf(Object.hasOwn(needMore, operation.id))('accepts what the description calls enough', async () => {
    await target.reset();
    const [first] = writeCases(operation);
    const { exchange } = await runCase(first!, target);
    expect(exchange?.response.status, String(exchange?.response.body)).toBeLessThan(300);
  });
});
