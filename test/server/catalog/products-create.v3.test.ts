/** One product created: its defaults, and what is refused. Rows below it that come along have a file of their own. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { newProduct, pluck } from './new-product.js';

const MINIMAL = { name: 'T', type: 'physical', weight: 1, price: 10 };

describe('createProduct', () => {
  it('completes a minimal product as a real store does, in its order of properties (scenario 1)', async () => {
    const mock = await startMock();
    const created = await mock.post('/v3/catalog/products', MINIMAL).expect(200);
    const { id, base_variant_id, date_created } = created.body.data;
    const { body } = await mock.get(`/v3/catalog/products/${id}`).expect(200);
    expect(date_created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    // As text, since the order of the keys counts.
    expect(JSON.stringify(body.data)).toBe(
      JSON.stringify({
        id,
        name: 'T',
        type: 'physical',
        sku: '',
        description: '',
        weight: 1,
        width: 0,
        depth: 0,
        height: 0,
        price: 10,
        cost_price: 0,
        retail_price: 0,
        sale_price: 0,
        map_price: 0,
        tax_class_id: 0,
        product_tax_code: '',
        calculated_price: 10,
        categories: [],
        brand_id: 0,
        option_set_id: null,
        option_set_display: 'right',
        inventory_level: 0,
        inventory_warning_level: 0,
        inventory_tracking: 'none',
        reviews_rating_sum: 0,
        reviews_count: 0,
        total_sold: 0,
        fixed_cost_shipping_price: 0,
        is_free_shipping: false,
        is_visible: true,
        is_featured: false,
        related_products: [-1],
        warranty: '',
        bin_picking_number: '',
        layout_file: 'product.html',
        upc: '',
        mpn: '',
        gtin: '',
        date_last_imported: null,
        search_keywords: '',
        availability: 'available',
        availability_description: '',
        gift_wrapping_options_type: 'any',
        gift_wrapping_options_list: [],
        sort_order: 0,
        condition: 'New',
        is_condition_shown: false,
        order_quantity_minimum: 0,
        order_quantity_maximum: 0,
        page_title: '',
        meta_keywords: [],
        meta_description: '',
        date_created,
        date_modified: date_created,
        view_count: 0,
        preorder_release_date: null,
        preorder_message: '',
        is_preorder_only: false,
        is_price_hidden: false,
        price_hidden_label: '',
        custom_url: { url: '/t/', is_customized: false },
        base_variant_id,
        open_graph_type: 'product',
        open_graph_title: '',
        open_graph_description: '',
        open_graph_use_meta_description: true,
        open_graph_use_product_name: true,
        open_graph_use_image: true,
      }),
    );
  });

  it('answers with variants, images, custom fields and bulk pricing rules, which a later read leaves out', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', MINIMAL).expect(200);
    expect(Object.keys(body.data).slice(-4)).toEqual(['variants', 'images', 'custom_fields', 'bulk_pricing_rules']);
    expect(body.data).toMatchObject({ images: [], custom_fields: [], bulk_pricing_rules: [] });
    expect(body.data.variants).toHaveLength(1);
    expect(body.data.variants[0]).toMatchObject({ id: body.data.base_variant_id, option_values: [], sku_id: null });
    const read = await mock.get(`/v3/catalog/products/${body.data.id}`).expect(200);
    expect(read.body.data).not.toHaveProperty('variants');
    const included = await mock.get(`/v3/catalog/products/${body.data.id}?include=variants`).expect(200);
    expect(included.body.data.variants).toEqual(body.data.variants);
  });

  it('names every required field that is missing (scenario 2)', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', {}).expect(422);
    expect(body).toMatchObject({
      status: 422,
      title: 'Missing Required Fields',
      errors: {
        name: 'Please provide a name.',
        price: 'Please provide a price.',
        type: 'Please provide a type.',
        weight: 'Please provide a weight.',
      },
    });
    expect(Object.keys(body.errors)).toHaveLength(4);
  });

  it('names only the missing fields, whatever else is wrong', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post('/v3/catalog/products', { name: 'x'.repeat(300), type: 'physical', price: 1 })
      .expect(422);
    expect(body).toMatchObject({
      title: 'Missing Required Fields',
      errors: { weight: 'Please provide a weight.' },
    });
    expect(Object.keys(body.errors)).toEqual(['weight']);
  });

  it('takes a digital product without a weight', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', { name: 'E-book', type: 'digital', price: 5 }).expect(200);
    expect(body.data.weight).toBe(0);
  });

  it('refuses a list: one product per request', async () => {
    const mock = await startMock();
    await mock.post('/v3/catalog/products', [MINIMAL]).expect(422);
  });

  it.each([
    ['name', ''],
    ['name', ' '],
    ['name', 'x'.repeat(251)],
    ['type', 'virtual'],
    ['price', -1],
    ['weight', 'heavy'],
    ['tax_class_id', 256],
    ['condition', 'new'],
    ['upc', '123456789012345'],
    ['date_last_imported', 'yesterday'],
  ])('refuses %s %j with 422, naming the field', async (field, value) => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, [field]: value }).expect(422);
    expect(body.title).toBe(`Invalid field(s): ${field}`);
    expect(body.errors).toHaveProperty(field);
  });

  it('refuses a name that is taken, in any case of letters (scenario 3)', async () => {
    const mock = await startMock();
    await newProduct(mock, { name: 'Linen towel' });
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, name: 'LINEN towel' }).expect(409);
    expect(body).toMatchObject({
      status: 409,
      title: 'The product name is a duplicate',
      errors: { name: 'The product name is a duplicate' },
    });
    const list = await mock.get('/v3/catalog/products?name=Linen%20towel').expect(200);
    expect(list.body.meta.pagination.total).toBe(1);
  });

  it('refuses a SKU of another product or variant, in any case of letters (scenario 4)', async () => {
    const mock = await startMock();
    await newProduct(mock, { name: 'First', sku: 'X-1' });
    const variant = { sku: 'V-1', option_values: [{ option_display_name: 'Size', label: 'S' }] };
    await newProduct(mock, { name: 'Second', variants: [variant] });
    const refusal = {
      title: 'The product sku is a duplicate',
      errors: { sku: 'The product sku is a duplicate' },
    };
    const ofProduct = await mock.post('/v3/catalog/products', { ...MINIMAL, sku: 'x-1' }).expect(409);
    expect(ofProduct.body).toMatchObject(refusal);
    const ofVariant = await mock.post('/v3/catalog/products', { ...MINIMAL, sku: 'v-1' }).expect(409);
    expect(ofVariant.body).toMatchObject(refusal);
  });

  it('lets any number of products go without a SKU, or share a UPC, GTIN or MPN', async () => {
    const mock = await startMock();
    const codes = { sku: '', upc: '012345678905', gtin: '012345678905', mpn: 'M-1' };
    await newProduct(mock, { name: 'First', ...codes });
    await newProduct(mock, { name: 'Second', ...codes });
  });

  it('refuses unknown categories, brands and tax classes with 409', async () => {
    const mock = await startMock();
    for (const reference of [{ categories: [999] }, { brand_id: 999 }, { tax_class_id: 99 }]) {
      const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, ...reference }).expect(409);
      expect(Object.keys(body.errors)).toEqual(Object.keys(reference));
    }
    const list = await mock.get('/v3/catalog/products').expect(200);
    expect(list.body.meta.pagination.total).toBe(0);
  });

  it('tells of faults in a store’s order: fields, name, SKU, references, variant SKUs, URL', async () => {
    const mock = await startMock();
    await newProduct(mock, { name: 'Taken', sku: 'TAKEN' });
    const faults = [
      [422, { order_quantity_minimum: 5, order_quantity_maximum: 2 }, 'order_quantity_maximum'],
      [409, { name: 'taken' }, 'name'],
      [409, { sku: 'taken' }, 'sku'],
      [409, { categories: [999] }, 'categories'],
      [409, { variants: [{ sku: 'taken', option_values: [{ option_display_name: 'Size', label: 'S' }] }] }, 'sku'],
      [409, { custom_url: { url: '/taken/' } }, 'custom_url'],
    ] as const;
    for (const [position, [status, , field]] of faults.entries()) {
      const bodies = faults.slice(position).map(([, fault]) => fault);
      const product = Object.assign({}, MINIMAL, ...bodies) as object;
      const { body } = await mock.post('/v3/catalog/products', product).expect(status);
      expect(Object.keys(body.errors)).toContain(field);
    }
  });

  it('numbers an automatic URL that is taken', async () => {
    const mock = await startMock();
    const urls: string[] = [];
    for (const name of ['T-Shirt', 'T Shirt', 'T/Shirt!']) {
      const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, name }).expect(200);
      expect(body.data.custom_url.is_customized).toBe(false);
      urls.push(body.data.custom_url.url as string);
    }
    expect(urls).toEqual(['/t-shirt/', '/t-shirt-1/', '/t-shirt-2/']);
  });

  it('derives the URL from the name as observed', async () => {
    const mock = await startMock();
    const name = 'Fog Linen Chambray Towel - Beige Stripe';
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, name }).expect(200);
    expect(body.data.custom_url.url).toBe('/fog-linen-chambray-towel-beige-stripe/');
  });

  it('counts a sent URL as customized when it is not the automatic one', async () => {
    const mock = await startMock();
    const own = await mock.post('/v3/catalog/products', { ...MINIMAL, custom_url: { url: '/mine/' } }).expect(200);
    expect(own.body.data.custom_url).toEqual({ url: '/mine/', is_customized: true });
    const usual = { ...MINIMAL, name: 'Usual', custom_url: { url: '/usual/', is_customized: true } };
    const automatic = await mock.post('/v3/catalog/products', usual).expect(200);
    expect(automatic.body.data.custom_url).toEqual({ url: '/usual/', is_customized: false });
  });

  it('refuses a sent URL that is taken with 409', async () => {
    const mock = await startMock();
    await newProduct(mock, { name: 'Towel' });
    const { body } = await mock
      .post('/v3/catalog/products', { ...MINIMAL, custom_url: { url: '/towel/', is_customized: true } })
      .expect(409);
    expect(body.errors).toHaveProperty('custom_url');
  });

  it('takes the sale price for the calculated price (scenario 8)', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, price: 20, sale_price: 15 }).expect(200);
    expect(body.data.calculated_price).toBe(15);
  });

  it.each([
    [10.99999, 11],
    [10.99994, 10.9999],
    ['10.00', 10],
  ])('stores a price of %j as %j', async (sent, stored) => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, price: sent, cost_price: sent }).expect(200);
    expect(body.data).toMatchObject({ price: stored, cost_price: stored, calculated_price: stored });
  });

  it('ignores read-only and unknown fields', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post('/v3/catalog/products', {
        ...MINIMAL,
        id: 4711,
        date_created: '2001-01-01T00:00:00+00:00',
        calculated_price: 1,
        base_variant_id: 4711,
        option_set_id: 3,
        option_set_display: 'below',
        view_count: 9,
        reviews_count: 9,
        reviews_rating_sum: 9,
        layout_file: 'other.html',
        colour: 'red',
      })
      .expect(200);
    expect(body.data.id).not.toBe(4711);
    expect(body.data.base_variant_id).not.toBe(4711);
    expect(body.data.date_created).not.toMatch(/^2001/);
    expect(body.data).toMatchObject({
      calculated_price: 10,
      option_set_id: null,
      option_set_display: 'right',
      view_count: 0,
      reviews_count: 0,
      reviews_rating_sum: 0,
      layout_file: 'product.html',
    });
    expect(body.data).not.toHaveProperty('colour');
  });

  it('makes a brand of a new brand_name, and finds it again in any case of letters (scenario 14)', async () => {
    const mock = await startMock();
    const first = await mock.post('/v3/catalog/products', { ...MINIMAL, name: 'A', brand_name: 'Acme' }).expect(200);
    const second = await mock.post('/v3/catalog/products', { ...MINIMAL, name: 'B', brand_name: 'ACME' }).expect(200);
    const { brand_id } = first.body.data;
    expect(brand_id).toBeGreaterThan(0);
    expect(second.body.data.brand_id).toBe(brand_id);
    expect(first.body.data).not.toHaveProperty('brand_name');
    const brands = await mock.get('/v3/catalog/brands').expect(200);
    expect(pluck(brands, 'name')).toEqual(['Acme']);
    await mock.delete(`/v3/catalog/brands/${brand_id}`).expect(204);
    const products = await mock.get('/v3/catalog/products').expect(200);
    expect(pluck(products, 'brand_id')).toEqual([0, 0]);
  });

  it('makes no brand when the product is refused', async () => {
    const mock = await startMock();
    await mock.post('/v3/catalog/products', { ...MINIMAL, brand_name: 'Acme', categories: [999] }).expect(409);
    const brands = await mock.get('/v3/catalog/brands').expect(200);
    expect(brands.body.meta.pagination.total).toBe(0);
  });

  it('stores the largest level there is in place of a larger one', async () => {
    const mock = await startMock();
    const stock = { inventory_tracking: 'product', inventory_level: 3_000_000_000 };
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, ...stock }).expect(200);
    expect(body.data.inventory_level).toBe(2_147_483_647);
  });

  it('assigns the product to channel 1 and to no other', async () => {
    const mock = await startMock({ size: 'small' });
    const id = await newProduct(mock);
    const { body } = await mock.get(`/v3/catalog/products/${id}?include=channels`).expect(200);
    expect(body.data.channels).toEqual([1]);
  });

  it('never gives an id twice', async () => {
    const mock = await startMock();
    const id = await newProduct(mock);
    await mock.delete(`/v3/catalog/products/${id}`).expect(204);
    expect(await newProduct(mock)).toBeGreaterThan(id);
  });

  it('cuts the answer to include_fields, sub-resources too', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products?include_fields=name,variants', MINIMAL).expect(200);
    expect(Object.keys(body.data)).toEqual([
      'id',
      'name',
      'gift_wrapping_options_type',
      'gift_wrapping_options_list',
      'variants',
    ]);
  });
});

describe('createProduct, fields that depend on each other', () => {
  it.each([
    [{ is_price_hidden: true }, 'is_price_hidden'],
    [{ price_hidden_label: 'Ask us' }, 'price_hidden_label'],
    [{ availability: 'preorder', is_price_hidden: true }, 'is_price_hidden'],
    [{ order_quantity_minimum: 3, order_quantity_maximum: 2 }, 'order_quantity_maximum'],
    [{ availability: 'preorder', preorder_release_date: '2020-01-01T00:00:00+00:00' }, 'preorder_release_date'],
    [{ preorder_release_date: '2024-13-45T99:00:00Z' }, 'preorder_release_date'],
    [{ preorder_release_date: '2024-02-30T00:00:00+00:00' }, 'preorder_release_date'],
    [{ gift_wrapping_options_type: 'list' }, 'gift_wrapping_options_list'],
    [{ related_products: Array.from({ length: 51 }, (_, n) => n + 1) }, 'related_products'],
  ])('refuses %j', async (fields, field) => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, ...fields }).expect(422);
    expect(body.title).toBe(`Invalid field(s): ${field}`);
  });

  it.each([
    { availability: 'disabled', is_price_hidden: true, price_hidden_label: 'Ask us' },
    { price_hidden_label: '', is_price_hidden: false },
    { order_quantity_minimum: 3, order_quantity_maximum: 0 },
    { order_quantity_minimum: 3, order_quantity_maximum: 3 },
    { gift_wrapping_options_type: 'list', gift_wrapping_options_list: [3] },
    { availability: 'preorder', preorder_release_date: '2099-01-01T00:00:00+00:00', preorder_message: 'Soon' },
  ])('takes %j', async (fields) => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, ...fields }).expect(200);
    expect(body.data).toMatchObject(fields);
  });

  it('empties the list of gift wrappings when the type is not list', async () => {
    const mock = await startMock();
    const wrapping = { gift_wrapping_options_type: 'none', gift_wrapping_options_list: [3] };
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, ...wrapping }).expect(200);
    expect(body.data.gift_wrapping_options_list).toEqual([]);
  });

  it('writes dates in the catalog’s form', async () => {
    const mock = await startMock();
    const dates = {
      availability: 'preorder',
      preorder_release_date: '2099-01-01T02:00:00+02:00',
      date_last_imported: '2024-05-06T07:08:09',
    };
    const { body } = await mock.post('/v3/catalog/products', { ...MINIMAL, ...dates }).expect(200);
    expect(body.data).toMatchObject({
      preorder_release_date: '2099-01-01T00:00:00+00:00',
      date_last_imported: '2024-05-06T07:08:09+00:00',
    });
  });
});
