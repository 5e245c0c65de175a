/** Segments, shopper profiles and who belongs where. */
import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';
import { CUSTOMERS, newCustomer } from './new-customer.js';

const SEGMENTS = '/v3/segments';
const PROFILES = '/v3/shopper-profiles';

async function newSegment(mock: MockClient, name = 'Readers'): Promise<string> {
  const { body } = await mock.post(SEGMENTS, [{ name }]).expect(201);
  return body.data[0].id as string;
}

async function newProfile(mock: MockClient, email = 'ada@example.com'): Promise<{ id: string; customer_id: number }> {
  const customer_id = await newCustomer(mock, { email });
  const { body } = await mock.post(PROFILES, [{ customer_id }]).expect(201);
  return body.data[0] as { id: string; customer_id: number };
}

describe('SegmentsPostRequest', () => {
  it('creates segments with UUIDs', async () => {
    const mock = await startMock();
    const { body } = await mock.post(SEGMENTS, [{ name: 'A' }, { name: 'B', description: 'b' }]).expect(201);
    expect(body.data).toMatchObject([
      { name: 'A', description: '' },
      { name: 'B', description: 'b' },
    ]);
    expect(body.data[0].id).not.toBe(body.data[1].id);
  });

  it('answers 409 for a name that is taken, with the rows that were saved all the same', async () => {
    const mock = await startMock();
    await newSegment(mock, 'A');
    const { body } = await mock.post(SEGMENTS, [{ name: 'A' }, { name: 'B' }]).expect(409);
    expect(body).toMatchObject({
      data: [{ name: 'B' }],
      errors: [{ status: 409, title: 'Cannot have multiple segments with the same name.' }],
      meta: { total: 2, success: 1, failed: 1 },
    });
    expect((await mock.get(SEGMENTS).expect(200)).body.meta.pagination.total).toBe(2);
  });

  it('answers 400 without a name', async () => {
    const mock = await startMock();
    await mock.post(SEGMENTS, [{ description: 'b' }]).expect(400);
  });
});

describe('PutSegmentObjects', () => {
  it('changes segments and answers 201', async () => {
    const mock = await startMock();
    const id = await newSegment(mock);
    const { body } = await mock.put(SEGMENTS, [{ id, description: 'Of everything' }]).expect(201);
    expect(body.data).toMatchObject([{ id, name: 'Readers', description: 'Of everything' }]);
    await mock.put(SEGMENTS, [{ id: '00000000-0000-4000-8000-000000000000', name: 'x' }]).expect(400);
  });
});

describe('ShopperProfilesRequest', () => {
  it('gives a customer one profile and not two', async () => {
    const mock = await startMock();
    const { customer_id } = await newProfile(mock);
    await mock.post(PROFILES, [{ customer_id }]).expect(400);
    await mock.post(PROFILES, [{ customer_id: 999 }]).expect(400);
  });
});

describe('PostShopperProfile', () => {
  it('adds profiles to a segment once, seen from either side and with the customer', async () => {
    const mock = await startMock();
    const segment = await newSegment(mock);
    const { id, customer_id } = await newProfile(mock);
    const path = `${SEGMENTS}/${segment}/shopper-profiles`;
    expect((await mock.post(path, [id]).expect(201)).body.data).toMatchObject([{ id }]);
    expect((await mock.get(path).expect(200)).body.data).toMatchObject([{ id, customer_id }]);
    expect((await mock.get(`${PROFILES}/${id}/segments`).expect(200)).body.data).toMatchObject([{ id: segment }]);
    const { body: customers } = await mock.get(`${CUSTOMERS}?include=shopper_profile_id,segment_ids`).expect(200);
    expect(customers.data[0]).toMatchObject({ shopper_profile_id: id, segment_ids: [segment] });
    const { body } = await mock.post(path, [id]).expect(409);
    expect(body).toMatchObject({
      data: [],
      errors: [
        {
          title: 'Unable to add shopper profiles to segment due to conflicts.',
          errors: { 0: `Shopper profile \`${id}\` already exists for segment \`${segment}\`.` },
        },
      ],
      meta: { total: 1, success: 0, failed: 1 },
    });
  });

  it('answers 404 for a segment that does not exist', async () => {
    const mock = await startMock();
    await mock.post(`${SEGMENTS}/00000000-0000-4000-8000-000000000000/shopper-profiles`, []).expect(404);
  });
});

describe('DeleteShopperProfile', () => {
  it('takes a profile out of a segment and leaves both', async () => {
    const mock = await startMock();
    const segment = await newSegment(mock);
    const { id } = await newProfile(mock);
    const path = `${SEGMENTS}/${segment}/shopper-profiles`;
    await mock.post(path, [id]).expect(201);
    await mock.delete(`${path}?id:in=${id}`).expect(204);
    expect((await mock.get(path).expect(200)).body.data).toEqual([]);
    expect((await mock.get(PROFILES).expect(200)).body.data).toHaveLength(1);
  });
});

describe.each([
  ['DeleteStoreSegment', SEGMENTS],
  ['DeleteStoreShopperProfile', PROFILES],
])('%s', (_, path) => {
  it('deletes nothing without ids', async () => {
    const mock = await startMock({ size: 'small' });
    const count = async (): Promise<number> => (await mock.get(path).expect(200)).body.meta.pagination.total as number;
    const before = await count();
    await mock.delete(path).expect(204);
    expect(before).toBeGreaterThan(0);
    expect(await count()).toBe(before);
  });
});

describe('DeleteStoreSegment', () => {
  it('deletes the segment and leaves its profiles', async () => {
    const mock = await startMock();
    const segment = await newSegment(mock);
    const { id } = await newProfile(mock);
    await mock.post(`${SEGMENTS}/${segment}/shopper-profiles`, [id]).expect(201);
    await mock.delete(`${SEGMENTS}?id:in=${segment}`).expect(204);
    expect((await mock.get(SEGMENTS).expect(200)).body.data).toEqual([]);
    expect((await mock.get(`${PROFILES}/${id}/segments`).expect(200)).body.data).toEqual([]);
  });
});

describe('DeleteStoreShopperProfile', () => {
  it('takes the profile out of its segments', async () => {
    const mock = await startMock();
    const segment = await newSegment(mock);
    const { id } = await newProfile(mock);
    await mock.post(`${SEGMENTS}/${segment}/shopper-profiles`, [id]).expect(201);
    await mock.delete(`${PROFILES}?id:in=${id}`).expect(204);
    expect((await mock.get(`${SEGMENTS}/${segment}/shopper-profiles`).expect(200)).body.data).toEqual([]);
  });
});
