/** Customers of V3. */
import { describe, expect, it } from 'vitest';
import { CUSTOMER_PASSWORD } from '../../../fixtures/index.js';
import { pluck } from '../catalog/new-product.js';
import { startMock } from '../mock.js';
import { addressBody, CUSTOMERS, customerBody, newCustomer } from './new-customer.js';

describe('createCustomers', () => {
  it('creates customers with the defaults of a store, open on every channel', async () => {
    const mock = await startMock();
    const { body } = await mock.post(CUSTOMERS, [customerBody('a@example.com'), customerBody('b@example.com')]);
    expect(body.data).toHaveLength(2);
    expect(body.data[0]).toMatchObject({
      email: 'a@example.com',
      company: '',
      customer_group_id: 0,
      channel_ids: null,
      origin_channel_id: 1,
      store_credit_amounts: [{ amount: 0 }],
      authentication: { force_password_reset: false },
      accepts_product_review_abandoned_cart_emails: false,
    });
    expect(body.data[0]).not.toHaveProperty('password');
    expect(body.data[0]).not.toHaveProperty('addresses');
    expect(body.data[1].id).toBeGreaterThan(body.data[0].id);
  });

  it('refuses an email address that is taken, in any capitals, and creates none of the batch', async () => {
    const mock = await startMock();
    await newCustomer(mock, { email: 'taken@example.com' });
    const { body } = await mock
      .post(CUSTOMERS, [customerBody('free@example.com'), customerBody('TAKEN@example.com')])
      .expect(422);
    expect(body).toMatchObject({
      status: 422,
      title: 'Create customers failed.',
      errors: { '.customer_create': 'Error creating customers: email TAKEN@example.com already in use' },
    });
    const { body: listed } = await mock.get(`${CUSTOMERS}?email:in=free@example.com`).expect(200);
    expect(listed.data).toEqual([]);
  });

  it('refuses the same email address twice within a batch', async () => {
    const mock = await startMock();
    await mock.post(CUSTOMERS, [customerBody(), customerBody()]).expect(422);
    const { body } = await mock.get(CUSTOMERS).expect(200);
    expect(body.meta.pagination.total).toBe(0);
  });

  it('takes ten customers at a time and no more', async () => {
    const mock = await startMock();
    const bodies = Array.from({ length: 11 }, (_, place) => customerBody(`c${String(place)}@example.com`));
    await mock.post(CUSTOMERS, bodies).expect(413);
    await mock.post(CUSTOMERS, bodies.slice(1)).expect(200);
  });

  it('names a missing field by itself', async () => {
    const mock = await startMock();
    const { body } = await mock.post(CUSTOMERS, [{ email: 'a@example.com', first_name: 'Ada' }]).expect(422);
    expect(body).toMatchObject({
      title: 'JSON data is missing or invalid',
      errors: { last_name: 'error.path.missing' },
    });
  });

  it('creates addresses, attribute values and form fields along, shown by include only', async () => {
    const mock = await startMock();
    const { body: attribute } = await mock
      .post('/v3/customers/attributes', [{ name: 'Tier', type: 'string' }])
      .expect(200);
    const attribute_id = attribute.data[0].id as number;
    const id = await newCustomer(mock, {
      addresses: [addressBody, addressBody],
      attributes: [{ attribute_id, attribute_value: 'gold' }],
      form_fields: [{ name: 'shirt_size', value: 'Large' }],
    });
    const include = 'addresses,attributes,formfields,shopper_profile_id,segment_ids';
    const { body } = await mock.get(`${CUSTOMERS}?id:in=${String(id)}&include=${include}`).expect(200);
    expect(body.data[0]).toMatchObject({
      addresses: [{ customer_id: id, country: 'United States' }],
      attributes: [{ attribute_id, attribute_value: 'gold' }],
      form_fields: [{ name: 'shirt_size', value: 'Large', customer_id: id }],
      shopper_profile_id: null,
      segment_ids: [],
    });
    expect(body.data[0].addresses).toHaveLength(1);
  });

  it('refuses an attribute that does not exist, and the customer with it', async () => {
    const mock = await startMock();
    await mock
      .post(CUSTOMERS, [{ ...customerBody(), attributes: [{ attribute_id: 99, attribute_value: 'x' }] }])
      .expect(422);
    const { body } = await mock.get(CUSTOMERS).expect(200);
    expect(body.data).toEqual([]);
  });

  it('puts new customers into the default group of the settings', async () => {
    const mock = await startMock();
    const { body: group } = await mock.post('/v2/customer_groups', { name: 'Everyone' }).expect(200);
    await mock
      .put('/v3/customers/settings', { customer_group_settings: { default_customer_group_id: group.id } })
      .expect(200);
    const { body } = await mock.post(CUSTOMERS, [customerBody()]).expect(200);
    expect(body.data[0].customer_group_id).toBe(group.id);
  });
});

