/** One store's rows as another's: the hash stands in links and addresses. */

/** Shorter ones are found by chance. */
const SHORTEST = 6;

/** The value with a store hash replaced by another in all texts, wherever it stands for itself. */
export function renamed<Value>(value: Value, from: string, to: string): Value {
  if (from === to || from.length < SHORTEST) return value;
  const hash = new RegExp(`(?<![A-Za-z0-9])${from}(?![A-Za-z0-9])`, 'g');
  const replaced = (each: unknown): unknown => {
    if (typeof each === 'string') return each.replace(hash, to);
    if (Array.isArray(each)) return each.map(replaced);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, child]) => [name, replaced(child)]));
  };
  // Texts stay texts, and everything else what it was.
  return replaced(value) as Value;
}
