/**
 * Official facts that are wrong, from parity-exceptions.yaml: each with the operation, the place and the reason.
 * A place may hold `*` for any text; the operation may be `*` for all.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { UnusableInput } from './unusable-input.js';

export interface ParityException {
  /** operationId of the official description, or `*`. */
  readonly operation: string;
  /** Place as the report prints it, such as `response 200 data[].id`. */
  readonly path: string;
  readonly reason: string;
}

/** @throws UnusableInput when an entry lacks one of its three texts. */
export function loadExceptions(file: string): ParityException[] {
  const content: unknown = existsSync(file) ? parse(readFileSync(file, 'utf8')) : [];
  const entries: unknown[] = Array.isArray(content) ? content : [];
  return entries.map((entry, index) => {
    if (isException(entry)) return entry;
    throw new UnusableInput(`${file}: entry ${index + 1} must have operation, path and reason`);
  });
}

export function isExcepted({ operation, path }: ParityException, operationId: string | undefined, at: string): boolean {
  return (operation === '*' || operation === operationId) && matches(path, at);
}

function matches(glob: string, text: string): boolean {
  const pattern = glob
    .split('*')
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${pattern}$`).test(text);
}

function isException(entry: unknown): entry is ParityException {
  if (typeof entry !== 'object' || entry === null) return false;
  const { operation, path, reason } = entry as Record<string, unknown>;
  return [operation, path, reason].every((text) => typeof text === 'string');
}
