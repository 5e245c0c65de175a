/** Paths as tests name them: with `*` for whatever they do not care about, and without the store where any will do. */

const BELOW_ANY_STORE = /^\/v[23](\/|$)/;

/**
 * Whether a path is the one that a pattern means. Takes time in proportion to both: patterns come from outside.
 * @param pattern a path without query; `*` stands for any characters, slashes too; `/v3/…` and `/v2/…` are those of any store
 */
export function pathTest(pattern: string): (path: string) => boolean {
  const whole = BELOW_ANY_STORE.test(pattern) ? `/stores/*${pattern}` : pattern;
  const [first = '', ...others] = whole.split('*');
  const last = others.pop();
  if (last === undefined) return (path) => path === whole;
  return (path) => {
    if (!path.startsWith(first)) return false;
    let place = first.length;
    for (const part of others) {
      const found = path.indexOf(part, place);
      if (found < 0) return false;
      place = found + part.length;
    }
    return path.length - last.length >= place && path.endsWith(last);
  };
}

/** The path of a URL as requests carry it, without its query. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}
