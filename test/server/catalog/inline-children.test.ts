/** Rows below a product that come in the product's own body. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { pluck } from './new-product.js';

const MINIMAL = { name: 'Mug', type: 'physical', weight: 1, price: 10 };

const COLOURS = ['Red', 'Blue'].map((label) => ({
  sku: `MUG-${label}`,
  option_values: [{ option_display_name: 'Mug Color', label }],
}));

describe('createProduct with inline children', () => {
  it('makes an option, its values and the variants in one go (scenario 5)', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, variants: COLOURS }).expect(200);
    expect(body.data).toMatchObject({ base_variant_id: null, inventory_tracking: 'none' });
    expect(pluck({ body: { data: body.data.variants } }, 'sku')).toEqual(['MUG-Red', 'MUG-Blue']);
    const options = await mock.get(`/v3/catalog/products/${body.data.id}/options`).expect(200);
    expect(options.body.data).toHaveLength(1);
    expect(options.body.data[0]).toMatchObject({ display_name: 'Mug Color', type: 'radio_buttons' });
    expect(pluck({ body: { data: options.body.data[0].option_values } }, 'label')).toEqual(['Red', 'Blue']);
  });

  it('makes images, videos, custom fields and bulk pricing rules', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post('/v3/catalog/products', {
        ...MINIMAL,
        images: [
          { image_url: 'https://example.com/a.jpg' },
          { image_url: 'https://example.com/b.jpg', is_thumbnail: true },
        ],
        videos: [{ video_id: 'z3fRu9pkuXE' }],
        custom_fields: [{ name: 'Origin', value: 'Riga' }],
        bulk_pricing_rules: [{ quantity_min: 10, quantity_max: 20, type: 'price', amount: 2 }],
      })
      .expect(200);
    expect(pluck({ body: { data: body.data.images } }, 'is_thumbnail')).toEqual([false, true]);
    const videos = await mock.get(`/v3/catalog/products/${body.data.id}/videos`).expect(200);
    expect(videos.body.data[0]).toMatchObject({ video_id: 'z3fRu9pkuXE', product_id: body.data.id });
    expect(body.data.custom_fields[0]).toMatchObject({ name: 'Origin', value: 'Riga' });
    expect(body.data.bulk_pricing_rules[0]).toMatchObject({ quantity_min: 10, amount: 2 });
  });

  it('ignores ids, as it does those of the product', async () => {
    const mock = await startMock();
    const custom_fields = [{ id: 4711, name: 'Origin', value: 'Riga' }];
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, custom_fields }).expect(200);
    expect(body.data.custom_fields).toHaveLength(1);
    expect(body.data.custom_fields[0].id).not.toBe(4711);
  });

  it.each([
    [422, 'images', [{ description: 'no source' }]],
    [422, 'videos', [{ title: 'no id' }]],
    [
      422,
      'custom_fields',
      [
        { name: 'Origin', value: 'Riga' },
        { name: 'Origin', value: 'Riga' },
      ],
    ],
    [422, 'bulk_pricing_rules', [{ quantity_min: 10, quantity_max: 5, type: 'price', amount: 2 }]],
    [
      409,
      'bulk_pricing_rules',
      [
        { quantity_min: 1, quantity_max: 10, type: 'price', amount: 2 },
        { quantity_min: 5, quantity_max: 0, type: 'price', amount: 2 },
      ],
    ],
    [409, 'variants', [COLOURS[0], { ...COLOURS[1], sku: 'mug-red' }]],
  ])('answers %i for bad %s and creates nothing at all', async (status, name, children) => {
    const mock = await startMock();
    await mock.post('/v3/catalog/products', { ...MINIMAL, brand_name: 'Acme', [name]: children }).expect(status);
    for (const path of ['products', 'variants', 'brands', 'products/channel-assignments']) {
      const { body } = await mock.get(`/v3/catalog/${path}`).expect(200);
      expect(body.data).toEqual([]);
    }
    await mock.post('/v3/catalog/products', MINIMAL).expect(200);
  });
});

describe('updateProduct with inline children', () => {
  it('changes rows by id, adds rows without one and leaves the others alone', async () => {
    const mock = await startMock();
    const created = await mock
      .post('/v3/catalog/products', {
        ...MINIMAL,
        custom_fields: [
          { name: 'Origin', value: 'Riga' },
          { name: 'Care', value: 'By hand' },
        ],
      })
      .expect(200);
    const [origin, care] = created.body.data.custom_fields;
    const { body } = await mock
      .put(`/v3/catalog/products/${created.body.data.id}`, {
        custom_fields: [
          { id: origin.id, name: 'Origin', value: 'Tallinn' },
          { name: 'Size', value: '0.3 l' },
        ],
      })
      .expect(200);
    expect(body.data.custom_fields).toEqual([
      { id: origin.id, name: 'Origin', value: 'Tallinn' },
      care,
      { id: expect.any(Number), name: 'Size', value: '0.3 l' },
    ]);
  });

  it('changes variants by id and adds new ones by the words of their options', async () => {
    const mock = await startMock();
    const created = await mock.post('/v3/catalog/products', { ...MINIMAL, variants: COLOURS }).expect(200);
    const [red] = created.body.data.variants;
    const green = { sku: 'MUG-Green', option_values: [{ option_display_name: 'Mug Color', label: 'Green' }] };
    const { body } = await mock
      .put(`/v3/catalog/products/${created.body.data.id}`, { variants: [{ id: red.id, price: 12 }, green] })
      .expect(200);
    expect(pluck({ body: { data: body.data.variants } }, 'sku')).toEqual(['MUG-Red', 'MUG-Blue', 'MUG-Green']);
    expect(body.data.variants[0]).toMatchObject({ id: red.id, price: 12, calculated_price: 12 });
  });

  it('refuses the id of a row that another product has, and changes nothing', async () => {
    const mock = await startMock();
    const custom_fields = [{ name: 'Origin', value: 'Riga' }];
    const other = await mock.post('/v3/catalog/products', { ...MINIMAL, name: 'Other', custom_fields }).expect(200);
    const { body } = await mock.post('/v3/catalog/products', MINIMAL).expect(200);
    const [{ id }] = other.body.data.custom_fields;
    await mock
      .put(`/v3/catalog/products/${body.data.id}`, { price: 77, custom_fields: [{ id, name: 'a', value: 'b' }] })
      .expect(422);
    const read = await mock.get(`/v3/catalog/products/${body.data.id}`).expect(200);
    expect(read.body.data.price).toBe(10);
  });
});
