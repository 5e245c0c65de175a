import { describe, expect, it } from 'vitest';
import { cartId } from '../../../fixtures/index.js';
import { startMock } from '../mock.js';

const templates = '/v3/marketing/email-templates';

describe('updateEmailTemplate', () => {
  it('words a channel otherwise until the channel is like the store again', async () => {
    const mock = await startMock();
    const path = `${templates}/invoice_email`;
    const { body } = await mock.put(`${path}?channel_id=1`, { subject: 'Here it is', body: '<p>Ok</p>' }).expect(200);
    expect(body.data).toMatchObject({ type_id: 'invoice_email', subject: 'Here it is' });
    expect((await mock.get(`${path}?channel_id=1`)).body.data.subject).toBe('Here it is');
    const store = (await mock.get(path)).body.data.subject as string;
    expect(store).not.toBe('Here it is');
    await mock.delete(`${path}?channel_id=1`).expect(200);
    expect((await mock.get(`${path}?channel_id=1`)).body.data.subject).toBe(store);
    await mock.delete(`${path}?channel_id=1`).expect(404);
    await mock.delete(path).expect(422);
  });

  it('knows a fixed set of names', async () => {
    const mock = await startMock();
    expect((await mock.get(templates)).body.data).toHaveLength(12);
    await mock.get(`${templates}/none`).expect(404);
    await mock.put(`${templates}/invoice_email`, { body: '' }).expect(400);
  });
});

const reminders = '/v3/marketing/abandoned-cart-emails';
const reminder = {
  is_active: true,
  coupon_code: 'TEN',
  notify_at_minutes: 120,
  template: { subject: 'Back?', body: 'Hello', translations: [{ locale: 'en', keys: { hello_phrase: 'Hi' } }] },
};

describe('createAbandonedCartEmailTemplate', () => {
  it('keeps a reminder of the channel that is named', async () => {
    const mock = await startMock();
    const { body } = await mock.post(`${reminders}?channel_id=1`, reminder).expect(200);
    expect(body.data).toEqual({ ...reminder, id: 1, sent_num: 0 });
    expect((await mock.get(reminders)).body.data).toEqual([]);
    expect((await mock.get(`${reminders}?channel_id=1`)).body.data).toHaveLength(1);
    const changed = await mock.put(`${reminders}/1`, { is_active: false }).expect(200);
    expect(changed.body.data).toMatchObject({ is_active: false, coupon_code: 'TEN' });
    await mock.delete(`${reminders}/1`).expect(204);
    await mock.get(`${reminders}/1`).expect(404);
  });

  it('takes whole hours of a day and whole days after', async () => {
    const mock = await startMock();
    const { body } = await mock.post(reminders, { ...reminder, notify_at_minutes: 90 }).expect(422);
    expect(body.errors).toEqual(['notify_at_minutes is invalid']);
    await mock.post(reminders, { ...reminder, notify_at_minutes: 14400 }).expect(200);
  });

  it('refuses a channel that there is not', async () => {
    const mock = await startMock();
    const { body } = await mock.post(`${reminders}?channel_id=77`, reminder).expect(422);
    expect(body.errors).toEqual(['Unsupported channel ID']);
  });
});

describe('updateAbandonedCartEmailTemplateSettings', () => {
  it('is about one channel, without an envelope', async () => {
    const mock = await startMock();
    const path = `${reminders}/settings?channel_id=1`;
    expect((await mock.get(path).expect(200)).body).toEqual({ use_global: true });
    expect((await mock.put(path, { use_global: false }).expect(200)).body).toEqual({ use_global: false });
    expect((await mock.get(path)).body).toEqual({ use_global: false });
    expect((await mock.get(`${reminders}/default`).expect(200)).body.translations).toHaveLength(1);
  });
});

describe('updateChannelAbandonedCartSettings', () => {
  it('lays values over those of the store and takes them away by null', async () => {
    const mock = await startMock();
    const path = '/v3/abandoned-carts/settings/channels/1';
    const { body } = await mock.put(path, { enable_notification: false }).expect(200);
    expect(body.data).toMatchObject({ enable_notification: false, merchant_email_address: null });
    await mock.put(path, { merchant_abandoned_cart_digest_email_frequency: 1 }).expect(422);
    const gone = await mock.put(path, { enable_notification: null }).expect(200);
    expect(gone.body.data.enable_notification).toBeNull();
    expect((await mock.get('/v3/abandoned-carts/settings')).body.data.enable_notification).toBe(true);
    await mock.get('/v3/abandoned-carts/settings/channels/77').expect(404);
  });
});

describe('getAbandonedCarts', () => {
  it('takes the id of a cart for its token', async () => {
    const mock = await startMock({ size: 'small' });
    const cart_id = cartId(1, 1);
    const { body } = await mock.get(`/v3/abandoned-carts/${cart_id}`).expect(200);
    expect(body.data).toEqual({ cart_id });
  });

  it('answers 404 for a token that stands for no cart', async () => {
    const mock = await startMock();
    await mock.get('/v3/abandoned-carts/7f3b0a52-61a5-4b1c-9d4b-7c6a1a1de001').expect(404);
  });
});
