/** Prices as a shopper would get them, beyond price lists (which price-lists.v3.test.ts has). */
import { describe, expect, it } from 'vitest';
import { newProduct } from '../catalog/new-product.js';
import { startMock, type MockClient } from '../mock.js';

interface Price {
  readonly as_entered: number;
  readonly tax_inclusive: number;
  readonly tax_exclusive: number;
}

async function pricesOf(mock: MockClient, item: object, more: object = {}) {
  const body = { channel_id: 1, currency_code: 'USD', items: [item], ...more };
  const { body: answer } = await mock.post('/v3/pricing/products', body).expect(200);
  return answer.data[0] as { price: Price; calculated_price: Price; saved?: Price; bulk_pricing: object[] };
}

describe('getPrices', () => {
  it('takes the discount of the customer group off, by its number or by the customer', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const group = { name: 'Club', discount_rules: [{ type: 'all', method: 'percent', amount: '25.0000' }] };
    const { body } = await mock.post('/v2/customer_groups', group).expect(200);
    const customer_group_id = body.id as number;
    expect((await pricesOf(mock, { product_id })).calculated_price.as_entered).toBe(20);
    const asGroup = await pricesOf(mock, { product_id }, { customer_group_id });
    expect([asGroup.price.as_entered, asGroup.calculated_price.as_entered]).toEqual([20, 15]);
    const customer = { first_name: 'A', last_name: 'B', email: 'a@example.com', customer_group_id };
    const { body: made } = await mock.post('/v3/customers', [customer]).expect(200);
    const { calculated_price } = await pricesOf(mock, { product_id }, { customer_id: made.data[0].id });
    expect(calculated_price.as_entered).toBe(15);
  });

  it('adds what chosen modifiers cost, in the currency that is asked for', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const modifier = {
      type: 'radio_buttons',
      display_name: 'Wrapping',
      required: false,
      option_values: [
        { label: 'None', sort_order: 0 },
        { label: 'Box', sort_order: 1, adjusters: { price: { adjuster: 'relative', adjuster_value: 3 } } },
      ],
    };
    const { body } = await mock.post(`/v3/catalog/products/${String(product_id)}/modifiers`, modifier).expect(200);
    const value_id = body.data.option_values[1].id as number;
    const options = [{ option_id: body.data.id as number, value_id }];
    const { price, calculated_price } = await pricesOf(mock, { product_id, options });
    expect([price.as_entered, calculated_price.as_entered]).toEqual([20, 23]);
    const euro = {
      currency_code: 'EUR',
      name: 'Euro',
      country_iso2: 'DE',
      currency_exchange_rate: '0.5',
      auto_update: false,
      token_location: 'left',
      token: '€',
      decimal_token: ',',
      thousands_token: '.',
      decimal_places: 2,
      enabled: true,
      is_transactional: true,
    };
    await mock.post('/v2/currencies', euro).expect(200);
    const converted = await pricesOf(mock, { product_id, options }, { currency_code: 'EUR' });
    expect(converted.calculated_price.as_entered).toBe(11.5);
  });

  it('shows both tax forms for a country, and one amount without', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const zones = [{ name: 'US', enabled: true, shopper_target_settings: { locations: [{ country_code: 'US' }] } }];
    const { body } = await mock.post('/v3/tax/zones', zones).expect(200);
    const tax_zone_id = body.data[0].id as number;
    const class_rates = [{ tax_class_id: 0, rate: 10 }];
    await mock
      .post('/v3/tax/rates', [{ name: 'State', tax_zone_id, enabled: true, priority: 1, class_rates }])
      .expect(200);
    const { calculated_price } = await pricesOf(mock, { product_id }, { country_code: 'US' });
    expect(calculated_price).toMatchObject({ as_entered: 20, tax_exclusive: 20, tax_inclusive: 22 });
    expect((await pricesOf(mock, { product_id })).calculated_price.tax_inclusive).toBe(20);
  });

  it('takes tiers of a record in place of the bulk prices of the catalog', async () => {
    const mock = await startMock();
    const product_id = await newProduct(mock);
    const rules = `/v3/catalog/products/${String(product_id)}/bulk-pricing-rules`;
    await mock.post(rules, { quantity_min: 5, quantity_max: 9, type: 'percent', amount: 5 }).expect(200);
    expect((await pricesOf(mock, { product_id })).bulk_pricing).toMatchObject([{ minimum: 5, maximum: 9 }]);
    const { body } = await mock.post('/v3/pricelists', { name: 'B2B' }).expect(200);
    const list = body.data.id as number;
    await mock.post('/v3/pricelists/assignments', [{ price_list_id: list, channel_id: 1 }]).expect(200);
    const { body: product } = await mock.get(`/v3/catalog/products/${String(product_id)}`).expect(200);
    const path = `/v3/pricelists/${String(list)}/records/${String(product.data.base_variant_id)}/USD`;
    const tiers = [{ quantity_min: 10, type: 'fixed', amount: 12 }];
    const { body: record } = await mock.put(path, { price: 15, bulk_pricing_tiers: tiers }).expect(200);
    expect(record.data.bulk_pricing_tiers).toEqual([{ ...tiers[0], quantity_max: 2_147_483_647 }]);
    expect((await pricesOf(mock, { product_id })).bulk_pricing).toMatchObject([
      { minimum: 10, maximum: 0, discount_amount: 12, discount_type: 'fixed' },
    ]);
  });
});
