/** Faults: which one hits, and which are forgotten. */
import { describe, expect, it } from 'vitest';
import { Faults, type NewFault } from '../../../../mock-server/state/faults.js';
import { operationById } from '../../../../openapi/index.js';

const target = {
  operation: operationById('getBrands'),
  method: 'GET',
  url: '/stores/a/v3/catalog/brands?page=2',
  store_hash: 'a',
};
const once: NewFault = { match: {}, fault: { status: 500 }, times: 1 };

describe('Faults', () => {
  it('forget those that are through, the oldest first, once a thousand are known', () => {
    const faults = new Faults(1);
    for (let count = 0; count < 1_000; count += 1) faults.add(once);
    expect(faults.areFull).toBe(true);
    faults.hit(target);
    faults.hit(target);
    expect(faults.areFull).toBe(false);
    faults.add(once);
    expect(faults.all().map(({ id }) => id)).toEqual([2, ...Array.from({ length: 999 }, (_, place) => place + 3)]);
  });

  it('are none any more once all are through, though they are still shown', () => {
    const faults = new Faults(1);
    faults.add(once);
    expect(faults.areThere).toBe(true);
    expect(faults.hit(target)?.id).toBe(1);
    expect(faults.areThere).toBe(false);
    expect(faults.hit(target)).toBeUndefined();
    expect(faults.all()).toMatchObject([{ id: 1, hits: 1 }]);
  });

  it('give a request to the next one that is meant when the first is not drawn', () => {
    const faults = new Faults(1);
    faults.add({ ...once, probability: 1e-12 });
    faults.add(once);
    expect(faults.hit(target)?.id).toBe(2);
  });

  it('of one store are cleared without the others, and ids go on', () => {
    const faults = new Faults(1);
    faults.add({ ...once, match: { store_hash: 'a' } });
    faults.add(once);
    faults.clear('a');
    expect(faults.all()).toMatchObject([{ id: 2 }]);
    expect(faults.add(once).id).toBe(3);
    faults.clear();
    expect(faults.add(once).id).toBe(1);
  });
});
