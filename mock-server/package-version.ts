/** Version of this package, from its package.json: one folder up from the sources, two up from dist/. */
import { existsSync, readFileSync } from 'node:fs';

const file = [new URL('../package.json', import.meta.url), new URL('../../package.json', import.meta.url)].find((url) =>
  existsSync(url),
);

export const packageVersion: string = file
  ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
  : '0.0.0';
