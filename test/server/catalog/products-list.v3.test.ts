/** Lists of products: filters, order, pages and sub-resources. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { newBrand, newCategory } from './new-category.js';
import { aMinutePasses, newProduct, pluck } from './new-product.js';

/** Names of the products that a query selects. */
async function found(mock: MockClient, query: string): Promise<unknown[]> {
  const answer = await mock.get(`/v3/catalog/products?${query}`).expect(200);
  return pluck(answer, 'name');
}

/** Three products that differ in every way that a filter can tell. */
async function threeProducts(): Promise<MockClient> {
  const mock = await startMock();
  const bath = await newCategory(mock, 'Bath');
  const linen = await newCategory(mock, 'Linen');
  const acme = await newBrand(mock, 'Acme');
  await newProduct(mock, {
    name: 'Ash tray',
    sku: 'A-1',
    mpn: 'M-A',
    upc: '111111111111',
    price: 10,
    weight: 1,
    categories: [bath],
    brand_id: acme,
    is_featured: true,
    inventory_tracking: 'product',
    inventory_level: 0,
    description: 'For the terrace',
  });
  await aMinutePasses(mock);
  await newProduct(mock, {
    name: 'Bath mat',
    sku: 'B-1',
    price: 20,
    weight: 2,
    categories: [bath, linen],
    condition: 'Used',
    is_visible: false,
    is_free_shipping: true,
    inventory_tracking: 'product',
    inventory_level: 3,
    inventory_warning_level: 5,
    total_sold: 7,
    date_last_imported: '2024-05-06T07:08:09+00:00',
  });
  await aMinutePasses(mock);
  await newProduct(mock, {
    name: 'Curtain pattern',
    type: 'digital',
    sku: 'C-1',
    price: 30,
    weight: 0,
    availability: 'disabled',
    inventory_level: 0,
    sale_price: 5,
  });
  return mock;
}

