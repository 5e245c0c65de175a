/** Who pays refunds back: the providers that were paid, store credit, the merchant by hand. */
import { describe, expect, it } from 'vitest';
import { ADDRESS, startChecked, type CheckedMock } from '../carts/checked-calls.js';

interface Option {
  readonly provider_id: string;
  readonly amount: number;
  readonly offline: boolean;
}

/** An order of a customer, for 20, that a gift certificate of 5 and a card paid. */
async function paidTwice() {
  const mock = await startChecked();
  await mock.post('/v2/gift_certificates', {
    to_name: 'A',
    to_email: 'a@example.com',
    from_name: 'B',
    from_email: 'b@example.com',
    amount: 5,
    code: 'GIFT-5',
    status: 'active',
  });
  const customer = { first_name: 'Ada', last_name: 'Byron', email: 'ada@example.com' };
  const { body: customers } = await mock.post('/v3/customers', [customer]).expect(200);
  const customer_id = (customers as { data: { id: number }[] }).data[0]!.id;
  const { email, first_name, last_name, address1, city, state_or_province, postal_code, country_code } = ADDRESS;
  const { body: order } = await mock
    .post('/v2/orders', {
      status_id: 0,
      customer_id,
      products: [{ name: 'Mug', quantity: 2, price_ex_tax: 10, price_inc_tax: 10 }],
      billing_address: {
        ...{ email, first_name, last_name, city },
        street_1: address1,
        state: state_or_province,
        zip: postal_code,
        country_iso2: country_code,
      },
    })
    .expect(200);
  const { id } = order as { id: number };
  const { body } = await mock.post('/v3/payments/access_tokens', { order: { id } }).expect(201);
  const headers = { authorization: `PAT ${(body as { data: { id: string } }).data.id}` };
  const pay = (instrument: object, payment_method_id: string) =>
    mock.call(201, 'POST', '/payments', { payment: { instrument, payment_method_id } }, { headers });
  await pay({ type: 'gift_certificate', gift_certificate_code: 'GIFT-5' }, 'bigcommerce.gift_certificate');
  const card = { cardholder_name: 'Ada', number: '4111111111111111', expiry_month: 12, expiry_year: 2032 };
  await pay({ type: 'card', ...card }, 'stripe.card');
  return { mock, id, customer_id, path: `/v3/orders/${id}/payment_actions` };
}

async function quoted(mock: CheckedMock, path: string, item_id: number, amount: number): Promise<Option[][]> {
  const items = [{ item_type: 'ORDER', item_id, amount }];
  const { body } = await mock.call(201, 'POST', `${path}/refund_quotes`, { items });
  return (body as { data: { refund_methods: Option[][] } }).data.refund_methods;
}

describe('createOrderRefundQuotes', () => {
  it('offers each provider up to what it took, then store credit, then the merchant', async () => {
    const { mock, id, path } = await paidTwice();
    expect(await quoted(mock, path, id, 20)).toMatchObject([
      [
        { provider_id: 'giftcertificate', amount: 5, offline: false },
        { provider_id: 'stripe', amount: 15, offline: false },
      ],
      [{ provider_id: 'storecredit', amount: 20, offline: false }],
      [{ provider_id: 'custom', amount: 20, offline: true }],
    ]);
    const [first] = await quoted(mock, path, id, 4);
    expect(first).toMatchObject([{ provider_id: 'giftcertificate', amount: 4 }]);
  });
});

describe('createOrderRefund', () => {
  it('gives the money to the certificate and to the account, and no provider more than it took', async () => {
    const { mock, id, customer_id, path } = await paidTwice();
    const refund = (payments: object[], amount: number, status: number) =>
      mock.call(status, 'POST', `${path}/refunds`, { items: [{ item_type: 'ORDER', item_id: id, amount }], payments });
    await refund([{ provider_id: 'stripe', amount: 16 }], 16, 422);
    await refund(
      [
        { provider_id: 'giftcertificate', amount: 3 },
        { provider_id: 'storecredit', amount: 7 },
      ],
      10,
      201,
    );
    const { body: certificates } = await mock.get('/v2/gift_certificates').expect(200);
    expect(certificates).toMatchObject([{ balance: '3.0000' }]);
    const { body: customers } = await mock.get(`/v3/customers?id:in=${customer_id}`).expect(200);
    expect(customers).toMatchObject({ data: [{ store_credit_amounts: [{ amount: 7 }] }] });
    const { body: transactions } = await mock.call(200, 'GET', `/v3/orders/${id}/transactions`);
    const [certificate] = (transactions as { data: { id: number }[] }).data;
    expect(transactions).toMatchObject({
      data: [
        { event: 'purchase', method: 'gift_certificate', amount: 5 },
        { event: 'purchase', method: 'credit_card', amount: 15 },
        { event: 'refund', method: 'gift_certificate', amount: 3, reference_transaction_id: certificate!.id },
        { event: 'refund', method: 'store_credit', amount: 7 },
      ],
    });
    expect((await quoted(mock, path, id, 10))[0]).toMatchObject([
      { provider_id: 'giftcertificate', amount: 2 },
      { provider_id: 'stripe', amount: 8 },
    ]);
  });
});