describe('updateCustomers', () => {
  it('changes what is sent and leaves the rest', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock, { phone: '555', origin_channel_id: 1 });
    const { body } = await mock.put(CUSTOMERS, [{ id, company: 'Pine', origin_channel_id: 7 }]).expect(200);
    expect(body.data[0]).toMatchObject({ id, company: 'Pine', phone: '555', origin_channel_id: 1 });
  });

  it('refuses the id of nobody by its position, and changes nothing', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock);
    const { body } = await mock
      .put(CUSTOMERS, [
        { id, company: 'Pine' },
        { id: 999, company: 'Oak' },
      ])
      .expect(422);
    expect(body).toMatchObject({ title: 'Update customers failed.', errors: { '1.id': 'invalid customer ID' } });
    const { body: listed } = await mock.get(`${CUSTOMERS}?id:in=${String(id)}`).expect(200);
    expect(listed.data[0].company).toBe('');
  });

  it('asks for the id', async () => {
    const mock = await startMock();
    const { body } = await mock.put(CUSTOMERS, [{ company: 'Pine' }]).expect(422);
    expect(body).toMatchObject({
      title: 'JSON data is missing or invalid',
      errors: { id: 'error.path.missing' },
    });
  });

  it('refuses the email address of another', async () => {
    const mock = await startMock();
    await newCustomer(mock, { email: 'a@example.com' });
    const id = await newCustomer(mock, { email: 'b@example.com' });
    const { body } = await mock.put(CUSTOMERS, [{ id, email: 'a@example.com' }]).expect(422);
    expect(body.title).toBe('Update customers failed.');
    await mock.put(CUSTOMERS, [{ id, email: 'B@example.com' }]).expect(200);
  });
});

