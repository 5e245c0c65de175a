import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { billing, described, mug, newOrder, newProduct, orderOf } from './order-mock.js';

interface Line {
  readonly id: number;
  readonly product_id: number;
  readonly quantity: number;
  readonly sku: string;
}

describe('createOrderV2', () => {
  it('completes an order of one line that is not in the catalog (scenario 1)', async () => {
    const mock = await startMock();
    const order = await newOrder(mock, [mug]);
    expect(order).toMatchObject({
      id: 100,
      status_id: 1,
      status: 'Pending',
      order_source: 'external',
      customer_id: 0,
      subtotal_ex_tax: '45.0000',
      subtotal_inc_tax: '50.0000',
      subtotal_tax: '5.0000',
      total_inc_tax: '50.0000',
      total_ex_tax: '45.0000',
      date_shipped: '',
      shipping_address_count: 1,
      items_total: 1,
      payment_method: 'Manual',
      currency_exchange_rate: '1.0000000000',
      products: { resource: '/orders/100/products' },
      shipping_addresses: { resource: '/orders/100/shippingaddresses' },
    });
    expect(order.date_created).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
    const { body: lines } = await described(mock.get('/v2/orders/100/products'), 200);
    expect(lines).toMatchObject([{ product_id: 0, name: 'Mug', price_tax: '5.0000' }]);
    const { body: addresses } = await described(mock.get('/v2/orders/100/shipping_addresses'), 200);
    expect(addresses).toMatchObject([{ city: 'Austin', items_total: 1 }]);
  });

  it('refuses what is missing or wrong, and then has made nothing (scenario 2)', async () => {
    const mock = await startMock();
    const nowhere = { ...billing, country: undefined, country_iso2: undefined };
    const refusals: readonly [body: object, message: string, details?: object][] = [
      [{ billing_address: billing }, `The required field 'products' was not supplied.`],
      [orderOf([]), `The required field 'products' was not supplied.`],
      [
        { billing_address: nowhere, products: [mug] },
        `The field 'billing_address.country' is invalid.`,
        { invalid_reason: 'Billing address country not supplied.' },
      ],
      [{ billing_address: { ...nowhere, country: 'Utopia' }, products: [mug] }, `The field 'country' is invalid.`],
      [{ billing_address: { ...billing, email: 'nobody' }, products: [mug] }, `The field 'email' is invalid.`],
      [orderOf([mug], { customer_id: 99_999 }), `The field 'customer_id' is invalid.`],
      [orderOf([mug], { channel_id: 99_999 }), `The field 'channel_id' is invalid.`],
      [
        orderOf([mug], { date_created: '1234x' }),
        `The field 'date_created' is invalid.`,
        { invalid_reason: `The provided value '1234x' is not a valid RFC-2822 date.` },
      ],
      [
        orderOf([mug], { status: 'Shipped' }),
        `The field 'status' cannot be written to. Please remove it from your request before trying again.`,
      ],
      [orderOf([{ ...mug, price_inc_tax: undefined }]), `The field 'products.price_inc_tax' is invalid.`],
      [orderOf([{ quantity: 1 }]), `The required field 'products.product_id, products.name' was not supplied.`],
      [orderOf([mug], { total_inc_tax: '5' }), `The field 'total_ex_tax' is invalid.`],
    ];
    for (const [body, message, details] of refusals) {
      const { body: answer } = await described(mock.post('/v2/orders', body), 400);
      expect(answer).toEqual([{ status: 400, message, ...(details && { details }) }]);
    }
    const { body } = await described(mock.get('/v2/orders/count'), 200);
    expect(body.count).toBe(0);
  });

  it('takes goods out of stock, and no more than there are (scenario 3)', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, {
      inventory_tracking: 'product',
      inventory_level: 5,
      order_quantity_maximum: 3,
    });
    await newOrder(mock, [{ product_id, quantity: 3 }]);
    const level = async () =>
      (await mock.get(`/v3/catalog/products/${product_id}`)).body.data.inventory_level as number;
    expect(await level()).toBe(2);
    const { body: empty } = await described(mock.post('/v2/orders', orderOf([{ product_id, quantity: 3 }])), 409);
    expect(empty[0].message).toBe(
      'Quantities of one or more products are out of stock or did not meet quantity requirements.',
    );
    expect(empty[0].details.errors[0]).toMatchObject({ type: 'OutOfStock', product: { id: product_id } });
    const { body: many } = await described(mock.post('/v2/orders', orderOf([{ product_id, quantity: 4 }])), 409);
    expect(many[0].details.errors).toContainEqual(
      expect.objectContaining({
        type: 'ExceedsMaxQuantity',
        product: expect.objectContaining({ maximum_quantity: 3 }) as unknown,
      }),
    );
    expect(await level()).toBe(2);
  });

  it('wants to know which variant is meant (scenario 4)', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, {
      variants: [
        { sku: 'KETTLE-RED', option_values: [{ option_display_name: 'Colour', label: 'Red' }] },
        { sku: 'KETTLE-BLUE', option_values: [{ option_display_name: 'Colour', label: 'Blue' }] },
      ],
    });
    const { body: refused } = await described(mock.post('/v2/orders', orderOf([{ product_id, quantity: 1 }])), 400);
    expect(refused[0].message).toBe('The options of one or more products are invalid.');
    expect(refused[0].details.errors[0]).toMatchObject({
      type: 'MandatoryProductOptions',
      required_product_options: [{ display_name: 'Colour' }],
    });
    const { body } = await mock.get(`/v3/catalog/products/${product_id}/variants`).expect(200);
    const [red, blue] = body.data as { id: number; option_values: { id: number; option_id: number }[] }[];
    const value = blue!.option_values[0]!;
    const { id } = await newOrder(mock, [
      { product_id, variant_id: red!.id, quantity: 1 },
      { product_id, product_options: [{ id: value.option_id, value: String(value.id) }], quantity: 1 },
    ]);
    const { body: lines } = await described(mock.get(`/v2/orders/${id}/products`), 200);
    expect((lines as Line[]).map(({ sku }) => sku)).toEqual(['KETTLE-RED', 'KETTLE-BLUE']);
    expect(lines[1].product_options).toMatchObject([{ display_name: 'Colour', display_value: 'Blue' }]);
  });

  it('adds shipping and handling and takes the discount off', async () => {
    const mock = await startMock();
    const order = await newOrder(mock, [{ ...mug, quantity: 2 }], {
      base_shipping_cost: '8.0000',
      handling_cost_ex_tax: '2.0000',
      handling_cost_inc_tax: '2.5000',
      discount_amount: '9.0000',
    });
    // 90 - 9 + 8 + 2 without tax; the tax of the goods shrinks with the discount.
    expect(order).toMatchObject({ total_ex_tax: '91.0000', total_tax: '9.5000', total_inc_tax: '100.5000' });
    const { body: lines } = await mock.get(`/v2/orders/${order.id}/products`).expect(200);
    expect(lines[0].applied_discounts).toMatchObject([{ id: 'manual-discount', amount: '9.0000', target: 'order' }]);
  });

  it('takes totals as they are sent', async () => {
    const mock = await startMock();
    const order = await newOrder(mock, [mug], { total_ex_tax: '1.0000', total_inc_tax: '1.2000' });
    expect(order).toMatchObject({ subtotal_ex_tax: '45.0000', total_ex_tax: '1.0000', total_tax: '0.2000' });
  });

  it('collects lines at a location instead of sending them', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: methods } = await mock.get('/v3/pickup/methods').expect(200);
    const pickup_method_id = methods.data[0].id as number;
    const pickups = [{ pickup_method_id, line_items: [mug] }];
    const path = '/v2/orders?include=consignments&consignment_structure=object';
    const { body } = await described(mock.post(path, { billing_address: billing, consignments: { pickups } }), 200);
    expect(body.shipping_address_count).toBe(0);
    expect(body.consignments).toMatchObject({ pickups: [{ pickup_method_id }], shipping: [] });
    const both = { billing_address: billing, products: [mug], consignments: { pickups } };
    await described(mock.post('/v2/orders', both), 400);
  });
});

