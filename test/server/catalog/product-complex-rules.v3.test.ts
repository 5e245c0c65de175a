/** Complex rules of a product, and what becomes of them when a modifier, value or variant goes away. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

const rulesOf = (product: number): string => `/v3/catalog/products/${product}/complex-rules`;
const TOO_FEW =
  'The rule must contain multiple modifier conditions with unique modifier ids or a variant condition and modifier condition';

interface Choice {
  readonly modifier_id: number;
  readonly values: readonly number[];
}

/** A towel in two sizes, with a choice of wrapping and one of ribbon. */
interface Towel {
  readonly mock: MockClient;
  readonly product: number;
  readonly wrapping: Choice;
  readonly ribbon: Choice;
  readonly variants: readonly number[];
}

async function towel(): Promise<Towel> {
  const mock = await startMock();
  const variants = ['S', 'L'].map((label) => ({
    sku: `TOWEL-${label}`,
    option_values: [{ option_display_name: 'Size', label }],
  }));
  const product = await newProduct(mock, { variants });
  const wrapping = await addModifier(mock, product, 'Wrapping');
  const ribbon = await addModifier(mock, product, 'Ribbon');
  const list = await mock.get(`/v3/catalog/products/${product}/variants`).expect(200);
  return { mock, product, wrapping, ribbon, variants: pluck(list, 'id') as number[] };
}

async function addModifier(mock: MockClient, product: number, display_name: string): Promise<Choice> {
  const { body } = await mock
    .post(`/v3/catalog/products/${product}/modifiers`, {
      display_name,
      type: 'dropdown',
      required: false,
      option_values: ['Plain', 'Festive'].map((label, sort_order) => ({ label, sort_order })),
    })
    .expect(200);
  const values = body.data.option_values as { readonly id: number }[];
  return { modifier_id: body.data.id, values: values.map(({ id }) => id) };
}

const choosing = ({ modifier_id, values }: Choice, place = 0): object => ({
  modifier_id,
  modifier_value_id: values[place],
  variant_id: null,
});
const buying = (variant_id: number | undefined): object => ({
  modifier_id: null,
  modifier_value_id: null,
  variant_id,
});

