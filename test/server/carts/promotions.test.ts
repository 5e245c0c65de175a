/** What one promotion does to a cart. */
import { beforeEach, describe, expect, it } from 'vitest';
import { fixed, percent, priced, Shop } from './promotion-shop.js';

let shop: Shop;

beforeEach(async () => {
  shop = await Shop.open();
});

describe('discounts on the whole cart', () => {
  it('stand in discount_amount, apart from those by hand, and leave prices of lines alone', async () => {
    await shop.promotion({ cart_value: percent('10') });
    const cart = await shop.cartOf([await shop.product(20), 2]);
    expect(cart).toMatchObject({ base_amount: 40, discount_amount: 4, manual_discount_amount: 0, cart_amount: 36 });
    expect(cart.line_items.physical_items[0]).toMatchObject({ sale_price: 20, discount_amount: 4, coupon_amount: 0 });
  });

  it('wait for the minimum spend', async () => {
    await shop.promotion({ cart_value: fixed('5') }, { condition: { cart: { minimum_spend: '50' } } });
    const id = await shop.product(25);
    const cart = await shop.cartOf([id, 1]);
    expect(cart.cart_amount).toBe(25);
    const more = await shop.call(201, 'POST', `/v3/carts/${cart.id}/items`, {
      line_items: [{ product_id: id, quantity: 1 }],
    });
    expect(more).toMatchObject({ discount_amount: 5, cart_amount: 45 });
  });

  it('come again for each time the minimum is spent, where the rule may repeat', async () => {
    const condition = { cart: { minimum_spend: '50' } };
    await shop.promotion({ cart_value: fixed('5') }, { condition, apply_once: false });
    expect((await shop.cartOf([await shop.product(60), 2])).discount_amount).toBe(10);
  });

  it('stop at the most that they may come to', async () => {
    await shop.promotion({ cart_value: { ...percent('50'), maximum_allowed_discount_amount: '7' } });
    expect((await shop.cartOf([await shop.product(100), 1])).discount_amount).toBe(7);
  });

  it('are taxed away: tax is of what is paid', async () => {
    await shop.promotion({ cart_value: percent('50') });
    const cart = await shop.cartOf([await shop.product(10), 1]);
    const checkout = await shop.call<{ grand_total: number; subtotal_ex_tax: number }>(
      200,
      'GET',
      `/v3/checkouts/${cart.id}`,
    );
    expect(checkout).toMatchObject({ subtotal_ex_tax: 10, grand_total: 5 });
  });
});