describe('getProducts, filters', () => {
  it.each([
    ['name=bath%20MAT', ['Bath mat']],
    ['name=Bath', []],
    ['name:like=at', ['Bath mat', 'Curtain pattern']],
    ['sku=a-1', ['Ash tray']],
    ['sku:in=A-1,c-1,x', ['Ash tray', 'Curtain pattern']],
    ['mpn=M-A', ['Ash tray']],
    ['upc=111111111111', ['Ash tray']],
    ['price=20', ['Bath mat']],
    ['price:min=20', ['Bath mat', 'Curtain pattern']],
    ['price:max=20', ['Ash tray', 'Bath mat']],
    ['weight=2', ['Bath mat']],
    ['condition=used', ['Bath mat']],
    ['type=digital', ['Curtain pattern']],
    ['availability=disabled', ['Curtain pattern']],
    ['is_visible=false', ['Bath mat']],
    ['is_visible=1', ['Ash tray', 'Curtain pattern']],
    ['is_featured=1', ['Ash tray']],
    ['is_featured=0', ['Bath mat', 'Curtain pattern']],
    ['is_free_shipping=1', ['Bath mat']],
    ['inventory_level=3', ['Bath mat']],
    ['inventory_level:in=3,4', ['Bath mat']],
    ['inventory_level:not_in=3', ['Ash tray', 'Curtain pattern']],
    ['inventory_level:min=3', ['Bath mat']],
    ['inventory_level:max=0', ['Ash tray', 'Curtain pattern']],
    ['inventory_level:greater=0', ['Bath mat']],
    ['inventory_level:less=3', ['Ash tray', 'Curtain pattern']],
    ['inventory_low=1', ['Bath mat']],
    ['inventory_low=0', ['Ash tray', 'Curtain pattern']],
    ['out_of_stock=1', ['Ash tray']],
    ['out_of_stock=0', ['Bath mat', 'Curtain pattern']],
    ['total_sold=7', ['Bath mat']],
    ['date_last_imported=2024-05-06', ['Bath mat']],
    ['date_last_imported:not=2024-05-06', ['Ash tray', 'Curtain pattern']],
    ['date_last_imported:min=2024-01-01', ['Bath mat']],
    ['date_last_imported:max=2024-01-01', []],
    ['price:min=15&is_visible=true', ['Curtain pattern']],
  ])('?%s gives %j', async (query, names) => {
    const mock = await threeProducts();
    expect(await found(mock, query)).toEqual(names);
  });

  it('filters by id in every way', async () => {
    const mock = await startMock();
    const [a, b, c] = [
      await newProduct(mock, { name: 'A' }),
      await newProduct(mock, { name: 'B' }),
      await newProduct(mock, { name: 'C' }),
    ];
    expect(await found(mock, `id=${b}`)).toEqual(['B']);
    expect(await found(mock, `id:in=${c},${a},999`)).toEqual(['A', 'C']);
    expect(await found(mock, `id:not_in=${a},${b}`)).toEqual(['C']);
    expect(await found(mock, `id:min=${b}`)).toEqual(['B', 'C']);
    expect(await found(mock, `id:max=${b}`)).toEqual(['A', 'B']);
    expect(await found(mock, `id:greater=${b}`)).toEqual(['C']);
    expect(await found(mock, `id:less=${b}`)).toEqual(['A']);
  });

  it('finds by `categories` only what is in that category alone, and by `categories:in` whatever is in any', async () => {
    const mock = await threeProducts();
    const { body } = await mock.get('/v3/catalog/categories').expect(200);
    const [bath, linen] = pluck({ body }, 'id') as number[];
    expect(await found(mock, `categories=${bath}`)).toEqual(['Ash tray']);
    expect(await found(mock, `categories=${linen}`)).toEqual([]);
    expect(await found(mock, `categories:in=${linen}`)).toEqual(['Bath mat']);
    expect(await found(mock, `categories:in=${linen},${bath}`)).toEqual(['Ash tray', 'Bath mat']);
    expect(await found(mock, `categories:not_in=${linen}`)).toEqual(['Ash tray', 'Curtain pattern']);
    expect(await found(mock, `categories:in=${bath}&price:min=15`)).toEqual(['Bath mat']);
  });

  it('filters by brand', async () => {
    const mock = await threeProducts();
    const { body } = await mock.get('/v3/catalog/brands').expect(200);
    const acme = body.data[0].id as number;
    expect(await found(mock, `brand_id=${acme}`)).toEqual(['Ash tray']);
    expect(await found(mock, `brand_id:in=${acme},999`)).toEqual(['Ash tray']);
    expect(await found(mock, `brand_id=0`)).toEqual(['Bath mat', 'Curtain pattern']);
  });

  it('filters by channel', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/catalog/products?include=channels&limit=250').expect(200);
    const rows = body.data as { name: string; channels: number[] }[];
    const outlet = rows.flatMap(({ channels }) => channels).find((id) => id !== 1);
    const there = rows.filter(({ channels }) => channels.includes(outlet!)).map(({ name }) => name);
    expect(there.length).toBeGreaterThan(0);
    expect(await found(mock, `channel_id:in=${outlet}&limit=250`)).toEqual(there);
    expect(await found(mock, `channel_id:in=1,${outlet}&limit=250`)).toHaveLength(rows.length);
    expect(await found(mock, 'channel_id:in=999')).toEqual([]);
  });

  it('filters by the date of the last change', async () => {
    const mock = await threeProducts();
    const { body } = await mock.get('/v3/catalog/products').expect(200);
    const second = encodeURIComponent(body.data[1].date_modified as string);
    expect(await found(mock, `date_modified=${second}`)).toEqual(['Bath mat']);
    expect(await found(mock, `date_modified:min=${second}`)).toEqual(['Bath mat', 'Curtain pattern']);
    expect(await found(mock, `date_modified:max=${second}`)).toEqual(['Ash tray', 'Bath mat']);
  });

  it('searches name, description, SKU and brand name for a keyword', async () => {
    const mock = await threeProducts();
    expect(await found(mock, 'keyword=MAT')).toEqual(['Bath mat']);
    expect(await found(mock, 'keyword=terrace')).toEqual(['Ash tray']);
    expect(await found(mock, 'keyword=c-1')).toEqual(['Curtain pattern']);
    expect(await found(mock, 'keyword=acm')).toEqual(['Ash tray']);
    expect(await found(mock, 'keyword=.*')).toEqual([]);
  });

  it('shows hidden products to a merchant’s search only', async () => {
    const mock = await threeProducts();
    expect(await found(mock, 'keyword=mat&keyword_context=shopper')).toEqual([]);
    expect(await found(mock, 'keyword=mat&keyword_context=merchant')).toEqual(['Bath mat']);
  });

  it('does not find a product by the SKU of its variants', async () => {
    const mock = await startMock();
    const variants = [{ sku: 'V-1', option_values: [{ option_display_name: 'Size', label: 'S' }] }];
    await newProduct(mock, { name: 'Shirt', sku: 'P-1', variants });
    expect(await found(mock, 'sku=V-1')).toEqual([]);
    expect(await found(mock, 'sku:in=V-1,P-1')).toEqual(['Shirt']);
  });

  it('finds by a changed SKU, and no longer by the old one', async () => {
    const mock = await startMock();
    const id = await newProduct(mock, { name: 'Shirt', sku: 'OLD' });
    await mock.put(`/v3/catalog/products/${id}`, { sku: 'NEW' }).expect(200);
    expect(await found(mock, 'sku=OLD')).toEqual([]);
    expect(await found(mock, 'sku=NEW')).toEqual(['Shirt']);
  });

  it.each(['condition=New', 'type=virtual', 'id=a', 'availability=soon'])('refuses ?%s with 422', async (query) => {
    const mock = await startMock();
    await mock.get(`/v3/catalog/products?${query}`).expect(422);
  });
});

