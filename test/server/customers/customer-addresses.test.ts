/** Addresses, by V3 and by V2. */
import { describe, expect, it } from 'vitest';
import { pluck } from '../catalog/new-product.js';
import { startMock } from '../mock.js';
import { addressBody, ADDRESSES, addressV2Body, CUSTOMERS, newCustomer } from './new-customer.js';

describe('createCustomersAddresses', () => {
  it('keeps an address once, whereas V2 keeps it twice', async () => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    const { body: first } = await mock.post(ADDRESSES, [{ ...addressBody, customer_id }]).expect(200);
    expect(first.data).toMatchObject([{ customer_id, country: 'United States', address_type: 'residential' }]);
    const { body: again } = await mock.post(ADDRESSES, [{ ...addressBody, customer_id }]).expect(200);
    expect(again.data).toEqual([]);
    const { body: v2 } = await mock.post(`/v2/customers/${String(customer_id)}/addresses`, addressV2Body).expect(200);
    expect(v2.id).not.toBe(first.data[0].id);
    expect(v2).toMatchObject({ customer_id, street_1: '12 Alder Street', country_iso2: 'US' });
    const { body } = await mock.get(`${CUSTOMERS}?include=addresses`).expect(200);
    expect(body.data[0].addresses).toHaveLength(2);
    await mock.delete(`${ADDRESSES}?id:in=${String(v2.id)}`).expect(204);
    const left = await mock.get(`${ADDRESSES}?customer_id:in=${String(customer_id)}`).expect(200);
    expect(pluck(left, 'id')).toEqual([first.data[0].id]);
  });

  it.each([
    ['the code of a state', { state_or_province: 'TX' }, '0.state_or_province'],
    ['a country that is none', { country_code: 'XX' }, '0.country_code'],
    ['a customer that is none', { customer_id: 999 }, '0.customer_id'],
  ])('refuses %s', async (_, wrong, field) => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    const { body } = await mock.post(ADDRESSES, [{ ...addressBody, customer_id, ...wrong }]).expect(422);
    expect(Object.keys(body.errors as object)).toEqual([field]);
  });

  it('names a missing field by itself', async () => {
    const mock = await startMock();
    const { body } = await mock.post(ADDRESSES, [{ ...addressBody }]).expect(422);
    expect(body.errors).toEqual({ customer_id: 'error.path.missing' });
  });
});

describe('updateCustomersAddresses', () => {
  it('changes an address, but not into another that the customer has', async () => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    const { body } = await mock
      .post(ADDRESSES, [
        { ...addressBody, customer_id },
        { ...addressBody, customer_id, city: 'Dallas' },
      ])
      .expect(200);
    const [, { id }] = body.data as [unknown, { id: number }];
    const { body: same } = await mock.put(ADDRESSES, [{ id, city: 'Austin' }]).expect(200);
    expect(same.data).toEqual([]);
    const { body: other } = await mock.put(ADDRESSES, [{ id, city: 'Toronto', country_code: 'CA' }]).expect(200);
    expect(other.data).toMatchObject([{ id, city: 'Toronto', country: 'Canada' }]);
  });
});

describe('deleteCustomersAddresses', () => {
  it('asks for ids', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete(ADDRESSES).expect(422);
  });
});

describe('createCustomerAddress', () => {
  it('asks for the fields in the observed order', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock);
    const path = `/v2/customers/${String(id)}/addresses`;
    const { body } = await mock.post(path, {}).expect(400);
    expect(body[0].message).toBe("The required field 'first_name' was not supplied.");
    const { body: nowhere } = await mock.post(path, { ...addressV2Body, country: 'Nowhere' }).expect(400);
    expect(nowhere[0].message).toBe("The field 'country' is invalid.");
    await mock.post('/v2/customers/999/addresses', addressV2Body).expect(404);
  });

  it('takes a blank for no state', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock);
    const sent = { ...addressV2Body, state: ' ', country: 'United Kingdom' };
    const { body } = await mock.post(`/v2/customers/${String(id)}/addresses`, sent).expect(200);
    expect(body).toMatchObject({ state: '', country: 'United Kingdom', country_iso2: 'GB' });
  });
});

describe('updateCustomerAddress', () => {
  it('changes an address of its customer only', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock);
    const other = await newCustomer(mock, { email: 'other@example.com' });
    const { body } = await mock.post(`/v2/customers/${String(id)}/addresses`, addressV2Body).expect(200);
    const path = (owner: number): string => `/v2/customers/${String(owner)}/addresses/${String(body.id)}`;
    const { body: changed } = await mock.put(path(id), { city: 'Dallas' }).expect(200);
    expect(changed).toMatchObject({ city: 'Dallas', street_1: '12 Alder Street', country: 'United States' });
    await mock.put(path(other), { city: 'Dallas' }).expect(404);
    await mock.get(path(other)).expect(404);
  });
});

describe('deleteCustomerAddresses', () => {
  it('deletes all addresses of one customer', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete('/v2/customers/4/addresses').expect(204);
    await mock.get('/v2/customers/4/addresses').expect(204);
    expect((await mock.get('/v2/customers/4/addresses/count').expect(200)).body).toEqual({ count: 0 });
    await mock.get('/v2/customers/5/addresses').expect(200);
  });
});