describe('discounts on products', () => {
  it('lower the sale price of the products that are meant', async () => {
    const [meant, other] = [await shop.product(20), await shop.product(30)];
    await shop.promotion({ cart_items: { ...percent('25'), items: { products: [meant] } } });
    const cart = await shop.cartOf([meant, 2], [other, 1]);
    expect(priced(cart)).toEqual([15, 30]);
    expect(cart).toMatchObject({ base_amount: 70, discount_amount: 0, cart_amount: 60 });
  });

  it('buy one, get one for half: not for one alone, and the condition takes the dear one', async () => {
    const [dear, cheap] = [await shop.product(40), await shop.product(10)];
    const items = { products: [dear, cheap] };
    await shop.promotion(
      { cart_items: { ...percent('50'), items, quantity: 1, strategy: 'LEAST_EXPENSIVE' } },
      { condition: { cart: { items, minimum_quantity: 1 } } },
    );
    expect((await shop.cartOf([dear, 1])).cart_amount).toBe(40);
    expect(priced(await shop.cartOf([dear, 1], [cheap, 1]))).toEqual([40, 5]);
  });

  it('buy two, get one free, repeats for six and not for five', async () => {
    const id = await shop.product(10);
    const items = { products: [id] };
    await shop.promotion(
      { cart_items: { ...percent('100'), items, quantity: 1 } },
      { condition: { cart: { items, minimum_quantity: 2 } }, apply_once: false },
    );
    expect((await shop.cartOf([id, 5])).cart_amount).toBe(40);
    expect((await shop.cartOf([id, 6])).cart_amount).toBe(40);
  });

  it('take the pieces of the condition along when they are to', async () => {
    const id = await shop.product(10);
    const items = { products: [id] };
    const cart_items = { ...fixed('3'), items, include_items_considered_by_condition: true };
    await shop.promotion({ cart_items }, { condition: { cart: { items, minimum_quantity: 2 } } });
    expect((await shop.cartOf([id, 3])).cart_amount).toBe(21);
  });

  it('are shared among the items as their prices are, when given as a total', async () => {
    await shop.promotion({ cart_items: { ...fixed('10'), as_total: true } });
    const cart = await shop.cartOf([await shop.product(30), 1], [await shop.product(10), 1]);
    expect(priced(cart)).toEqual([22.5, 7.5]);
  });

  it('touch the dearest alone with MOST_EXPENSIVE_ONLY, and use their limit up line by line', async () => {
    await shop.promotion({
      cart_items: { ...percent('50'), strategy: 'MOST_EXPENSIVE_ONLY', maximum_allowed_discount_amount: '12' },
    });
    expect(priced(await shop.cartOf([await shop.product(30), 1], [await shop.product(10), 1]))).toEqual([18, 10]);
  });

  it('leave out what is on sale, where they are to', async () => {
    await shop.promotion({ cart_items: { ...percent('50'), exclude_items_on_sale: true } });
    const [full, sale] = [await shop.product(20), await shop.product(20, { sale_price: 15 })];
    expect(priced(await shop.cartOf([full, 1], [sale, 1]))).toEqual([10, 15]);
  });

  it('leave out lines whose price the client set, unless the settings say otherwise', async () => {
    await shop.promotion({ cart_items: percent('50') });
    const line_items = [{ product_id: await shop.product(20), quantity: 1, list_price: 8 }];
    const cart = await shop.call(201, 'POST', '/v3/carts', { line_items });
    expect(cart.cart_amount).toBe(8);
    const { body: settings } = await shop.mock.get('/v3/promotions/settings');
    const more = { ...(settings as object), promotions_apply_on_products_with_custom_product_price: true };
    await shop.mock.put('/v3/promotions/settings', more).expect(200);
    expect((await shop.read(cart)).cart_amount).toBe(4);
  });

  it.each([
    ['brands', (ids: Ids) => ({ brands: [ids.brand] })],
    ['categories', (ids: Ids) => ({ categories: [ids.category] })],
    ['variants', (ids: Ids) => ({ variants: [ids.variant] })],
    ['a custom field', () => ({ product_custom_field: { name: 'Fabric', values: ['Wool', 'Linen'] } })],
    ['not another', (ids: Ids) => ({ not: { products: [ids.other] } })],
    ['both', (ids: Ids) => ({ and: [{ products: [ids.product, ids.other] }, { brands: [ids.brand] }] })],
    ['either', (ids: Ids) => ({ or: [{ products: [ids.product] }, { brands: [999] }] })],
  ])('know their products by %s', async (_, items) => {
    const ids = await meantAndOther();
    await shop.promotion({ cart_items: { ...percent('50'), items: items(ids) } });
    expect(priced(await shop.cartOf([ids.product, 1], [ids.other, 1]))).toEqual([10, 20]);
  });

  it('know their products by an option', async () => {
    const variants = ['Red', 'Blue'].map((label) => ({
      sku: label,
      option_values: [{ option_display_name: 'Color', label }],
    }));
    const id = await shop.product(20, { variants });
    const rows = await shop.call<{ id: number; sku: string }[]>(
      200,
      'GET',
      `/v3/catalog/products/${String(id)}/variants`,
    );
    const product_option = { type: 'string_match', name: 'Color', values: ['Blue'] };
    await shop.promotion({ cart_items: { ...percent('50'), items: { product_option } } });
    const line_items = rows.map((row) => ({ product_id: id, variant_id: row.id, quantity: 1 }));
    const cart = await shop.call(201, 'POST', '/v3/carts', { line_items });
    expect(priced(cart)).toEqual(rows.map(({ sku }) => (sku === 'Blue' ? 10 : 20)));
  });
});

