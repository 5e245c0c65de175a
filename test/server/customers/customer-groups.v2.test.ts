/** Customer groups. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { CUSTOMERS, newCustomer } from './new-customer.js';

const GROUPS = '/v2/customer_groups';

describe('createCustomerGroup', () => {
  it('creates a group that sees everything and gives no discount', async () => {
    const mock = await startMock();
    const { body } = await mock.post(GROUPS, { name: 'Trade' }).expect(200);
    expect(body).toMatchObject({
      name: 'Trade',
      is_default: false,
      is_group_for_guests: false,
      category_access: { type: 'all' },
      discount_rules: [],
    });
    expect((await mock.get(`${GROUPS}/${String(body.id)}`).expect(200)).body).toEqual(body);
  });

  it('asks for a name', async () => {
    const mock = await startMock();
    const { body } = await mock.post(GROUPS, {}).expect(400);
    expect(body[0].message).toBe("The required field 'name' was not supplied.");
  });

  it('has one default group and one for guests at most', async () => {
    const mock = await startMock();
    const first = (await mock.post(GROUPS, { name: 'A', is_default: true, is_group_for_guests: true })).body;
    const second = (await mock.post(GROUPS, { name: 'B', is_default: true })).body;
    const path = `${GROUPS}/${String(first.id)}`;
    expect((await mock.get(path)).body).toMatchObject({ is_default: false, is_group_for_guests: true });
    await mock.put(path, { is_default: true }).expect(200);
    expect((await mock.get(`${GROUPS}/${String(second.id)}`)).body.is_default).toBe(false);
    const { body } = await mock.get(`${GROUPS}?is_default=true`).expect(200);
    expect(body).toMatchObject([{ id: first.id }]);
  });

  it.each([
    [
      'a price list beside another rule',
      [
        { type: 'price_list', price_list_id: 1 },
        { type: 'all', method: 'fixed', amount: 5 },
      ],
    ],
    [
      'two rules for everything',
      [
        { type: 'all', method: 'fixed', amount: 5 },
        { type: 'all', method: 'fixed', amount: 6 },
      ],
    ],
  ])('refuses %s', async (_, discount_rules) => {
    const mock = await startMock();
    const { body } = await mock.post(GROUPS, { name: 'Trade', discount_rules }).expect(400);
    expect(body[0].message).toBe("The field 'discount_rules' is invalid.");
  });

  it.each([
    ['method', { type: 'category', category_id: 3, amount: 5 }],
    ['amount', { type: 'product', product_id: 3, method: 'fixed' }],
    ['category_id', { type: 'category', method: 'fixed', amount: 5 }],
    ['price_list_id', { type: 'price_list' }],
  ])('asks for the %s of a rule that needs one', async (field, rule) => {
    const mock = await startMock();
    const { body } = await mock.post(GROUPS, { name: 'Trade', discount_rules: [rule] }).expect(400);
    expect(body[0].message).toBe(`The required field 'discount_rules.${field}' was not supplied.`);
  });

  it('passes over categories where access is not to some of them', async () => {
    const mock = await startMock();
    const category_access = { type: 'all', categories: [18] };
    const { body } = await mock.post(GROUPS, { name: 'Trade', category_access }).expect(200);
    expect(body.category_access).toEqual({ type: 'all' });
  });
});

describe('updateCustomerGroup', () => {
  it('replaces discount rules as a whole and writes amounts as texts', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post(GROUPS, { name: 'Trade', discount_rules: [{ type: 'all', method: 'percent', amount: 5 }] })
      .expect(200);
    expect(body.discount_rules).toEqual([{ type: 'all', method: 'percent', amount: '5.0000' }]);
    const path = `${GROUPS}/${String(body.id)}`;
    const rules = [{ type: 'category', category_id: 3, method: 'fixed', amount: '2.5' }];
    const { body: changed } = await mock.put(path, { discount_rules: rules }).expect(200);
    expect(changed.discount_rules).toEqual([{ ...rules[0], amount: '2.5000' }]);
    expect((await mock.put(path, { name: 'Shops' }).expect(200)).body.discount_rules).toHaveLength(1);
  });

  it('keeps categories only while access is to some', async () => {
    const mock = await startMock();
    const specific = { type: 'specific', categories: [1, 2] };
    const { body } = await mock.post(GROUPS, { name: 'Trade', category_access: specific }).expect(200);
    expect(body.category_access).toEqual(specific);
    const { body: none } = await mock.put(`${GROUPS}/${String(body.id)}`, { category_access: { type: 'none' } });
    expect(none.category_access).toEqual({ type: 'none' });
  });
});

describe('deleteCustomerGroup', () => {
  it('leaves its members in no group', async () => {
    const mock = await startMock();
    const { body } = await mock.post(GROUPS, { name: 'Trade' }).expect(200);
    const id = await newCustomer(mock, { customer_group_id: body.id });
    const settings = { customer_group_settings: { default_customer_group_id: body.id } };
    await mock.put('/v3/customers/settings', settings).expect(200);
    await mock.delete(`${GROUPS}/${String(body.id)}`).expect(204);
    const { body: listed } = await mock.get(`${CUSTOMERS}?id:in=${String(id)}`).expect(200);
    expect(listed.data[0].customer_group_id).toBe(0);
    await mock.get(`${GROUPS}/${String(body.id)}`).expect(404);
    await mock.get(GROUPS).expect(204);
    const other = await newCustomer(mock, { email: 'other@example.com' });
    const { body: joined } = await mock.get(`${CUSTOMERS}?id:in=${String(other)}`).expect(200);
    expect(joined.data[0].customer_group_id).toBe(0);
  });
});

describe('getCustomerGroupsCount', () => {
  it('counts them', async () => {
    const mock = await startMock({ size: 'small' });
    expect((await mock.get(`${GROUPS}/count`).expect(200)).body).toEqual({ count: 3 });
  });
});
