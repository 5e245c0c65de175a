/**
 * Countries by code and by name: names are those that /v2/countries lists. What it does not list goes by the names of the
 * Unicode CLDR, which are taken for the others too (assumed).
 */
import { countryCodeOf, countryNameOf } from '../../../fixtures/index.js';

let codesByName: Map<string, string> | undefined;

/** Made at the first call: the language data it loads would cost a start some 20 ms. */
let names: Intl.DisplayNames | undefined;

/** Undefined for a code that no country has. */
export function countryName(code: string): string | undefined {
  return countryNameOf(code) || commonName(code);
}

function commonName(code: string): string | undefined {
  // Codes out of use, such as DD, stand for those in use.
  const isCode =
    /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
  names ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  return isCode ? names.of(code) : undefined;
}

/** Undefined for a name that no country has. Capitals make no difference. */
export function countryCode(name: string): string | undefined {
  const listed = countryCodeOf(name);
  if (listed !== '') return listed;
  if (!codesByName) {
    codesByName = new Map();
    const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place));
    for (const code of letters.flatMap((first) => letters.map((second) => first + second))) {
      const known = commonName(code)?.toLowerCase();
      if (known !== undefined) codesByName.set(known, code);
    }
  }
  return codesByName.get(name.toLowerCase());
}