describe('getProducts, order', () => {
  it('lists by ascending id unless told otherwise', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/catalog/products?limit=250').expect(200);
    const ids = pluck({ body }, 'id') as number[];
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    const turned = await mock.get('/v3/catalog/products?limit=250&direction=desc').expect(200);
    expect(pluck(turned, 'id')).toEqual(ids.reverse());
  });

  it.each([
    ['id', ['Ash tray', 'Bath mat', 'Curtain pattern']],
    ['name', ['Ash tray', 'Bath mat', 'Curtain pattern']],
    ['sku', ['Ash tray', 'Bath mat', 'Curtain pattern']],
    ['price', ['Ash tray', 'Bath mat', 'Curtain pattern']],
    ['date_modified', ['Ash tray', 'Bath mat', 'Curtain pattern']],
    ['date_last_imported', ['Ash tray', 'Curtain pattern', 'Bath mat']],
    ['inventory_level', ['Ash tray', 'Curtain pattern', 'Bath mat']],
    ['is_visible', ['Bath mat', 'Ash tray', 'Curtain pattern']],
    ['total_sold', ['Ash tray', 'Curtain pattern', 'Bath mat']],
    ['calculated_price', ['Curtain pattern', 'Ash tray', 'Bath mat']],
  ])('sorts by %s', async (field, names) => {
    const mock = await threeProducts();
    expect(await found(mock, `sort=${field}`)).toEqual(names);
    const [last] = await found(mock, `sort=${field}&direction=desc`);
    if (field !== 'is_visible') expect(last).toBe(names[2]);
  });
});

describe('getProducts, include', () => {
  it('adds what is asked for to every row', async () => {
    const mock = await startMock();
    await newProduct(mock, { name: 'A', custom_fields: [{ name: 'Origin', value: 'Riga' }] });
    await newProduct(mock, { name: 'B' });
    const { body } = await mock.get('/v3/catalog/products?include=custom_fields,variants').expect(200);
    expect(body.data[0].custom_fields).toMatchObject([{ name: 'Origin', value: 'Riga' }]);
    expect(body.data[1].custom_fields).toEqual([]);
    expect(body.data[1].variants).toHaveLength(1);
    expect(body.data[1]).not.toHaveProperty('images');
  });

  it('caps a page at ten with options or modifiers, and at nothing else (scenario 12)', async () => {
    const mock = await startMock({ size: 'small' });
    const all = await mock.get('/v3/catalog/products?limit=50&include=images').expect(200);
    const { total, total_pages } = all.body.meta.pagination;
    expect(all.body.data).toHaveLength(Math.min(total as number, 50));
    for (const name of ['options', 'modifiers', 'images,options']) {
      const { body } = await mock.get(`/v3/catalog/products?limit=50&include=${name}`).expect(200);
      expect(body.data).toHaveLength(10);
      // The pages are counted by the limit that was asked, as observed: who trusts that stops early.
      expect(body.meta.pagination).toMatchObject({ total, count: 10, per_page: 10, current_page: 1, total_pages });
    }
    const second = await mock.get('/v3/catalog/products?limit=50&page=2&include=options').expect(200);
    expect(pluck(second, 'id')).toEqual(pluck(all, 'id').slice(10, 20));
    const five = await mock.get('/v3/catalog/products?limit=5&include=options').expect(200);
    expect(five.body.meta.pagination).toMatchObject({ count: 5, per_page: 5, total_pages: Math.ceil(total / 5) });
  });
});
