/** What V2 does otherwise than V3, wherever it is served. */
import { describe, expect, it } from 'vitest';
import { FULL, startMock } from './mock.js';

const banners = '/v2/banners';
const banner = { name: 'Sale', content: '<b>Sale</b>', page: 'home_page', location: 'top', date_type: 'always' };

describe('an answer of V2', () => {
  it('is the bare row, and a list a bare list', async () => {
    const mock = await startMock();
    const { body: created } = await mock.post(banners, banner).expect(200);
    expect(created).toMatchObject({ ...banner, id: expect.any(Number) as number });
    const { body: read } = await mock.get(`${banners}/${created.id}`).expect(200);
    expect(read).toEqual(created);
    const { body: list } = await mock.get(banners).expect(200);
    expect(list).toEqual([created]);
  });

  it('is 204 without a body for an empty list, and for a page past the end', async () => {
    const mock = await startMock();
    const empty = await mock.get(banners).expect(204);
    expect(empty.text).toBe('');
    await mock.post(banners, banner);
    await mock.get(`${banners}?page=1`).expect(200);
    const past = await mock.get(`${banners}?page=2`).expect(204);
    expect(past.text).toBe('');
  });

  it('counts what the list has', async () => {
    const mock = await startMock();
    await mock.post(banners, banner);
    await mock.post(banners, { ...banner, name: 'Second' });
    const { body } = await mock.get(`${banners}/count`).expect(200);
    expect(body).toEqual({ count: 2 });
  });

  it('is the same below a path that ends in .json', async () => {
    const mock = await startMock();
    await mock.post(`${banners}.json`, banner).expect(200);
    const { body } = await mock.get(`${banners}.json`).expect(200);
    expect(body).toHaveLength(1);
  });

  it('is a page of what limit asks for', async () => {
    const mock = await startMock();
    for (const name of ['One', 'Two', 'Three']) await mock.post(banners, { ...banner, name });
    const { body } = await mock.get(`${banners}?limit=2&page=2`).expect(200);
    expect(body).toMatchObject([{ name: 'Three' }]);
  });

  it('can be bounded by min_id and max_id, both included', async () => {
    const mock = await startMock();
    const ids: number[] = [];
    for (const name of ['One', 'Two', 'Three']) ids.push((await mock.post(banners, { ...banner, name })).body.id);
    const idsOf = async (query: string) => {
      const { body } = await mock.get(`${banners}?${query}`);
      return (body as { id: number }[]).map(({ id }) => id);
    };
    expect(await idsOf(`min_id=${ids[1]}`)).toEqual([ids[1], ids[2]]);
    expect(await idsOf(`max_id=${ids[1]}`)).toEqual([ids[0], ids[1]]);
  });

  it('deletes one row or all of them without a word', async () => {
    const mock = await startMock();
    const { body } = await mock.post(banners, banner);
    await mock.post(banners, banner);
    await mock.delete(`${banners}/${body.id}`).expect(204);
    await mock.delete(banners).expect(204);
    await mock.get(banners).expect(204);
  });
});

describe('a refusal of V2', () => {
  it.each([
    ['a missing field', { ...banner, name: undefined }, "The required field 'name' was not supplied."],
    ['a wrong type', { ...banner, name: ['Sale'] }, "The field 'name' is invalid."],
    ['null', { ...banner, name: null }, "The field 'name' does not allow null values."],
    ['an unknown field', { ...banner, colour: 'red' }, "The field 'colour' is not supported by this resource."],
  ])('is a list of one for %s', async (_, sent, message) => {
    const mock = await startMock();
    const { body } = await mock.post(banners, sent).expect(400);
    expect(body).toEqual([{ status: 400, message }]);
    await mock.get(banners).expect(204);
  });

  it('says which values there are', async () => {
    const mock = await startMock();
    const { body } = await mock.post(banners, { ...banner, location: 'left' }).expect(400);
    expect(body).toEqual([
      {
        status: 400,
        message: "The field 'location' is invalid.",
        details: { invalid_reason: "The provided value 'left' is not valid, valid options are 'top' or 'bottom'." },
      },
    ]);
  });

  it('takes numbers for texts, as V2 clients send them', async () => {
    const mock = await startMock();
    const { body } = await mock.post(banners, { ...banner, visible: 1 }).expect(200);
    expect(body).toMatchObject({ visible: '1' });
  });

  it.each([`${banners}/999`, `${banners}/abc`])('has one sentence for what is not there: %s', async (path) => {
    const mock = await startMock();
    const { body } = await mock.get(path).expect(404);
    expect(body).toEqual([{ status: 404, message: 'The requested resource was not found.' }]);
  });

  it('names a filter that nobody knows', async () => {
    const mock = await startMock();
    const { body } = await mock.get(`${banners}?colour=red`).expect(400);
    expect(body).toEqual([{ status: 400, message: "The field 'colour' is not supported by this resource." }]);
  });

  it('is 413 for more than 250 rows at a time', async () => {
    const mock = await startMock();
    await mock.get(`${banners}?limit=250`).expect(204);
    const { body } = await mock.get(`${banners}?limit=251`).expect(413);
    expect(body).toMatchObject([{ status: 413, details: { max_limit: '250' } }]);
  });

  it('is an object like that of V3 when the gateway speaks', async () => {
    const mock = await startMock();
    const { body } = await mock.as('nobody').get(banners).expect(401);
    expect(body).toMatchObject({ status: 401, title: expect.stringContaining('Unauthorized') as string });
  });
});

describe('a conditional GET of V2', () => {
  it('is 304 when nothing is newer', async () => {
    const mock = await startMock({ size: 'small' });
    const { headers } = await mock.get('/v2/orders').expect(200);
    const newest = headers['last-modified'];
    expect(Date.parse(newest!)).not.toBeNaN();
    const same = await mock.get('/v2/orders').set('If-Modified-Since', newest!).expect(304);
    expect(same.text).toBe('');
    const before = new Date(Date.parse(newest!) - 1000).toUTCString();
    await mock.get('/v2/orders').set('If-Modified-Since', before).expect(200);
  });
});

describe('hosts beside the management API', () => {
  it("serve a store's own domain without a token, a quota or a store hash", async () => {
    const mock = await startMock({ size: 'small' });
    const reply = await mock.raw.get('/api/storefront/form-fields').expect(200);
    expect(Object.keys(reply.headers).filter((name) => name.startsWith('x-rate-limit'))).toEqual([]);
    expect(reply.headers['x-mock-fidelity']).toMatch(/stateful|computed|sampled/);
  });

  it('take parameters of campaigns on it', async () => {
    const mock = await startMock({ size: 'small' });
    await mock.raw.get('/api/storefront/form-fields?utm_source=mail').expect(200);
  });

  it('do not serve what BigCommerce asks of apps', async () => {
    const mock = await startMock();
    await mock.raw.post('/estimate').set('X-Auth-Token', FULL).send({}).expect(404);
  });

  it('answer the old spelling of shipping addresses, as links in orders have it', async () => {
    const mock = await startMock({ size: 'small' });
    const { body: orders } = await mock.get('/v2/orders?limit=1');
    const { id } = orders[0] as { id: number };
    const present = await mock.get(`/v2/orders/${id}/shipping_addresses`);
    const old = await mock.get(`/v2/orders/${id}/shippingaddresses`);
    expect(old.status).toBe(present.status);
    expect(old.body).toEqual(present.body);
  });
});
