import { beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, productOf, startChecked, type CheckedMock } from '../carts/checked-calls.js';

interface Checkout {
  id: string;
  grand_total: number;
  tax_total: number;
  subtotal_ex_tax: number;
  coupons: { code: string }[];
  fees: { id: string }[];
  cart: { line_items: { physical_items: { id: string; coupon_amount: number }[] }; cart_amount_ex_tax: number };
  billing_address?: { id: string };
  consignments: {
    id: string;
    available_shipping_options: { id: string; cost: number; type: string }[];
    selected_shipping_option?: { id: string };
  }[];
}

let mock: CheckedMock;

const call = async (status: number, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) =>
  (await mock.call(status, method, path, body)).body as { data: Checkout; [name: string]: unknown };

beforeEach(async () => {
  mock = await startChecked();
});

async function newCheckout(...prices: number[]): Promise<Checkout> {
  const line_items: object[] = [];
  for (const price of prices) {
    const { id } = await productOf(mock, { price, name: `Thing for ${String(price)}` });
    line_items.push({ product_id: id, quantity: 1 });
  }
  const { data } = await call(201, 'POST', '/v3/carts', { line_items });
  return (await call(200, 'GET', `/v3/checkouts/${data.id}`)).data;
}

async function flatShipping(rate: number): Promise<void> {
  const { body: zone } = await mock.post('/v2/shipping/zones', {
    name: 'United States',
    type: 'country',
    locations: [{ country_iso2: 'US' }],
  });
  const { id } = zone as { id: number };
  const method = { name: 'Flat', type: 'perorder', settings: { rate }, enabled: true };
  await mock.post(`/v2/shipping/zones/${String(id)}/methods`, method).expect(200);
}

async function taxOf(rate: number): Promise<void> {
  const { body } = await mock.post('/v3/tax/zones', [
    { name: 'US', enabled: true, shopper_target_settings: { locations: [{ country_code: 'US' }] } },
  ]);
  const tax_zone_id = (body as { data: { id: number }[] }).data[0]!.id;
  const class_rates = [0, 1, 2, 3].map((tax_class_id) => ({ tax_class_id, rate }));
  await mock
    .post('/v3/tax/rates', [{ name: 'State tax', tax_zone_id, enabled: true, priority: 1, class_rates }])
    .expect(200);
}

/** Sends everything to one address. */
async function consign({ id, cart }: Checkout): Promise<Checkout> {
  const line_items = cart.line_items.physical_items.map((item) => ({ item_id: item.id, quantity: 1 }));
  const path = `/v3/checkouts/${id}/consignments?include=consignments.available_shipping_options`;
  return (await call(200, 'POST', path, [{ address: ADDRESS, line_items }])).data;
}

describe('getCheckout', () => {
  it('shows the cart of the same id at once', async () => {
    const checkout = await newCheckout(20);
    expect(checkout).toMatchObject({ grand_total: 20, order_id: null, consignments: [], coupons: [] });
  });

  it('answers a list of one refusal for an id that is none', async () => {
    const body = await call(404, 'GET', '/v3/checkouts/4f1b7f2a-0000-4000-a000-000000000000');
    expect(body['errors']).toMatchObject([{ status: 404 }]);
  });
});

