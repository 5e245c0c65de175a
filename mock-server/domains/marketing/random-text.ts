/** Codes that nobody could guess, and that follow from the store's seed and their number all the same. */
import { createHash } from 'node:crypto';
import type { Store } from '../../state/store.js';

export const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** The next text of a sequence, made of the characters of `alphabet`. */
export function randomText(store: Store, sequence: string, length: number, alphabet = LETTERS_AND_DIGITS): string {
  const number = store.nextNumber(sequence, () => 0);
  const digest = createHash('sha256')
    .update(`${store.hash}/${String(store.options.seed)}/${sequence}/${String(number)}`)
    .digest();
  return Array.from({ length }, (_, place) => alphabet.charAt((digest[place] ?? 0) % alphabet.length)).join('');
}
