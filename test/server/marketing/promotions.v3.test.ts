import { describe, expect, it } from 'vitest';
import { startMock, type MockClient } from '../mock.js';

const rules = [{ action: { cart_value: { discount: { percentage_amount: '10' } } } }];

async function promotion(mock: MockClient, more: object = {}): Promise<number> {
  const body = { name: 'Autumn', redemption_type: 'COUPON', coupon_type: 'BULK', rules, ...more };
  return (await mock.post('/v3/promotions', body).expect(201)).body.data.id as number;
}

describe('getPromotions', () => {
  it('finds promotions of the default store by code, by part of a name and by kind', async () => {
    const mock = await startMock({ size: 'small' });
    const names = async (query: string): Promise<string[]> =>
      ((await mock.get(`/v3/promotions?${query}`).expect(200)).body.data as { name: string }[]).map(({ name }) => name);
    expect(await names('')).toHaveLength(3);
    expect(await names('code=SPRING25')).toEqual(['Spring sale']);
    expect(await names('query=garden')).toEqual(['Garden club']);
    expect(await names('redemption_type=automatic')).toEqual(['Five off at the outlet']);
    expect(await names('sort=name&direction=desc')).toEqual(['Spring sale', 'Garden club', 'Five off at the outlet']);
  });

  it('refuses an unknown filter in a list of errors', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/promotions?colour=red').expect(422);
    expect(body).toMatchObject({ errors: [{ status: 422 }] });
  });
});

describe('createPromotion', () => {
  it('completes a promotion', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v3/promotions', { name: 'A', redemption_type: 'COUPON', rules }).expect(201);
    expect(body.data).toMatchObject({
      status: 'ENABLED',
      channels: [],
      current_uses: 0,
      currency_code: 'USD',
      coupon_type: 'SINGLE',
      can_be_used_with_other_promotions: true,
      rules: [{ apply_once: true, stop: false }],
    });
    const { body: read } = await mock.get(`/v3/promotions/${String(body.data.id)}`).expect(200);
    expect(read.data).toEqual(body.data);
  });

  it.each([
    { rules: [] },
    { customer: { group_ids: [1], excluded_group_ids: [2] } },
    { currency_code: 'JPY' },
    { rules: [{ ...rules[0], condition: { cart: { items: { products: [1] } } } }] },
    { name: undefined },
    { redemption_type: 'COUPON', coupon_overrides_other_promotions: true },
    { coupon_overrides_automatic_when_offering_higher_discounts: true, can_be_used_with_other_promotions: false },
  ])('refuses %j with 422', async (more) => {
    const mock = await startMock({ size: 'small' });
    const body = { name: 'Autumn', redemption_type: 'AUTOMATIC', rules, ...more };
    expect((await mock.post('/v3/promotions', body).expect(422)).body.errors[0]).toMatchObject({ status: 422 });
  });
});

describe('updatePromotion', () => {
  it('keeps what is not sent, and how the promotion is redeemed', async () => {
    const mock = await startMock();
    const id = await promotion(mock);
    const sent = { status: 'DISABLED', redemption_type: 'AUTOMATIC', coupon_type: 'SINGLE' };
    const { body } = await mock.put(`/v3/promotions/${String(id)}`, sent).expect(200);
    expect(body.data).toMatchObject({
      name: 'Autumn',
      status: 'DISABLED',
      redemption_type: 'COUPON',
      coupon_type: 'BULK',
    });
    const { body: refusal } = await mock.put('/v3/promotions/999', sent).expect(404);
    expect(refusal).toMatchObject({ errors: [{ status: 404 }] });
  });
});

