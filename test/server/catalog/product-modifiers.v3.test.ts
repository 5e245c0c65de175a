/** Modifiers and their values: types, checkboxes, adjusters, settings, names, cascades. */
import { describe, expect, it } from 'vitest';
import { FULL, startMock, type MockClient } from '../mock.js';
import { newOption } from './new-option.js';
import { aMinutePasses, dateModified, newProduct } from './new-product.js';

const NO_ADJUSTERS = { price: null, weight: null, image_url: '', purchasing_disabled: { status: false, message: '' } };

interface WithProduct {
  readonly mock: MockClient;
  readonly product_id: number;
  /** Path of the product's modifiers. */
  readonly path: string;
}

async function startWithProduct(): Promise<WithProduct> {
  const mock = await startMock();
  const product_id = await newProduct(mock);
  return { mock, product_id, path: `/v3/catalog/products/${product_id}/modifiers` };
}

interface Value {
  readonly id: number;
  readonly label: string;
}

interface NewModifier {
  readonly id: number;
  readonly option_values: readonly Value[];
}

async function newModifier({ mock, path }: WithProduct, body: object = {}): Promise<NewModifier> {
  const option_values = ['Paper', 'Linen'].map((label, sort_order) => ({ label, sort_order }));
  const modifier = { display_name: 'Wrapping', type: 'dropdown', required: false, option_values, ...body };
  return (await mock.post(path, modifier).expect(200)).body.data as NewModifier;
}

