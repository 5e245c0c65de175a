/** Customer attributes and their values. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { newCustomer } from './new-customer.js';

const ATTRIBUTES = '/v3/customers/attributes';
const VALUES = '/v3/customers/attribute-values';

async function newAttribute(mock: MockClient, type: string, name = 'Points'): Promise<number> {
  const { body } = await mock.post(ATTRIBUTES, [{ name, type }]).expect(200);
  return body.data[0].id as number;
}

describe('upsertCustomersAttributeValues', () => {
  it('sets one value per customer and attribute, read back under another name', async () => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    const attribute_id = await newAttribute(mock, 'number');
    const { body: first } = await mock.put(VALUES, [{ customer_id, attribute_id, value: '7' }]).expect(200);
    const { body: second } = await mock.put(VALUES, [{ customer_id, attribute_id, value: '8' }]).expect(200);
    expect(second.data[0].id).toBe(first.data[0].id);
    const { body } = await mock.get(`${VALUES}?customer_id:in=${String(customer_id)}&name=Points`).expect(200);
    expect(body.data).toMatchObject([{ customer_id, attribute_id, attribute_value: '8' }]);
  });

  it.each([
    ['number', 'seven'],
    ['date', 'some day'],
  ])('refuses a text that is no %s', async (type, value) => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    const attribute_id = await newAttribute(mock, type);
    const { body } = await mock.put(VALUES, [{ customer_id, attribute_id, value }]).expect(422);
    expect(Object.keys(body.errors as object)).toEqual(['0.value']);
  });

  it('refuses unknown customers and attributes', async () => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    const attribute_id = await newAttribute(mock, 'string');
    await mock.put(VALUES, [{ customer_id: 999, attribute_id, value: 'x' }]).expect(422);
    await mock.put(VALUES, [{ customer_id, attribute_id: 999, value: 'x' }]).expect(422);
  });
});

describe('deleteCustomersAttributes', () => {
  it('deletes the values with the attribute', async () => {
    const mock = await startMock();
    const customer_id = await newCustomer(mock);
    const attribute_id = await newAttribute(mock, 'string');
    await mock.put(VALUES, [{ customer_id, attribute_id, value: 'x' }]).expect(200);
    await mock.delete(`${ATTRIBUTES}?id:in=${String(attribute_id)}`).expect(204);
    expect((await mock.get(VALUES).expect(200)).body.data).toEqual([]);
  });
});

describe('updateCustomersAttributes', () => {
  it('renames, and leaves the type as it is', async () => {
    const mock = await startMock();
    const id = await newAttribute(mock, 'string');
    const { body } = await mock.put(ATTRIBUTES, [{ id, name: 'Tier', type: 'number' }]).expect(200);
    expect(body.data).toMatchObject([{ id, name: 'Tier', type: 'string' }]);
  });
});

describe('createCustomersAttributes', () => {
  it('refuses a name that is taken and the fifty-first attribute', async () => {
    const mock = await startMock();
    await newAttribute(mock, 'string');
    await mock.post(ATTRIBUTES, [{ name: 'points', type: 'string' }]).expect(422);
    const more = Array.from({ length: 49 }, (_, place) => ({ name: `A${String(place)}`, type: 'string' }));
    await mock.post(ATTRIBUTES, more).expect(200);
    await mock.post(ATTRIBUTES, [{ name: 'One more', type: 'string' }]).expect(422);
  });
});
