/** Variants: base variants, combinations, SKUs, prices, stock, images, lists and batches. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { newOption, newVariant, variantBody, type NewOption } from './new-option.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

interface Variant {
  readonly id: number;
  readonly sku_id: number | null;
  readonly option_values: readonly object[];
  readonly [name: string]: unknown;
}

interface Complex {
  readonly mock: MockClient;
  readonly product_id: number;
  readonly option: NewOption;
  readonly variant_id: number;
}

/** A product with an option Size and a variant of its first value. */
async function startComplex(product: object = {}, variant: object = {}): Promise<Complex> {
  const mock = await startMock();
  const product_id = await newProduct(mock, product);
  const option = await newOption(mock, product_id, 'Size', ['S', 'M', 'L']);
  const variant_id = await newVariant(mock, product_id, option, 0, variant);
  return { mock, product_id, option, variant_id };
}

async function productOf(mock: MockClient, product_id: number): Promise<{ readonly base_variant_id: number | null }> {
  const { body } = await mock.get(`/v3/catalog/products/${product_id}`).expect(200);
  return body.data as { readonly base_variant_id: number | null };
}

async function variantsOf(mock: MockClient, product_id: number): Promise<Variant[]> {
  const { body } = await mock.get(`/v3/catalog/products/${product_id}/variants`).expect(200);
  return body.data as Variant[];
}

describe('base variants', () => {
  it('come with every product and carry its SKU (scenario 1)', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post('/v3/catalog/products', { name: 'Mug', type: 'physical', weight: 0.5, price: 12, sku: 'MUG' })
      .expect(200);
    const { id, base_variant_id, variants } = body.data;
    expect(variants).toHaveLength(1);
    expect(variants[0]).toEqual({
      id: base_variant_id,
      product_id: id,
      sku: 'MUG',
      sku_id: null,
      price: null,
      calculated_price: 12,
      sale_price: null,
      retail_price: null,
      map_price: null,
      weight: null,
      calculated_weight: 0.5,
      width: null,
      height: null,
      depth: null,
      is_free_shipping: false,
      fixed_cost_shipping_price: null,
      purchasing_disabled: false,
      purchasing_disabled_message: '',
      image_url: '',
      cost_price: null,
      upc: '',
      mpn: '',
      gtin: '',
      inventory_level: 0,
      inventory_warning_level: 0,
      bin_picking_number: '',
      option_values: [],
    });
    const read = await mock.get(`/v3/catalog/products/${id}?include=variants`).expect(200);
    expect(read.body.data.variants).toEqual(variants);
    expect(await variantsOf(mock, id)).toEqual(variants);
  });

  it('share their SKU with the product, whichever is changed', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { sku: 'A' });
    const { base_variant_id } = await productOf(mock, product_id);
    await mock.put(`/v3/catalog/products/${product_id}`, { sku: 'B' }).expect(200);
    expect(await variantsOf(mock, product_id)).toMatchObject([{ sku: 'B' }]);
    await mock.put(`/v3/catalog/products/${product_id}/variants/${base_variant_id}`, { sku: 'C' }).expect(200);
    expect(await productOf(mock, product_id)).toMatchObject({ sku: 'C', base_variant_id });
    const found = await mock.get('/v3/catalog/products?sku=c').expect(200);
    expect(pluck(found, 'id')).toEqual([product_id]);
    await mock.put(`/v3/catalog/products/${product_id}/variants/${base_variant_id}`, { sku: '' }).expect(200);
    expect(await productOf(mock, product_id)).toMatchObject({ sku: '' });
  });

  it('go when the first real variant comes and return under a new id after the last one (scenarios 6 and 7)', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { sku: 'TOWEL' });
    const { base_variant_id } = await productOf(mock, product_id);
    const option = await newOption(mock, product_id);
    expect(pluck({ body: { data: await variantsOf(mock, product_id) } }, 'id')).toEqual([base_variant_id]);

    const first = await newVariant(mock, product_id, option, 0);
    expect(await productOf(mock, product_id)).toMatchObject({ base_variant_id: null, sku: 'TOWEL' });
    await mock.get(`/v3/catalog/products/${product_id}/variants/${base_variant_id}`).expect(404);
    const second = await newVariant(mock, product_id, option, 1);
    expect(pluck({ body: { data: await variantsOf(mock, product_id) } }, 'id')).toEqual([first, second]);

    await mock.delete(`/v3/catalog/products/${product_id}/variants/${first}`).expect(204);
    expect(await productOf(mock, product_id)).toMatchObject({ base_variant_id: null });
    await mock.delete(`/v3/catalog/products/${product_id}/variants/${second}`).expect(204);
    const [returned, ...others] = await variantsOf(mock, product_id);
    expect(others).toEqual([]);
    expect(returned).toMatchObject({ sku: 'TOWEL', option_values: [], sku_id: null });
    expect(returned?.id).toBeGreaterThan(second);
    expect(await productOf(mock, product_id)).toMatchObject({ base_variant_id: returned?.id });
  });

  it('cannot be deleted', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const { base_variant_id } = await productOf(mock, product_id);
    await mock.delete(`/v3/catalog/products/${product_id}/variants/${base_variant_id}`).expect(422);
    expect(await variantsOf(mock, product_id)).toHaveLength(1);
  });

  it('go with their product', async () => {
    const { mock, product_id } = await startComplex();
    await newProduct(mock, { name: 'Another' });
    await mock.delete(`/v3/catalog/products/${product_id}`).expect(204);
    const { body } = await mock.get('/v3/catalog/variants').expect(200);
    expect(body.data).toHaveLength(1);
    expect(body.data[0].product_id).not.toBe(product_id);
  });
});

