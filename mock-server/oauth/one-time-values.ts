/** Values that are known by a text nobody can guess, for a while and once: pages of consent, and codes. */
import { randomBytes } from 'node:crypto';

/** More are not waited for: the oldest are forgotten first. */
const MOST = 1_000;

export class OneTimeValues<Value extends { readonly store_hash: string }> {
  readonly #byText = new Map<string, Value>();

  /** @returns the text, 32 lower-case hex digits */
  add(value: Value): string {
    const text = randomBytes(16).toString('hex');
    this.#byText.set(text, value);
    for (const oldest of this.#byText.keys()) {
      if (this.#byText.size <= MOST) break;
      this.#byText.delete(oldest);
    }
    return text;
  }

  get(text: string): Value | undefined {
    return this.#byText.get(text);
  }

  delete(text: string): void {
    this.#byText.delete(text);
  }

  /** The store is gone. */
  forget(store_hash: string): void {
    for (const [text, value] of this.#byText) if (value.store_hash === store_hash) this.#byText.delete(text);
  }
}
