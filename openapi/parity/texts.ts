/** The texts of a description that a person wrote: every `description`, `summary` and `title`. */
import { escapeStep } from '../json-pointer.js';

const textKeys = new Set(['description', 'summary', 'title']);

export function eachText(content: unknown, visit: (text: string, pointer: string) => void, pointer = ''): void {
  if (typeof content !== 'object' || content === null) return;
  for (const [key, value] of Object.entries(content) as [string, unknown][]) {
    const at = `${pointer}/${escapeStep(key)}`;
    if (textKeys.has(key) && typeof value === 'string') visit(value, at);
    else eachText(value, visit, at);
  }
}