describe('createProductVariant', () => {
  it('answers 200 with what was sent, and null for all that the product says', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { price: 20, weight: 2 });
    const option = await newOption(mock, product_id);
    const path = `/v3/catalog/products/${product_id}/variants`;
    const { body } = await mock
      .post(path, variantBody(option, 0, { sku: 'S', mpn: 'M-1', price: 17.99999 }))
      .expect(200);
    expect(body).toMatchObject({
      data: {
        product_id,
        sku: 'S',
        mpn: 'M-1',
        price: 18,
        calculated_price: 18,
        sale_price: null,
        weight: null,
        calculated_weight: 2,
        option_values: [{ id: option.values[0], label: 'S', option_id: option.id, option_display_name: 'Size' }],
      },
      meta: {},
    });
    const read = await mock.get(`${path}/${body.data.id}`).expect(200);
    expect(read.body).toEqual(body);
  });

  it('numbers SKUs in a sequence of their own', async () => {
    const { mock, product_id, option, variant_id } = await startComplex();
    const other = await newVariant(mock, product_id, option, 1);
    const [first, second] = await variantsOf(mock, product_id);
    expect(second?.sku_id).toBe(Number(first?.sku_id) + 1);
    await mock.delete(`/v3/catalog/products/${product_id}/variants/${other}`).expect(204);
    await newVariant(mock, product_id, option, 2);
    const [, third] = await variantsOf(mock, product_id);
    expect(third?.sku_id).toBe(Number(second?.sku_id) + 1);
    expect(variant_id).not.toBe(first?.sku_id);
  });

  it('takes a blank SKU, more than once', async () => {
    const { mock, product_id, option } = await startComplex({}, { sku: '' });
    await newVariant(mock, product_id, option, 1, { sku: '' });
    expect(pluck({ body: { data: await variantsOf(mock, product_id) } }, 'sku')).toEqual(['', '']);
  });

  it('dates the product', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const option = await newOption(mock, product_id);
    const before = await dateModified(mock, product_id);
    await aMinutePasses(mock);
    await newVariant(mock, product_id, option, 0);
    expect(Date.parse(await dateModified(mock, product_id))).toBeGreaterThan(Date.parse(before));
  });

  it.each([
    ['missing', {}],
    ['empty', { option_values: [] }],
  ])('answers 422 when option_values are %s (scenario 6)', async (_case, body) => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const answer = await mock.post(`/v3/catalog/products/${product_id}/variants`, { sku: 'S', ...body }).expect(422);
    expect(answer.body).toMatchObject({
      title: 'Invalid field(s): option_values',
      errors: { option_values: expect.stringContaining('must not be empty') },
    });
  });

  it('answers 422 when the SKU is missing', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const option = await newOption(mock, product_id);
    const path = `/v3/catalog/products/${product_id}/variants`;
    const { body } = await mock.post(path, variantBody(option, 0, { sku: undefined })).expect(422);
    expect(body.errors).toHaveProperty('sku');
  });

  it('wants exactly one value of every option, and none of anything else', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const other_id = await newProduct(mock, { name: 'Another' });
    const size = await newOption(mock, product_id, 'Size');
    const color = await newOption(mock, product_id, 'Color', ['Red', 'Blue']);
    const foreign = await newOption(mock, other_id, 'Size');
    const path = `/v3/catalog/products/${product_id}/variants`;
    const small = { id: size.values[0], option_id: size.id };
    const medium = { id: size.values[1], option_id: size.id };
    const red = { id: color.values[0], option_id: color.id };
    const wrong = [
      [small],
      [small, medium, red],
      [small, red, { id: foreign.values[0], option_id: foreign.id }],
      [small, { id: 999_999, option_id: color.id }],
      [small, { id: small.id, option_id: color.id }],
    ];
    for (const option_values of wrong) {
      const { body } = await mock.post(path, { sku: 'X', option_values }).expect(422);
      expect(body.title).toBe('Invalid field(s): option_values');
    }
    const modifier = await mock
      .post(`/v3/catalog/products/${product_id}/modifiers`, {
        display_name: 'Wrapping',
        type: 'dropdown',
        required: false,
        option_values: [{ label: 'Paper', sort_order: 0 }],
      })
      .expect(200);
    const { id, option_values } = modifier.body.data;
    await mock
      .post(path, { sku: 'X', option_values: [small, red, { id: option_values[0].id, option_id: id }] })
      .expect(422);
    await mock.post(path, { sku: 'X', option_values: [red, small] }).expect(200);
  });

  it('answers 409 with code 22010 for a combination that exists (scenario 6)', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const size = await newOption(mock, product_id, 'Size');
    const color = await newOption(mock, product_id, 'Color', ['Red', 'Blue']);
    const values = [
      { id: size.values[0], option_id: size.id },
      { id: color.values[0], option_id: color.id },
    ];
    const path = `/v3/catalog/products/${product_id}/variants`;
    await mock.post(path, { sku: 'A', option_values: values }).expect(200);
    const { body } = await mock.post(path, { sku: 'B', option_values: values.reverse() }).expect(409);
    const title = 'Variant with the same option values set exists';
    expect(body).toMatchObject({ status: 409, code: 22010, title, errors: { option_values: title } });
  });

  it('answers 409 with code 22003 for a SKU of a variant or product, in any case of letters (scenario 4)', async () => {
    const { mock, option, product_id } = await startComplex({}, { sku: 'Taken' });
    await newProduct(mock, { name: 'Another', sku: 'X' });
    const path = `/v3/catalog/products/${product_id}/variants`;
    for (const sku of ['tAKEN', 'x']) {
      const { body } = await mock.post(path, variantBody(option, 1, { sku })).expect(409);
      const title = `Sku ${sku} is not unique`;
      expect(body).toMatchObject({ status: 409, code: 22003, title, errors: { sku: title } });
    }
    const product = { name: 'Third', type: 'physical', weight: 1, price: 1, sku: 'TAKEN' };
    const { body } = await mock.post('/v3/catalog/products', product).expect(409);
    expect(body).toMatchObject({ title: 'The product sku is a duplicate' });
    await newVariant(mock, product_id, option, 1, { sku: 'free' });
  });

  it('leaves everything as it was when it refuses', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { sku: 'P' });
    const option = await newOption(mock, product_id);
    const before = await variantsOf(mock, product_id);
    await mock.post(`/v3/catalog/products/${product_id}/variants`, variantBody(option, 0, { sku: 'p' })).expect(409);
    expect(await variantsOf(mock, product_id)).toEqual(before);
  });

  it('answers 404 for an unknown product', async () => {
    const mock = await startMock();
    await mock
      .post('/v3/catalog/products/999/variants', { sku: 'A', option_values: [{ id: 1, option_id: 1 }] })
      .expect(404);
    await mock.get('/v3/catalog/products/999/variants').expect(404);
  });

  it('answers 403 past 600 variants', async () => {
    const mock = await startMock();
    const labels = (count: number, letter: string): string[] =>
      Array.from({ length: count }, (_, n) => `${letter}${n}`);
    const variants = labels(25, 'a').flatMap((a) =>
      labels(24, 'b').map((b) => ({
        sku: `${a}-${b}`,
        option_values: [
          { option_display_name: 'A', label: a },
          { option_display_name: 'B', label: b },
        ],
      })),
    );
    const product_id = await newProduct(mock, { variants });
    const { body } = await mock.get(`/v3/catalog/products/${product_id}/options`).expect(200);
    const [a, b] = body.data as { id: number; option_values: { id: number }[] }[];
    const values = `/v3/catalog/products/${product_id}/options/${a?.id}/values`;
    const added = await mock.post(values, { label: 'more', sort_order: 99 }).expect(200);
    const option_values = [
      { id: added.body.data.id, option_id: a?.id },
      { id: b?.option_values[0]?.id, option_id: b?.id },
    ];
    await mock.post(`/v3/catalog/products/${product_id}/variants`, { sku: 'one more', option_values }).expect(403);
    const list = await mock.get(`/v3/catalog/products/${product_id}/variants?limit=250&page=3`).expect(200);
    expect(list.body.meta.pagination).toMatchObject({ total: 600, count: 100 });
  });
});