describe('getCustomers', () => {
  it('pages on by cursor, even when the row of the cursor is deleted on the way', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: first } = await mock.get(`${CUSTOMERS}?limit=3`).expect(200);
    const { end_cursor, links } = first.meta.cursor_pagination;
    expect(links.next).toBe(`?limit=3&after=${encodeURIComponent(end_cursor)}`);
    await mock.delete(`${CUSTOMERS}?id:in=3`).expect(204);
    const { body: second } = await mock.get(`${CUSTOMERS}${String(links.next)}`).expect(200);
    expect(pluck({ body: second }, 'id')).toEqual([4, 5, 6]);
    expect(second.meta).not.toHaveProperty('pagination');
    const { body: back } = await mock
      .get(`${CUSTOMERS}?limit=3&before=${encodeURIComponent(second.meta.cursor_pagination.start_cursor)}`)
      .expect(200);
    expect(pluck({ body: back }, 'id')).toEqual([1, 2]);
    await mock.get(`${CUSTOMERS}?after=nonsense`).expect(422);
  });

  it('refuses a filter that there is not', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${CUSTOMERS}?foo=1`).expect(422);
    expect(body.title).toBe('The filter(s): foo are not valid filter parameter(s).');
  });

  it('finds customers by name, email, company and group', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock, { first_name: 'Greta', last_name: 'Holm', company: 'Pine', email: 'g@x.com' });
    await newCustomer(mock);
    for (const query of ['name:in=Greta Holm', 'name:like=eta hol', 'email:in=G@x.com', 'company:in=Pine']) {
      const found = await mock.get(`${CUSTOMERS}?${encodeURI(query)}`).expect(200);
      expect(pluck(found, 'id'), query).toEqual([id]);
    }
  });

  it('sorts by last name both ways', async () => {
    const mock = await startMock();
    for (const last_name of ['Cole', 'Abbott', 'Berg']) {
      await newCustomer(mock, { last_name, email: `${last_name}@example.com` });
    }
    const names = async (sort: string): Promise<unknown[]> =>
      pluck(await mock.get(`${CUSTOMERS}?sort=${sort}`).expect(200), 'last_name');
    expect(await names('last_name:asc')).toEqual(['Abbott', 'Berg', 'Cole']);
    expect(await names('last_name:desc')).toEqual(['Cole', 'Berg', 'Abbott']);
  });
});

describe('deleteCustomers', () => {
  it('deletes nobody when no ids are given', async () => {
    const mock = await startMock();
    await newCustomer(mock);
    await mock.delete(CUSTOMERS).expect(204);
    const { body } = await mock.get(CUSTOMERS).expect(200);
    expect(body.data).toHaveLength(1);
  });

  it('takes along what belongs to the customer, and passes over ids of nobody', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete(`${CUSTOMERS}?id:in=1,99999`).expect(204);
    for (const path of ['addresses', 'attribute-values']) {
      const { body } = await mock.get(`/v3/customers/${path}?customer_id:in=1`).expect(200);
      expect(body.data, path).toEqual([]);
    }
    const { body: wishlists } = await mock.get('/v3/wishlists?customer_id=1').expect(200);
    expect(wishlists.data).toEqual([]);
    await mock.get('/v3/customers/1/metafields').expect(404);
    const profiles = await mock.get('/v3/shopper-profiles').expect(200);
    expect(pluck(profiles, 'customer_id')).not.toContain(1);
  });
});

describe('validateCustomerCredentials', () => {
  const CREDENTIALS = '/v3/customers/validate-credentials';

  it('tells whose account an email address and a password open, without an envelope', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock, { authentication: { new_password: 'Secret-123' } });
    const { body } = await mock.post(CREDENTIALS, { email: 'ADA@example.com', password: 'Secret-123' }).expect(200);
    expect(body).toEqual({ is_valid: true, customer_id: id });
    const { body: wrong } = await mock.post(CREDENTIALS, { email: 'ada@example.com', password: 'no' }).expect(200);
    expect(wrong).toEqual({ is_valid: false });
  });

  it('opens an account that has channels on these only, any other where global logins are allowed', async () => {
    const mock = await startMock({ size: 'small' });
    const bound = { email: 'bound@example.com', password: 'Secret-123' };
    await newCustomer(mock, { ...bound, channel_ids: [1000421], authentication: { new_password: 'Secret-123' } });
    const valid = async (body: object): Promise<boolean> =>
      (await mock.post(CREDENTIALS, body).expect(200)).body.is_valid as boolean;
    expect(await valid({ ...bound, channel_id: 1 })).toBe(false);
    expect(await valid({ ...bound, channel_id: 1000421 })).toBe(true);
    const { body } = await mock.get(`${CUSTOMERS}?id:in=2`).expect(200);
    const global = { email: body.data[0].email as string, password: CUSTOMER_PASSWORD };
    expect(await valid(global)).toBe(true);
    expect(await valid({ ...global, channel_id: 1000421 })).toBe(false);
    await mock.put('/v3/customers/settings/channels/1000421', { allow_global_logins: true }).expect(200);
    expect(await valid({ ...global, channel_id: 1000421 })).toBe(true);
  });
});
