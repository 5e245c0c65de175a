/** Reads the YAML files of a description: the documents, one per resource family, and the parts they share. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { parse } from 'yaml';
import type { OpenApiDocument } from '../description.js';
import { DescriptionError } from './description-error.js';

/** One YAML file of the description. */
export interface SourceFile {
  /** Absolute path. */
  readonly file: string;
  /** Path below its folder without extension, such as `catalog/brands.v3`. */
  readonly name: string;
  /** As written; fragments in components/ have no paths. */
  readonly content: Partial<OpenApiDocument>;
}

/**
 * Every `.yaml` and `.yml` file below a folder, by name.
 * @throws DescriptionError when there is no such folder, or for a file that is no YAML mapping.
 */
export function loadFolder(folder: string): SourceFile[] {
  if (!existsSync(folder)) throw new DescriptionError(folder, '', 'there is no such folder');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .map((path) => loadFile(folder, path));
}

function loadFile(folder: string, path: string): SourceFile {
  const file = resolve(join(folder, path));
  const content = parseYaml(file);
  const name = relative(folder, file)
    .replace(/\.ya?ml$/, '')
    .split(sep)
    .join('/');
  // The structure itself is Redocly's to judge (npm run lint); what generate relies on is checked where it is read.
  return { file, name, content };
}

function parseYaml(file: string): object {
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'), { maxAliasCount: -1 });
  } catch (error) {
    throw new DescriptionError(file, '', error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new DescriptionError(file, '', 'a mapping was expected');
  }
  return content;
}