describe('updateOrder', () => {
  it('checks quantities only when lines are sent (scenario 5)', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const { id } = await newOrder(mock, [{ product_id, quantity: 2 }]);
    await mock.put(`/v3/catalog/products/${product_id}`, { order_quantity_minimum: 3 }).expect(200);
    const { body } = await described(mock.put(`/v2/orders/${id}`, { status_id: 6 }), 200);
    expect(body.status).toBe('Declined');
    const { body: lines } = await mock.get(`/v2/orders/${id}/products`).expect(200);
    const [line] = lines as Line[];
    await described(mock.put(`/v2/orders/${id}`, { products: [{ id: line!.id, quantity: 1 }] }), 409);
    const { body: after } = await mock.get(`/v2/orders/${id}/products`).expect(200);
    expect(after[0].quantity).toBe(2);
  });

  it('adds, changes and removes lines, and leaves money alone otherwise (scenario 6)', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug]);
    const path = `/v2/orders/${id}`;
    const { body: more } = await described(mock.put(path, { products: [{ ...mug, name: 'Bowl' }] }), 200);
    expect(more).toMatchObject({ items_total: 2, subtotal_ex_tax: '90.0000', total_inc_tax: '100.0000' });
    const { body: lines } = await mock.get(`${path}/products`).expect(200);
    const [first, second] = lines as Line[];
    const { body: three } = await described(mock.put(path, { products: [{ id: first!.id, quantity: 3 }] }), 200);
    expect(three).toMatchObject({ items_total: 4, subtotal_ex_tax: '180.0000' });
    const { body: gone } = await described(mock.put(path, { products: [{ id: second!.id, quantity: 0 }] }), 200);
    expect(gone).toMatchObject({ items_total: 3, subtotal_ex_tax: '135.0000' });
    await mock.raw.post('/_mock/clock').send({ advance_ms: 3_600_000 }).expect(200);
    const { body: noted } = await described(mock.put(path, { staff_notes: 'Call first.' }), 200);
    expect(noted.date_modified).not.toBe(gone.date_modified);
    expect(noted).toEqual({ ...gone, staff_notes: 'Call first.', date_modified: noted.date_modified as string });
  });

  it('replaces all fees when any are sent (scenario 7)', async () => {
    const mock = await startMock();
    const fee = (name: string, cost: number) => ({
      type: 'custom_fee',
      display_name_customer: name,
      cost_ex_tax: cost,
      cost_tax: 0,
    });
    const { id, total_inc_tax } = await newOrder(mock, [mug], { fees: [fee('Gift box', 3), fee('Courier', 4)] });
    expect(total_inc_tax).toBe('57.0000');
    const path = `/v2/orders/${id}`;
    const { body: fees } = await described(mock.get(`${path}/fees`), 200);
    expect(fees).toHaveLength(2);
    await described(mock.put(path, { fees: [{ id: fees[0].id, ...fee('Gift box', 5) }] }), 200);
    await described(mock.put(path, { staff_notes: 'x' }), 200);
    const { body: kept } = await described(mock.get(`${path}/fees`), 200);
    expect(kept).toMatchObject([{ id: fees[0].id, cost_ex_tax: '5.0000' }]);
    const nameless = { type: 'custom_fee', cost_ex_tax: 1, cost_tax: 0 };
    await described(mock.put(path, { fees: [nameless] }), 400);
    const { body: order } = await mock.get(path).expect(200);
    expect(order.total_inc_tax).toBe('55.0000');
  });

  it('puts goods back when an order is cancelled', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { inventory_tracking: 'product', inventory_level: 5 });
    const { id } = await newOrder(mock, [{ product_id, quantity: 2 }]);
    await described(mock.put(`/v2/orders/${id}`, { status_id: 5 }), 200);
    const { body } = await mock.get(`/v3/catalog/products/${product_id}`).expect(200);
    expect(body.data.inventory_level).toBe(5);
  });

  it('takes no goods for an incomplete order until it is more than that', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock, { inventory_tracking: 'product', inventory_level: 5 });
    const level = async () =>
      (await mock.get(`/v3/catalog/products/${product_id}`)).body.data.inventory_level as number;
    const { id } = await newOrder(mock, [{ product_id, quantity: 2 }], { status_id: 0 });
    expect(await level()).toBe(5);
    await described(mock.put(`/v2/orders/${id}`, { status_id: 11 }), 200);
    expect(await level()).toBe(3);
  });

  it('dates the shipping of an order that is set to Shipped', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug]);
    const { body } = await described(mock.put(`/v2/orders/${id}`, { status_id: 2 }), 200);
    expect(body.date_shipped).not.toBe('');
    await described(mock.put(`/v2/orders/${id}`, { status_id: 99 }), 400);
  });

  it('keeps one address of the shopper, of either version', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug], { ip_address: '203.0.113.7' });
    const { body } = await described(mock.put(`/v2/orders/${id}`, { ip_address_v6: '2001:db8::1' }), 200);
    expect(body).toMatchObject({ ip_address: '', ip_address_v6: '2001:db8::1' });
  });

  it('does not let the id of the merchant change', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug], { external_merchant_id: 'A-1' });
    const { body } = await described(mock.put(`/v2/orders/${id}`, { external_merchant_id: 'A-2' }), 400);
    expect(body[0].message).toContain(`'external_merchant_id' cannot be written to`);
  });
});