describe('variants inside the body of a product', () => {
  const mug = { name: 'Mug', type: 'physical', weight: 1, price: 10 };

  it('come with options of radio buttons, one per name, and values, one per label (scenario 5)', async () => {
    const mock = await startMock();
    const variants = [
      ['White', 'S'],
      ['white', 'L'],
      ['Black', 'S'],
    ].map(([color, size], n) => ({
      sku: `MUG-${n}`,
      price: 10 + n,
      option_values: [
        { option_display_name: n === 1 ? 'mug color' : 'Mug Color', label: color },
        { option_display_name: 'Size', label: size },
      ],
    }));
    const { body } = await mock.post('/v3/catalog/products', { ...mug, variants }).expect(200);
    const { id } = body.data;
    expect(body.data).toMatchObject({ base_variant_id: null, inventory_tracking: 'none' });
    const options = await mock.get(`/v3/catalog/products/${id}/options`).expect(200);
    expect(options.body.data).toMatchObject([
      { display_name: 'Mug Color', type: 'radio_buttons', option_values: [{ label: 'White' }, { label: 'Black' }] },
      { display_name: 'Size', option_values: [{ label: 'S' }, { label: 'L' }] },
    ]);
    const rows = await variantsOf(mock, id);
    expect(rows).toMatchObject([{ sku: 'MUG-0' }, { sku: 'MUG-1', calculated_price: 11 }, { sku: 'MUG-2' }]);
    expect(rows[1]?.option_values).toMatchObject([
      { label: 'White', option_display_name: 'Mug Color' },
      { label: 'L', option_display_name: 'Size' },
    ]);
  });

  it.each([
    [
      'a SKU twice',
      409,
      [
        { sku: 'A', label: 'S' },
        { sku: 'a', label: 'M' },
      ],
    ],
    [
      'a combination twice',
      409,
      [
        { sku: 'A', label: 'S' },
        { sku: 'B', label: 'S' },
      ],
    ],
    ["the product's own SKU", 409, [{ sku: 'own', label: 'S' }]],
  ])('refuse the whole product for %s', async (_case, status, rows) => {
    const mock = await startMock();
    const variants = rows.map(({ sku, label }) => ({ sku, option_values: [{ option_display_name: 'Size', label }] }));
    await mock.post('/v3/catalog/products', { ...mug, sku: 'OWN', variants }).expect(status);
    const { body } = await mock.get('/v3/catalog/products').expect(200);
    expect(body.data).toEqual([]);
  });

  it('refuse the product when one lacks option values or a value of an option', async () => {
    const mock = await startMock();
    const size = { option_display_name: 'Size', label: 'S' };
    const color = { option_display_name: 'Color', label: 'Red' };
    await mock.post('/v3/catalog/products', { ...mug, variants: [{ sku: 'A', option_values: [] }] }).expect(422);
    const uneven = [
      { sku: 'A', option_values: [size] },
      { sku: 'B', option_values: [size, color] },
    ];
    await mock.post('/v3/catalog/products', { ...mug, variants: uneven }).expect(422);
  });

  it('are changed by id and added without one when the product is updated', async () => {
    const mock = await startMock();
    const value = (label: string): object[] => [{ option_display_name: 'Size', label }];
    const { body } = await mock
      .post('/v3/catalog/products', { ...mug, variants: [{ sku: 'A', option_values: value('S') }] })
      .expect(200);
    const { id, variants } = body.data;
    const changed = [
      { ...variants[0], price: 8 },
      { sku: 'B', option_values: value('M') },
    ];
    await mock.put(`/v3/catalog/products/${id}`, { variants: changed }).expect(200);
    expect(await variantsOf(mock, id)).toMatchObject([
      { id: variants[0].id, sku: 'A', price: 8, calculated_price: 8, sku_id: variants[0].sku_id },
      { sku: 'B', option_values: [{ label: 'M', option_id: variants[0].option_values[0].option_id }] },
    ]);
    const options = await mock.get(`/v3/catalog/products/${id}/options`).expect(200);
    expect(options.body.data).toHaveLength(1);
  });
});

