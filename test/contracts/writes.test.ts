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
import { requireSound } from './run-all.js';

/** Operations that want more of a body, or of the rows it names, than a schema can say. */
const needMore: Readonly<Record<string, string>> = {
  createBulkPricingRule: 'the upper end must lie above the lower one',
  createCategories: 'a category needs a tree or a parent',
  createProductComplexRule: 'a rule needs two conditions',
  createProductImage: 'a picture comes as a file or from an address',
  createProductModifierValue: 'the first modifier is a checkbox, whose values are fixed',
  createProductVariant: 'a variant needs a combination of option values that is free',
  createProductVariantImage: 'a picture comes as a file or from an address',
  deleteCategories: 'the first category holds products',
  deleteCategory: 'the first category holds products',
  deleteCategoriesMetafields: 'the first metafield belongs to another app',
  deleteCategoryMetafield: 'the first metafield belongs to another app',
  deleteCategoryTrees: 'the first tree is that of the default storefront',
  deleteProductModifierValue: 'the first modifier is a checkbox, whose values are fixed',
  updateCategorySortOrders: 'the product must be in the category',
  updateVariantsBatch: 'a row without an id must be a whole variant',
  upsertCategoryTrees: 'a row without an id must be a whole tree',
};

/** Rows put back per operation. */
const MOST_PATHS = 20;

const writes = operations.filter(({ method }) => method !== 'GET');

let target: MockTarget;

beforeAll(async () => {
  target = await startTarget();
});

afterAll(() => target.close());

describe.each(writes)('$id', (operation) => {
  it('answers a valid request as documented', async () => {
    for (const given of writeCases(operation)) {
      await target.reset();
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

describe.each(writes.filter((operation) => roundTripCase(operation)))('$id', (operation) => {
  it('takes what GET shows', async () => {
    await target.reset();
    const cases: ContractCase[] = [];
    for await (const values of new ExistingRows(target).all(operation.path)) {
      if (cases.length === MOST_PATHS) break;
      cases.push(roundTripCase(operation, values)!);
    }
    await requireSound(cases, target);
  });
});

describe.each(writes.filter(({ id }) => !Object.hasOwn(needMore, id)))('$id', (operation) => {
  it('accepts what the description calls enough', async () => {
    await target.reset();
    const [first] = writeCases(operation);
    const { exchange } = await runCase(first!, target);
    expect(exchange?.response.status, JSON.stringify(exchange?.response.body)).toBeLessThan(300);
  });
});