describe('updateOrderShippingAddress', () => {
  it('changes the address and no money (scenario 9)', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug], { base_shipping_cost: '8.0000' });
    const { body: addresses } = await mock.get(`/v2/orders/${id}/shipping_addresses`).expect(200);
    const path = `/v2/orders/${id}/shipping_addresses/${addresses[0].id}`;
    const { body } = await described(mock.put(path, { city: 'Oakland', zip: '94607' }), 200);
    expect(body).toMatchObject({ city: 'Oakland', base_cost: '8.0000', street_1: '1 Harbor Road' });
    const { body: order } = await mock.get(`/v2/orders/${id}`).expect(200);
    expect(order).toMatchObject({ total_tax: '5.0000', shipping_cost_inc_tax: '8.0000' });
    const { body: refused } = await described(mock.put(path, { items_total: 5 }), 400);
    expect(refused[0].message).toContain('cannot be written to');
    await described(mock.get(`${path}/shipping_quotes`), 204);
  });
});

describe('deleteOrder', () => {
  it('archives: the order is out of lists, counts and reads until it is put back (scenario 10)', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug]);
    await newOrder(mock, [mug]);
    await described(mock.delete(`/v2/orders/${id}`), 204);
    const { body: left } = await described(mock.get('/v2/orders'), 200);
    expect(left).toHaveLength(1);
    await described(mock.get(`/v2/orders/${id}`), 404);
    await described(mock.delete(`/v2/orders/${id}`), 404);
    const { body: archived } = await described(mock.get('/v2/orders?is_deleted=true'), 200);
    expect(archived).toMatchObject([{ id, is_deleted: true }]);
    const { body: count } = await described(mock.get('/v2/orders/count?is_deleted=true'), 200);
    expect(count.count).toBe(1);
    const { body: others } = await described(mock.get('/v2/orders?is_deleted=false'), 200);
    expect(others).toHaveLength(1);
    const { body } = await described(mock.put(`/v2/orders/${id}`, { is_deleted: false }), 200);
    expect(body.is_deleted).toBe(false);
    await described(mock.get(`/v2/orders/${id}`), 200);
    await described(mock.put(`/v2/orders/${id}`, { is_deleted: true }), 200);
    await described(mock.get(`/v2/orders/${id}`), 404);
    await described(mock.delete('/v2/orders'), 204);
    await described(mock.get('/v2/orders'), 204);
  });
});