describe('createProductComplexRule', () => {
  it('completes a rule on two modifiers with what was not sent', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    const conditions = [choosing(wrapping), choosing(ribbon, 1)];
    const { body } = await mock
      .post(rulesOf(product), { price_adjuster: { adjuster: 'relative', adjuster_value: 5 }, conditions })
      .expect(200);
    const rule = {
      id: 1,
      product_id: product,
      sort_order: 0,
      enabled: true,
      stop: false,
      price_adjuster: { adjuster: 'relative', adjuster_value: 5 },
      weight_adjuster: {},
      purchasing_disabled: false,
      purchasing_disabled_message: '',
      purchasing_hidden: false,
      image_url: '',
      conditions: conditions.map((condition, place) => ({
        id: place + 1,
        rule_id: 1,
        combination_id: 0,
        ...condition,
      })),
    };
    expect(body).toEqual({ data: rule, meta: {} });
    const read = await mock.get(`${rulesOf(product)}/1`).expect(200);
    expect(read.body.data).toEqual(rule);
    const list = await mock.get(rulesOf(product)).expect(200);
    expect(list.body.data).toEqual([rule]);
  });

  it('takes a variant beside one modifier, in two conditions or in one', async () => {
    const { mock, product, wrapping, variants } = await towel();
    await mock.post(rulesOf(product), { conditions: [choosing(wrapping), buying(variants[0])] }).expect(200);
    const together = { ...choosing(wrapping), variant_id: variants[1] };
    const { body } = await mock.post(rulesOf(product), { conditions: [together] }).expect(200);
    expect(body.data.conditions).toEqual([{ id: 3, rule_id: 2, combination_id: 0, ...together }]);
  });

  it('takes all that a rule can do', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    const effects = {
      sort_order: 3,
      enabled: false,
      stop: true,
      price_adjuster: { adjuster: 'percentage', adjuster_value: -10 },
      weight_adjuster: { adjuster: 'relative', adjuster_value: 0.5 },
      purchasing_disabled: true,
      purchasing_disabled_message: 'Not in this combination.',
      purchasing_hidden: true,
      image_url: 'https://images.example.com/festive.jpg',
    };
    const { body } = await mock
      .post(rulesOf(product), { ...effects, conditions: [choosing(wrapping), choosing(ribbon)] })
      .expect(200);
    expect(body.data).toMatchObject(effects);
  });

  it('refuses too few conditions', async () => {
    const { mock, product, wrapping, variants } = await towel();
    for (const conditions of [
      undefined,
      [],
      [choosing(wrapping)],
      [buying(variants[0])],
      [choosing(wrapping, 0), choosing(wrapping, 1)],
      [buying(variants[0]), buying(variants[1])],
      [choosing(wrapping), buying(variants[0]), buying(variants[1])],
    ]) {
      const { body } = await mock.post(rulesOf(product), { conditions }).expect(422);
      expect(body.title).toBe(TOO_FEW);
    }
    const list = await mock.get(rulesOf(product)).expect(200);
    expect(list.body.data).toEqual([]);
  });

  it('refuses conditions on what the product does not have', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    const other = await newProduct(mock, { name: 'Cotton towel' });
    const strange = await addModifier(mock, other, 'Strange');
    const refused: readonly (readonly [string, readonly object[]])[] = [
      ['modifier_id', [choosing(wrapping), choosing(strange)]],
      ['modifier_id', [choosing(wrapping), { modifier_id: 9999, modifier_value_id: 1 }]],
      ['modifier_id', [choosing(wrapping), choosing(ribbon), { modifier_value_id: ribbon.values[1] }]],
      ['modifier_id', [choosing(wrapping), choosing(ribbon), {}]],
      ['modifier_value_id', [choosing(wrapping), { ...choosing(ribbon), modifier_value_id: strange.values[0] }]],
      ['modifier_value_id', [choosing(wrapping), { modifier_id: ribbon.modifier_id }]],
      ['variant_id', [choosing(wrapping), buying(9999)]],
    ];
    for (const [field, conditions] of refused) {
      const { body } = await mock.post(rulesOf(product), { conditions }).expect(422);
      expect(Object.keys(body.errors)).toEqual([`conditions.${field}`]);
    }
  });

  it('refuses the conditions of another rule, in any order', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    await mock.post(rulesOf(product), { conditions: [choosing(wrapping), choosing(ribbon)] }).expect(200);
    await mock.post(rulesOf(product), { conditions: [choosing(ribbon), choosing(wrapping)] }).expect(409);
    await mock.post(rulesOf(product), { conditions: [choosing(ribbon, 1), choosing(wrapping)] }).expect(200);
  });

  it('refuses an adjuster that does not exist', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    const conditions = [choosing(wrapping), choosing(ribbon)];
    const price_adjuster = { adjuster: 'double', adjuster_value: 2 };
    const { body } = await mock.post(rulesOf(product), { conditions, price_adjuster }).expect(422);
    expect(body.title).toBe('Invalid field(s): price_adjuster.adjuster');
  });

  it('counts as a change of the product', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    const before = await dateModified(mock, product);
    await aMinutePasses(mock);
    await mock.post(rulesOf(product), { conditions: [choosing(wrapping), choosing(ribbon)] }).expect(200);
    expect(Date.parse(await dateModified(mock, product))).toBeGreaterThan(Date.parse(before));
  });
});