describe('createProductModifier', () => {
  it('answers 200 with values that belong to it and adjust nothing unless they say so', async () => {
    const { mock, product_id, path } = await startWithProduct();
    const { body } = await mock
      .post(path, {
        type: 'radio_buttons',
        required: true,
        sort_order: 3,
        display_name: 'Donation',
        option_values: [
          { label: 'None', sort_order: 0, value_data: {} },
          {
            label: '+5',
            sort_order: 1,
            is_default: true,
            adjusters: {
              price: { adjuster: 'relative', adjuster_value: 5 },
              weight: { adjuster: 'percentage', adjuster_value: 2 },
              purchasing_disabled: { status: true },
            },
          },
        ],
      })
      .expect(200);
    const { id } = body.data;
    expect(body).toEqual({
      data: {
        id: expect.any(Number),
        product_id,
        name: expect.stringMatching(new RegExp(`^Donation\\d{10}-${product_id}$`)),
        display_name: 'Donation',
        type: 'radio_buttons',
        required: true,
        sort_order: 3,
        config: {},
        option_values: [
          {
            id: expect.any(Number),
            option_id: id,
            label: 'None',
            sort_order: 0,
            value_data: null,
            is_default: false,
            adjusters: NO_ADJUSTERS,
          },
          {
            id: expect.any(Number),
            option_id: id,
            label: '+5',
            sort_order: 1,
            value_data: null,
            is_default: true,
            adjusters: {
              price: { adjuster: 'relative', adjuster_value: 5 },
              weight: { adjuster: 'percentage', adjuster_value: 2 },
              image_url: '',
              purchasing_disabled: { status: true, message: '' },
            },
          },
        ],
      },
      meta: {},
    });
    expect((await mock.get(`${path}/${id}`).expect(200)).body).toEqual(body);
    expect((await mock.get(path).expect(200)).body.data).toEqual([body.data]);
  });

  it('makes the two values of a checkbox', async () => {
    const start = await startWithProduct();
    const box = { type: 'checkbox', option_values: undefined };
    const config = { checked_by_default: false, checkbox_label: '$5 for insurance' };
    const plain = await newModifier(start, { ...box, display_name: 'Insurance', config });
    expect(plain).toMatchObject({
      config,
      option_values: [
        {
          label: 'Yes',
          sort_order: 0,
          value_data: { checked_value: true },
          is_default: false,
          adjusters: NO_ADJUSTERS,
        },
        { label: 'No', sort_order: 1, value_data: { checked_value: false }, is_default: true, adjusters: NO_ADJUSTERS },
      ],
    });
    const ticked = await newModifier(start, { ...box, display_name: 'Letters', config: { checked_by_default: true } });
    expect(ticked.option_values).toMatchObject([{ is_default: true }, { is_default: false }]);
    const { mock, path } = start;
    await mock.put(`${path}/${ticked.id}`, { config: { checked_by_default: false } }).expect(200);
    const { body } = await mock.get(`${path}/${ticked.id}`).expect(200);
    expect(body.data.option_values).toMatchObject([{ is_default: false }, { is_default: true }]);
  });

  it.each(['checkbox', 'text', 'multi_line_text', 'numbers_only_text', 'date', 'file'])(
    'refuses values for type %s, in its body and later: 422',
    async (type) => {
      const start = await startWithProduct();
      const { mock, path } = start;
      const option_values = [{ label: 'A', sort_order: 0 }];
      await mock.post(path, { display_name: 'Note', type, required: false, option_values }).expect(422);
      const { id, option_values: own } = await newModifier(start, { type, option_values: undefined });
      expect(own).toHaveLength(type === 'checkbox' ? 2 : 0);
      await mock.post(`${path}/${id}/values`, { label: 'A', sort_order: 0 }).expect(422);
      await mock.put(`${path}/${id}`, { option_values }).expect(422);
      const list = await mock.get(`${path}/${id}/values`).expect(200);
      expect(list.body.data).toEqual(own);
    },
  );

  it.each(['radio_buttons', 'rectangles', 'dropdown', 'product_list', 'product_list_with_images', 'swatch'])(
    'takes values with adjusters for type %s',
    async (type) => {
      const start = await startWithProduct();
      const adjusters = { price: { adjuster: 'relative', adjuster_value: 1 } };
      const { option_values } = await newModifier(start, {
        type,
        option_values: [{ label: 'A', sort_order: 0, adjusters }],
      });
      expect(option_values).toMatchObject([{ adjusters }]);
    },
  );

  it.each([
    ['display_name', { display_name: undefined }],
    ['type', { type: undefined }],
    ['required', { required: undefined }],
    ['display_name', { display_name: '' }],
    ['type', { type: 'colour' }],
    ['option_values.0.label', { option_values: [{ sort_order: 0 }] }],
    ['option_values.0.adjusters.price.adjuster', badAdjuster()],
  ])('answers 422 naming %s', async (field, part) => {
    const { mock, path } = await startWithProduct();
    const body = { display_name: 'Wrapping', type: 'dropdown', required: false, ...part };
    const answer = await mock.post(path, body).expect(422);
    expect(Object.keys(answer.body.errors)).toContain(field);
  });

  it('answers 409 for the name of another option or modifier of the product', async () => {
    const start = await startWithProduct();
    const { mock, path, product_id } = start;
    const { id } = await newModifier(start);
    await newOption(mock, product_id, 'Size');
    for (const display_name of ['WRAPPING', 'size']) {
      const { body } = await mock.post(path, { display_name, type: 'text', required: false }).expect(409);
      const title = `The display name ${display_name} has already been used on this product.`;
      expect(body).toMatchObject({ status: 409, title, errors: { display_name: title } });
    }
    await mock.put(`${path}/${id}`, { display_name: 'Size' }).expect(409);
    await mock.put(`${path}/${id}`, { display_name: 'wrapping' }).expect(200);
  });

  it('dates the product', async () => {
    const start = await startWithProduct();
    const before = await dateModified(start.mock, start.product_id);
    await aMinutePasses(start.mock);
    await newModifier(start);
    expect(Date.parse(await dateModified(start.mock, start.product_id))).toBeGreaterThan(Date.parse(before));
  });

  it('answers 404 for an unknown product', async () => {
    const mock = await startMock();
    const body = { display_name: 'Note', type: 'text', required: false };
    await mock.post('/v3/catalog/products/999/modifiers', body).expect(404);
    await mock.get('/v3/catalog/products/999/modifiers').expect(404);
  });
});

function badAdjuster(): object {
  return {
    option_values: [{ label: 'A', sort_order: 0, adjusters: { price: { adjuster: 'double', adjuster_value: 1 } } }],
  };
}

