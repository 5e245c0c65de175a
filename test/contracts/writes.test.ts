/** Every operation that writes: with bodies that are valid, and with every mistake that the schema can tell. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ExistingRows,
  invalidBodyCases,
  roundTripCase,
  runCase,
  writeCases,
  type ContractCase,
} from '../../contracts/index.js';
import { operations } from '../../openapi/index.js';
import { startTarget, type MockTarget } from './mock-target.js';
import { needMore } from './need-more.js';
import { requireSound } from './run-all.js';

/** Rows that are shown in one form and taken in another, so that no client can send them back as they are. */
const notPutBack: Readonly<Record<string, string>> = {
  updateBlogPost: 'the date of publication is shown as an object and taken as text',
};

/** Rows put back per operation. */
const MOST_PATHS = 20;

const writes = operations.filter(({ host, method }) => host !== 'provider' && method !== 'GET');

let target: MockTarget;

beforeAll(async () => {
  target = await startTarget({ webhooks: 'off' });
});

afterAll(() => target.close());

/** With a webhook the events of each write are worked out; nobody is called. */
async function startListening(): Promise<void> {
  const { response } = await target.send({
    method: 'POST',
    url: `/stores/${target.storeHash}/v3/hooks`,
    headers: { 'X-Auth-Token': target.tokens.fullAccess, 'Content-Type': 'application/json' },
    body: JSON.stringify({ scope: 'store/order/*', destination: 'https://example.com/every-write', is_active: true }),
  });
  expect(response.status).toBe(200);
}

describe.each(writes)('$id', (operation) => {
  it('answers a valid request as documented', async () => {
    for (const given of writeCases(operation)) {
      await target.reset();
      await startListening();
      await requireSound([given], target);
    }
  });
});

describe.each(writes.filter((operation) => invalidBodyCases(operation).length > 0))('$id', (operation) => {
  it('refuses every broken body and changes nothing', async () => {
    await target.reset();
    await requireSound(invalidBodyCases(operation), target);
  });
});

describe.each(writes.filter((operation) => !Object.hasOwn(notPutBack, operation.id) && roundTripCase(operation)))(
  '$id',
  (operation) => {
    it('takes what GET shows', async () => {
      await target.reset();
      const cases: ContractCase[] = [];
      for await (const values of new ExistingRows(target).all(operation.path)) {
        if (cases.length === MOST_PATHS) break;
        cases.push(roundTripCase(operation, values)!);
      }
      await requireSound(cases, target);
    });
  },
);

describe.each(writes.filter(({ id }) => !Object.hasOwn(needMore, id)))('$id', (operation) => {
  it('accepts what the description calls enough', async () => {
    await target.reset();
    const [first] = writeCases(operation);
    const { exchange } = await runCase(first!, target);
    expect(exchange?.response.status, JSON.stringify(exchange?.response.body)).toBeLessThan(300);
  });
});
