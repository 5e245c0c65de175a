/**
 * Words that ours shares with the official documents: runs of eight in a description, summary or title. Facts carry
 * over, sentences do not. A run of mostly names and numbers is no sentence and does not count.
 */
import { eachText } from './texts.js';

const runLength = 8;
/** So many words of a run must be plain words of three letters or more. */
const plainWords = 5;

export interface SharedRun {
  readonly file: string;
  /** Pointer to the text. */
  readonly pointer: string;
  readonly words: string;
}

/** A parsed YAML file and what to call it. */
export interface NamedContent {
  readonly file: string;
  readonly content: unknown;
}

export function findSharedWording(ours: readonly NamedContent[], official: readonly NamedContent[]): SharedRun[] {
  const known = new Set<string>();
  for (const { content } of official) {
    eachText(content, (text) => {
      for (const run of runs(text)) known.add(run);
    });
  }
  const shared: SharedRun[] = [];
  for (const { file, content } of ours) {
    eachText(content, (text, pointer) => {
      for (const words of runs(text)) if (known.has(words)) shared.push({ file, pointer, words });
    });
  }
  return shared;
}

function runs(text: string): string[] {
  const words = text.toLowerCase().match(/[a-z0-9_]+/g) ?? [];
  const found: string[] = [];
  for (let start = 0; start + runLength <= words.length; start += 1) {
    const run = words.slice(start, start + runLength);
    if (run.filter((word) => /^[a-z]{3,}$/.test(word)).length >= plainWords) found.push(run.join(' '));
  }
  return found;
}
