import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const coupon = {
  name: 'Autumn',
  code: 'AUTUMN5',
  type: 'per_total_discount',
  amount: 5,
  applies_to: { entity: 'categories', ids: [0] },
};

async function created(mock: MockClient, more: object = {}): Promise<{ id: number }> {
  return (await mock.post('/v2/coupons', { ...coupon, ...more }).expect(201)).body as { id: number };
}

describe('getCoupons', () => {
  it('lists the coupons of the default store, money as text with four decimals', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v2/coupons').expect(200);
    expect(body[0]).toMatchObject({ amount: '5.0000', min_purchase: '0.0000', expires: '' });
    expect(body[0].date_created).toMatch(/^\w{3}, \d\d \w{3} \d{4} .* \+0000$/);
    const { body: counted } = await mock.get('/v2/coupons/count').expect(200);
    expect(counted).toEqual({ count: body.length });
  });

  it('answers 204 without a body in a store without coupons, and filters by code and type', async () => {
    const mock = await startMock();
    await mock.get('/v2/coupons').expect(204, '');
    await created(mock);
    await created(mock, { name: 'Winter', code: 'WINTER', type: 'percentage_discount' });
    const codes = async (query: string): Promise<string[]> =>
      ((await mock.get(`/v2/coupons?${query}`).expect(200)).body as { code: string }[]).map(({ code }) => code);
    expect(await codes('code=WINTER')).toEqual(['WINTER']);
    expect(await codes('name=Autumn')).toEqual(['AUTUMN5']);
    expect(await codes('type=percentage_discount')).toEqual(['WINTER']);
    expect(await codes('exclude_type=percentage_discount')).toEqual(['AUTUMN5']);
    expect(await codes('min_id=2')).toEqual(['WINTER']);
  });
});

describe('createCoupon', () => {
  it('answers 201 with the defaults', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v2/coupons', { ...coupon, amount: '5', expires: '2030-01-31' }).expect(201);
    expect(body).toMatchObject({
      amount: '5.0000',
      num_uses: 0,
      max_uses: 0,
      enabled: true,
      expires: 'Thu, 31 Jan 2030 00:00:00 +0000',
      restricted_to: {},
      shipping_methods: [],
    });
  });

  it('refuses a name or a code that is taken with 409', async () => {
    const mock = await startMock();
    await created(mock);
    await mock.post('/v2/coupons', { ...coupon, code: 'OTHER' }).expect(409);
    await mock.post('/v2/coupons', { ...coupon, name: 'Other', code: 'autumn5' }).expect(409);
  });

  it.each([
    [{ applies_to: { ids: [0] } }, "The field 'applies_to->entity' is invalid."],
    [{ applies_to: { entity: 'categories', ids: [999] } }, "The field 'categories' is invalid."],
    [{ expires: '1234x' }, "The field 'expires' is invalid."],
    [{ amount: 'five' }, "The field 'amount' is invalid."],
    [{ type: 'promotion' }, "The field 'type' is invalid."],
    [{ code: undefined }, "The required field 'code' was not supplied."],
  ])('refuses %j with 400', async (more, message) => {
    const mock = await startMock();
    const { body } = await mock.post('/v2/coupons', { ...coupon, ...more }).expect(400);
    expect(body).toMatchObject([{ status: 400, message }]);
    await mock.get('/v2/coupons').expect(204);
  });
});

describe('updateCoupon', () => {
  it('clears what the coupon applies to unless it is sent again', async () => {
    const mock = await startMock();
    const { id } = await created(mock);
    const { body } = await mock.put(`/v2/coupons/${String(id)}`, { max_uses: 50 }).expect(200);
    expect(body).toMatchObject({ max_uses: 50, amount: '5.0000', applies_to: {} });
    await mock.put('/v2/coupons/999', { max_uses: 50 }).expect(404);
  });
});

describe('deleteCoupons', () => {
  it('deletes those named, and without a filter all', async () => {
    const mock = await startMock();
    const { id } = await created(mock);
    await created(mock, { name: 'Winter', code: 'WINTER' });
    await mock.delete(`/v2/coupons?id:in=${String(id)}`).expect(204);
    await mock.get('/v2/coupons/count').expect(200, { count: 1 });
    await mock.delete('/v2/coupons').expect(204);
    await mock.get('/v2/coupons').expect(204);
  });
});
