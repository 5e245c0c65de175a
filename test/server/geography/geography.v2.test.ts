import { describe, expect, it } from 'vitest';
import { startMock } from '../mock.js';

describe('countries', () => {
  it('have the ids that BigCommerce gives them', async () => {
    const mock = await startMock();
    const ids = { US: 226, CA: 38, AU: 13, GB: 225, DE: 80, FR: 73 };
    for (const [iso2, id] of Object.entries(ids)) {
      const { body } = await mock.get(`/v2/countries?country_iso2=${iso2}`);
      expect(body).toMatchObject([{ id, country_iso2: iso2 }]);
    }
    expect((await mock.get('/v2/countries/13')).body).toEqual({
      id: 13,
      country: 'Australia',
      country_iso2: 'AU',
      country_iso3: 'AUS',
      states: {
        url: 'https://api.bigcommerce.com/stores/mockstore1/v2/countries/13/states',
        resource: '/countries/13/states',
      },
    });
  });

  it('are paged and counted', async () => {
    const mock = await startMock();
    const { count } = (await mock.get('/v2/countries/count')).body;
    expect((await mock.get('/v2/countries?limit=250')).body).toHaveLength(count);
    expect((await mock.get('/v2/countries?page=6')).status).toBe(204);
    expect((await mock.get('/v2/countries?country=Atlantis')).status).toBe(204);
    expect((await mock.get('/v2/countries/999')).status).toBe(404);
  });
});

describe('states', () => {
  it('are those of a country, by their abbreviation too', async () => {
    const mock = await startMock();
    expect((await mock.get('/v2/countries/226/states?state_abbreviation=CA')).body).toEqual([
      { id: 12, state: 'California', state_abbreviation: 'CA', country_id: 226 },
    ]);
    expect((await mock.get('/v2/countries/13/states/208')).body.state).toBe('Australian Capital Territory');
    expect((await mock.get('/v2/countries/13/states/12')).status).toBe(404);
    expect((await mock.get('/v2/countries/13/states/count')).body).toEqual({ count: 8 });
    expect((await mock.get('/v2/countries/2/states')).status).toBe(204);
    expect((await mock.get('/v2/countries/states?limit=2')).body).toHaveLength(2);
  });
});
