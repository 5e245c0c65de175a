/** `/_mock/stores`: stores side by side, and their saved states. */
import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

const brands = '/v3/catalog/brands';

describe('POST /_mock/stores', () => {
  it.each<[string, object, string]>([
    ['a hash with capitals', { store_hash: 'Acme' }, 'store_hash'],
    ['a seed that is text', { seed: 'one' }, 'seed'],
    ['an unknown size', { size: 'huge' }, 'size'],
    ['a size that is no text', { size: 5 }, 'size'],
    ['an unknown plan', { plan: 'gold' }, 'plan'],
    ['a quota that is none', { rate_limit: 'fast' }, 'rate_limit'],
    ['an unknown field', { hash: 'acme' }, 'hash'],
  ])('refuses %s and makes nothing', async (_, body, field) => {
    const mock = await startMock();
    const { body: refusal } = await mock.raw.post('/_mock/stores').send(body).expect(422);
    expect(refusal).toMatchObject({ status: 422, errors: { [field]: expect.any(String) } });
    expect((await mock.raw.get('/_mock/stores')).body.meta.total).toBe(1);
  });

  it('refuses a hash that is taken', async () => {
    const mock = await startMock();
    const { body } = await mock.raw.post('/_mock/stores').send({ store_hash: 'mockstore1' }).expect(409);
    expect(body.errors).toEqual({ store_hash: 'taken' });
  });

  it('makes a store of its own seed, size and quota', async () => {
    const mock = await startMock({ size: 'empty' });
    const made = { store_hash: 'acme', seed: 7, size: 'products=3', rate_limit: '25/4' };
    const { body } = await mock.raw.post('/_mock/stores').send(made).expect(201);
    expect(body).toMatchObject({
      store_hash: 'acme',
      seed: 7,
      quota: { requests: 25, window_ms: 4_000, unlimited: false },
      api_path: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/stores\/acme\/v3\/$/),
    });
    expect((await mock.raw.get('/_mock/stores/acme').expect(200)).body.counts).toMatchObject({ 'catalog.products': 3 });
  });

  it('takes what is left out from the default store', async () => {
    const mock = await startMock({ size: 'empty', seed: 9, plan: 'pro' });
    const { body } = await mock.raw.post('/_mock/stores').send({}).expect(201);
    expect(body).toMatchObject({ seed: 9, size: 'empty', quota: { requests: 450 } });
    expect(body.store_hash).toMatch(/^[a-z0-9]{10}$/);
  });
});

describe('DELETE /_mock/stores/{store_hash}', () => {
  it('removes a store, and never the default one', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
    await mock.raw.delete('/_mock/stores/acme').expect(204);
    await mock.raw.get('/_mock/stores/acme').expect(404);
    await mock.raw.get('/stores/acme/v3/catalog/summary').set('X-Auth-Token', 'mock-token-full-access').expect(404);
    await mock.raw.delete('/_mock/stores/mockstore1').expect(409);
  });
});

describe('POST /_mock/clock', () => {
  it('moves the clock of one store, or of all', async () => {
    const mock = await startMock();
    await mock.raw.post('/_mock/stores').send({ store_hash: 'acme' }).expect(201);
    await mock.raw.post('/_mock/clock').send({ store_hash: 'acme', now: '2030-01-01T00:00:00Z' }).expect(200);
    const yearOf = async (query: string) => String((await mock.raw.get(`/_mock/clock${query}`)).body.now).slice(0, 4);
    expect(await yearOf('?store_hash=acme')).toBe('2030');
    expect(await yearOf('?store_hash=mockstore1')).not.toBe('2030');
    await mock.raw.post('/_mock/clock').send({ now: '2031-01-01T00:00:00Z' }).expect(200);
    expect([await yearOf(''), await yearOf('?store_hash=acme'), await yearOf('?store_hash=mockstore1')]).toEqual([
      '2031',
      '2031',
      '2031',
    ]);
    await mock.raw.post('/_mock/clock').send({ store_hash: 'nowhere', advance_ms: 1 }).expect(404);
  });
});

describe('/_mock/stores/{store_hash}/snapshots', () => {
  const snapshots = '/_mock/stores/mockstore1/snapshots';

  it('save and bring back rows, ids and uploaded files', async () => {
    const mock = await startMock({ size: 'small' });
    const kept = (await mock.post(brands, { name: 'Kept' }).expect(200)).body.data;
    await mock.raw.post(snapshots).send({ name: 'before' }).expect(201);
    const lost = (await mock.post(brands, { name: 'Lost' }).expect(200)).body.data;
    await mock.delete(`${brands}/${kept.id}`).expect(204);
    await mock.raw.put(`${snapshots}/before`).expect(200);
    expect((await mock.get(`${brands}/${kept.id}`).expect(200)).body.data).toEqual(kept);
    await mock.get(`${brands}/${lost.id}`).expect(404);
    expect((await mock.post(brands, { name: 'Next' })).body.data.id).toBe(lost.id);
  });

  it('are untouched by what comes after, however often they are brought back', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.raw.post(snapshots).send({ name: 'start' }).expect(201);
    const before = (await mock.get(brands)).body;
    for (const name of ['One', 'Two']) {
      await mock.post(brands, { name }).expect(200);
      await mock.raw.put(`${snapshots}/start`).expect(200);
      expect((await mock.get(brands)).body).toEqual(before);
    }
    await mock.raw.post('/_mock/reset').expect(200);
    expect((await mock.raw.get(snapshots)).body).toMatchObject({ data: [{ name: 'start' }], meta: { total: 1 } });
  });

  it('remember which ids were given, those of deleted rows too', async () => {
    const mock = await startMock();
    const { id } = (await mock.post(brands, { name: 'Gone' })).body.data;
    await mock.delete(`${brands}/${id}`).expect(204);
    await mock.raw.post(snapshots).send({ name: 'empty' });
    await mock.raw.put(`${snapshots}/empty`).expect(200);
    expect((await mock.post(brands, { name: 'New' })).body.data.id).toBe(Number(id) + 1);
  });

  it('refuse bad names and unknown ones', async () => {
    const mock = await startMock();
    for (const name of ['', '../etc', 7, 'a b']) {
      const { body } = await mock.raw.post(snapshots).send({ name }).expect(422);
      expect(body.errors).toHaveProperty('name');
    }
    await mock.raw.put(`${snapshots}/nothing`).expect(404);
    await mock.raw.delete(`${snapshots}/nothing`).expect(404);
    await mock.raw.post(snapshots).expect(201);
    await mock.raw.delete(`${snapshots}/snapshot-1`).expect(204);
    expect((await mock.raw.get(snapshots)).body.meta.total).toBe(0);
  });
});
