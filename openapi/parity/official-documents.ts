/** Official OpenAPI documents, read from a folder that the user names. Nothing of them is kept. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { parse } from 'yaml';
import type { OpenApiDocument } from '../description.js';
import { UnusableInput } from './unusable-input.js';

export interface OfficialDocument {
  /** Path below the folder, with slashes: `catalog/brands_catalog.v3.yml`. */
  readonly file: string;
  readonly content: OpenApiDocument;
}

/**
 * Every OpenAPI 3 document below a folder, by path; other YAML files are passed over.
 * @throws UnusableInput when there is none, or one is no YAML.
 */
export function loadOfficialDocuments(folder: string): OfficialDocument[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new UnusableInput(`${folder} is no folder`);
  const documents = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.ya?ml$/.test(path))
    .sort()
    .map((path) => ({ file: path.split(sep).join('/'), content: readYaml(join(folder, path)) }))
    .filter((document): document is OfficialDocument => isOpenApi3(document.content));
  if (documents.length === 0) throw new UnusableInput(`${folder} holds no OpenAPI 3 document`);
  return documents;
}

/** The folder of a document, or, for one at the top, its name up to the first dot: `catalog`, `customers`. */
export function areaOf({ file }: Pick<OfficialDocument, 'file'>): string {
  return file.split(/[/.]/, 1)[0] ?? file;
}

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { maxAliasCount: -1, uniqueKeys: false });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UnusableInput(`${file} is no YAML: ${reason ?? ''}`);
  }
}

function isOpenApi3(content: unknown): content is OpenApiDocument {
  if (typeof content !== 'object' || content === null) return false;
  return 'openapi' in content && String(content.openapi).startsWith('3') && 'paths' in content;
}