describe('totals', () => {
  it('come to what the official example comes to: 4 % tax on goods and shipping', async () => {
    await taxOf(4);
    await flatShipping(8);
    const before = await consign(await newCheckout(31.95));
    expect(before).toMatchObject({ subtotal_ex_tax: 31.95, tax_total: 1.28, grand_total: 33.23 });
    const [consignment] = before.consignments;
    const [option] = consignment!.available_shipping_options;
    expect(option).toMatchObject({ cost: 8, type: 'shipping_flatrate' });
    const path = `/v3/checkouts/${before.id}/consignments/${consignment!.id}`;
    const { data } = await call(200, 'PUT', path, { shipping_option_id: option!.id });
    expect(data).toMatchObject({
      tax_total: 1.6,
      grand_total: 41.55,
      shipping_cost_total_ex_tax: 8,
      shipping_cost_total_inc_tax: 8.32,
      taxes: [{ name: 'State tax', amount: 1.6 }],
    });
  });

  it('of a coupon of 20 % on 32 and 35 are 6.40, 7.00 and 53.60', async () => {
    const coupon = {
      name: 'Fifth off',
      code: 'FIFTH',
      type: 'percentage_discount',
      amount: 20,
      applies_to: { entity: 'categories', ids: [0] },
    };
    await mock.post('/v2/coupons', coupon).expect(201);
    const { id } = await newCheckout(32, 35);
    const { data } = await call(200, 'POST', `/v3/checkouts/${id}/coupons`, { coupon_code: 'fifth' });
    expect(data.cart.line_items.physical_items.map(({ coupon_amount }) => coupon_amount)).toEqual([6.4, 7]);
    expect(data).toMatchObject({ subtotal_ex_tax: 67, grand_total: 53.6, cart: { cart_amount_ex_tax: 53.6 } });
    const shown = (await mock.call(200, 'GET', `/v3/carts/${id}`)).body as { data: object };
    const used = { code: 'FIFTH', name: 'Fifth off', discountType: 1, discountAmount: 20, expiresDate: 0 };
    expect(shown.data).toMatchObject({
      line_items: { physical_items: [{ coupons: [{ ...used, totalDiscount: 6.4 }] }, {}] },
    });
    await call(422, 'POST', `/v3/checkouts/${id}/coupons`, { coupon_code: 'NONE' });
    const { data: restored } = await call(200, 'DELETE', `/v3/checkouts/${id}/coupons/FIFTH`);
    expect(restored).toMatchObject({ grand_total: 67, coupons: [] });
    await call(404, 'DELETE', `/v3/checkouts/${id}/coupons/FIFTH`);
  });
});

describe('consignments', () => {
  it('take pieces over from those that had them, and go when nothing is left of them', async () => {
    const before = await consign(await newCheckout(10, 20));
    const [first, second] = before.cart.line_items.physical_items;
    const path = `/v3/checkouts/${before.id}/consignments`;
    const piece = (item: { id: string } | undefined) => [{ item_id: item!.id, quantity: 1 }];
    const { data } = await call(200, 'POST', path, [{ address: ADDRESS, line_items: piece(first) }]);
    const lines = data.consignments.map((each) => (each as unknown as { line_item_ids: string[] }).line_item_ids);
    expect(lines).toEqual([[second!.id], [first!.id]]);
    const { data: whole } = await call(200, 'PUT', `${path}/${data.consignments[1]!.id}`, {
      line_items: [...piece(first), ...piece(second)],
    });
    expect(whole.consignments.map(({ id }) => id)).toEqual([data.consignments[1]!.id]);
    const tooMany = [{ address: ADDRESS, line_items: [{ item_id: first!.id, quantity: 2 }] }];
    await call(422, 'POST', path, tooMany);
  });

  it('complete the state of an address, by its name or its abbreviation', async () => {
    const { id, cart } = await newCheckout(10);
    const line_items = [{ item_id: cart.line_items.physical_items[0]!.id, quantity: 1 }];
    const address = { ...ADDRESS, state_or_province: 'texas', state_or_province_code: undefined };
    const { data } = await call(200, 'POST', `/v3/checkouts/${id}/consignments`, [{ address, line_items }]);
    expect(data.consignments[0]).toMatchObject({ address: { state_or_province_code: 'TX' } });
    const billed = await call(200, 'POST', `/v3/checkouts/${id}/billing-address`, {
      ...ADDRESS,
      state_or_province: '',
      state_or_province_code: 'CA',
    });
    expect(billed.data.billing_address).toMatchObject({ state_or_province: 'California' });
  });

  it('have the whole of a line still when its quantity changes', async () => {
    const before = await consign(await newCheckout(10));
    const item = before.cart.line_items.physical_items[0]!.id;
    await call(200, 'PUT', `/v3/carts/${before.id}/items/${item}`, { line_item: { product_id: 1, quantity: 3 } });
    await call(200, 'POST', `/v3/checkouts/${before.id}/billing-address`, ADDRESS);
    const path = `/v3/checkouts/${before.id}/consignments/${before.consignments[0]!.id}`;
    await call(200, 'PUT', path, { custom_shipping: { price: 1, description: 'Van' } });
    await mock.call(200, 'POST', `/v3/checkouts/${before.id}/orders`);
  });

  it('lose the choice of shipping with another address', async () => {
    await flatShipping(8);
    const checkout = await consign(await newCheckout(10));
    const [{ id: consignment, available_shipping_options: options }] = checkout.consignments as [
      Checkout['consignments'][0],
    ];
    const path = `/v3/checkouts/${checkout.id}/consignments/${consignment}`;
    const chosen = await call(200, 'PUT', path, { shipping_option_id: options[0]!.id });
    expect(chosen.data.consignments[0]!.selected_shipping_option?.id).toBe(options[0]!.id);
    const moved = await call(200, 'PUT', path, { address: { ...ADDRESS, city: 'Dallas' } });
    expect(moved.data.consignments[0]!.selected_shipping_option).toBeUndefined();
    await call(422, 'PUT', path, { shipping_option_id: 'ffff' });
    const custom = await call(200, 'PUT', path, { custom_shipping: { price: 3, description: 'By van' } });
    expect(custom.data.grand_total).toBe(13);
    expect((await call(200, 'DELETE', path)).data.consignments).toEqual([]);
    await call(404, 'DELETE', path);
  });

  it('cannot have more of a line than the cart has', async () => {
    const { id, cart } = await newCheckout(10);
    const item_id = cart.line_items.physical_items[0]!.id;
    const sent = [{ address: ADDRESS, line_items: [{ item_id, quantity: 2 }] }];
    await call(422, 'POST', `/v3/checkouts/${id}/consignments`, sent);
  });
});

