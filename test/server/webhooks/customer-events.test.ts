/** Which writes to customers, addresses and subscribers, V2 or V3, raise which events. */
import { describe, expect, it } from 'vitest';
import { ADDRESSES, addressBody, CUSTOMERS, customerBody, newCustomer } from '../customers/new-customer.js';
import { listen } from './heard.js';

describe('customers', () => {
  it('tell of each element of a batch', async () => {
    const { mock, heard } = await listen();
    const { body } = await mock.post(CUSTOMERS, [customerBody(), customerBody('bo@example.com')]).expect(200);
    const [ada, bo] = (body.data as { id: number }[]).map(({ id }) => id);
    expect(await heard()).toEqual([
      { scope: 'store/customer/created', data: { type: 'customer', id: ada } },
      { scope: 'store/customer/created', data: { type: 'customer', id: bo } },
    ]);
    await mock
      .put(CUSTOMERS, [
        { id: ada, company: 'Kettle & Co' },
        { id: bo, first_name: 'Ada' },
      ])
      .expect(200);
    expect(await heard()).toEqual([{ scope: 'store/customer/updated', data: { type: 'customer', id: ada } }]);
    await mock.delete(`${CUSTOMERS}?id:in=${String(ada)},${String(bo)}`).expect(204);
    expect((await heard()).map(({ scope }) => scope)).toEqual(['store/customer/deleted', 'store/customer/deleted']);
  });

  it('tell the same of V2', async () => {
    const { mock, scopes } = await listen();
    const { body } = await mock.post('/v2/customers', customerBody()).expect(200);
    await mock.put(`/v2/customers/${String(body.id)}`, { notes: 'Likes tea' }).expect(200);
    await mock.delete(`/v2/customers/${String(body.id)}`).expect(204);
    expect(await scopes()).toEqual(['store/customer/created', 'store/customer/updated', 'store/customer/deleted']);
  });

  it('do not count addresses and attribute values as changes of theirs (scenario 18)', async () => {
    const { mock, heard, scopes } = await listen();
    const customer_id = await newCustomer(mock);
    const { body: attribute } = await mock
      .post('/v3/customers/attributes', [{ name: 'Cups', type: 'string' }])
      .expect(200);
    await heard();
    const { body } = await mock.post(ADDRESSES, [{ ...addressBody, customer_id }]).expect(200);
    const { id } = body.data[0];
    expect(await heard()).toEqual([
      { scope: 'store/customer/address/created', data: { type: 'customer', id, address: { customer_id } } },
    ]);
    await mock.put(ADDRESSES, [{ id, city: 'Houston' }]).expect(200);
    await mock.put(ADDRESSES, [{ id, city: 'Houston' }]).expect(200);
    await mock
      .put('/v3/customers/attribute-values', [{ customer_id, attribute_id: attribute.data[0].id, value: '3' }])
      .expect(200);
    expect(await scopes()).toEqual(['store/customer/address/updated']);
    await mock.delete(`${ADDRESSES}?id:in=${String(id)}`).expect(204);
    expect(await scopes()).toEqual(['store/customer/address/deleted']);
  });

  it('tell of the channels that they may sign in to', async () => {
    const { mock, heard } = await listen({ size: 'small' });
    const id = await newCustomer(mock, { channel_ids: [1] });
    await heard();
    await mock.put(CUSTOMERS, [{ id, channel_ids: [1, 1000421] }]).expect(200);
    expect(await heard()).toEqual([
      { scope: 'store/customer/updated', data: { type: 'customer', id } },
      {
        scope: 'store/customer/channel/login/access/updated',
        data: { customer_id: id, channel_ids: [1, 1000421] },
      },
    ]);
  });
});

describe('subscribers', () => {
  it('tell of what becomes of them', async () => {
    const { mock, heard, scopes } = await listen();
    const { body } = await mock.post('/v3/customers/subscribers', { email: 'ada@example.com' }).expect(200);
    const { id } = body.data;
    expect(await heard()).toEqual([{ scope: 'store/subscriber/created', data: { type: 'subscriber', id } }]);
    await mock.put(`/v3/customers/subscribers/${String(id)}`, { first_name: 'Ada' }).expect(200);
    await mock.delete(`/v3/customers/subscribers/${String(id)}`).expect(204);
    expect(await scopes()).toEqual(['store/subscriber/updated', 'store/subscriber/deleted']);
  });
});
