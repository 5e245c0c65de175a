/** One product at a time: read, changed and deleted. Creating, lists and batches have files of their own. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { newBrand, newCategory } from './new-category.js';
import { aMinutePasses, dateModified, newProduct } from './new-product.js';

describe('getProduct', () => {
  it('answers 404 with the observed title for an unknown id', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/catalog/products/4711').expect(404);
    expect(body).toMatchObject({ status: 404, title: 'A product was not found with an id of 4711' });
  });

  it('adds each of the eleven sub-resources under its name, and ignores names it does not know', async () => {
    const mock = await startMock({ size: 'small' });
    const names = [
      'bulk_pricing_rules',
      'channels',
      'custom_fields',
      'images',
      'modifiers',
      'options',
      'parent_relations',
      'primary_image',
      'reviews',
      'variants',
      'videos',
    ];
    const { body } = await mock.get(`/v3/catalog/products/101?include=${names.join(',')},moods`).expect(200);
    expect(Object.keys(body.data).slice(-11)).toEqual(names);
    expect(body.data.images.length).toBeGreaterThan(0);
    const images = body.data.images as { is_thumbnail: boolean }[];
    expect(body.data.primary_image).toEqual(images.find(({ is_thumbnail }) => is_thumbnail));
    expect(body.data.channels).toContain(1);
  });

  it('has null for the primary image of a product without images', async () => {
    const mock = await startMock();
    const id = await newProduct(mock);
    const { body } = await mock.get(`/v3/catalog/products/${id}?include=primary_image,images`).expect(200);
    expect(body.data).toMatchObject({ primary_image: null, images: [] });
  });

  it('shows as parent relations the options and modifiers that offer the product as a choice', async () => {
    const mock = await startMock();
    const charger = await newProduct(mock, { name: 'Charger' });
    const camera = await newProduct(mock, { name: 'Camera' });
    const { body: modifier } = await mock
      .post(`/v3/catalog/products/${camera}/modifiers`, {
        display_name: 'With',
        type: 'product_list',
        required: false,
        option_values: [{ label: 'Charger', sort_order: 0, value_data: { product_id: charger } }],
      })
      .expect(200);
    const { body } = await mock.get(`/v3/catalog/products/${charger}?include=parent_relations`).expect(200);
    expect(body.data.parent_relations).toEqual([
      { type: 'modifier', product_id: camera, attribute_id: modifier.data.id },
    ]);
    const other = await mock.get(`/v3/catalog/products/${camera}?include=parent_relations`).expect(200);
    expect(other.body.data.parent_relations).toEqual([]);
  });

  it('returns named fields with the id and the gift wrapping, whatever include_fields says', async () => {
    const mock = await startMock();
    const id = await newProduct(mock);
    const { body } = await mock.get(`/v3/catalog/products/${id}?include_fields=sku&include=images`).expect(200);
    expect(Object.keys(body.data)).toEqual([
      'id',
      'sku',
      'gift_wrapping_options_type',
      'gift_wrapping_options_list',
      'images',
    ]);
  });

  it('leaves out exclude_fields, but never the id', async () => {
    const mock = await startMock();
    const id = await newProduct(mock);
    const { body } = await mock.get(`/v3/catalog/products/${id}?exclude_fields=id,description`).expect(200);
    expect(body.data.id).toBe(id);
    expect(body.data).not.toHaveProperty('description');
    expect(body.data).toHaveProperty('name');
  });
});

describe('updateProduct', () => {
  it('keeps what is not sent and replaces lists that are (scenario 9)', async () => {
    const mock = await startMock();
    const bath = await newCategory(mock, 'Bath');
    const linen = await newCategory(mock, 'Linen');
    const id = await newProduct(mock, { categories: [bath, linen], meta_keywords: ['a', 'b'] });
    const priced = await mock.put(`/v3/catalog/products/${id}`, { price: 9 }).expect(200);
    expect(priced.body.data).toMatchObject({ price: 9, categories: [bath, linen], meta_keywords: ['a', 'b'] });
    const moved = await mock.put(`/v3/catalog/products/${id}`, { categories: [linen], meta_keywords: [] }).expect(200);
    expect(moved.body.data).toMatchObject({ price: 9, categories: [linen], meta_keywords: [] });
  });

  it('clears nullable fields that are sent as null', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { date_last_imported: '2024-05-06T07:08:09+00:00' });
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { date_last_imported: null }).expect(200);
    expect(body.data.date_last_imported).toBeNull();
  });

  it('answers with variants, images, custom fields and bulk pricing rules, like a create', async () => {
    const mock = await startMock();
    const id = await newProduct(mock);
    const { body } = await mock.put(`/v3/catalog/products/${id}?include=videos`, { price: 9 }).expect(200);
    expect(Object.keys(body.data).slice(-5)).toEqual([
      'variants',
      'images',
      'custom_fields',
      'bulk_pricing_rules',
      'videos',
    ]);
  });

  it('moves date_modified on, and no other date', async () => {
    const mock = await startMock();
    const id = await newProduct(mock);
    const before = (await mock.get(`/v3/catalog/products/${id}`)).body.data;
    await aMinutePasses(mock);
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { mpn: 'M-1' }).expect(200);
    expect(body.data.date_created).toBe(before.date_created);
    expect(Date.parse(body.data.date_modified as string)).toBeGreaterThanOrEqual(
      Date.parse(before.date_modified as string) + 60_000,
    );
  });

  it('follows price and sale price in the calculated price (scenario 8)', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { price: 20 });
    const calculated = async (fields: object): Promise<unknown> => {
      const { body } = await mock.put(`/v3/catalog/products/${id}`, fields).expect(200);
      expect(body.data.variants[0].calculated_price).toBe(body.data.calculated_price);
      return body.data.calculated_price;
    };
    expect(await calculated({ sale_price: 15 })).toBe(15);
    expect(await calculated({ price: 50 })).toBe(15);
    expect(await calculated({ sale_price: 0 })).toBe(50);
  });

  it('keeps the URL when the name changes', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { name: 'Towel' });
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { name: 'Bath towel' }).expect(200);
    expect(body.data.custom_url).toEqual({ url: '/towel/', is_customized: false });
  });

  it('takes another URL, without echoing create_redirect, and refuses one that is taken', async () => {
    const mock = await startMock();
    await newProduct(mock, { name: 'Other' });
    const id = await newProduct(mock, { name: 'Towel' });
    const { body } = await mock
      .put(`/v3/catalog/products/${id}`, { custom_url: { url: '/soft/', create_redirect: true } })
      .expect(200);
    expect(body.data.custom_url).toEqual({ url: '/soft/', is_customized: true });
    await mock.put(`/v3/catalog/products/${id}`, { custom_url: { url: '/Other/' } }).expect(409);
    const same = await mock.put(`/v3/catalog/products/${id}`, { custom_url: { url: '/soft/' } }).expect(200);
    expect(same.body.data.custom_url).toEqual({ url: '/soft/', is_customized: true });
    const read = await mock.get(`/v3/catalog/products/${id}`).expect(200);
    expect(read.body.data.custom_url.url).toBe('/soft/');
  });

  it('refuses a name, SKU or reference as a create does, and lets a product keep its own', async () => {
    const mock = await startMock();
    await newProduct(mock, { name: 'First', sku: 'S-1' });
    const id = await newProduct(mock, { name: 'Second', sku: 'S-2' });
    const path = `/v3/catalog/products/${id}`;
    await mock.put(path, { name: 'first' }).expect(409);
    await mock.put(path, { sku: 's-1' }).expect(409);
    await mock.put(path, { brand_id: 999 }).expect(409);
    await mock.put(path, { order_quantity_minimum: 5, order_quantity_maximum: 2 }).expect(422);
    await mock.put(path, { name: 'SECOND', sku: 's-2' }).expect(200);
  });

  it('carries the SKU over to the base variant', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { sku: 'S-1' });
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { sku: 'S-2' }).expect(200);
    expect(body.data.variants[0].sku).toBe('S-2');
  });

  it('gives the product a brand by name', async () => {
    const mock = await startMock();
    const acme = await newBrand(mock, 'Acme');
    const id = await newProduct(mock);
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { brand_name: 'acme' }).expect(200);
    expect(body.data.brand_id).toBe(acme);
    const kept = await mock.put(`/v3/catalog/products/${id}`, { price: 3 }).expect(200);
    expect(kept.body.data.brand_id).toBe(acme);
  });

  it('shows the price again once the product can be bought', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { availability: 'disabled', is_price_hidden: true, price_hidden_label: 'Ask' });
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { availability: 'available' }).expect(200);
    expect(body.data).toMatchObject({ is_price_hidden: false, price_hidden_label: '' });
  });

  it('ignores a level of its own while the variants are tracked, and adds up theirs', async () => {
    const mock = await startMock();
    const simple = await newProduct(mock, { name: 'Simple', inventory_tracking: 'variant', inventory_level: 99 });
    expect((await mock.get(`/v3/catalog/products/${simple}`)).body.data.inventory_level).toBe(0);
    const id = await newProduct(mock, {
      inventory_tracking: 'variant',
      inventory_level: 99,
      variants: ['S', 'M'].map((label, position) => ({
        sku: label,
        inventory_level: 3 + position,
        option_values: [{ option_display_name: 'Size', label }],
      })),
    });
    expect((await mock.get(`/v3/catalog/products/${id}`)).body.data.inventory_level).toBe(7);
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { inventory_level: 50 }).expect(200);
    expect(body.data.inventory_level).toBe(7);
    const untracked = await mock
      .put(`/v3/catalog/products/${id}`, { inventory_tracking: 'none', inventory_level: 50 })
      .expect(200);
    expect(untracked.body.data.inventory_level).toBe(50);
    const tracked = await mock.put(`/v3/catalog/products/${id}`, { inventory_tracking: 'variant' }).expect(200);
    expect(tracked.body.data.inventory_level).toBe(7);
  });

  it('keeps the stored number when the tracking changes', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { inventory_tracking: 'product', inventory_level: 12 });
    const { body } = await mock.put(`/v3/catalog/products/${id}`, { inventory_tracking: 'none' }).expect(200);
    expect(body.data.inventory_level).toBe(12);
  });

  it('answers 404 for an unknown id', async () => {
    const mock = await startMock();
    const { body } = await mock.put('/v3/catalog/products/4711', { price: 1 }).expect(404);
    expect(body.title).toBe('A product was not found with an id of 4711');
  });
});

describe('deleteProduct', () => {
  it('takes everything below the product with it', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete('/v3/catalog/products/101').expect(204);
    await mock.get('/v3/catalog/products/101').expect(404);
    for (const below of ['variants', 'images', 'reviews', 'custom-fields', 'options', 'metafields']) {
      await mock.get(`/v3/catalog/products/101/${below}`).expect(404);
    }
    const variants = await mock.get('/v3/catalog/variants?product_id:in=101').expect(200);
    expect(variants.body.data).toEqual([]);
    const channels = await mock.get('/v3/catalog/products/channel-assignments?product_id:in=101').expect(200);
    expect(channels.body.data).toEqual([]);
    const categories = await mock.get('/v3/catalog/products/category-assignments?product_id:in=101').expect(200);
    expect(categories.body.data).toEqual([]);
  });

  it('frees the name, the SKU and the URL', async () => {
    const mock = await startMock();
    const product = { name: 'Towel', sku: 'S-1', custom_url: { url: '/soft/' } };
    const id = await newProduct(mock, product);
    await mock.delete(`/v3/catalog/products/${id}`).expect(204);
    await newProduct(mock, product);
  });

  it('takes the id out of the related products of others', async () => {
    const mock = await startMock();
    const gone = await newProduct(mock, { name: 'Gone' });
    const kept = await newProduct(mock, { name: 'Kept' });
    const other = await newProduct(mock, { name: 'Other', related_products: [gone, kept] });
    const before = await dateModified(mock, other);
    await mock.delete(`/v3/catalog/products/${gone}`).expect(204);
    const { body } = await mock.get(`/v3/catalog/products/${other}`).expect(200);
    expect(body.data).toMatchObject({ related_products: [kept], date_modified: before });
  });

  it('answers 404 for an unknown id', async () => {
    const mock = await startMock();
    await mock.delete('/v3/catalog/products/4711').expect(404);
  });
});
