/**
 * `npm run generate`: the documents and components beside this file to generated/, so that nothing is parsed,
 * resolved or compiled when a mock starts. What each file holds is said in generate/.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleDocuments } from './generate/bundle.js';
import { DescriptionError } from './generate/description-error.js';
import { compileFamilies } from './generate/families.js';
import { loadFolder } from './generate/load-documents.js';
import { tabulateOperations } from './generate/operation-table.js';
import { declareTypes } from './generate/types.js';
import { writeFiles } from './generate/write-files.js';

const here = fileURLToPath(new URL('.', import.meta.url));

export interface GenerateOptions {
  /** Folder with `documents/` and `components/`. @default this one */
  readonly source?: string;
  /** Folder for the results; other files in it are removed. @default `generated/` beside this file */
  readonly output?: string;
}

/** How much was generated. */
export interface Generated {
  readonly documents: number;
  readonly operations: number;
  readonly files: number;
}

/** @throws DescriptionError when the documents do not fit together; nothing is written then. */
export async function generate({
  source = here,
  output = join(here, 'generated'),
}: GenerateOptions = {}): Promise<Generated> {
  const documents = loadFolder(join(source, 'documents'));
  const bundle = bundleDocuments(documents, loadFolder(join(source, 'components')), packageVersion());
  const operations = tabulateOperations(bundle);
  const files = new Map([
    ['bundle.json', `${JSON.stringify(bundle.document, undefined, 1)}\n`],
    ['operations.json', `[\n${operations.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`],
    ['types.ts', await declareTypes(bundle.document)],
    ...(await compileFamilies(bundle)),
  ]);
  writeFiles(resolve(output), files);
  return { documents: documents.length, operations: operations.length, files: files.size };
}

function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  try {
    const { documents, operations, files } = await generate();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stdout.write(`${operations} operations of ${documents} documents in ${files} files, ${seconds} s\n`);
  } catch (error) {
    if (!(error instanceof DescriptionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
