/** Settings, consent, form fields, stored instruments and metafields of customers. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';
import { newCustomer } from './new-customer.js';

const SETTINGS = '/v3/customers/settings';

describe('updateCustomersSettings', () => {
  it('merges what is sent', async () => {
    const mock = await startMock();
    const { body } = await mock.put(SETTINGS, { privacy_settings: { policy_url: 'https://x.com/p' } }).expect(200);
    expect(body.data).toEqual({
      privacy_settings: {
        ask_shopper_for_tracking_consent: false,
        ask_shopper_for_tracking_consent_on_checkout: false,
        policy_url: 'https://x.com/p',
      },
      customer_group_settings: { guest_customer_group_id: 0, default_customer_group_id: 0 },
    });
    expect((await mock.get(SETTINGS).expect(200)).body).toEqual(body);
  });

  it('refuses a group that does not exist', async () => {
    const mock = await startMock();
    await mock.put(SETTINGS, { customer_group_settings: { guest_customer_group_id: 9 } }).expect(422);
  });

  it('has what a new store has in the place of null', async () => {
    const mock = await startMock();
    await mock.put(SETTINGS, { privacy_settings: { policy_url: 'https://x.com/p' } }).expect(200);
    const sent = { privacy_settings: { policy_url: null }, customer_group_settings: { guest_customer_group_id: null } };
    const { body } = await mock.put(SETTINGS, sent).expect(200);
    expect(body.data).toMatchObject({
      privacy_settings: { policy_url: '' },
      customer_group_settings: { guest_customer_group_id: 0 },
    });
  });
});

describe('updateCustomersSettingsChannel', () => {
  it('overrides for one channel until null takes it back', async () => {
    const mock = await startMock();
    const path = `${SETTINGS}/channels/1`;
    const { body: before } = await mock.get(path).expect(200);
    expect(before.data).toMatchObject({ allow_global_logins: true, privacy_settings: { policy_url: null } });
    await mock.put(path, { privacy_settings: { policy_url: 'https://x.com/p' } }).expect(200);
    expect((await mock.get(path)).body.data.privacy_settings.policy_url).toBe('https://x.com/p');
    expect((await mock.get(SETTINGS)).body.data.privacy_settings.policy_url).toBe('');
    await mock.put(path, { privacy_settings: { policy_url: null } }).expect(200);
    expect((await mock.get(path)).body).toEqual(before);
    await mock.get(`${SETTINGS}/channels/99`).expect(404);
  });

  it('allows no global logins on a channel that does not say so', async () => {
    const mock = await startMock();
    const { body } = await mock.put(`${SETTINGS}/channels/1`, { allow_global_logins: null }).expect(200);
    expect(body.data.allow_global_logins).toBe(false);
  });
});

describe('updateCustomerConsent', () => {
  it('keeps what is allowed and denied, dated by the call', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock);
    const path = `/v3/customers/${String(id)}/consent`;
    expect((await mock.get(path).expect(200)).body).toMatchObject({ allow: [], deny: [] });
    const sent = { allow: ['essential'], deny: ['targeting'] };
    const { body: saved } = await mock.put(path, sent).expect(200);
    await mock.raw.post('/_mock/clock').send({ advance_ms: 3_600_000 }).expect(200);
    const { body } = await mock.get(path).expect(200);
    expect(body).toMatchObject(sent);
    expect(Date.parse(body.updated_at as string)).toBeGreaterThan(Date.parse(saved.updated_at as string));
    await mock.put(path, { allow: ['targeting'], deny: ['targeting'] }).expect(422);
    await mock.get('/v3/customers/999/consent').expect(404);
  });
});

describe('getCustomerStoredInstruments', () => {
  it('lists them without an envelope', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v3/customers/1/stored-instruments').expect(200);
    expect(body).toMatchObject([{ type: 'stored_card', last_4: '1111', is_default: true }]);
    expect(body[0].token).toHaveLength(64);
    expect((await mock.get('/v3/customers/2/stored-instruments').expect(200)).body).toEqual([]);
    await mock.get('/v3/customers/999/stored-instruments').expect(404);
  });

  it('has cards with a billing address, PayPal accounts and bank accounts in the small store', async () => {
    const mock = await startMock({ size: 'small' });
    const listOf = async (id: number): Promise<{ readonly type: string }[]> =>
      (await mock.get(`/v3/customers/${String(id)}/stored-instruments`).expect(200)).body as { type: string }[];
    const card = { type: 'stored_card', billing_address: { country_code: expect.stringMatching(/^[A-Z]{2}$/) } };
    const fifth = await listOf(5);
    expect(fifth.find(({ type }) => type === 'stored_card')).toMatchObject(card);
    expect(fifth).toContainEqual(expect.objectContaining({ type: 'stored_paypal_account', is_default: false }));
    expect(await listOf(9)).toContainEqual(expect.objectContaining({ type: 'stored_bank_account' }));
  });
});

describe('updateCustomerFormFieldValues', () => {
  it('sets values of customers and addresses, by name', async () => {
    const mock = await startMock({ size: 'small' });
    const path = '/v3/customers/form-field-values';
    const { body: addresses } = await mock.get('/v3/customers/addresses?customer_id:in=2').expect(200);
    const address_id = addresses.data[0].id as number;
    await mock
      .put(path, [
        { customer_id: 2, name: 'Size', value: 'M' },
        { customer_id: 2, name: 'Size', value: 'L' },
        { address_id, name: 'Floor', value: 3 },
      ])
      .expect(200);
    const { body } = await mock.get(`${path}?customer_id=2`).expect(200);
    expect(body.data).toEqual([{ customer_id: 2, name: 'Size', value: 'L' }]);
    expect((await mock.get(`${path}?address_id=${String(address_id)}`)).body.data).toEqual([
      { address_id, name: 'Floor', value: 3 },
    ]);
    expect((await mock.get(`${path}?field_name=size`)).body.data).toHaveLength(1);
    const { body: shown } = await mock.get('/v2/customers/2').expect(200);
    expect(shown.form_fields).toEqual([{ name: 'Size', value: 'L' }]);
    await mock.put(path, [{ customer_id: 999, name: 'Size', value: 'M' }]).expect(422);
  });
});

describe('createCustomerMetafields', () => {
  const metafield = { namespace: 'Loyalty', key: 'points', value: '7', permission_set: 'app_only' };

  it('answers with a list, and so does the update', async () => {
    const mock = await startMock();
    const id = await newCustomer(mock);
    const path = `/v3/customers/${String(id)}/metafields`;
    const { body } = await mock.post(path, metafield).expect(200);
    expect(body).toMatchObject({
      data: [{ ...metafield, resource_type: 'customer', resource_id: id }],
      meta: { total: 1, success: 1, failed: 0 },
    });
    await mock.post(path, metafield).expect(409);
    const own = `${path}/${String(body.data[0].id)}`;
    expect((await mock.put(own, { value: '8' }).expect(200)).body.data).toMatchObject([{ value: '8' }]);
    expect((await mock.get(own).expect(200)).body.data).toMatchObject({ value: '8' });
    await mock.asApp('another-app').get(own).expect(404);
    await mock.delete(own).expect(204);
    await mock.delete(own).expect(404);
  });

  it('keeps the good rows of a batch', async () => {
    const mock = await startMock();
    const resource_id = await newCustomer(mock);
    const rows = [
      { ...metafield, resource_id },
      { ...metafield, resource_id: 999 },
    ];
    const { body } = await mock.post('/v3/customers/metafields', rows).expect(422);
    expect(body).toMatchObject({ data: [{ resource_id }], meta: { total: 2, success: 1, failed: 1 } });
    const ids = [body.data[0].id as number];
    expect((await mock.delete('/v3/customers/metafields', ids).expect(200)).body.data).toEqual(ids);
  });
});
