/** Ids of carts, lines and consignments: texts that look random and follow from the store's seed and their number. */
import { digitsOf } from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';

/** The next UUID of a sequence. None is given twice. */
export function textId(store: Store, sequence: string): string {
  const digits = nextDigits(store, sequence);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

/** The next short hexadecimal id of a sequence, as addresses and consignments have it: `5d484d668e5aa`. */
export function shortId(store: Store, sequence: string): string {
  return nextDigits(store, sequence).slice(0, 13);
}

function nextDigits(store: Store, sequence: string): string {
  const number = store.nextNumber(sequence, () => 0);
  return digitsOf(`${store.hash}/${String(store.options.seed)}/${sequence}/${String(number)}`);
}
