/** Two hundred stores at once, each doing something else, each held against a model of its own. */
import { describe, expect, it } from 'vitest';
import { clientOf, startMock, type StoreClient } from './store-client.js';

const STORES = 200;
const STEPS = 12;
const brands = '/v3/catalog/brands';

/** What a store should have: names of brands by id. */
type Model = Map<number, string>;

interface Actor {
  readonly client: StoreClient;
  readonly model: Model;
  readonly random: () => number;
  readonly name: string;
}

/** Numbers from 0 to below 1 that follow from the seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** The brands that a store shows. */
async function brandsOf(client: StoreClient): Promise<[number, string][]> {
  const { body } = await client.get(`${brands}?limit=250`);
  return (body.data as { id: number; name: string }[]).map(({ id, name }) => [id, name]);
}

/** Creates, changes, deletes or reads a brand. */
async function step({ client, model, random, name }: Actor, count: number): Promise<void> {
  const ids = [...model.keys()];
  const id = ids[Math.floor(random() * ids.length)];
  const choice = random();
  if (id === undefined || choice < 0.4) {
    // Unique within a store only: the others have brands of the same names.
    const { status, body } = await client.post(brands, { name: `Brand ${count}` });
    expect(status, name).toBe(200);
    expect(model.has(body.data.id), `${name}: id ${body.data.id} was given before`).toBe(false);
    model.set(body.data.id, `Brand ${count}`);
  } else if (choice < 0.6) {
    const text = `${name} ${count}`;
    expect((await client.put(`${brands}/${id}`, { name: text })).body.data, name).toMatchObject({ id, name: text });
    model.set(id, text);
  } else if (choice < 0.75) {
    expect((await client.delete(`${brands}/${id}`)).status, name).toBe(204);
    model.delete(id);
  } else {
    expect((await client.get(`${brands}/${id}`)).body.data, name).toMatchObject({ id, name: model.get(id) });
  }
}

describe('two hundred stores side by side', () => {
  it('each hold exactly what was written to them, and count their own requests', { timeout: 60_000 }, async () => {
    const mock = await startMock({ size: 'products=5' });
    const actors = await Promise.all(
      Array.from({ length: STORES }, async (_, place) => {
        const store = mock.createStore({ rateLimit: '1000/30' });
        const client = clientOf(store);
        const model: Model = new Map(await brandsOf(client));
        return { store, client, model, random: randomFrom(place), name: `store ${place}` };
      }),
    );
    for (let count = 0; count < STEPS; count += 1) await Promise.all(actors.map((actor) => step(actor, count)));
    for (const { store, client, model, name } of actors) {
      expect(await brandsOf(client), name).toEqual([...model].sort(([a], [b]) => a - b));
      const { headers } = await client.get(brands);
      expect(headers.get('x-rate-limit-requests-left'), name).toBe(String(1_000 - STEPS - 3));
      expect(store.requests(), name).toHaveLength(STEPS + 3);
    }
  });
});

describe('making, resetting, saving and restoring a store', () => {
  it.each(['createStore', 'reset', 'snapshot', 'restore'] as const)('%s takes less than 5 ms', async (what) => {
    const mock = await startMock({ size: 'small' });
    const store = mock.createStore();
    const client = clientOf(store);
    const act = {
      createStore: () => {
        mock.createStore();
      },
      reset: () => {
        store.reset();
      },
      snapshot: () => {
        store.snapshot('state');
      },
      restore: () => {
        store.restore('state');
      },
    }[what];
    store.snapshot('state');
    const times: number[] = [];
    for (let round = 0; round < 9; round += 1) {
      // Touched, so that there is something to be put back.
      expect((await client.get('/v3/catalog/products?include=variants,images')).status).toBe(200);
      await client.post(brands, { name: `Brand ${round}` });
      const began = performance.now();
      act();
      times.push(performance.now() - began);
    }
    // The best of them: what else the machine does can only add to it.
    expect(Math.min(...times)).toBeLessThan(5);
  });
});
