/** Where the output of `npm run generate` lies, and how it is read; nothing else knows. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** The folder beside this module: in the sources, in dist/openapi/, and seen from a neighbour such as dist/cli/. */
const folder = new URL('../openapi/generated/', import.meta.url);
const require = createRequire(import.meta.url);

/** Text of a generated file, such as `bundle.json`. */
export function readGenerated(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** Exports of a generated CommonJS module, such as `families/catalog-brands.v3.cjs`. Loaded once per process. */
export function requireGenerated(name: string): unknown {
  return require(fileURLToPath(new URL(name, folder)));
}
