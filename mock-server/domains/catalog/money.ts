/** Amounts of money, which the catalog stores with four decimals, halves rounded up: 10.99995 becomes 11. */

/** From here on a number has no four decimals left to round. */
const COARSE = 1e11;

export function toMoney(amount: number): number {
  if (Number.isInteger(amount) || Math.abs(amount) >= COARSE) return amount;
  // To fifteen digits first: 1.00005 * 10000 is a hair below its half in binary.
  return Math.round(Number((amount * 10_000).toPrecision(15))) / 10_000;
}