describe('config of a modifier', () => {
  it('keeps the settings of its type and no others', async () => {
    const start = await startWithProduct();
    const text = { default_value: 'Dear', text_characters_limited: true, text_min_length: 1, text_max_length: 20 };
    const { id, ...created } = (await newModifier(start, {
      type: 'text',
      option_values: undefined,
      config: { ...text, number_limited: true, checkbox_label: 'x' },
    })) as NewModifier & { config: object };
    expect(created.config).toEqual(text);
    const { body } = await start.mock.put(`${start.path}/${id}`, { config: { text_max_length: 30 } }).expect(200);
    expect(body.data.config).toEqual({ ...text, text_max_length: 30 });
  });

  it.each([
    [200, { date_limited: true, date_limit_mode: 'earliest', date_earliest_value: '2030-01-01T00:00:00+00:00' }],
    [200, { default_value: '2030-01-01T00:00:00+00:00' }],
    [200, {}],
    [422, { default_value: '01/02/2030' }],
    [422, { date_limited: true, date_limit_mode: 'latest', date_latest_value: '2030-01-01' }],
    [422, { date_limited: true, date_limit_mode: 'latest', date_latest_value: 'tomorrow' }],
    [422, { date_limited: true, date_limit_mode: 'range', date_earliest_value: '2030-01-01T00:00:00+00:00' }],
  ])('answers %i to the dates of %j', async (status, config) => {
    const { mock, path } = await startWithProduct();
    await mock.post(path, { display_name: 'Delivery', type: 'date', required: false, config }).expect(status);
  });

  it('has at most 524288 KB for files', async () => {
    const { mock, path } = await startWithProduct();
    const body = { display_name: 'Picture', type: 'file', required: false, config: { file_max_size: 524_289 } };
    await mock.post(path, body).expect(422);
    await mock.post(path, { ...body, config: { file_max_size: 524_288 } }).expect(200);
  });
});

describe('updateProductModifier', () => {
  it('changes what is sent; of values those with an id, and adds those without', async () => {
    const start = await startWithProduct();
    const { id, option_values } = await newModifier(start);
    const [paper, linen] = option_values;
    const { body } = await start.mock
      .put(`${start.path}/${id}`, {
        required: true,
        option_values: [
          { id: linen?.id, adjusters: { price: { adjuster: 'relative', adjuster_value: 4 } } },
          { label: 'Box', sort_order: 9, is_default: true },
        ],
      })
      .expect(200);
    expect(body.data).toMatchObject({
      display_name: 'Wrapping',
      required: true,
      option_values: [
        { id: paper?.id, label: 'Paper', adjusters: NO_ADJUSTERS },
        {
          id: linen?.id,
          label: 'Linen',
          adjusters: { ...NO_ADJUSTERS, price: { adjuster: 'relative', adjuster_value: 4 } },
        },
        { label: 'Box', option_id: id, is_default: true },
      ],
    });
    await start.mock.put(`${start.path}/${id}`, { option_values: [{ id: 999, label: 'x' }] }).expect(422);
  });

  it('sets the adjusters of a checkbox, whose values stay what they are', async () => {
    const start = await startWithProduct();
    const { id, option_values } = await newModifier(start, { type: 'checkbox', option_values: undefined });
    const [yes] = option_values;
    const price = { adjuster: 'relative', adjuster_value: 5 };
    const sent = [{ id: yes?.id, value_data: { checked_value: false }, adjusters: { price } }];
    const { body } = await start.mock.put(`${start.path}/${id}`, { option_values: sent }).expect(200);
    expect(body.data.option_values).toMatchObject([
      { id: yes?.id, value_data: { checked_value: true }, adjusters: { price, weight: null } },
      { value_data: { checked_value: false }, adjusters: NO_ADJUSTERS },
    ]);
  });

  it('changes its type among types whose values have the same origin', async () => {
    const start = await startWithProduct();
    const { mock, path } = start;
    const option_values = [{ label: 'Red', sort_order: 0, value_data: { colors: ['#f00'] } }];
    const { id } = await newModifier(start, { type: 'swatch', option_values });
    const { body } = await mock.put(`${path}/${id}`, { type: 'rectangles' }).expect(200);
    expect(body.data).toMatchObject({ type: 'rectangles', option_values: [{ label: 'Red', value_data: null }] });
    await mock.put(`${path}/${id}`, { type: 'text' }).expect(422);
    await mock.put(`${path}/${id}`, { type: 'checkbox' }).expect(422);
    const text = await newModifier(start, { display_name: 'Note', type: 'text', option_values: undefined });
    await mock.put(`${path}/${text.id}`, { type: 'multi_line_text' }).expect(200);
    await mock.put(`${path}/${text.id}`, { type: 'dropdown' }).expect(422);
  });

  it('answers 404 for a modifier of another product', async () => {
    const start = await startWithProduct();
    const { id } = await newModifier(start);
    const other_id = await newProduct(start.mock, { name: 'Another' });
    await start.mock.get(`/v3/catalog/products/${other_id}/modifiers/${id}`).expect(404);
    await start.mock.put(`/v3/catalog/products/${other_id}/modifiers/${id}`, { required: true }).expect(404);
  });
});

