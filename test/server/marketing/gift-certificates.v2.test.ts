import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const certificate = {
  to_name: 'Ada',
  to_email: 'ada@example.com',
  from_name: 'Bo',
  from_email: 'bo@example.com',
  amount: 20,
};

describe('createGiftCertificate', () => {
  it('completes a certificate: balance, code, status and purchase date', async () => {
    const mock = await startMock();
    const { body } = await mock.post('/v2/gift_certificates', certificate).expect(201);
    expect(body).toMatchObject({ amount: '20.0000', balance: '20.0000', status: 'active', currency_code: 'USD' });
    expect(body.code).toMatch(/^([A-Z\d]{3}-){3}[A-Z\d]{3}$/);
    expect(body.purchase_date).toMatch(/^\d{10}$/);
  });

  it('cuts a code to twenty characters and refuses one that is taken', async () => {
    const mock = await startMock();
    const long = { ...certificate, code: 'A'.repeat(30) };
    const { body } = await mock.post('/v2/gift_certificates', long).expect(201);
    expect(body.code).toBe('A'.repeat(20));
    await mock.post('/v2/gift_certificates', long).expect(409);
  });

  it('refuses an unknown currency, no address and a missing field', async () => {
    const mock = await startMock();
    await mock.post('/v2/gift_certificates', { ...certificate, currency_code: 'XTS' }).expect(400);
    await mock.post('/v2/gift_certificates', { ...certificate, to_email: 'nobody' }).expect(400);
    const { body } = await mock.post('/v2/gift_certificates', { ...certificate, amount: undefined }).expect(400);
    expect(body[0].message).toBe("The required field 'amount' was not supplied.");
  });
});

describe('getGiftCertificates', () => {
  it('filters by code and sorts by id downwards', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock.get('/v2/gift_certificates?sort=id&direction=desc').expect(200);
    expect((body as { id: number }[]).map(({ id }) => id)).toEqual([3, 2, 1]);
    const { body: found } = await mock.get(`/v2/gift_certificates?code=${String(body[0].code)}`).expect(200);
    expect(found).toEqual([body[0]]);
  });
});

describe('updateGiftCertificate', () => {
  it('keeps what is not sent', async () => {
    const mock = await startMock({ size: 'small' });
    const { body } = await mock
      .put('/v2/gift_certificates/1', { balance: 12.5, expiry_date: 'Thu, 31 Jan 2030 00:00:00 +0000' })
      .expect(200);
    expect(body).toMatchObject({ balance: '12.5000', amount: '50.0000', expiry_date: '1896048000' });
    await mock.delete('/v2/gift_certificates/1').expect(204);
    await mock.delete('/v2/gift_certificates').expect(204);
    await mock.get('/v2/gift_certificates').expect(204);
  });
});