describe('calculated_price and calculated_weight', () => {
  it('follow the variant first and the product last (scenario 8)', async () => {
    const { mock, product_id, option, variant_id } = await startComplex({ price: 20, weight: 2 }, { price: 18 });
    const inheriting = await newVariant(mock, product_id, option, 1);
    const prices = async (): Promise<unknown[]> =>
      pluck({ body: { data: await variantsOf(mock, product_id) } }, 'calculated_price');
    expect(await prices()).toEqual([18, 20]);
    await mock.put(`/v3/catalog/products/${product_id}`, { sale_price: 15 }).expect(200);
    expect(await prices()).toEqual([18, 15]);
    await mock.put(`/v3/catalog/products/${product_id}/variants/${variant_id}`, { sale_price: 12 }).expect(200);
    expect(await prices()).toEqual([12, 15]);
    await mock.put(`/v3/catalog/products/${product_id}`, { price: 50, sale_price: 0, weight: 3 }).expect(200);
    expect(await prices()).toEqual([12, 50]);
    await mock
      .put(`/v3/catalog/products/${product_id}/variants/${variant_id}`, { price: null, sale_price: null, weight: 9 })
      .expect(200);
    expect(await prices()).toEqual([50, 50]);
    expect(await variantsOf(mock, product_id)).toMatchObject([
      { weight: 9, calculated_weight: 9 },
      { id: inheriting, weight: null, calculated_weight: 3 },
    ]);
  });
});