describe('updateProductComplexRule', () => {
  it('changes what is sent and keeps the conditions', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    const created = await mock
      .post(rulesOf(product), {
        weight_adjuster: { adjuster: 'relative', adjuster_value: 1 },
        conditions: [choosing(wrapping), choosing(ribbon)],
      })
      .expect(200);
    const { body } = await mock
      .put(`${rulesOf(product)}/1`, { enabled: false, weight_adjuster: { adjuster: null } })
      .expect(200);
    expect(body.data).toEqual({ ...created.body.data, enabled: false, weight_adjuster: {} });
  });

  it('replaces the conditions that are sent, under the same rules', async () => {
    const { mock, product, wrapping, ribbon, variants } = await towel();
    await mock.post(rulesOf(product), { conditions: [choosing(wrapping), choosing(ribbon)] }).expect(200);
    await mock.post(rulesOf(product), { conditions: [choosing(wrapping, 1), choosing(ribbon, 1)] }).expect(200);
    const path = `${rulesOf(product)}/1`;
    await mock.put(path, { conditions: [choosing(ribbon, 1), choosing(wrapping, 1)] }).expect(409);
    const { body } = await mock.put(path, { conditions: [choosing(wrapping)] }).expect(422);
    expect(body.title).toBe(TOO_FEW);
    const replaced = await mock.put(path, { conditions: [choosing(wrapping), buying(variants[0])] }).expect(200);
    expect(replaced.body.data.conditions).toMatchObject([
      { id: 1, rule_id: 1, ...choosing(wrapping) },
      { id: 5, rule_id: 1, ...buying(variants[0]) },
    ]);
    await mock.put(path, { conditions: [buying(variants[0]), choosing(wrapping)] }).expect(200);
  });

  it('answers 404 for a rule that does not exist', async () => {
    const { mock, product } = await towel();
    await mock.put(`${rulesOf(product)}/5`, { enabled: false }).expect(404);
  });
});

describe('deleteProductComplexRule', () => {
  it('deletes the rule, and does not mind one that is gone', async () => {
    const { mock, product, wrapping, ribbon } = await towel();
    await mock.post(rulesOf(product), { conditions: [choosing(wrapping), choosing(ribbon)] }).expect(200);
    await mock.delete(`${rulesOf(product)}/1`).expect(204);
    await mock.get(`${rulesOf(product)}/1`).expect(404);
    await mock.delete(`${rulesOf(product)}/1`).expect(204);
    await mock.delete(`${rulesOf(999)}/1`).expect(404);
  });
});

describe('a rule whose condition names what is deleted', () => {
  async function withRules(): Promise<Towel> {
    const fixture = await towel();
    const { mock, product, wrapping, ribbon, variants } = fixture;
    for (const conditions of [
      [choosing(wrapping, 0), choosing(ribbon, 0)],
      [choosing(wrapping, 1), choosing(ribbon, 1)],
      [choosing(wrapping, 0), buying(variants[0])],
    ]) {
      await mock.post(rulesOf(product), { conditions }).expect(200);
    }
    return fixture;
  }

  it('goes with the modifier', async () => {
    const { mock, product, ribbon } = await withRules();
    await mock.delete(`/v3/catalog/products/${product}/modifiers/${ribbon.modifier_id}`).expect(204);
    expect(pluck(await mock.get(rulesOf(product)).expect(200), 'id')).toEqual([3]);
  });

  it('goes with the modifier value', async () => {
    const { mock, product, wrapping } = await withRules();
    const path = `/v3/catalog/products/${product}/modifiers/${wrapping.modifier_id}/values/${wrapping.values[0]}`;
    await mock.delete(path).expect(204);
    expect(pluck(await mock.get(rulesOf(product)).expect(200), 'id')).toEqual([2]);
  });

  it('goes with the variant', async () => {
    const { mock, product, variants } = await withRules();
    await mock.delete(`/v3/catalog/products/${product}/variants/${variants[0]}`).expect(204);
    expect(pluck(await mock.get(rulesOf(product)).expect(200), 'id')).toEqual([1, 2]);
  });
});