describe('scenario 27: promotions and their codes', () => {
  it('generates codes, which V2 shows as coupons', async () => {
    const mock = await startMock();
    const id = await promotion(mock);
    const path = `/v3/promotions/${String(id)}`;
    const sent = { batch_size: 5, prefix: 'AB', delimiter: '-', code_length: 8 };
    const { body } = await mock.post(`${path}/codegen`, sent).expect(201);
    expect(body.data).toMatchObject({ batch_size: 5, max_uses: 1, max_uses_per_customer: 1 });
    expect(new Set((body.data.codes as { code: string }[]).map(({ code }) => code)).size).toBe(5);
    expect(body.data.codes[0].code).toMatch(/^AB-[A-Z\d]{8}$/);
    const { body: coupons } = await mock.get('/v2/coupons?type=promotion').expect(200);
    expect(coupons).toHaveLength(5);
    expect(coupons[0]).toMatchObject({ amount: '0.0000', type: 'promotion', code: body.data.codes[0].code });
    await mock.post(`${path}/codegen`, { batch_size: 251 }).expect(422);
    await mock.post(`${path}/codegen`, { batch_size: 1, prefix: 'A'.repeat(20), suffix: 'B'.repeat(20) }).expect(422);

    const { body: page } = await mock.get(`${path}/codes?limit=2`).expect(200);
    expect(page.data).toHaveLength(2);
    expect(page.meta.cursor_pagination.links.next).toContain('after=');
  });

  it('generates no codes for a promotion with one code', async () => {
    const mock = await startMock();
    const id = await promotion(mock, { coupon_type: 'SINGLE' });
    const { body } = await mock.post(`/v3/promotions/${String(id)}/codegen`, { batch_size: 1 }).expect(405);
    expect(body).toMatchObject({ status: 405 });
    await mock.post(`/v3/promotions/${String(id)}/codes`, { code: 'ONE' }).expect(201);
    await mock.post(`/v3/promotions/${String(id)}/codes`, { code: 'TWO' }).expect(422);
  });

  it('deletes the promotions of a list that have no codes, and counts the others', async () => {
    const mock = await startMock();
    const [with_codes, without] = [await promotion(mock), await promotion(mock, { name: 'Other' })];
    await mock.post(`/v3/promotions/${String(with_codes)}/codes`, { code: 'ONE' }).expect(201);
    const { body } = await mock.delete(`/v3/promotions?id:in=${String(with_codes)},${String(without)}`).expect(422);
    expect(body).toMatchObject({ meta: { total: 2, success: 1, failed: 1 } });
    expect(body.errors[0].errors['0.code']).toContain(`Failed for id=${String(with_codes)}.`);
    await mock.get(`/v3/promotions/${String(without)}`).expect(404);
    const { body: missing } = await mock.delete('/v3/promotions').expect(422);
    expect(missing).toMatchObject({ errors: [{ title: 'Parameter id:in is required' }], meta: { total: 0 } });
  });

  it('takes the codes along when one promotion is deleted', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete('/v3/promotions/2').expect(204);
    await mock.delete('/v3/promotions/2').expect(204);
    const { body } = await mock.get('/v3/promotions/codes?code=SPRING25').expect(200);
    expect(body.data).toEqual([]);
    await mock.get('/v2/coupons?code=SPRING25').expect(204);
  });

  it('deletes a code twice without complaint', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/promotions/2/codes').expect(200);
    const path = `/v3/promotions/2/codes/${String(body.data[0].id)}`;
    await mock.delete(path).expect(204);
    await mock.delete(path).expect(204);
    await mock.get('/v2/coupons?code=SPRING25').expect(204);
  });

  it('keeps the promotion when V2 deletes the coupon of a code', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v2/coupons?code=SPRING25').expect(200);
    await mock.delete(`/v2/coupons/${String(body[0].id)}`).expect(204);
    expect((await mock.get('/v3/promotions/2/codes').expect(200)).body.data).toEqual([]);
    await mock.get('/v3/promotions/2').expect(200);
  });

  it('refuses a code that another promotion or a coupon has', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.post('/v3/promotions/1/codes', { code: 'welcome' }).expect(422);
    await mock.post('/v3/promotions/1/codes', { code: 'SPRING25' }).expect(422);
    await mock.post('/v3/promotions/999/codes', { code: 'NEW' }).expect(404);
    await mock.post('/v3/promotions/3/codes', { code: 'NEW' }).expect(422);
  });

  it('deletes codes by their ids, or one by its text', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.delete('/v3/promotions/1/codes?id:in=5').expect(204);
    await mock.delete('/v3/promotions/1/codes').expect(422);
    const { body } = await mock.get('/v3/promotions/1/codes').expect(200);
    expect(body.data).toHaveLength(2);
    await mock.delete(`/v3/promotions/codes?code=${String(body.data[0].code)}`).expect(204);
    await mock.delete('/v3/promotions/codes?code=NOBODYS').expect(204);
    await mock.get('/v3/promotions/codes').expect(422);
  });
});

describe('updateGlobalPromotionSettings', () => {
  const settings = {
    promotions_apply_on_products_with_custom_product_price: true,
    promotions_triggered_by_products_with_zero_product_price: false,
    number_of_coupons_allowed_at_checkout: 3,
    promotions_applied_on_original_product_price: true,
  };

  it('keeps the settings, which have no envelope', async () => {
    const mock = await startMock();
    const { body } = await mock.get('/v3/promotions/settings').expect(200);
    expect(body.number_of_coupons_allowed_at_checkout).toBe(1);
    await mock.put('/v3/promotions/settings', settings).expect(200, settings);
    await mock.get('/v3/promotions/settings').expect(200, settings);
  });

  it('names each setting that is wrong', async () => {
    const mock = await startMock();
    const sent = { ...settings, number_of_coupons_allowed_at_checkout: 6 };
    const { body } = await mock.put('/v3/promotions/settings', sent).expect(422);
    expect(body).toMatchObject({
      title: 'Invalid promotion setting(s).',
      errors: [{ field: 'number_of_coupons_allowed_at_checkout' }],
    });
  });
});