describe('fees', () => {
  const fee = { type: 'custom_fee', name: 'wrap', display_name: 'Wrapping', cost: 2.5, source: 'AA' };

  it('are added, changed and removed, five at most', async () => {
    const { id } = await newCheckout(10);
    const path = `/v3/checkouts/${id}/fees`;
    const { data } = await call(200, 'POST', path, { fees: [fee, fee] });
    expect(data.grand_total).toBe(15);
    const ids = data.fees.map((each) => each.id);
    await call(422, 'POST', path, { fees: [fee, fee, fee, fee] });
    const changed = await call(200, 'PUT', path, { fees: [{ ...fee, id: ids[0], cost: 5 }] });
    expect(changed.data.grand_total).toBe(17.5);
    expect((await call(200, 'DELETE', path, { ids })).data.grand_total).toBe(10);
    await call(422, 'DELETE', path, { ids });
  });
});

describe('addCheckoutDiscount', () => {
  it('sets discounts by hand in place of those that were there', async () => {
    const { id, cart } = await newCheckout(32, 35);
    const line = cart.line_items.physical_items[0]!.id;
    const { data } = await call(200, 'POST', `/v3/checkouts/${id}/discounts`, {
      cart: { discounts: [{ discounted_amount: 10 }], line_items: [{ id: line, discounted_amount: 2 }] },
    });
    expect(data.grand_total).toBe(55);
    const { data: other } = await call(200, 'POST', `/v3/checkouts/${id}/discounts`, {
      cart: { discounts: [{ discounted_amount: 1 }] },
    });
    expect(other.grand_total).toBe(66);
  });

  it('refuses one on a line that a coupon makes cheaper already, and clears the coupon otherwise', async () => {
    await mock
      .post('/v2/coupons', {
        name: 'Two off',
        code: 'TWO',
        type: 'per_total_discount',
        amount: 2,
        applies_to: { entity: 'categories', ids: [0] },
      })
      .expect(201);
    const { id, cart } = await newCheckout(10);
    await call(200, 'POST', `/v3/checkouts/${id}/coupons`, { coupon_code: 'TWO' });
    const path = `/v3/checkouts/${id}/discounts`;
    const line_items = [{ id: cart.line_items.physical_items[0]!.id, discounted_amount: 1 }];
    await call(422, 'POST', path, { cart: { line_items } });
    const { data } = await call(200, 'POST', path, { cart: { discounts: [{ discounted_amount: 3 }] } });
    expect(data).toMatchObject({ coupons: [], grand_total: 7 });
    await call(200, 'POST', path, { cart: { line_items } });
  });
});

