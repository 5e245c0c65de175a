import { describe, expect, it } from 'vitest';
import { newProduct } from '../catalog/new-product.js';
import { startMock, type MockClient } from '../mock.js';

const shopper = { first_name: 'Ada', last_name: 'Moss', email: 'ada@example.com', city: 'Auckland' };
const atCheckout = { ...shopper, address1: '1 Elm St', postal_code: '1010', country_code: 'NZ' };
const onOrder = { ...shopper, street_1: '1 Elm St', zip: '1010', state: 'Auckland', country: 'New Zealand' };

/** Prices are entered with tax; the store's own zone has 10 %, New Zealand 25 %. The product costs 110. */
async function inclusiveStore(mock: MockClient, should_subtract_store_tax: boolean): Promise<number> {
  await mock.put('/v3/tax/settings', { tax_entered_with_prices: true, should_subtract_store_tax }).expect(200);
  const targets = { locations: [{ country_code: 'NZ' }] };
  await mock.post('/v3/tax/zones', [{ name: 'New Zealand', shopper_target_settings: targets }]).expect(200);
  const rate = (name: string, tax_zone_id: number, percent: number): object => ({
    name,
    tax_zone_id,
    class_rates: [{ rate: percent, tax_class_id: 0 }],
  });
  await mock.post('/v3/tax/rates', [rate('Home', 1, 10), rate('GST', 2, 25)]).expect(200);
  return newProduct(mock, { price: 110 });
}

describe.each([
  {
    should_subtract_store_tax: true,
    ex: 100,
    inc: 125,
    tells: 'the store’s tax is taken off, so that all pay the same without tax',
  },
  {
    should_subtract_store_tax: false,
    ex: 88,
    inc: 110,
    tells: 'the shopper’s tax is in them, so that all pay the same',
  },
])('prices entered with tax', ({ should_subtract_store_tax, ex, inc, tells }) => {
  it(`in a checkout: ${tells}`, async () => {
    const mock = await startMock();
    const product_id = await inclusiveStore(mock, should_subtract_store_tax);
    const { body: cart } = await mock.post('/v3/carts', { line_items: [{ product_id, quantity: 1 }] }).expect(201);
    expect(cart.data.tax_included).toBe(true);
    const path = `/v3/checkouts/${String(cart.data.id)}/billing-address`;
    const { body } = await mock.post(path, atCheckout).expect(200);
    expect(body.data).toMatchObject({ subtotal_ex_tax: ex, subtotal_inc_tax: inc, grand_total: inc });
    expect(body.data.taxes).toEqual([{ name: 'GST', amount: inc - ex }]);
  });

  it(`in an order: ${tells}`, async () => {
    const mock = await startMock();
    const product_id = await inclusiveStore(mock, should_subtract_store_tax);
    const order = { billing_address: onOrder, products: [{ product_id, quantity: 2 }] };
    const { body } = await mock.post('/v2/orders', order).expect(200);
    expect([Number(body.total_ex_tax), Number(body.total_inc_tax)]).toEqual([2 * ex, 2 * inc]);
    expect(body.is_tax_inclusive_pricing).toBe(true);
    const { body: taxes } = await mock.get(`/v2/orders/${String(body.id)}/taxes`).expect(200);
    expect(taxes).toMatchObject([{ name: 'GST', rate: '25.0000', line_amount: `${String(2 * (inc - ex))}.0000` }]);
  });
});