describe('getOrders', () => {
  it('filters, sorts and pages, with dates in either form (scenario 11)', async () => {
    const mock = await startMock();
    const ids: number[] = [];
    for (const [day, status_id] of [
      ['Mon, 01 Jan 2024 10:00:00 +0000', 11],
      ['Wed, 03 Jan 2024 10:00:00 +0000', 1],
      ['Tue, 02 Jan 2024 10:00:00 +0000', 11],
    ] as const) {
      const { id } = await newOrder(mock, [mug], { date_created: day, status_id });
      ids.push(id);
    }
    const [first, second, third] = ids;
    const found = async (query: string) =>
      ((await described(mock.get(`/v2/orders?${query}`), 200)).body as { id: number }[]).map(({ id }) => id);
    expect(await found(`min_id=${second}`)).toEqual([second, third]);
    expect(await found('status_id=11')).toEqual([first, third]);
    expect(await found('sort=date_created:desc')).toEqual([second, third, first]);
    expect(await found('limit=1&page=2')).toEqual([second]);
    expect(await found('min_total=50&max_total=50')).toEqual(ids);
    expect(await found('email=ADA@example.com')).toEqual(ids);
    expect(await found('min_date_created=2024-01-02T10:00:00Z')).toEqual([second, third]);
    const rfc = encodeURIComponent('Tue, 02 Jan 2024 10:00:00 +0000');
    expect(await found(`min_date_created=${rfc}`)).toEqual([second, third]);
    await described(mock.get('/v2/orders?min_id=9000'), 204);
    await described(mock.get('/v2/orders?page=9'), 204);
    await described(mock.get('/v2/orders?foo=1'), 400);
    await described(mock.get('/v2/orders?min_date_created=soon'), 400);
  });
});

