/** Variant options and their values, and what becomes of variants when these change. */
import { describe, expect, it } from 'vitest';
import { requireNoOptionSet } from '../../../mock-server/domains/catalog/display-names.js';
import { startMock, type MockClient } from '../mock.js';
import { newOption, newVariant } from './new-option.js';
import { aMinutePasses, dateModified, newProduct, pluck } from './new-product.js';

const SIZES = [
  { label: 'S', sort_order: 0 },
  { label: 'M', sort_order: 1 },
];

interface WithProduct {
  readonly mock: MockClient;
  readonly product_id: number;
  /** Path of the product's options. */
  readonly path: string;
}

async function startWithProduct(): Promise<WithProduct> {
  const mock = await startMock();
  const product_id = await newProduct(mock, { sku: 'P' });
  return { mock, product_id, path: `/v3/catalog/products/${product_id}/options` };
}

async function variantsOf(mock: MockClient, product_id: number): Promise<Record<string, unknown>[]> {
  const { body } = await mock.get(`/v3/catalog/products/${product_id}/variants`).expect(200);
  return body.data as Record<string, unknown>[];
}

describe('createProductVariantOption', () => {
  it('answers 200 with values that have ids, an internal name and an empty config', async () => {
    const { mock, product_id, path } = await startWithProduct();
    await mock.raw.post('/_mock/clock').send({ set: '2030-01-01T00:00:00Z' });
    const { body } = await mock
      .post(path, { display_name: 'Size', type: 'rectangles', option_values: SIZES, config: { checkbox_label: 'x' } })
      .expect(200);
    const { id, name, option_values } = body.data;
    expect(body).toEqual({
      data: {
        id: expect.any(Number),
        product_id,
        name: expect.stringMatching(new RegExp(`^Size\\d{10}-${product_id}$`)),
        display_name: 'Size',
        type: 'rectangles',
        sort_order: 0,
        option_values: [
          { id: expect.any(Number), label: 'S', sort_order: 0, value_data: null, is_default: false },
          { id: Number(option_values[0].id) + 1, label: 'M', sort_order: 1, value_data: null, is_default: false },
        ],
        config: {},
      },
      meta: {},
    });
    expect((await mock.get(`${path}/${id}`).expect(200)).body).toEqual(body);
    const list = await mock.get(path).expect(200);
    expect(list.body.data).toEqual([body.data]);
    await mock.put(`${path}/${id}`, { display_name: 'Width' }).expect(200);
    expect((await mock.get(`${path}/${id}`).expect(200)).body.data).toMatchObject({ name, display_name: 'Width' });
  });

  it('creates no variants', async () => {
    const { mock, product_id } = await startWithProduct();
    const before = await variantsOf(mock, product_id);
    await newOption(mock, product_id);
    expect(await variantsOf(mock, product_id)).toEqual(before);
  });

  it('numbers values over the options of all products', async () => {
    const { mock, product_id } = await startWithProduct();
    const other_id = await newProduct(mock, { name: 'Another' });
    const size = await newOption(mock, product_id, 'Size');
    const color = await newOption(mock, other_id, 'Color');
    const ids = [...size.values, ...color.values];
    expect(new Set(ids).size).toBe(4);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('gives a new value no id that a seeded one has', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/catalog/products?include=options&limit=250').expect(200);
    const options = (body.data as { options: { option_values: { id: number }[] }[] }[]).flatMap(
      ({ options: own }) => own,
    );
    const seeded = options.flatMap(({ option_values }) => option_values.map(({ id }) => id));
    const product_id = await newProduct(mock, { name: 'Brand new' });
    const { values } = await newOption(mock, product_id);
    for (const id of values) expect(seeded).not.toContain(id);
  });

  it.each([
    ['display_name', { display_name: undefined }],
    ['type', { type: undefined }],
    ['option_values', { option_values: undefined }],
    ['option_values', { option_values: [] }],
    ['display_name', { display_name: 'x'.repeat(256) }],
    ['display_name', { display_name: ' ' }],
    ['type', { type: 'text' }],
    ['option_values.0.label', { option_values: [{ sort_order: 0 }] }],
    ['option_values.0.sort_order', { option_values: [{ label: 'S' }] }],
    ['label', { option_values: [...SIZES, { label: 's', sort_order: 2 }] }],
    ['label', { option_values: [{ label: '', sort_order: 2 }] }],
    ['is_default', { option_values: SIZES.map((value) => ({ ...value, is_default: true })) }],
  ])('answers 422 naming %s for %j', async (field, part) => {
    const { mock, path } = await startWithProduct();
    const body = { display_name: 'Size', type: 'radio_buttons', option_values: SIZES, ...part };
    const answer = await mock.post(path, body).expect(422);
    expect(Object.keys(answer.body.errors)).toContain(field);
    expect((await mock.get(path).expect(200)).body.data).toEqual([]);
  });

  it('keeps value_data by type: colours or a picture, a product, or null', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const dataOf = async (type: string, value_data: unknown): Promise<unknown> => {
      const option_values = [{ label: 'A', sort_order: 0, is_default: true, value_data }];
      const { body } = await mock
        .post(path, { display_name: `${type} ${Math.random()}`, type, option_values })
        .expect(200);
      expect(body.data.option_values[0].is_default).toBe(type !== 'swatch');
      return body.data.option_values[0].value_data;
    };
    const colors = ['#FF0000', '#00FF00', '#0000FF'];
    const image_url = 'https://example.com/a.png';
    expect(await dataOf('swatch', { colors })).toEqual({ colors });
    expect(await dataOf('swatch', { image_url })).toEqual({ image_url });
    expect(await dataOf('product_list', { product_id, colors })).toEqual({ product_id });
    expect(await dataOf('product_list_with_images', { product_id })).toEqual({ product_id });
    expect(await dataOf('dropdown', { colors })).toBeNull();
    expect(await dataOf('radio_buttons', {})).toBeNull();
  });

  it('answers 422 to more than three colours, and to a product that does not exist', async () => {
    const { mock, path } = await startWithProduct();
    const post = (type: string, value_data: object): ReturnType<typeof mock.post> =>
      mock.post(path, { display_name: 'A', type, option_values: [{ label: 'A', sort_order: 0, value_data }] });
    await post('swatch', { colors: ['#1', '#2', '#3', '#4'] }).expect(422);
    await post('product_list', { product_id: 999 }).expect(422);
  });

  it('keeps the settings of product lists', async () => {
    const { mock, path } = await startWithProduct();
    const config = { product_list_adjusts_pricing: true, product_list_shipping_calc: 'weight' };
    const body = { display_name: 'Add-on', type: 'product_list', option_values: SIZES, config };
    const { id, ...created } = (await mock.post(path, body).expect(200)).body.data;
    expect(created.config).toEqual(config);
    const changed = await mock.put(`${path}/${id}`, { config: { product_list_shipping_calc: 'none' } }).expect(200);
    expect(changed.body.data.config).toEqual({ ...config, product_list_shipping_calc: 'none' });
  });

  it('answers 409 for the name of another option or modifier of the product', async () => {
    const { mock, product_id, path } = await startWithProduct();
    await newOption(mock, product_id, 'Size');
    const modifier = { display_name: 'Engraving', type: 'text', required: false };
    await mock.post(`/v3/catalog/products/${product_id}/modifiers`, modifier).expect(200);
    for (const display_name of ['size', 'ENGRAVING']) {
      const { body } = await mock.post(path, { display_name, type: 'dropdown', option_values: SIZES }).expect(409);
      const title = `The display name ${display_name} has already been used on this product.`;
      expect(body).toMatchObject({ status: 409, title, errors: { display_name: title } });
    }
    await newOption(mock, await newProduct(mock, { name: 'Another' }), 'Size');
  });

  it('dates the product', async () => {
    const { mock, product_id } = await startWithProduct();
    const before = await dateModified(mock, product_id);
    await aMinutePasses(mock);
    await newOption(mock, product_id);
    expect(Date.parse(await dateModified(mock, product_id))).toBeGreaterThan(Date.parse(before));
  });

  it('leaves variants as they are when the product gets another option', async () => {
    const { mock, product_id } = await startWithProduct();
    const size = await newOption(mock, product_id);
    await newVariant(mock, product_id, size, 0);
    const before = await variantsOf(mock, product_id);
    const color = await newOption(mock, product_id, 'Color', ['Red']);
    expect(await variantsOf(mock, product_id)).toEqual(before);
    const option_values = [
      { id: size.values[0], option_id: size.id },
      { id: color.values[0], option_id: color.id },
    ];
    await mock.post(`/v3/catalog/products/${product_id}/variants`, { sku: 'RED-S', option_values }).expect(200);
  });

  it('answers 404 for an unknown product', async () => {
    const mock = await startMock();
    const body = { display_name: 'Size', type: 'dropdown', option_values: SIZES };
    await mock.post('/v3/catalog/products/999/options', body).expect(404);
    await mock.get('/v3/catalog/products/999/options').expect(404);
  });
});

