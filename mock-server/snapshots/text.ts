/** Snapshots as text for people and for Git: the same state gives the same text, and each row is a line. */
import type { SnapshotContent } from './content.js';

/** How deep objects are spread over lines: down to a collection. */
const SPREAD = 3;

/** JSON with sorted keys, ending in a newline. */
export function snapshotText(content: SnapshotContent): string {
  return `${spread(content, 0)}\n`;
}

function spread(value: unknown, depth: number): string {
  const indent = '  '.repeat(depth + 1);
  const end = `\n${'  '.repeat(depth)}`;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => indent + compact(item)).join(',\n')}${end}]`;
  }
  if (typeof value !== 'object' || value === null || depth >= SPREAD) return compact(value);
  const entries = sorted(value).map(([name, child]) => `${indent}${JSON.stringify(name)}: ${spread(child, depth + 1)}`);
  return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}${end}}`;
}

function compact(value: unknown): string {
  return JSON.stringify(value, (_name, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child) ? Object.fromEntries(sorted(child)) : child,
  );
}

/** In the order of their names' UTF-16 code units, which no locale changes. Properties that JSON leaves out are left out. */
function sorted(value: object): [name: string, child: unknown][] {
  return Object.entries(value)
    .filter(([, child]) => child !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
