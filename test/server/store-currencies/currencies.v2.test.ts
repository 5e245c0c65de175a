import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const PATH = '/v2/currencies';
const euro = {
  name: 'Euro',
  currency_code: 'EUR',
  currency_exchange_rate: '0.92',
  token_location: 'right',
  token: '€',
  decimal_token: ',',
  thousands_token: '.',
  decimal_places: 2,
};

describe('createCurrency', () => {
  it('is enabled, and not the default unless it says so', async () => {
    const mock = await startMock();
    const { status, body } = await mock.post(PATH, euro);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...euro,
      id: 2,
      currency_exchange_rate: '0.9200000000',
      enabled: true,
      is_default: false,
      is_transactional: false,
    });
    expect(body.last_updated).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
    expect((await mock.get(`${PATH}/2`)).body).toEqual(body);
    expect((await mock.post(PATH, euro)).status).toBe(409);
    expect((await mock.post(PATH, { ...euro, currency_code: undefined })).body).toEqual([
      { status: 400, message: "The required field 'currency_code' was not supplied." },
    ]);
  });
});

describe('updateCurrency', () => {
  it('makes another the default, and never leaves the store without', async () => {
    const mock = await startMock();
    await mock.post(PATH, euro);
    expect((await mock.put(`${PATH}/1`, { is_default: false })).status).toBe(400);
    expect((await mock.put(`${PATH}/2`, { is_default: true })).body.is_default).toBe(true);
    expect((await mock.get(`${PATH}/1`)).body.is_default).toBe(false);
  });

  it('keeps the default turned on', async () => {
    const mock = await startMock();
    expect((await mock.put(`${PATH}/1`, { enabled: false })).status).toBe(400);
    await mock.post(PATH, { ...euro, enabled: false });
    expect((await mock.put(`${PATH}/2`, { is_default: true })).status).toBe(400);
    expect((await mock.put(`${PATH}/2`, { is_default: true, enabled: true })).status).toBe(200);
    expect((await mock.put(`${PATH}/1`, { enabled: false })).status).toBe(200);
  });

  it('does not change the code', async () => {
    const mock = await startMock();
    const { status, body } = await mock.put(`${PATH}/1`, { currency_code: 'CAD' });
    expect(status).toBe(400);
    expect(body[0].message).toContain("'currency_code' cannot be written to");
  });
});

describe('deleteCurrency', () => {
  it('spares the default, also when all are to go', async () => {
    const mock = await startMock({ size: 'small' });
    expect((await mock.delete(`${PATH}/1`)).status).toBe(400);
    expect((await mock.delete(`${PATH}/3`)).status).toBe(204);
    expect((await mock.delete(PATH)).status).toBe(204);
    expect((await mock.get(PATH)).body).toMatchObject([{ id: 1, currency_code: 'USD' }]);
  });
});