describe('stock', () => {
  it('of variants adds up in a product that is tracked by variant (scenario 20)', async () => {
    const { mock, product_id, option } = await startComplex({ inventory_tracking: 'variant' }, { inventory_level: 3 });
    const other = await newVariant(mock, product_id, option, 1, { inventory_level: 4, inventory_warning_level: 2 });
    expect(await productOf(mock, product_id)).toMatchObject({ inventory_level: 7 });
    await mock.put(`/v3/catalog/products/${product_id}`, { inventory_level: 99 }).expect(200);
    expect(await productOf(mock, product_id)).toMatchObject({ inventory_level: 7 });
    expect(await variantsOf(mock, product_id)).toMatchObject([
      { inventory_level: 3 },
      { inventory_level: 4, inventory_warning_level: 2 },
    ]);
    await mock.delete(`/v3/catalog/products/${product_id}/variants/${other}`).expect(204);
    expect(await productOf(mock, product_id)).toMatchObject({ inventory_level: 3 });
  });

  it('of variants is hidden while the product is tracked otherwise, and kept', async () => {
    const { mock, product_id, variant_id } = await startComplex({ inventory_tracking: 'product', inventory_level: 50 });
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    const { body } = await mock.put(path, { inventory_level: 6 }).expect(200);
    expect(body.data).toMatchObject({ inventory_level: 0 });
    expect(body.data).not.toHaveProperty('hidden');
    expect(await productOf(mock, product_id)).toMatchObject({ inventory_level: 50 });
    await mock.put(`/v3/catalog/products/${product_id}`, { inventory_tracking: 'variant' }).expect(200);
    expect(await variantsOf(mock, product_id)).toMatchObject([{ inventory_level: 6 }]);
    expect(await productOf(mock, product_id)).toMatchObject({ inventory_level: 6 });
    await mock.put(`/v3/catalog/products/${product_id}`, { inventory_tracking: 'none' }).expect(200);
    expect(await variantsOf(mock, product_id)).toMatchObject([{ inventory_level: 0 }]);
  });

  it('of a simple product is that of its base variant', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, {
      inventory_tracking: 'product',
      inventory_level: 8,
      inventory_warning_level: 2,
    });
    const [base] = await variantsOf(mock, product_id);
    expect(base).toMatchObject({ inventory_level: 8, inventory_warning_level: 2 });
    await mock.put(`/v3/catalog/products/${product_id}`, { inventory_level: 5 }).expect(200);
    expect(await variantsOf(mock, product_id)).toMatchObject([{ inventory_level: 5 }]);
    await mock.put(`/v3/catalog/products/${product_id}/variants/${base?.id}`, { inventory_level: 11 }).expect(200);
    expect(await productOf(mock, product_id)).toMatchObject({ inventory_level: 11, inventory_warning_level: 2 });
    expect(await variantsOf(mock, product_id)).toMatchObject([{ inventory_level: 11 }]);
  });

  it('is not shown by a base variant of an untracked product', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { inventory_level: 8 });
    expect(await variantsOf(mock, product_id)).toMatchObject([{ inventory_level: 0 }]);
  });

  it('beyond 32 bits is stored as the largest number there is', async () => {
    const { mock, product_id, variant_id } = await startComplex({ inventory_tracking: 'variant' });
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    const { body } = await mock.put(path, { inventory_level: 3_000_000_000 }).expect(200);
    expect(body.data.inventory_level).toBe(2_147_483_647);
  });

  it('below zero fails alone: 207, and the rest is saved', async () => {
    const { mock, product_id, option, variant_id } = await startComplex(
      { inventory_tracking: 'variant' },
      { inventory_level: 3 },
    );
    const path = `/v3/catalog/products/${product_id}/variants`;
    const updated = await mock.put(`${path}/${variant_id}`, { inventory_level: -1, mpn: 'M' }).expect(207);
    expect(updated.body).toMatchObject({
      data: { id: variant_id, inventory_level: 3, mpn: 'M' },
      errors: { status: 422, title: expect.any(String), type: expect.any(String), errors: expect.any(Object) },
    });
    const created = await mock.post(path, variantBody(option, 1, { inventory_level: -5 })).expect(207);
    expect(created.body.data).toMatchObject({ inventory_level: 0 });
    expect(await variantsOf(mock, product_id)).toMatchObject([{ mpn: 'M' }, { id: created.body.data.id }]);
  });
});