describe('requireNoOptionSet', () => {
  it('refuses writes to a product with an option set of V2', () => {
    const title =
      'The product is currently associated with an option set, please remove it before editing an option or modifier.';
    expect(() => {
      requireNoOptionSet({ option_set_id: 7 });
    }).toThrow(expect.objectContaining({ status: 422, message: title, fields: { product_id: title } }));
    requireNoOptionSet({ option_set_id: null });
  });
});

describe('updateProductVariantOption', () => {
  it('edits values sent with an id, adds those without, and leaves the others', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { id, values } = await newOption(mock, product_id);
    const { body } = await mock
      .put(`${path}/${id}`, {
        option_values: [
          { id: values[1], label: 'Medium' },
          { label: 'L', sort_order: 7 },
        ],
      })
      .expect(200);
    expect(body.data.option_values).toMatchObject([
      { id: values[0], label: 'S', sort_order: 0 },
      { id: values[1], label: 'Medium', sort_order: 1 },
      { label: 'L', sort_order: 7 },
    ]);
    expect(body.data).toMatchObject({ display_name: 'Size', type: 'radio_buttons' });
  });

  it('answers 422 for a value of another option', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id, 'Size');
    const color = await newOption(mock, product_id, 'Color', ['Red']);
    await mock.put(`${path}/${size.id}`, { option_values: [{ id: color.values[0], label: 'Green' }] }).expect(422);
  });

  it('renames itself and its values in variants', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id);
    await newVariant(mock, product_id, size, 0);
    const option_values = [{ id: size.values[0], label: 'Small' }];
    await mock.put(`${path}/${size.id}`, { display_name: 'Width', option_values }).expect(200);
    expect(await variantsOf(mock, product_id)).toMatchObject([
      { option_values: [{ id: size.values[0], label: 'Small', option_id: size.id, option_display_name: 'Width' }] },
    ]);
  });

  it('keeps its own name without a conflict, and answers 409 for that of another', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id, 'Size');
    await newOption(mock, product_id, 'Color');
    await mock.put(`${path}/${size.id}`, { display_name: 'size' }).expect(200);
    await mock.put(`${path}/${size.id}`, { display_name: 'COLOR' }).expect(409);
  });

  it('changes its type only while there are no variants', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const option_values = [{ label: 'Red', sort_order: 0, value_data: { colors: ['#f00'] } }];
    const created = await mock.post(path, { display_name: 'Color', type: 'swatch', option_values }).expect(200);
    const { id, option_values: values } = created.body.data;
    const { body } = await mock.put(`${path}/${id}`, { type: 'dropdown' }).expect(200);
    expect(body.data).toMatchObject({ type: 'dropdown', option_values: [{ id: values[0].id, value_data: null }] });
    await newVariant(mock, product_id, { id, values: [values[0].id] }, 0);
    await mock.put(`${path}/${id}`, { type: 'rectangles' }).expect(422);
    await mock.put(`${path}/${id}`, { type: 'dropdown' }).expect(200);
  });

  it('passes the default on to the value that asks for it', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { id, values } = await newOption(mock, product_id);
    const defaults = async (place: number): Promise<unknown[]> => {
      const option_values = [{ id: values[place], is_default: true }];
      const { body } = await mock.put(`${path}/${id}`, { option_values }).expect(200);
      return pluck({ body: { data: body.data.option_values } }, 'is_default');
    };
    expect(await defaults(0)).toEqual([true, false]);
    expect(await defaults(1)).toEqual([false, true]);
  });
});