describe('getOrdersCount', () => {
  it('counts by status, in the order of the control panel (scenario 12)', async () => {
    const mock = await startMock();
    await newOrder(mock, [mug]);
    await newOrder(mock, [mug]);
    await newOrder(mock, [mug], { status_id: 11 });
    const { body } = await described(mock.get('/v2/orders/count'), 200);
    const statuses = body.statuses as { name: string; count: number; sort_order: number }[];
    expect(body.count).toBe(3);
    expect(statuses.map(({ sort_order }) => sort_order)).toEqual(Array.from({ length: 15 }, (_, n) => n));
    expect(statuses.find(({ name }) => name === 'Pending')?.count).toBe(2);
    const { body: some } = await described(mock.get('/v2/orders/count?status_id=11'), 200);
    expect(some.count).toBe(1);
  });
});

describe('getOrderTaxes', () => {
  it('says which line is taxed when asked for details', async () => {
    const mock = await startMock();
    const { id } = await newOrder(mock, [mug]);
    const { body } = await described(mock.get(`/v2/orders/${id}/taxes`), 200);
    expect(body).toMatchObject([{ class: 'API Tax Override', line_amount: '5.0000' }]);
    expect(body[0]).not.toHaveProperty('order_product_id');
    const { body: detailed } = await described(mock.get(`/v2/orders/${id}/taxes?details=true`), 200);
    expect(detailed[0]).toMatchObject({ line_item_type: 'item', order_product_id: expect.any(String) as unknown });
  });
});

describe('prices and taxes of an order', () => {
  it('are those of the zone that the order goes to, by tax class (scenario 28)', async () => {
    const mock = await startMock();
    const { body: classes } = await mock.get('/v2/tax_classes').expect(200);
    const class_rates = (classes as { id: string }[]).map(({ id }) => ({
      tax_class_id: Number(id),
      rate: id === '0' ? 10 : 0,
    }));
    const zone = { name: 'Texas', shopper_target_settings: { locations: [{ country_code: 'US' }] } };
    const { body: zones } = await mock.post('/v3/tax/zones', [zone]).expect(200);
    const rate = { name: 'State', tax_zone_id: zones.data[0].id as number, class_rates };
    await mock.post('/v3/tax/rates', [rate]).expect(200);
    const product_id = await newProduct(mock, { price: 20 });
    const untaxed = await newProduct(mock, { name: 'Voucher', price: 5, tax_class_id: 1 });
    const order = await newOrder(mock, [
      { product_id, quantity: 2 },
      { product_id: untaxed, quantity: 1 },
    ]);
    expect(order).toMatchObject({ total_ex_tax: '45.0000', total_tax: '4.0000', total_inc_tax: '49.0000' });
    const { body: taxes } = await described(mock.get(`/v2/orders/${order.id}/taxes`), 200);
    expect(taxes).toMatchObject([{ name: 'State', rate: '10.0000', line_amount: '4.0000' }]);
    const elsewhere = await newOrder(mock, [{ product_id, quantity: 1 }], {
      billing_address: { ...billing, country: 'Canada', country_iso2: 'CA' },
    });
    expect(elsewhere.total_tax).toBe('0.0000');
  });

  it('are lower for a customer whose group has a discount', async () => {
    const mock = await startMock();
    const rules = [{ type: 'all', method: 'percent', amount: '10.0000' }];
    const { body: group } = await mock
      .post('/v2/customer_groups', { name: 'Friends', discount_rules: rules })
      .expect(200);
    const person = {
      first_name: 'Ada',
      last_name: 'Byron',
      email: 'ada@example.com',
      customer_group_id: group.id as number,
    };
    const { body: made } = await mock.post('/v3/customers', [person]).expect(200);
    const product_id = await newProduct(mock, { price: 20 });
    const customer_id = made.data[0].id as number;
    expect((await newOrder(mock, [{ product_id, quantity: 1 }], { customer_id })).subtotal_ex_tax).toBe('18.0000');
    expect((await newOrder(mock, [{ product_id, quantity: 1 }])).subtotal_ex_tax).toBe('20.0000');
  });
});