describe('updateProductVariant', () => {
  it('changes what is sent and nothing else', async () => {
    const { mock, product_id, variant_id, option } = await startComplex(
      {},
      { upc: '1', price: 5, is_free_shipping: true },
    );
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    const before = (await mock.get(path).expect(200)).body.data;
    const { body } = await mock
      .put(path, {
        ...before,
        id: 999,
        sku_id: 999,
        calculated_price: 999,
        product_id: 999,
        option_values: [{ id: option.values[1], option_id: option.id }],
        mpn: 'N',
        upc: null,
      })
      .expect(200);
    expect(body.data).toEqual({ ...before, mpn: 'N', upc: '' });
  });

  it('dates the product', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const before = await dateModified(mock, product_id);
    await aMinutePasses(mock);
    await mock.put(`/v3/catalog/products/${product_id}/variants/${variant_id}`, { mpn: 'N' }).expect(200);
    expect(Date.parse(await dateModified(mock, product_id))).toBeGreaterThan(Date.parse(before));
  });

  it('answers 409 for a SKU in use, 200 for its own in other letters', async () => {
    const { mock, product_id, option, variant_id } = await startComplex({ sku: 'P' }, { sku: 'A' });
    await newVariant(mock, product_id, option, 1, { sku: 'B' });
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    for (const sku of ['b', 'p']) {
      const { body } = await mock.put(path, { sku }).expect(409);
      expect(body).toMatchObject({ code: 22003, title: `Sku ${sku} is not unique` });
    }
    await mock.put(path, { sku: 'a' }).expect(200);
  });

  it('answers 409 when a base variant takes the SKU of another product', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { sku: 'A' });
    await newProduct(mock, { name: 'Another', sku: 'B' });
    const [base] = await variantsOf(mock, product_id);
    await mock.put(`/v3/catalog/products/${product_id}/variants/${base?.id}`, { sku: 'b' }).expect(409);
    expect(await productOf(mock, product_id)).toMatchObject({ sku: 'A' });
  });

  it('does not let a SKU be emptied: 422 with code 22004', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    const { body } = await mock.put(path, { sku: '' }).expect(422);
    expect(body).toMatchObject({ code: 22004, title: 'Variant sku cannot be empty' });
  });

  it('answers 404 for a variant of another product and for none', async () => {
    const { mock, variant_id, product_id } = await startComplex();
    const other_id = await newProduct(mock, { name: 'Another' });
    await mock.put(`/v3/catalog/products/${other_id}/variants/${variant_id}`, { mpn: 'N' }).expect(404);
    await mock.put(`/v3/catalog/products/${product_id}/variants/999`, { mpn: 'N' }).expect(404);
    await mock.get(`/v3/catalog/products/${other_id}/variants/${variant_id}`).expect(404);
  });

  it.each([
    ['sku', 'x'.repeat(256)],
    ['upc', '123456789012345'],
    ['price', -1],
    ['purchasing_disabled_message', 'x'.repeat(256)],
  ])('answers 422 for a %s out of bounds', async (field, value) => {
    const { mock, product_id, variant_id } = await startComplex();
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    const { body } = await mock.put(path, { [field]: value }).expect(422);
    expect(body.errors).toHaveProperty(field);
  });
});

