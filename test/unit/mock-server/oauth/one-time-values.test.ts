import { describe, expect, it } from 'vitest';
import { OneTimeValues } from '../../../../mock-server/oauth/one-time-values.js';

describe('OneTimeValues', () => {
  it('knows each value by a text of its own', () => {
    const values = new OneTimeValues();
    const [first, second] = [{ store_hash: 'a' }, { store_hash: 'b' }];
    const texts = [values.add(first), values.add(second)];
    expect(new Set(texts).size).toBe(2);
    expect(texts.map((text) => values.get(text))).toEqual([first, second]);
    expect(values.get('')).toBeUndefined();
  });

  it('forgets the oldest beyond a thousand, so that asking without end fills no memory', () => {
    const values = new OneTimeValues();
    const texts = Array.from({ length: 1_001 }, () => values.add({ store_hash: 'a' }));
    expect(texts.filter((text) => values.get(text)).length).toBe(1_000);
    expect(values.get(texts[0]!)).toBeUndefined();
  });

  it('forgets those of one store', () => {
    const values = new OneTimeValues();
    const [gone, kept] = [values.add({ store_hash: 'a' }), values.add({ store_hash: 'b' })];
    values.forget('a');
    expect([values.get(gone), values.get(kept)]).toEqual([undefined, { store_hash: 'b' }]);
  });
});