describe('createCheckoutToken', () => {
  it('gives tokens until the order is finished', async () => {
    const { id } = await newCheckout(10);
    await mock.call(200, 'POST', `/v3/checkouts/${id}/token`, { maxUses: 1, ttl: 60 });
    await mock.call(422, 'POST', `/v3/checkouts/${id}/token`, { ttl: 0 });
    const before = await consign((await call(200, 'GET', `/v3/checkouts/${id}`)).data);
    await call(200, 'POST', `/v3/checkouts/${id}/billing-address`, ADDRESS);
    const path = `/v3/checkouts/${id}/consignments/${before.consignments[0]!.id}`;
    await call(200, 'PUT', path, { custom_shipping: { price: 8, description: 'By van' } });
    const { data } = (await mock.call(200, 'POST', `/v3/checkouts/${id}/orders`)).body as { data: { id: number } };
    await mock.call(200, 'POST', `/v3/checkouts/${id}/token`);
    await mock.put(`/v2/orders/${String(data.id)}`, { status_id: 11 }).expect(200);
    await mock.call(422, 'POST', `/v3/checkouts/${id}/token`);
  });
});

describe('createOrder', () => {
  it('refuses a checkout whose address or shipping is missing', async () => {
    const checkout = await newCheckout(10);
    await call(422, 'POST', `/v3/checkouts/${checkout.id}/orders`);
    await call(200, 'POST', `/v3/checkouts/${checkout.id}/billing-address`, ADDRESS);
    const body = await call(422, 'POST', `/v3/checkouts/${checkout.id}/orders`);
    expect(body['title']).toBe('A shipping address for this order is incomplete');
  });

  it('makes an incomplete order of the cart, and another with each call', async () => {
    const checkout = await consign(await newCheckout(10));
    await call(200, 'POST', `/v3/checkouts/${checkout.id}/billing-address`, ADDRESS);
    const path = `/v3/checkouts/${checkout.id}/consignments/${checkout.consignments[0]!.id}`;
    await call(200, 'PUT', path, { custom_shipping: { price: 8, description: 'By van' } });
    const first = (await mock.call(200, 'POST', `/v3/checkouts/${checkout.id}/orders`)).body as {
      data: { id: number };
    };
    const second = (await mock.call(200, 'POST', `/v3/checkouts/${checkout.id}/orders`)).body as {
      data: { id: number };
    };
    expect(second.data.id).toBe(first.data.id + 1);
    const { body } = await mock.call(200, 'GET', `/v2/orders/${String(first.data.id)}`);
    expect(body).toMatchObject({
      status_id: 0,
      status: 'Incomplete',
      cart_id: checkout.id,
      order_source: 'checkout_api',
      total_inc_tax: '18.0000',
      shipping_cost_ex_tax: '8.0000',
      items_total: 1,
    });
    const lines = await mock.call(200, 'GET', `/v2/orders/${String(first.data.id)}/products`);
    expect(lines.body).toMatchObject([{ quantity: 1, base_price: '10.0000' }]);
    const addresses = await mock.call(200, 'GET', `/v2/orders/${String(first.data.id)}/shipping_addresses`);
    expect(addresses.body).toMatchObject([{ city: 'Austin', shipping_method: 'By van' }]);
    await mock.call(200, 'GET', `/v3/carts/${checkout.id}`);
  });
});