describe('deleteProductVariant', () => {
  it('answers 204 for a variant that is not there, and 404 without its product', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const other_id = await newProduct(mock, { name: 'Another' });
    await mock.delete(`/v3/catalog/products/${product_id}/variants/999`).expect(204);
    await mock.delete(`/v3/catalog/products/${other_id}/variants/${variant_id}`).expect(204);
    await mock.get(`/v3/catalog/products/${product_id}/variants/${variant_id}`).expect(200);
    await mock.delete(`/v3/catalog/products/999/variants/${variant_id}`).expect(404);
  });

  it('takes the complex rules that name the variant along', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const modifier = await mock
      .post(`/v3/catalog/products/${product_id}/modifiers`, {
        display_name: 'Wrapping',
        type: 'dropdown',
        required: false,
        option_values: [{ label: 'Paper', sort_order: 0 }],
      })
      .expect(200);
    const { id: modifier_id, option_values } = modifier.body.data;
    const conditions = [
      { modifier_id, modifier_value_id: option_values[0].id, variant_id: null },
      { modifier_id: null, modifier_value_id: null, variant_id },
    ];
    const rules = `/v3/catalog/products/${product_id}/complex-rules`;
    await mock.post(rules, { enabled: true, stop: false, purchasing_disabled: true, conditions }).expect(200);
    await mock.delete(`/v3/catalog/products/${product_id}/variants/${variant_id}`).expect(204);
    expect((await mock.get(rules).expect(200)).body.data).toEqual([]);
  });

  it('frees the SKU and the combination, and never gives the id again', async () => {
    const { mock, product_id, option, variant_id } = await startComplex({}, { sku: 'A' });
    await mock.delete(`/v3/catalog/products/${product_id}/variants/${variant_id}`).expect(204);
    expect(await newVariant(mock, product_id, option, 0, { sku: 'A' })).toBeGreaterThan(variant_id);
  });
});

