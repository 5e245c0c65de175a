/** Email addresses, as far as a store judges them (assumed: something, an @ and something more). */
export function isEmailAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}
