/** What is wrong with a document, where it is, in one line a writer of documents can act on. */
import { relative } from 'node:path';

/** Thrown by everything in generate/ when a description cannot be used as it is written. */
export class DescriptionError extends Error {
  constructor(file: string, pointer: string, problem: string) {
    super(`${relative(process.cwd(), file)}#${pointer}: ${problem}`);
    this.name = new.target.name;
  }
}
