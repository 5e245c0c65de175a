/** Which promotions act on a cart, and what becomes of them in checkouts and orders. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS } from './checked-calls.js';
import { fixed, percent, Shop } from './promotion-shop.js';

let shop: Shop;

beforeEach(async () => {
  shop = await Shop.open();
});

describe('another currency', () => {
  it('converts the amounts of a promotion for all currencies', async () => {
    const euro = { currency_code: 'EUR', name: 'Euro', currency_exchange_rate: '0.5', enabled: true };
    const shown = { token_location: 'left', token: '€', decimal_token: ',', thousands_token: '.', decimal_places: 2 };
    await shop.mock
      .post('/v2/currencies', { ...euro, ...shown, is_transactional: true, auto_update: false })
      .expect(200);
    await shop.promotion({ cart_value: fixed('5') }, { currency_code: '*' });
    await shop.promotion({ cart_value: fixed('1') });
    const line_items = [{ product_id: await shop.product(60), quantity: 1 }];
    const cart = await shop.call(201, 'POST', '/v3/carts', { line_items, currency: { code: 'EUR' } });
    expect(cart).toMatchObject({ base_amount: 30, discount_amount: 2.5, cart_amount: 27.5 });
  });
});

describe('several promotions', () => {
  it('on products come before those on the order, and are each worked out on the original prices', async () => {
    await shop.promotion({ cart_value: percent('10') });
    await shop.promotion({ cart_items: percent('50') });
    expect(await shop.cartOf([await shop.product(100), 1])).toMatchObject({ discount_amount: 10, cart_amount: 40 });
  });

  it('are worked out one on the other where the settings say so', async () => {
    const { body: settings } = await shop.mock.get('/v3/promotions/settings');
    const more = { ...(settings as object), promotions_applied_on_original_product_price: false };
    await shop.mock.put('/v3/promotions/settings', more).expect(200);
    await shop.promotion({ cart_value: percent('10') });
    await shop.promotion({ cart_items: percent('50') });
    expect(await shop.cartOf([await shop.product(100), 1])).toMatchObject({ discount_amount: 5, cart_amount: 45 });
  });

  it('end with the first that says stop, and of its rules the first that does something is used', async () => {
    const rules = ['200', '50'].map((minimum_spend, place) => ({
      condition: { cart: { minimum_spend } },
      action: { cart_value: fixed(['20', '5'][place]!) },
    }));
    await shop.promotion({}, { rules, stop: true });
    await shop.promotion({ cart_value: fixed('1') });
    expect((await shop.cartOf([await shop.product(60), 1])).discount_amount).toBe(5);
    expect((await shop.cartOf([await shop.product(300), 1])).discount_amount).toBe(20);
    expect((await shop.cartOf([await shop.product(30), 1])).discount_amount).toBe(1);
  });

  it('leave one alone that cannot be used with others', async () => {
    await shop.promotion({ cart_value: fixed('5') }, { can_be_used_with_other_promotions: false });
    await shop.promotion({ cart_value: fixed('1') });
    expect((await shop.cartOf([await shop.product(60), 1])).discount_amount).toBe(5);
  });
});

describe('who, where and when', () => {
  it.each([
    ['is disabled', { status: 'DISABLED' }],
    ['has not begun', { start_date: '2099-01-01T00:00:00+00:00' }],
    ['is over', { start_date: '2019-01-01T00:00:00+00:00', end_date: '2020-01-01T00:00:00+00:00' }],
    ['is for another group', { customer: { group_ids: [5] } }],
    ['leaves guests out', { customer: { excluded_group_ids: [0] } }],
    ['wants earlier orders', { customer: { minimum_order_count: 1 } }],
    ['is for a segment', { customer: { segments: { id: ['6ae17465-11f7-4563-9dc0-9538bb6a76a4'] } } }],
    ['is for other countries', { shipping_address: { countries: [{ iso2_country_code: 'DE' }] } }],
    [
      'is for no day of the week',
      { schedule: { week_frequency: 1, week_days: [], daily_start_time: '00:00:00', daily_end_time: '23:59:59' } },
    ],
  ])('does nothing when it %s', async (_, more) => {
    await shop.promotion({ cart_value: fixed('5') }, more);
    expect((await shop.cartOf([await shop.product(60), 1])).discount_amount).toBe(0);
  });

  it('acts for guests as group 0, and at the hours and days that are named', async () => {
    const week_days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    const schedule = { week_frequency: 1, week_days, daily_start_time: '00:00:00', daily_end_time: '23:59:59' };
    await shop.promotion({ cart_value: fixed('5') }, { customer: { group_ids: [0] }, schedule });
    expect((await shop.cartOf([await shop.product(60), 1])).discount_amount).toBe(5);
  });

  it('rests every other week where it is for every second one', async () => {
    const week_days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
    const schedule = { week_frequency: 2, week_days, daily_start_time: '00:00:00', daily_end_time: '23:59:59' };
    await shop.promotion({ cart_value: fixed('5') }, { schedule });
    const id = await shop.product(60);
    const discounts = [];
    for (let week = 0; week < 3; week += 1) {
      discounts.push((await shop.cartOf([id, 1])).discount_amount);
      await shop.mock.raw
        .post('/_mock/clock')
        .send({ advance_ms: 7 * 86_400_000 })
        .expect(200);
    }
    expect(discounts).toEqual([5, 0, 5]);
  });

  it('knows customers by their group and segment', async () => {
    const { body: group } = await shop.mock.post('/v2/customer_groups', { name: 'Club' }).expect(200);
    const customer_group_id = (group as { id: number }).id;
    const customer = { first_name: 'A', last_name: 'B', email: 'a@example.com', customer_group_id };
    const [{ id: customer_id } = { id: 0 }] = await shop.call<{ id: number }[]>(200, 'POST', '/v3/customers', [
      customer,
    ]);
    const [segment] = await shop.call<{ id: string }[]>(201, 'POST', '/v3/segments', [
      { name: 'Good', description: '' },
    ]);
    const { body: made } = await shop.mock.post('/v3/shopper-profiles', [{ customer_id }]);
    const profile = (made as { data: { id: string }[] }).data[0]!.id;
    await shop.mock.post(`/v3/segments/${segment!.id}/shopper-profiles`, [profile]);
    await shop.promotion({ cart_value: fixed('5') }, { customer: { group_ids: [customer_group_id] } });
    await shop.promotion({ cart_value: fixed('2') }, { customer: { segments: { id: [segment!.id] } } });
    await shop.promotion({ cart_value: fixed('1') }, { customer: { segments: { not: { id: [segment!.id] } } } });
    const line_items = [{ product_id: await shop.product(60), quantity: 1 }];
    const own = await shop.call(201, 'POST', '/v3/carts', { customer_id, line_items });
    expect(own.discount_amount).toBe(7);
    expect((await shop.call(201, 'POST', '/v3/carts', { line_items })).discount_amount).toBe(1);
  });

  it('follows the address of the consignment', async () => {
    await shop.promotion(
      { cart_value: fixed('5') },
      { shipping_address: { countries: [{ iso2_country_code: 'US' }] } },
    );
    const cart = await shop.cartOf([await shop.product(60), 1]);
    expect(cart.discount_amount).toBe(0);
    const line_items = [{ item_id: cart.line_items.physical_items[0]!.id, quantity: 1 }];
    await shop.mock.call(200, 'POST', `/v3/checkouts/${cart.id}/consignments`, [{ address: ADDRESS, line_items }]);
    expect((await shop.read(cart)).discount_amount).toBe(5);
  });
});

describe('codes of promotions', () => {
  it('take off under coupons, not under discounts', async () => {
    const id = await shop.product(20);
    await shop.couponPromotion('FIFTH', { cart_items: { ...percent('20'), items: { products: [id] } } });
    const cart = await shop.cartOf([id, 1], [await shop.product(10), 1]);
    await shop.use(200, cart, 'fifth');
    const after = await shop.read(cart);
    expect(after).toMatchObject({ discount_amount: 0, cart_amount: 26 });
    expect(after.coupons).toMatchObject([{ code: 'FIFTH', coupon_type: '5', discounted_amount: 4 }]);
    expect(after.line_items.physical_items[0]).toMatchObject({ sale_price: 20, coupon_amount: 4, discount_amount: 0 });
  });

  it('are refused while their promotion does nothing for the cart', async () => {
    const condition = { cart: { minimum_spend: '50' } };
    await shop.couponPromotion('FIFTY', { cart_value: fixed('5') }, { condition });
    await shop.use(422, await shop.cartOf([await shop.product(20), 1]), 'FIFTY');
    await shop.use(200, await shop.cartOf([await shop.product(60), 1]), 'FIFTY');
  });

  it('are refused beside other promotions when they cannot be used with others, unless they override these', async () => {
    await shop.promotion({ cart_value: fixed('1') });
    const alone = { can_be_used_with_other_promotions: false };
    await shop.couponPromotion('ALONE', { cart_value: fixed('5') }, alone);
    await shop.couponPromotion(
      'FIRST',
      { cart_value: fixed('7') },
      { ...alone, coupon_overrides_other_promotions: true },
    );
    const cart = await shop.cartOf([await shop.product(60), 1]);
    await shop.use(422, cart, 'ALONE');
    await shop.use(200, cart, 'FIRST');
    expect(await shop.read(cart)).toMatchObject({ discount_amount: 0, cart_amount: 53 });
  });

  it('are used up by orders that are paid', async () => {
    const promotionId = await shop.couponPromotion('ONCE', { cart_value: fixed('5') }, { max_uses: 1 });
    const cart = await shop.cartOf([await shop.product(20, { type: 'digital' }), 1]);
    await shop.use(200, cart, 'ONCE');
    await shop.mock.call(200, 'POST', `/v3/checkouts/${cart.id}/billing-address`, ADDRESS);
    const { id } = await shop.call<{ id: number }>(200, 'POST', `/v3/checkouts/${cart.id}/orders`);
    const uses = async () => shop.call<object>(200, 'GET', `/v3/promotions/${String(promotionId)}`);
    expect(await uses()).toMatchObject({ current_uses: 0, status: 'ENABLED' });
    await shop.mock.call(200, 'PUT', `/v2/orders/${String(id)}`, { status_id: 11 });
    await shop.mock.call(200, 'PUT', `/v2/orders/${String(id)}`, { status_id: 10 });
    expect(await uses()).toMatchObject({ current_uses: 1, status: 'DISABLED' });
    const [code] = await shop.call<object[]>(200, 'GET', `/v3/promotions/${String(promotionId)}/codes`);
    expect(code).toMatchObject({ current_uses: 1 });
  });
});

describe('free shipping', () => {
  it('is for the zones that are named', async () => {
    const { body: zone } = await shop.mock.post('/v2/shipping/zones', {
      name: 'United States',
      type: 'country',
      locations: [{ country_iso2: 'US' }],
    });
    const { id: zoneId } = zone as { id: number };
    const method = { name: 'Flat', type: 'perorder', settings: { rate: 8 }, enabled: true };
    await shop.mock.post(`/v2/shipping/zones/${String(zoneId)}/methods`, method).expect(200);
    const promotionId = await shop.promotion({ shipping: { free_shipping: true, zone_ids: [zoneId + 1] } });
    const cart = await shop.cartOf([await shop.product(20), 1]);
    const line_items = [{ item_id: cart.line_items.physical_items[0]!.id, quantity: 1 }];
    const path = `/v3/checkouts/${cart.id}/consignments`;
    const { consignments } = await shop.call<Consigned>(
      200,
      'POST',
      `${path}?include=consignments.available_shipping_options`,
      [{ address: ADDRESS, line_items }],
    );
    const [{ id, available_shipping_options: options } = { id: '', available_shipping_options: [] }] = consignments;
    const chosen = { shipping_option_id: options[0]?.id };
    expect(await shop.call(200, 'PUT', `${path}/${id}`, chosen)).toMatchObject({ grand_total: 28 });
    const rules = [{ action: { shipping: { free_shipping: true, zone_ids: [zoneId] } } }];
    await shop.mock.call(200, 'PUT', `/v3/promotions/${String(promotionId)}`, { rules });
    expect(await shop.call(200, 'GET', `/v3/checkouts/${cart.id}`)).toMatchObject({
      grand_total: 20,
      shipping_cost_total_inc_tax: 0,
      consignments: [{ discounts: [{ id: promotionId }] }],
    });
  });
});

interface Consigned {
  readonly consignments: { id: string; available_shipping_options: { id: string }[] }[];
}

describe('discounts by hand', () => {
  it('do away with those of promotions', async () => {
    await shop.promotion({ cart_value: fixed('5') });
    const cart = await shop.cartOf([await shop.product(60), 1]);
    await shop.mock.call(200, 'POST', `/v3/checkouts/${cart.id}/discounts`, {
      cart: { discounts: [{ discounted_amount: 2 }] },
    });
    expect(await shop.read(cart)).toMatchObject({ discount_amount: 2, manual_discount_amount: 2, cart_amount: 58 });
  });
});

describe('orders', () => {
  it('show on their lines what promotions took off', async () => {
    const promotionId = await shop.promotion({ cart_items: percent('25') }, { display_name: 'A quarter off' });
    const cart = await shop.cartOf([await shop.product(20, { type: 'digital' }), 1]);
    await shop.mock.call(200, 'POST', `/v3/checkouts/${cart.id}/billing-address`, ADDRESS);
    const { id } = await shop.call<{ id: number }>(200, 'POST', `/v3/checkouts/${cart.id}/orders`);
    const { body: lines } = await shop.mock.call(200, 'GET', `/v2/orders/${String(id)}/products`);
    expect((lines as { applied_discounts: object[] }[])[0]!.applied_discounts).toEqual([
      { id: String(promotionId), amount: '5.0000', name: 'A quarter off', code: null, target: 'product' },
    ]);
    expect((await shop.mock.get(`/v2/orders/${String(id)}`)).body).toMatchObject({ total_inc_tax: '15.0000' });
  });
});

describe('banners', () => {
  it('say what was given, or what is wanting', async () => {
    const notifications = [
      { content: 'Five off!', type: 'APPLIED', locations: ['CART_PAGE'] },
      { content: 'Spend fifty.', type: 'UPSELL', locations: ['HOME_PAGE', 'CART_PAGE'] },
    ];
    const condition = { cart: { minimum_spend: '50' } };
    const id = await shop.promotion({ cart_value: fixed('5') }, { condition, notifications });
    const banners = async (price: number) => {
      const cart = await shop.cartOf([await shop.product(price), 1]);
      const path = `/v3/checkouts/${cart.id}?include=promotions.banners`;
      return (await shop.call<{ promotions: { banners: object[] }[] }>(200, 'GET', path)).promotions;
    };
    expect(await banners(20)).toEqual([
      { banners: [{ id: String(id), type: 'upsell', page: ['homepage', 'cartpage'], text: 'Spend fifty.' }] },
    ]);
    expect(await banners(60)).toMatchObject([{ banners: [{ type: 'applied', page: ['cartpage'] }] }]);
  });
});
