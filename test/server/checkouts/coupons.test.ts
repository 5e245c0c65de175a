/** Which coupons a checkout takes, and where they count. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, productOf, startChecked, type CheckedMock } from '../carts/checked-calls.js';

interface Checkout {
  readonly id: string;
  readonly grand_total: number;
  readonly cart: { readonly line_items: { readonly physical_items: readonly { readonly id: string }[] } };
}

let mock: CheckedMock;
let product_id: number;

beforeEach(async () => {
  mock = await startChecked();
  ({ id: product_id } = await productOf(mock, { price: 40 }));
});

async function coupon(more: object = {}): Promise<void> {
  const all = { entity: 'categories', ids: [0] };
  const body = { name: 'Five off', code: 'FIVE', type: 'per_total_discount', amount: 5, applies_to: all, ...more };
  await mock.call(201, 'POST', '/v2/coupons', body);
}

async function checkout(fields: object = {}): Promise<Checkout> {
  const line_items = [{ product_id, quantity: 1 }];
  const { body } = await mock.call(201, 'POST', '/v3/carts', { line_items, ...fields });
  return read((body as { data: { id: string } }).data.id);
}

async function read(id: string): Promise<Checkout> {
  const { body } = await mock.call(200, 'GET', `/v3/checkouts/${id}`);
  return (body as { data: Checkout }).data;
}

const use = ({ id }: Checkout, status: number, coupon_code = 'FIVE') =>
  mock.call(status, 'POST', `/v3/checkouts/${id}/coupons`, { coupon_code });

describe('a coupon', () => {
  it.each([
    ['disabled', { enabled: false }],
    ['expired', { expires: 'Tue, 13 Mar 2018 16:18:59 +0000' }],
    ['for larger purchases', { min_purchase: 50 }],
  ])('that is %s is refused', async (_, more) => {
    await coupon(more);
    await use(await checkout(), 422);
  });

  it('for other products is refused', async () => {
    const { id } = await productOf(mock, { name: 'Another thing' });
    await coupon({ applies_to: { entity: 'products', ids: [id] } });
    await use(await checkout(), 422);
  });

  it('is for the default currency', async () => {
    await coupon();
    const euro = { currency_code: 'EUR', name: 'Euro', currency_exchange_rate: '0.5', enabled: true };
    const shown = { token_location: 'left', token: '€', decimal_token: ',', thousands_token: '.', decimal_places: 2 };
    await mock.post('/v2/currencies', { ...euro, ...shown, is_transactional: true, auto_update: false }).expect(200);
    const { body } = await use(await checkout({ currency: { code: 'EUR' } }), 422);
    expect(body).toMatchObject({ title: 'Coupons only apply to default currency.' });
  });

  it('for some countries does nothing for an address elsewhere', async () => {
    await mock.call(201, 'POST', '/v2/coupons', {
      name: 'For Canada',
      code: 'CANADA',
      type: 'per_total_discount',
      amount: 5,
      applies_to: { entity: 'categories', ids: [0] },
      restricted_to: { countries: 'CA' },
    });
    const before = await checkout();
    await use(before, 200, 'CANADA');
    expect((await read(before.id)).grand_total).toBe(35);
    const line_items = before.cart.line_items.physical_items.map(({ id }) => ({ item_id: id, quantity: 1 }));
    await mock.call(200, 'POST', `/v3/checkouts/${before.id}/consignments`, [{ address: ADDRESS, line_items }]);
    expect((await read(before.id)).grand_total).toBe(40);
  });

  it('may be used by one customer as often as it says', async () => {
    await coupon({ max_uses_per_customer: 1 });
    const customer = { first_name: 'A', last_name: 'B', email: 'a@example.com' };
    const { body } = await mock.post('/v3/customers', [customer]).expect(200);
    const customer_id = (body as { data: { id: number }[] }).data[0]!.id;
    ({ id: product_id } = await productOf(mock, { name: 'File', type: 'digital', price: 40 }));
    const first = await checkout({ customer_id });
    await use(first, 200);
    await mock.call(200, 'POST', `/v3/checkouts/${first.id}/billing-address`, ADDRESS);
    const { body: placed } = await mock.call(200, 'POST', `/v3/checkouts/${first.id}/orders`);
    const order = (placed as { data: { id: number } }).data.id;
    await use(await checkout({ customer_id }), 200);
    await mock.call(200, 'PUT', `/v2/orders/${String(order)}`, { status_id: 11 });
    await use(await checkout({ customer_id }), 422);
    await use(await checkout(), 200);
  });
});
