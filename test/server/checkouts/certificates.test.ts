/** Gift certificates and store credit, from a checkout to the order that is paid. */
import { beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, productOf, startChecked, type CheckedMock } from '../carts/checked-calls.js';

let mock: CheckedMock;

beforeEach(async () => {
  mock = await startChecked();
});

const person = { name: 'Ada Okafor', email: 'ada@example.com' };

/** An order of digital goods for 60, of a checkout that a certificate of the given worth was used in. */
async function orderPaidBy(amount: number): Promise<{ order: number; certificate: number }> {
  const sent = { to_name: 'A', to_email: 'a@example.com', from_name: 'B', from_email: 'b@example.com', amount };
  const { body: certificate } = await mock.call(201, 'POST', '/v2/gift_certificates', sent);
  const { id: product_id } = await productOf(mock, { type: 'digital', price: 60 });
  const line_items = [{ product_id, quantity: 1 }];
  const { body: cart } = await mock.call(201, 'POST', '/v3/carts', { line_items });
  const { id } = (cart as { data: { id: string } }).data;
  const { id: certificateId, code } = certificate as { id: number; code: string };
  const path = `/api/storefront/checkouts/${id}/gift-certificates`;
  await mock.call(200, 'POST', path, { giftCertificateCode: code });
  await mock.call(200, 'POST', `/v3/checkouts/${id}/billing-address`, ADDRESS);
  const { body: order } = await mock.call(200, 'POST', `/v3/checkouts/${id}/orders`);
  return { order: (order as { data: { id: number } }).data.id, certificate: certificateId };
}

const certificateOf = async (id: number): Promise<object> =>
  (await mock.get(`/v2/gift_certificates/${String(id)}`).expect(200)).body as object;

describe('a gift certificate used in a checkout', () => {
  it('is promised to the order, and spent once the order is more than incomplete', async () => {
    const { order, certificate } = await orderPaidBy(25);
    expect((await mock.get(`/v2/orders/${String(order)}`)).body).toMatchObject({
      total_inc_tax: '60.0000',
      gift_certificate_amount: '25.0000',
    });
    expect(await certificateOf(certificate)).toMatchObject({ balance: '25.0000' });
    await mock.call(200, 'PUT', `/v2/orders/${String(order)}`, { status_id: 11 });
    expect(await certificateOf(certificate)).toMatchObject({ balance: '0.0000' });
    const { body } = await mock.call(200, 'GET', `/v3/orders/${String(order)}/transactions`);
    expect((body as { data: object[] }).data).toMatchObject([
      { method: 'gift_certificate', amount: 25, gift_certificate: { remaining_balance: 0 } },
    ]);
  });

  it('keeps what the order does not need', async () => {
    const { order, certificate } = await orderPaidBy(100);
    await mock.call(200, 'PUT', `/v2/orders/${String(order)}`, { status_id: 11 });
    expect(await certificateOf(certificate)).toMatchObject({ balance: '40.0000' });
  });

  it('leaves the rest to be paid by card', async () => {
    const { order } = await orderPaidBy(25);
    const { body } = await mock.call(201, 'POST', '/v3/payments/access_tokens', { order: { id: order } });
    const token = (body as { data: { id: string } }).data.id;
    const payment = {
      payment_method_id: 'stripe.card',
      instrument: {
        type: 'card',
        number: '4111111111111111',
        cardholder_name: 'Ada Okafor',
        expiry_month: 12,
        expiry_year: 2040,
        verification_value: '411',
      },
    };
    await mock.raw
      .post('/stores/mockstore1/payments')
      .set({ authorization: `PAT ${token}`, accept: 'application/vnd.bc.v1+json' })
      .send({ payment })
      .expect(201);
    const { body: paid } = await mock.get(`/v3/orders/${String(order)}/transactions`).expect(200);
    const amounts = (paid as { data: { method: string; amount: number }[] }).data;
    expect(amounts.map(({ method, amount }) => [method, amount]).sort()).toEqual([
      ['credit_card', 35],
      ['gift_certificate', 25],
    ]);
    expect((await mock.get(`/v2/orders/${String(order)}`)).body).toMatchObject({ status_id: 11 });
  });
});

describe('a gift certificate that is bought', () => {
  it('exists once its order is more than incomplete, with the order and the people on it', async () => {
    const bought = { name: 'Gift', theme: 'Birthday', amount: 30, quantity: 2, sender: person, recipient: person };
    const { body: cart } = await mock.call(201, 'POST', '/v3/carts', { gift_certificates: [bought] });
    const { id } = (cart as { data: { id: string } }).data;
    await mock.call(200, 'POST', `/v3/checkouts/${id}/billing-address`, ADDRESS);
    const { body: answer } = await mock.call(200, 'POST', `/v3/checkouts/${id}/orders`);
    const order = (answer as { data: { id: number } }).data.id;
    await mock.get('/v2/gift_certificates').expect(204);
    await mock.call(200, 'PUT', `/v2/orders/${String(order)}`, { status_id: 11 });
    const { body } = await mock.call(200, 'GET', '/v2/gift_certificates');
    const one = { amount: '30.0000', balance: '30.0000', order_id: order, template: 'birthday.html' };
    expect(body).toMatchObject([one, { ...one, to_email: person.email, status: 'active' }]);
  });
});