describe('deleteProductVariantOption', () => {
  it('takes the variants built on it along, and brings the base variant back', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id);
    const last = await newVariant(mock, product_id, size, 0);
    await mock.delete(`${path}/${size.id}`).expect(204);
    await mock.get(`${path}/${size.id}`).expect(404);
    const variants = await variantsOf(mock, product_id);
    expect(variants).toMatchObject([{ sku: 'P', option_values: [] }]);
    expect(variants[0]?.id).toBeGreaterThan(last);
    const { body } = await mock.get(`/v3/catalog/products/${product_id}`).expect(200);
    expect(body.data.base_variant_id).toBe(variants[0]?.id);
  });

  it('leaves variants that do not use it', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id);
    await newVariant(mock, product_id, size, 0);
    const color = await newOption(mock, product_id, 'Color', ['Red']);
    const before = await variantsOf(mock, product_id);
    await mock.delete(`${path}/${color.id}`).expect(204);
    expect(await variantsOf(mock, product_id)).toEqual(before);
  });

  it('answers 204 for an option that is not there, and 404 without its product', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { id } = await newOption(mock, product_id);
    const other_id = await newProduct(mock, { name: 'Another' });
    await mock.delete(`${path}/999`).expect(204);
    await mock.delete(`/v3/catalog/products/${other_id}/options/${id}`).expect(204);
    await mock.get(`${path}/${id}`).expect(200);
    await mock.delete(`/v3/catalog/products/999/options/${id}`).expect(404);
  });
});

