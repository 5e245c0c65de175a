/** Customers of V2, which are those of V3 in another form. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { CUSTOMERS, customerBody, newCustomer } from './new-customer.js';

const CUSTOMERS_V2 = '/v2/customers';

describe('createCustomer', () => {
  it('creates a customer that V3 shows too', async () => {
    const mock = await startMock();
    const { body } = await mock
      .post(CUSTOMERS_V2, { ...customerBody(), store_credit: '10', notes: 'Friendly', registration_ip_address: '::1' })
      .expect(200);
    expect(body).toMatchObject({
      email: 'ada@example.com',
      store_credit: '10.0000',
      notes: 'Friendly',
      registration_ip_address: '::1',
      reset_pass_on_login: false,
      accepts_marketing: false,
      form_fields: null,
      addresses: { resource: `/customers/${String(body.id)}/addresses` },
    });
    expect(body.date_created).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
    const { body: v3 } = await mock.get(`${CUSTOMERS}?id:in=${String(body.id)}`).expect(200);
    expect(v3.data[0]).toMatchObject({ email: 'ada@example.com', store_credit_amounts: [{ amount: 10 }] });
  });

  it('accepts marketing when V3 says that e-mails about reviews and abandoned carts are welcome', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock, { accepts_product_review_abandoned_cart_emails: true });
    expect((await mock.get(`${CUSTOMERS_V2}/${String(id)}`).expect(200)).body.accepts_marketing).toBe(true);
  });

  it.each([
    ['the first missing field', {}, "The required field 'first_name' was not supplied."],
    ['an email address that is none', { ...customerBody('nobody') }, "The field 'email' is invalid."],
    ['an unknown group', { ...customerBody(), customer_group_id: 99 }, "The field 'customer_group_id' is invalid."],
    [
      'passwords that differ',
      { ...customerBody(), _authentication: { password: 'one', password_confirmation: 'two' } },
      "The field 'password_confirmation' is invalid.",
    ],
    [
      'a date of creation',
      { ...customerBody(), date_created: 'Fri, 24 Apr 2020 19:56:35 +0000' },
      "The field 'date_created' cannot be written to. Please remove it from your request before trying again.",
    ],
  ])('refuses %s', async (_, sent, message) => {
    const mock = await startMock();
    const { body } = await mock.post(CUSTOMERS_V2, sent).expect(400);
    expect(body[0].message).toBe(message);
    await mock.get(CUSTOMERS_V2).expect(204);
  });

  it('answers 409 when the email address is taken', async () => {
    const mock = await startMock();
    await newCustomer(mock);
    const { body } = await mock.post(CUSTOMERS_V2, customerBody('ADA@example.com')).expect(409);
    expect(body).toHaveLength(1);
    expect(body[0].status).toBe(409);
  });
});

describe('updateCustomer', () => {
  it('changes what is sent', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock, { phone: '555' });
    const { body } = await mock
      .put(`${CUSTOMERS_V2}/${String(id)}`, { company: 'Pine', email: 'new@x.com' })
      .expect(200);
    expect(body).toMatchObject({ id, company: 'Pine', phone: '555', email: 'new@x.com' });
  });

  it('answers 409 for the email address of another, 404 for nobody', async () => {
    const mock = await startMock();
    await newCustomer(mock, { email: 'a@example.com' });
    const id = await newCustomer(mock, { email: 'b@example.com' });
    await mock.put(`${CUSTOMERS_V2}/${String(id)}`, { email: 'a@example.com' }).expect(409);
    await mock.put(`${CUSTOMERS_V2}/999`, { company: 'Pine' }).expect(404);
  });
});

describe('getCustomersV2', () => {
  it('lists bare rows by filters, pages by 204 when there are none', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get(`${CUSTOMERS_V2}?min_id=3&max_id=4`).expect(200);
    expect(body).toMatchObject([{ id: 3 }, { id: 4 }]);
    const { body: byEmail } = await mock.get(`${CUSTOMERS_V2}?email=${body[0].email as string}`).expect(200);
    expect(byEmail).toHaveLength(1);
    await mock.get(`${CUSTOMERS_V2}?first_name=Nobody`).expect(204);
    await mock.get(`${CUSTOMERS_V2}?page=9`).expect(204);
  });

  it('has no filter by id', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get(`${CUSTOMERS_V2}?id=1`).expect(400);
    expect(body[0].message).toBe("The field 'id' is not supported by this resource.");
  });
});

describe('getCustomersCount', () => {
  it('counts them all', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get(`${CUSTOMERS_V2}/count`).expect(200);
    expect(body).toEqual({ count: 10 });
  });
});

describe('deleteCustomersV2', () => {
  it('deletes a hundred per call', async () => {
    const mock = await startMock({ size: 'customers=130' });
    await mock.delete(CUSTOMERS_V2).expect(204);
    const { body } = await mock.get(`${CUSTOMERS_V2}/count`).expect(200);
    expect(body).toEqual({ count: 30 });
    await mock.delete(CUSTOMERS_V2).expect(204);
    await mock.get(CUSTOMERS_V2).expect(204);
  });
});

describe('validateCustomerPassword', () => {
  it('tells whether a password is the customer’s', async () => {
    const mock = await startMock();
    const sent = { ...customerBody(), _authentication: { password: 'one', password_confirmation: 'one' } };
    const { body } = await mock.post(CUSTOMERS_V2, sent).expect(200);
    const path = `${CUSTOMERS_V2}/${String(body.id)}/validate`;
    expect((await mock.post(path, { password: 'one' }).expect(200)).body).toEqual({ success: true });
    expect((await mock.post(path, { password: 'two' }).expect(200)).body).toEqual({ success: false });
    await mock.post(`${CUSTOMERS_V2}/999/validate`, { password: 'one' }).expect(404);
  });
});
