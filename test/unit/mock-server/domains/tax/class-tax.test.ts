import { describe, expect, it } from 'vitest';
import { compoundShares, splitPrice } from '../../../../../mock-server/domains/tax/class-tax.js';

describe('compoundShares', () => {
  it.each([
    { rates: [], want: [] },
    { rates: [[8, 1]], want: [0.08] },
    {
      rates: [
        [8, 1],
        [2, 1],
      ],
      want: [0.08, 0.02],
    },
    {
      rates: [
        [10, 1],
        [5, 2],
      ],
      want: [0.1, 0.055],
    },
    {
      rates: [
        [10, 1],
        [10, 1],
        [5, 3],
        [5, 3],
      ],
      want: [0.1, 0.1, 0.06, 0.06],
    },
  ])('gives $want for $rates, of [percent, priority]', ({ rates, want }) => {
    const shares = compoundShares(rates.map(([rate = 0, priority = 1]) => ({ rate, priority })));
    expect(shares.map((share) => Number(share.toFixed(10)))).toEqual(want);
  });
});

describe('splitPrice', () => {
  it.each([
    { price: 100, held: 0, ex: 100, inc: 125 },
    { price: 125, held: 0.25, ex: 100, inc: 125 },
    { price: 110, held: 0.1, ex: 100, inc: 125 },
  ])('makes $ex and $inc of $price that holds $held', ({ price, held, ex, inc }) => {
    const tax = { shares: [{ name: 'GST', rate: 0.25 }], held };
    const split = splitPrice(price, tax);
    expect([split.ex, split.inc].map((amount) => Number(amount.toFixed(10)))).toEqual([ex, inc]);
  });
});