describe('a cart that goes to a customer', () => {
  it('loses coupons and the choice of shipping, so that no order can be made', async () => {
    await mock
      .post('/v2/coupons', {
        name: 'Two off',
        code: 'TWO',
        type: 'per_total_discount',
        amount: 2,
        applies_to: { entity: 'categories', ids: [0] },
      })
      .expect(201);
    const { body } = await mock.post('/v3/customers', [{ email: 'c@example.com', first_name: 'C', last_name: 'D' }]);
    const checkout = await consign(await newCheckout(10));
    const base = `/v3/checkouts/${checkout.id}`;
    await call(200, 'POST', `${base}/billing-address`, ADDRESS);
    await call(200, 'PUT', `${base}/consignments/${checkout.consignments[0]!.id}`, {
      custom_shipping: { price: 1, description: 'Van' },
    });
    expect((await call(200, 'POST', `${base}/coupons`, { coupon_code: 'TWO' })).data.grand_total).toBe(9);
    await mock.call(422, 'POST', `${base}/coupons`, { coupon_code: 'TWO' });
    const customer_id = (body as { data: { id: number }[] }).data[0]!.id;
    await call(201, 'PUT', `/v3/carts/${checkout.id}`, { customer_id });
    const { data } = await call(200, 'GET', base);
    expect(data).toMatchObject({ coupons: [], grand_total: 10 });
    expect(data.consignments[0]!.selected_shipping_option).toBeUndefined();
    await call(422, 'POST', `${base}/orders`);
  });
});

describe('the rest of a checkout', () => {
  it('keeps the message, the billing address and a token', async () => {
    const { id } = await newCheckout(10);
    await call(200, 'PUT', `/v3/checkouts/${id}`, { customer_message: 'Ring twice' });
    await call(409, 'PUT', `/v3/checkouts/${id}`, { customer_message: 'Ring', version: 1 });
    const { data } = await call(200, 'POST', `/v3/checkouts/${id}/billing-address`, ADDRESS);
    expect(data).toMatchObject({ customer_message: 'Ring twice', cart: { email: ADDRESS.email } });
    const path = `/v3/checkouts/${id}/billing-address/${data.billing_address!.id}`;
    const moved = await call(200, 'PUT', path, { ...ADDRESS, city: 'Waco' });
    expect(moved.data.billing_address).toMatchObject({ city: 'Waco', id: data.billing_address!.id });
    await call(404, 'PUT', `/v3/checkouts/${id}/billing-address/nope`, ADDRESS);
    const token = await mock.call(200, 'POST', `/v3/checkouts/${id}/token`, { maxUses: 1, ttl: 60 });
    expect(token.body).toMatchObject({ checkoutToken: expect.any(String) as string });
  });

  it('keeps settings of the store and of channels', async () => {
    await mock.call(200, 'PUT', '/v3/checkouts/settings', {
      custom_checkout_script_url: 'https://cdn.example.com/c.js',
    });
    const channel = await mock.call(200, 'GET', '/v3/checkouts/settings/channels/1');
    expect(channel.body).toMatchObject({ data: { custom_checkout_script_url: 'https://cdn.example.com/c.js' } });
    await mock.call(200, 'PUT', '/v3/checkouts/settings/channels/1', { custom_checkout_script_url: '' });
    const store = await mock.call(200, 'GET', '/v3/checkouts/settings');
    expect(store.body).toMatchObject({ data: { custom_checkout_script_url: 'https://cdn.example.com/c.js' } });
    const shared = await mock.call(200, 'PUT', '/v3/checkouts/settings', {
      custom_order_confirmation_script_url: 'https://cdn.example.com/o.js',
      order_confirmation_use_custom_checkout_script: true,
    });
    expect(shared.body).toMatchObject({ data: { custom_order_confirmation_script_url: '' } });
    await mock.call(422, 'GET', '/v3/checkouts/settings/channels/999');
  });
});
