/** Input that parity cannot work with: said in one line, exit code 2. */
export class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
}
