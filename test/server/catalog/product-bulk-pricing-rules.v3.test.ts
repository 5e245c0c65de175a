/** Bulk pricing rules of a product. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

const rulesOf = (product: number): string => `/v3/catalog/products/${product}/bulk-pricing-rules`;

interface Rule {
  readonly quantity_min: number;
  readonly quantity_max: number;
  readonly type: string;
  readonly amount: unknown;
}

const rule = (quantity_min: number, quantity_max: number, rest: Partial<Rule> = {}): Rule => ({
  quantity_min,
  quantity_max,
  type: 'price',
  amount: 2,
  ...rest,
});

async function addRule(mock: MockClient, product: number, body: Rule): Promise<void> {
  await mock.post(rulesOf(product), body).expect(200);
}

describe('createBulkPricingRule', () => {
  it('answers the rule with its id', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(rulesOf(product), rule(5, 9)).expect(200);
    expect(body).toEqual({ data: { id: 1, quantity_min: 5, quantity_max: 9, type: 'price', amount: 2 }, meta: {} });
    const read = await mock.get(`${rulesOf(product)}/1`).expect(200);
    expect(read.body).toEqual(body);
  });

  it.each([
    ['.10', 0.1],
    ['0.25', 0.25],
    [' 5 ', 5],
    [12.5, 12.5],
    [10.99999, 11],
    [10.99994, 10.9999],
  ])('answers an amount of %j as the number %d', async (amount, wanted) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(rulesOf(product), rule(5, 9, { type: 'percent', amount })).expect(200);
    expect(body.data.amount).toBe(wanted);
  });

  it.each(['', 'ten', '10%'])('refuses an amount of %j', async (amount) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(rulesOf(product), rule(5, 9, { amount })).expect(422);
    expect(body).toMatchObject({ title: 'Invalid field(s): amount', errors: { amount: expect.any(String) } });
  });

  it('asks for all four fields', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(rulesOf(product), {}).expect(422);
    expect(body.title).toBe('Missing Required Fields');
    expect(Object.keys(body.errors).sort()).toEqual(['amount', 'quantity_max', 'quantity_min', 'type']);
  });

  it.each([
    [5, 5],
    [5, 4],
  ])('refuses the quantities %d to %d: the upper end must be above the lower', async (quantity_min, quantity_max) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(rulesOf(product), rule(quantity_min, quantity_max)).expect(422);
    expect(body).toMatchObject({
      title: 'Invalid field(s): quantity_max',
      errors: { quantity_max: expect.any(String) },
    });
  });

  it('refuses a negative quantity and an unknown type', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await mock.post(rulesOf(product), rule(-1, 4)).expect(422);
    await mock.post(rulesOf(product), rule(1, 4, { type: 'half' })).expect(422);
  });

  it('refuses a fixed price that begins below two units', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    const { body } = await mock.post(rulesOf(product), rule(1, 4, { type: 'fixed' })).expect(422);
    expect(body.errors).toHaveProperty('quantity_min');
    await mock.post(rulesOf(product), rule(2, 4, { type: 'fixed' })).expect(200);
  });

  it.each([
    [9, 20],
    [1, 5],
    [6, 8],
    [1, 0],
    [9, 0],
    [5, 9],
  ])('refuses the quantities %d to %d next to a rule for 5 to 9', async (quantity_min, quantity_max) => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await addRule(mock, product, rule(5, 9));
    await mock.post(rulesOf(product), rule(quantity_min, quantity_max)).expect(409);
    const list = await mock.get(rulesOf(product)).expect(200);
    expect(list.body.data).toHaveLength(1);
  });

  it('takes ranges that touch, an open end, and the same range on another product', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await addRule(mock, product, rule(5, 9));
    await addRule(mock, product, rule(1, 4));
    await addRule(mock, product, rule(10, 0));
    await mock.post(rulesOf(product), rule(1000, 2000)).expect(409);
    const other = await newProduct(mock, { name: 'Cotton towel' });
    await addRule(mock, other, rule(5, 9));
  });

  it('takes 50 rules for one product and refuses the next', async () => {
    const mock = await startMock();
    const bulk_pricing_rules = Array.from({ length: 50 }, (_, place) => rule(2 * place, 2 * place + 1));
    const product = await newProduct(mock, { bulk_pricing_rules });
    await mock.post(rulesOf(product), rule(100, 101)).expect(403);
  });

  it('counts as a change of the product', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    for (const write of [
      () => mock.post(rulesOf(product), rule(5, 9)).expect(200),
      () => mock.put(`${rulesOf(product)}/1`, { amount: 3 }).expect(200),
      () => mock.delete(`${rulesOf(product)}/1`).expect(204),
    ]) {
      const before = await dateModified(mock, product);
      await aMinutePasses(mock);
      await write();
      expect(Date.parse(await dateModified(mock, product))).toBeGreaterThan(Date.parse(before));
    }
  });
});

describe('getAllBulkPricingRules', () => {
  it('lists all rules of the product at once', async () => {
    const mock = await startMock();
    const bulk_pricing_rules = Array.from({ length: 50 }, (_, place) => rule(2 * place, 2 * place + 1));
    const product = await newProduct(mock, { bulk_pricing_rules });
    const list = await mock.get(`${rulesOf(product)}?limit=2`).expect(200);
    expect(pluck(list, 'quantity_min')).toEqual(bulk_pricing_rules.map(({ quantity_min }) => quantity_min));
    expect(list.body.meta.pagination).toMatchObject({ total: 50, count: 50, total_pages: 1 });
  });
});

describe('updateBulkPricingRule', () => {
  it('changes what is sent and leaves the id alone', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await addRule(mock, product, rule(5, 9));
    const { body } = await mock.put(`${rulesOf(product)}/1`, { id: 8, type: 'percent', amount: '.15' }).expect(200);
    expect(body.data).toEqual({ id: 1, quantity_min: 5, quantity_max: 9, type: 'percent', amount: 0.15 });
  });

  it('holds the changed rule to the same bounds', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await addRule(mock, product, rule(5, 9));
    await addRule(mock, product, rule(10, 0));
    await mock.put(`${rulesOf(product)}/1`, { quantity_max: 10 }).expect(409);
    await mock.put(`${rulesOf(product)}/1`, { quantity_max: 5 }).expect(422);
    await mock.put(`${rulesOf(product)}/1`, { quantity_max: 8 }).expect(200);
    await mock.put(`${rulesOf(product)}/3`, { amount: 1 }).expect(404);
  });
});

describe('deleteBulkPricingRule', () => {
  it('answers 404 for a rule that is gone, and frees its range', async () => {
    const mock = await startMock();
    const product = await newProduct(mock);
    await addRule(mock, product, rule(5, 9));
    await mock.delete(`${rulesOf(product)}/1`).expect(204);
    await mock.delete(`${rulesOf(product)}/1`).expect(404);
    await addRule(mock, product, rule(5, 9));
  });
});
