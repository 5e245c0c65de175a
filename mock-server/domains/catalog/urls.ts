/** URLs of catalog rows: those on the storefront that a store makes up itself, and those of images that a client sends. */

/** A taken URL gets a number instead of failing (assumed): the URL, or the first of `/t-shirt-1/`, `/t-shirt-2/`, … that is free. */
export function freeUrl(url: string, isTaken: (url: string) => boolean): string {
  if (!isTaken(url)) return url;
  const [, stem = url, ending = ''] = /^(.*?)(\/|\.html)$/.exec(url) ?? [];
  for (let number = 1; ; number += 1) {
    const candidate = `${stem}-${String(number)}${ending}`;
    if (!isTaken(candidate)) return candidate;
  }
}

/** Is the text an absolute URL of the web, or empty for none? */
export function isUrlOrEmpty(text: string): boolean {
  return text === '' || (/^https?:\/\//i.test(text) && URL.canParse(text));
}