describe('createProductVariantImage', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');

  it('keeps an address as it comes', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    const image_url = 'https://example.com/red.png';
    const { body } = await mock.post(`${path}/image`, { image_url }).expect(200);
    expect(body).toEqual({ data: { image_url }, meta: {} });
    expect((await mock.get(path).expect(200)).body.data.image_url).toBe(image_url);
  });

  it('keeps a file, serves it back, and replaces the one before', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}`;
    await mock.post(`${path}/image`, { image_url: 'https://example.com/red.png' }).expect(200);
    const sent = mock.raw
      .post(`/stores/mockstore1${path}/image`)
      .set('X-Auth-Token', 'mock-token-full-access')
      .attach('image_file', png, 'blue.png');
    const { body } = await sent.expect(200);
    const { image_url } = body.data;
    expect((await mock.get(path).expect(200)).body.data.image_url).toBe(image_url);
    const served = await mock.raw.get(new URL(image_url).pathname).expect(200).expect('content-type', 'image/png');
    expect(Buffer.compare(served.body, png)).toBe(0);
  });

  it('refuses a file over 1 MB: 422, where the real store answers 500', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    await mock.raw
      .post(`/stores/mockstore1/v3/catalog/products/${product_id}/variants/${variant_id}/image`)
      .set('X-Auth-Token', 'mock-token-full-access')
      .attach('image_file', Buffer.concat([png, Buffer.alloc(1024 * 1024)]), 'big.png')
      .expect(422);
  });

  it('answers 422 without a picture, or for an address that is none', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const path = `/v3/catalog/products/${product_id}/variants/${variant_id}/image`;
    expect((await mock.post(path, {}).expect(422)).body.title).toBe('image_url must be present if uploading by url');
    const { body } = await mock.post(path, { image_url: 'red.png' }).expect(422);
    expect(body.title).toBe("The field 'image_url' is invalid.");
    await mock.post(`/v3/catalog/products/${product_id}/variants/999/image`, { image_url: 'red.png' }).expect(404);
  });
});

describe('getVariants', () => {
  it('lists the variants of all products, base variants among them', async () => {
    const { mock, product_id, variant_id } = await startComplex();
    const other_id = await newProduct(mock, { name: 'Another' });
    const list = await mock.get('/v3/catalog/variants').expect(200);
    expect(pluck(list, 'product_id')).toEqual([product_id, other_id]);
    expect(list.body.data[0].id).toBe(variant_id);
    expect(list.body.meta.pagination).toMatchObject({ total: 2, per_page: 50 });
    const clamped = await mock.get('/v3/catalog/variants?limit=999').expect(200);
    expect(clamped.body.meta.pagination.per_page).toBe(250);
  });

  it('filters by id, sku, upc and products', async () => {
    const { mock, product_id, option, variant_id } = await startComplex({ sku: 'P' }, { sku: 'A', upc: '123' });
    const b = await newVariant(mock, product_id, option, 1, { sku: 'B' });
    const other_id = await newProduct(mock, { name: 'Another', sku: 'C' });
    const third_id = await newProduct(mock, { name: 'Third' });
    const ids = async (query: string): Promise<unknown[]> =>
      pluck(await mock.get(`/v3/catalog/variants?${query}`).expect(200), 'id');
    const of = async (id: number): Promise<unknown> => (await productOf(mock, id)).base_variant_id;
    expect(await ids(`id=${b}`)).toEqual([b]);
    expect(await ids('sku=a')).toEqual([variant_id]);
    expect(await ids('sku=C')).toEqual([await of(other_id)]);
    expect(await ids('sku=P')).toEqual([]);
    expect(await ids('upc=123')).toEqual([variant_id]);
    expect(await ids(`product_id:in=${third_id},${product_id}`)).toEqual([variant_id, b, await of(third_id)]);
    expect(await ids(`product_id:in=${product_id}&upc=123`)).toEqual([variant_id]);
    expect(await ids('product_id:in=999')).toEqual([]);
  });

  it('cuts rows to fields, and always has the id', async () => {
    const { mock, product_id, variant_id } = await startComplex({}, { sku: 'A', inventory_level: 5 });
    const all = await mock.get('/v3/catalog/variants?include_fields=sku').expect(200);
    expect(all.body.data).toEqual([{ id: variant_id, sku: 'A' }]);
    const path = `/v3/catalog/products/${product_id}/variants`;
    const own = await mock.get(`${path}?exclude_fields=id,sku,option_values`).expect(200);
    expect(own.body.data[0]).toMatchObject({ id: variant_id, product_id });
    expect(Object.keys(own.body.data[0])).not.toContain('sku');
    expect(Object.keys(own.body.data[0])).not.toContain('hidden');
  });
});

describe('updateVariantsBatch', () => {
  it('updates elements with an id and creates those without', async () => {
    const { mock, product_id, option, variant_id } = await startComplex();
    const other_id = await newProduct(mock, { name: 'Another', sku: 'C' });
    const base_id = (await productOf(mock, other_id)).base_variant_id;
    const { body } = await mock
      .put('/v3/catalog/variants', [
        { id: variant_id, price: 3 },
        { product_id, ...variantBody(option, 1, { sku: 'NEW' }) },
        { id: base_id, sku: 'D' },
      ])
      .expect(200);
    expect(body.data).toMatchObject([
      { id: variant_id, price: 3, calculated_price: 3 },
      { product_id, sku: 'NEW', option_values: [{ label: 'M' }] },
      { id: base_id, sku: 'D' },
    ]);
    const [first, second] = body.data as unknown[];
    expect(await variantsOf(mock, product_id)).toEqual([first, second]);
    expect(await productOf(mock, other_id)).toMatchObject({ sku: 'D' });
  });

  it('takes the place of a base variant with the first one it creates', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const option = await newOption(mock, product_id);
    await mock
      .put('/v3/catalog/variants', [
        { product_id, ...variantBody(option, 0) },
        { product_id, ...variantBody(option, 1) },
      ])
      .expect(200);
    expect(await variantsOf(mock, product_id)).toHaveLength(2);
    expect(await productOf(mock, product_id)).toMatchObject({ base_variant_id: null });
  });

  it('answers 413 to 51 elements', async () => {
    const mock = await startMock();
    const { body } = await mock
      .put(
        '/v3/catalog/variants',
        Array.from({ length: 51 }, (_, id) => ({ id: id + 1 })),
      )
      .expect(413);
    expect(body).toMatchObject({
      status: 413,
      title: 'The request payload is too large. The maximum items allowed in the array is 50',
      errors: {},
    });
  });

  it('saves nothing and answers one error for each refused element', async () => {
    const { mock, product_id, option, variant_id } = await startComplex({}, { sku: 'A', price: 5 });
    const { body } = await mock
      .put('/v3/catalog/variants', [
        { id: variant_id, price: 7 },
        { id: variant_id, price: -1 },
        { id: 999, price: 7 },
        { product_id, ...variantBody(option, 1, { sku: 'a' }) },
        { product_id, ...variantBody(option, 0, { sku: 'B' }) },
        { product_id, sku: 'C' },
        { product_id: 999, ...variantBody(option, 1) },
        { price: 1 },
        { id: variant_id, inventory_level: -1 },
      ])
      .expect(422);
    expect(body.batch_errors).toMatchObject([
      { status: 422, title: 'Invalid field(s): price', errors: { price: expect.any(String) } },
      { status: 404 },
      { status: 409, code: 22003, title: 'Sku a is not unique', errors: { sku: 'Sku a is not unique' } },
      { status: 409, code: 22010, title: 'Variant with the same option values set exists' },
      { status: 422, errors: { option_values: expect.stringContaining('must not be empty') } },
      { status: 404, title: 'A product was not found with an id of 999' },
      {
        status: 422,
        title: 'Missing Required Fields',
        errors: { product_id: expect.any(String), sku: expect.any(String) },
      },
      { status: 422, errors: { inventory_level: expect.any(String) } },
    ]);
    for (const error of body.batch_errors) expect(error).toHaveProperty('type');
    expect(await variantsOf(mock, product_id)).toMatchObject([{ sku: 'A', price: 5 }]);
  });
});
