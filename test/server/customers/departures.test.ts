/** What else changes when a customer or a customer group is deleted, or what a group has discounts on. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { addressBody, ADDRESSES, CUSTOMERS, newCustomer } from './new-customer.js';

const GROUPS = '/v2/customer_groups';

async function newGroup(mock: MockClient, body: object = {}): Promise<number> {
  const { body: group } = await mock.post(GROUPS, { name: 'Trade', ...body }).expect(200);
  return group.id as number;
}

async function newPromotion(mock: MockClient, customer: object): Promise<number> {
  const rules = [{ action: { cart_value: { discount: { fixed_amount: '5' } } } }];
  const body = { name: 'Trade days', redemption_type: 'AUTOMATIC', status: 'ENABLED', rules, customer };
  const { body: promotion } = await mock.post('/v3/promotions', body).expect(201);
  return promotion.data.id as number;
}

describe('deleteCustomers', () => {
  it('takes along addresses, attribute values, metafields, wishlists, the profile and tax values', async () => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    await mock.post(ADDRESSES, [{ ...addressBody, customer_id }]).expect(200);
    const { body: made } = await mock.post(`${CUSTOMERS}/attributes`, [{ name: 'Size', type: 'string' }]).expect(200);
    const value = { customer_id, attribute_id: made.data[0].id, value: 'L' };
    await mock.put(`${CUSTOMERS}/attribute-values`, [value]).expect(200);
    const metafield = { permission_set: 'app_only', namespace: 'a', key: 'b', value: 'c' };
    await mock.post(`${CUSTOMERS}/${String(customer_id)}/metafields`, metafield).expect(200);
    await mock.post('/v3/wishlists', { customer_id, name: 'Later' }).expect(201);
    await mock.post('/v3/shopper-profiles', [{ customer_id }]).expect(201);
    await mock.post('/v3/tax/properties', [{ code: 'EX', display_name: 'Ex', type: 'CUSTOMER' }]).expect(200);
    await mock.put('/v3/tax/customers', [{ customer_id, tax_properties: { EX: 'yes' } }]).expect(200);
    await mock.delete(`${CUSTOMERS}?id:in=${String(customer_id)}`).expect(204);
    const lists = ['customers/addresses', 'customers/attribute-values', 'customers/metafields', 'wishlists'];
    for (const list of [...lists, 'shopper-profiles', 'tax/customers']) {
      expect((await mock.get(`/v3/${list}`).expect(200)).body.data, list).toEqual([]);
    }
  });

  it('leaves the cart to a guest', async () => {
    const mock = await startMock({ size: 'small' });
    const customer_id = await newCustomer(mock);
    const custom_items = [{ sku: 'GIFT', name: 'Gift', quantity: 1, list_price: 10 }];
    const { body: cart } = await mock.post('/v3/carts', { customer_id, custom_items }).expect(201);
    expect(cart.data).toMatchObject({ customer_id, email: 'ada@example.com' });
    await mock.delete(`/v2/customers/${String(customer_id)}`).expect(204);
    const { body: left } = await mock.get(`/v3/carts/${String(cart.data.id)}`).expect(200);
    expect(left.data).toMatchObject({ customer_id: 0, email: '', base_amount: 10 });
  });

  it('keeps the customer of orders', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: orders } = await mock.get('/v2/orders').expect(200);
    const { id = 0, customer_id } =
      (orders as { id: number; customer_id: number }[]).find((order) => order.customer_id > 0) ?? {};
    await mock.delete(`${CUSTOMERS}?id:in=${String(customer_id)}`).expect(204);
    expect((await mock.get(`/v2/orders/${String(id)}`).expect(200)).body.customer_id).toBe(customer_id);
  });
});

describe('deleteCustomerGroup', () => {
  it('ends the assignments of price lists to it', async () => {
    const mock = await startMock();
    const customer_group_id = await newGroup(mock);
    const { body: list } = await mock.post('/v3/pricelists', { name: 'Trade prices' }).expect(200);
    const assignment = { price_list_id: list.data.id, customer_group_id, channel_id: 1 };
    await mock.post('/v3/pricelists/assignments', [assignment]).expect(200);
    await mock.delete(`${GROUPS}/${String(customer_group_id)}`).expect(204);
    expect((await mock.get('/v3/pricelists/assignments').expect(200)).body.data).toEqual([]);
  });

  it('drops out of promotions; one for that group alone becomes invalid, not one for everybody', async () => {
    const mock = await startMock();
    const [gone, kept] = [await newGroup(mock), await newGroup(mock, { name: 'Staff' })];
    const alone = await newPromotion(mock, { group_ids: [gone] });
    const shared = await newPromotion(mock, { group_ids: [gone, kept] });
    const others = await newPromotion(mock, { excluded_group_ids: [gone] });
    await mock.delete(`${GROUPS}/${String(gone)}`).expect(204);
    const read = async (id: number): Promise<unknown> =>
      (await mock.get(`/v3/promotions/${String(id)}`).expect(200)).body.data;
    expect(await read(alone)).toMatchObject({ status: 'INVALID', customer: { group_ids: [] } });
    expect(await read(shared)).toMatchObject({ status: 'ENABLED', customer: { group_ids: [kept] } });
    expect(await read(others)).toMatchObject({ status: 'ENABLED', customer: { excluded_group_ids: [] } });
  });

  it('drops out of tax zones; one for that group alone is switched off', async () => {
    const mock = await startMock();
    const gone = await newGroup(mock);
    const shopper_target_settings = { locations: [{ country_code: 'FR' }], customer_groups: [gone] };
    const { body: zones } = await mock.post('/v3/tax/zones', [{ name: 'France', shopper_target_settings }]).expect(200);
    await mock.delete(`${GROUPS}/${String(gone)}`).expect(204);
    const { body } = await mock.get(`/v3/tax/zones?id:in=${String(zones.data[0].id)}`).expect(200);
    expect(body.data[0]).toMatchObject({ enabled: false, shopper_target_settings: { customer_groups: [] } });
  });
});

describe('customer groups', () => {
  it('lose access to a category, and discounts on categories, products and price lists that are deleted', async () => {
    const mock = await startMock();
    const { body: category } = await mock.post('/v3/catalog/categories', { name: 'Tea', parent_id: 0 }).expect(200);
    const product = { name: 'Cup', type: 'physical', weight: 1, price: 5 };
    const { body: cup } = await mock.post('/v3/catalog/products', product).expect(200);
    const { body: list } = await mock.post('/v3/pricelists', { name: 'Trade prices' }).expect(200);
    const [category_id, product_id, price_list_id] = [category.data.id, cup.data.id, list.data.id];
    const percent = { method: 'percent', amount: '5.0000' };
    const rules = [
      { type: 'category', category_id, ...percent },
      { type: 'product', product_id, ...percent },
      { type: 'all', ...percent },
    ];
    const category_access = { type: 'specific', categories: [category_id] };
    const id = await newGroup(mock, { category_access, discount_rules: rules });
    const priced = await newGroup(mock, { name: 'Staff', discount_rules: [{ type: 'price_list', price_list_id }] });
    await mock.delete(`/v3/catalog/categories/${String(category_id)}`).expect(204);
    await mock.delete(`/v3/catalog/products/${String(product_id)}`).expect(204);
    await mock.delete(`/v3/pricelists/${String(price_list_id)}`).expect(204);
    const { body: left } = await mock.get(`${GROUPS}/${String(id)}`).expect(200);
    expect(left.category_access).toEqual({ type: 'specific', categories: [] });
    expect(left.discount_rules).toEqual([{ type: 'all', ...percent }]);
    expect((await mock.get(`${GROUPS}/${String(priced)}`).expect(200)).body.discount_rules).toEqual([]);
  });
});
