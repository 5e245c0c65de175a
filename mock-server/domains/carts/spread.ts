/** Divides amounts of money among the lines of a cart. */
import { cents } from './elsewhere.js';

/** Each line gets a part as its price is; the last takes what rounding leaves. None gets more than its price. */
export function spread<Line>(amount: number, sums: ReadonlyMap<Line, number>): ReadonlyMap<Line, number> {
  const total = totalOf(sums);
  const parts = new Map<Line, number>();
  if (total <= 0 || amount <= 0) return parts;
  const whole = Math.min(amount, total);
  let rest = cents(whole);
  const entries = [...sums];
  entries.forEach(([line, sum], position) => {
    const part = position === entries.length - 1 ? rest : Math.min(rest, cents((whole * sum) / total));
    parts.set(line, part);
    rest = cents(rest - part);
  });
  return parts;
}

export function totalOf(sums: ReadonlyMap<unknown, number>): number {
  let total = 0;
  for (const amount of sums.values()) total += amount;
  return cents(total);
}