describe('values of a modifier', () => {
  it('are listed by pages', async () => {
    const start = await startWithProduct();
    const { id, option_values } = await newModifier(start);
    const { body } = await start.mock.get(`${start.path}/${id}/values?limit=1&page=2`).expect(200);
    expect(body.data).toEqual([option_values[1]]);
    expect(body.meta.pagination).toMatchObject({ total: 2, count: 1, per_page: 1, total_pages: 2 });
    const cut = await start.mock.get(`${start.path}/${id}/values?include_fields=label`).expect(200);
    expect(cut.body.data[0]).toEqual({ id: option_values[0]?.id, label: 'Paper' });
  });

  it('are added, fetched, changed and removed by paths of their own', async () => {
    const start = await startWithProduct();
    const { mock } = start;
    const { id } = await newModifier(start);
    const path = `${start.path}/${id}/values`;
    const created = await mock.post(path, { label: 'Box', sort_order: 2 }).expect(200);
    const value = created.body.data;
    expect(value).toMatchObject({ option_id: id, label: 'Box', value_data: null, adjusters: NO_ADJUSTERS });
    expect((await mock.get(`${path}/${value.id}`).expect(200)).body).toEqual({ data: value, meta: {} });
    const price = { adjuster: 'percentage', adjuster_value: 10 };
    await mock.put(`${path}/${value.id}`, { adjusters: { price } }).expect(200);
    const changed = await mock.put(`${path}/${value.id}`, {
      adjusters: { weight: null, image_url: 'https://x.test/a.png' },
    });
    expect(changed.body.data).toEqual({
      ...value,
      adjusters: { ...NO_ADJUSTERS, price, image_url: 'https://x.test/a.png' },
    });
    const cleared = await mock.put(`${path}/${value.id}`, { adjusters: { price: null } }).expect(200);
    expect(cleared.body.data.adjusters.price).toBeNull();
    await mock.delete(`${path}/${value.id}`).expect(204);
    await mock.get(`${path}/${value.id}`).expect(404);
    await mock.delete(`${path}/${value.id}`).expect(204);
    const next = await mock.post(path, { label: 'Bag', sort_order: 2 }).expect(200);
    expect(next.body.data.id).toBeGreaterThan(value.id);
  });

  it('of a checkbox cannot be removed', async () => {
    const start = await startWithProduct();
    const { id, option_values } = await newModifier(start, { type: 'checkbox', option_values: undefined });
    await start.mock.delete(`${start.path}/${id}/values/${option_values[0]?.id}`).expect(422);
  });

  it('date the product', async () => {
    const start = await startWithProduct();
    const { mock, product_id, path } = start;
    const { id, option_values } = await newModifier(start);
    let before = await dateModified(mock, product_id);
    for (const write of [
      () => mock.post(`${path}/${id}/values`, { label: 'Box', sort_order: 2 }).expect(200),
      () => mock.put(`${path}/${id}/values/${option_values[0]?.id}`, { sort_order: 9 }).expect(200),
      () => mock.delete(`${path}/${id}/values/${option_values[0]?.id}`).expect(204),
      () => mock.put(`${path}/${id}`, { required: true }).expect(200),
      () => mock.delete(`${path}/${id}`).expect(204),
    ]) {
      await aMinutePasses(mock);
      await write();
      const after = await dateModified(mock, product_id);
      expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
      before = after;
    }
  });
});