describe('values of an option', () => {
  it('are listed by pages, with the fields asked for', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { id, values } = await newOption(mock, product_id, 'Size', ['S', 'M', 'L']);
    const { body } = await mock.get(`${path}/${id}/values?limit=2&page=2`).expect(200);
    expect(body).toEqual({
      data: [{ id: values[2], label: 'L', sort_order: 2, value_data: null, is_default: false }],
      meta: {
        pagination: {
          total: 3,
          count: 1,
          per_page: 2,
          current_page: 2,
          total_pages: 2,
          links: { previous: '?page=1&limit=2', current: '?page=2&limit=2' },
        },
      },
    });
    const cut = await mock.get(`${path}/${id}/values/${values[0]}?include_fields=label`).expect(200);
    expect(cut.body.data).toEqual({ id: values[0], label: 'S' });
  });

  it('are added, fetched, changed and removed by paths of their own', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { id } = await newOption(mock, product_id);
    const created = await mock
      .post(`${path}/${id}/values`, { label: 'L', sort_order: 5, is_default: true })
      .expect(200);
    const value = created.body.data;
    expect(value).toEqual({ id: expect.any(Number), label: 'L', sort_order: 5, value_data: null, is_default: true });
    expect((await mock.get(`${path}/${id}/values/${value.id}`).expect(200)).body).toEqual({ data: value, meta: {} });
    const changed = await mock.put(`${path}/${id}/values/${value.id}`, { label: 'Large' }).expect(200);
    expect(changed.body.data).toEqual({ ...value, label: 'Large' });
    const { body } = await mock.get(`${path}/${id}`).expect(200);
    expect(pluck({ body: { data: body.data.option_values } }, 'label')).toEqual(['S', 'M', 'Large']);
    await mock.delete(`${path}/${id}/values/${value.id}`).expect(204);
    await mock.get(`${path}/${id}/values/${value.id}`).expect(404);
    const next = await mock.post(`${path}/${id}/values`, { label: 'XL', sort_order: 5 }).expect(200);
    expect(next.body.data.id).toBeGreaterThan(value.id);
  });

  it('carry a new label into variants', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id);
    await newVariant(mock, product_id, size, 0);
    await mock.put(`${path}/${size.id}/values/${size.values[0]}`, { label: 'Small' }).expect(200);
    expect(await variantsOf(mock, product_id)).toMatchObject([{ option_values: [{ label: 'Small' }] }]);
  });

  it('take the variants that use them along', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id);
    await newVariant(mock, product_id, size, 0);
    const kept = await newVariant(mock, product_id, size, 1);
    await mock.delete(`${path}/${size.id}/values/${size.values[0]}`).expect(204);
    expect(pluck({ body: { data: await variantsOf(mock, product_id) } }, 'id')).toEqual([kept]);
    await mock.delete(`${path}/${size.id}/values/${size.values[1]}`).expect(204);
    expect(await variantsOf(mock, product_id)).toMatchObject([{ sku: 'P', option_values: [] }]);
  });

  it('answer 422 without a label or sort order, or with a label in use', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { id, values } = await newOption(mock, product_id);
    await mock.post(`${path}/${id}/values`, { label: 'L' }).expect(422);
    await mock.post(`${path}/${id}/values`, { sort_order: 1 }).expect(422);
    await mock.post(`${path}/${id}/values`, { label: 's', sort_order: 1 }).expect(422);
    await mock.put(`${path}/${id}/values/${values[1]}`, { label: 'S' }).expect(422);
    await mock.put(`${path}/${id}/values/${values[1]}`, { label: 'm' }).expect(200);
  });

  it('number 250 at most: 403', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const labels = Array.from({ length: 250 }, (_, n) => `label ${n}`);
    const { id } = await newOption(mock, product_id, 'Size', labels);
    await mock.post(`${path}/${id}/values`, { label: 'one more', sort_order: 251 }).expect(403);
  });

  it('answer 404 by the id of another option, and 204 when removed twice', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const size = await newOption(mock, product_id, 'Size');
    const color = await newOption(mock, product_id, 'Color', ['Red']);
    await mock.get(`${path}/${size.id}/values/${color.values[0]}`).expect(404);
    await mock.put(`${path}/${size.id}/values/${color.values[0]}`, { label: 'x', sort_order: 0 }).expect(404);
    await mock.get(`${path}/999/values`).expect(404);
    await mock.delete(`${path}/${size.id}/values/${size.values[0]}`).expect(204);
    await mock.delete(`${path}/${size.id}/values/${size.values[0]}`).expect(204);
  });

  it('date the product', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { id, values } = await newOption(mock, product_id);
    let before = await dateModified(mock, product_id);
    for (const write of [
      () => mock.post(`${path}/${id}/values`, { label: 'L', sort_order: 2 }).expect(200),
      () => mock.put(`${path}/${id}/values/${values[0]}`, { sort_order: 9 }).expect(200),
      () => mock.delete(`${path}/${id}/values/${values[0]}`).expect(204),
    ]) {
      await aMinutePasses(mock);
      await write();
      const after = await dateModified(mock, product_id);
      expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
      before = after;
    }
  });
});
