/** Storefront URLs that a store makes up itself: a taken one gets a number instead of failing (assumed). */

/** The URL, or the first of `/t-shirt-1/`, `/t-shirt-2/`, … that is free. */
export function freeUrl(url: string, isTaken: (url: string) => boolean): string {
  if (!isTaken(url)) return url;
  const [, stem = url, ending = ''] = /^(.*?)(\/|\.html)$/.exec(url) ?? [];
  for (let number = 1; ; number += 1) {
    const candidate = `${stem}-${String(number)}${ending}`;
    if (!isTaken(candidate)) return candidate;
  }
}