describe('deleteProductModifier', () => {
  it('answers 204, and 204 again', async () => {
    const start = await startWithProduct();
    const { mock, path } = start;
    const { id } = await newModifier(start);
    await mock.delete(`${path}/${id}`).expect(204);
    await mock.get(`${path}/${id}`).expect(404);
    await mock.get(`${path}/${id}/values`).expect(404);
    await mock.delete(`${path}/${id}`).expect(204);
    await mock.delete(`/v3/catalog/products/999/modifiers/${id}`).expect(404);
    await newModifier(start);
  });

  it('takes the complex rules that name it or its values along', async () => {
    const start = await startWithProduct();
    const { mock, path, product_id } = start;
    const a = await newModifier(start, { display_name: 'A' });
    const b = await newModifier(start, { display_name: 'B' });
    const c = await newModifier(start, { display_name: 'C' });
    const rules = `/v3/catalog/products/${product_id}/complex-rules`;
    const condition = ({ id, option_values }: NewModifier, place: number): object => ({
      modifier_id: id,
      modifier_value_id: option_values[place]?.id,
      variant_id: null,
    });
    const rule = { enabled: true, stop: false, purchasing_hidden: false, purchasing_disabled: true };
    for (const conditions of [
      [condition(a, 0), condition(b, 0)],
      [condition(b, 1), condition(c, 0)],
      [condition(a, 1), condition(c, 1)],
    ]) {
      await mock.post(rules, { ...rule, conditions }).expect(200);
    }
    const left = async (): Promise<number> => (await mock.get(rules).expect(200)).body.data.length as number;
    await mock.delete(`${path}/${b.id}/values/${b.option_values[0]?.id}`).expect(204);
    expect(await left()).toBe(2);
    await mock.delete(`${path}/${a.id}`).expect(204);
    expect(await left()).toBe(1);
  });
});

describe('createProductModifierImage', () => {
  const png = Buffer.from('89504e470d0a1a0a', 'hex');

  it('keeps a file as the picture of the value, and serves it back', async () => {
    const start = await startWithProduct();
    const { id, option_values } = await newModifier(start);
    const path = `${start.path}/${id}/values/${option_values[0]?.id}`;
    const { body } = await start.mock.raw
      .post(`/stores/mockstore1${path}/image`)
      .set('X-Auth-Token', FULL)
      .attach('image_file', png, 'paper.png')
      .expect(200);
    expect(body).toEqual({ data: { image_url: expect.stringContaining('paper') }, meta: {} });
    const { image_url } = body.data;
    const value = await start.mock.get(path).expect(200);
    expect(value.body.data.adjusters).toEqual({ ...NO_ADJUSTERS, image_url });
    await start.mock.raw.get(new URL(image_url).pathname).expect(200).expect('content-type', 'image/png');
  });

  it('answers 422 to another kind of file, 415 to JSON, and 404 for an unknown value', async () => {
    const start = await startWithProduct();
    const { id, option_values } = await newModifier(start);
    const send = (value_id: unknown, filename: string): ReturnType<MockClient['post']> =>
      start.mock.raw
        .post(`/stores/mockstore1${start.path}/${id}/values/${String(value_id)}/image`)
        .set('X-Auth-Token', FULL)
        .attach('image_file', Buffer.from('text'), filename);
    await send(option_values[0]?.id, 'notes.txt').expect(422);
    await send(999, 'paper.png').expect(404);
    const path = `${start.path}/${id}/values/${option_values[0]?.id}/image`;
    await start.mock.post(path, { image_url: 'https://example.com/a.png' }).expect(415);
  });
});