interface Ids {
  readonly product: number;
  readonly other: number;
  readonly brand: number;
  readonly category: number;
  readonly variant: number;
}

/** A product with everything by which one may be known, and another that has none of it. */
async function meantAndOther(): Promise<Ids> {
  const { id: brand } = await shop.call<{ id: number }>(200, 'POST', '/v3/catalog/brands', { name: 'Northlight' });
  const { id: category } = await shop.call<{ id: number }>(200, 'POST', '/v3/catalog/categories', {
    name: 'Towels',
    parent_id: 0,
  });
  const custom_fields = [{ name: 'Fabric', value: 'Linen' }];
  const id = await shop.product(20, { brand_id: brand, categories: [category], custom_fields });
  const { base_variant_id: variant } = await shop.call<{ base_variant_id: number }>(
    200,
    'GET',
    `/v3/catalog/products/${String(id)}`,
  );
  return { product: id, other: await shop.product(20), brand, category, variant };
}

describe('a set for one price', () => {
  it('needs all its pieces', async () => {
    const id = await shop.product(10);
    await shop.promotion({ fixed_price_set: { quantity: 3, fixed_price: '24', items: { products: [id] } } });
    expect((await shop.cartOf([id, 2])).cart_amount).toBe(20);
    expect((await shop.cartOf([id, 4])).cart_amount).toBe(34);
  });
});

describe('gifts', () => {
  it('come with what they are given for, cost nothing, and go with it', async () => {
    const [bought, gift] = [await shop.product(10), await shop.product(4)];
    await shop.promotion(
      { gift_item: { quantity: 1, product_id: gift } },
      { condition: { cart: { items: { products: [bought] }, minimum_quantity: 2 } } },
    );
    const cart = await shop.cartOf([bought, 2]);
    const [first, given] = cart.line_items.physical_items;
    expect(given).toMatchObject({ product_id: gift, sale_price: 0, added_by_promotion: true, is_mutable: false });
    expect(cart).toMatchObject({ cart_amount: 20, discount_amount: 0 });
    const path = `/v3/carts/${cart.id}/items/${first!.id}`;
    const fewer = await shop.call(200, 'PUT', path, { line_item: { product_id: bought, quantity: 1 } });
    expect(fewer.line_items.physical_items).toHaveLength(1);
  });

  it('come back under another id when a client takes them out, and cannot be changed', async () => {
    const [bought, gift] = [await shop.product(10), await shop.product(4)];
    await shop.promotion({ gift_item: { quantity: 1, product_id: gift } });
    const cart = await shop.cartOf([bought, 1]);
    const given = cart.line_items.physical_items[1]!;
    const path = `/v3/carts/${cart.id}/items/${given.id}`;
    await shop.call(422, 'PUT', path, { line_item: { product_id: gift, quantity: 2 } });
    const again = await shop.call(200, 'DELETE', path);
    expect(again.line_items.physical_items.map(({ product_id }) => product_id)).toEqual([bought, gift]);
    expect(again.line_items.physical_items[1]!.id).not.toBe(given.id);
  });

  it('do not keep a cart whose last line is taken out', async () => {
    const [bought, gift] = [await shop.product(10), await shop.product(4)];
    await shop.promotion({ gift_item: { quantity: 1, product_id: gift } });
    const cart = await shop.cartOf([bought, 1]);
    await shop.mock.call(204, 'DELETE', `/v3/carts/${cart.id}/items/${cart.line_items.physical_items[0]!.id}`);
    await shop.mock.call(404, 'GET', `/v3/carts/${cart.id}`);
  });

  it('are not given when there are none in stock', async () => {
    const gift = await shop.product(4, { inventory_tracking: 'product', inventory_level: 0 });
    await shop.promotion({ gift_item: { quantity: 1, product_id: gift } });
    expect((await shop.cartOf([await shop.product(10), 1])).line_items.physical_items).toHaveLength(1);
  });
});
