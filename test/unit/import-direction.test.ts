/** Which way imports point: openapi <- fixtures <- contracts <- mock-server <- test. Held here, so that no reviewer has to. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** From the lowest to the highest: a folder may import those before it. */
const folders = ['openapi', 'fixtures', 'contracts', 'mock-server', 'test'];

interface Import {
  /** Importing file, from the root, with slashes. */
  readonly from: string;
  /** Imported file from the root, or the name of a package. */
  readonly to: string;
  readonly isPackage: boolean;
  readonly isTypeOnly: boolean;
}

const files = folders.flatMap(sourceFiles);
const imports = files.flatMap(importsOf);

describe('imports', () => {
  it('are found at all', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it('point to the same folder or a lower one', () => {
    const upward = between().filter(({ from, to }) => folders.indexOf(topOf(from)) < folders.indexOf(topOf(to)));
    expect(upward.map(show)).toEqual([]);
  });

  it('reach another top-level folder through its index.ts, unless a test looks inside', () => {
    const inward = between().filter(({ from, to }) => topOf(from) !== 'test' && to !== `${topOf(to)}/index.ts`);
    expect(inward.map(show)).toEqual([]);
  });

  it('leave Fastify to the server', () => {
    const early = imports.filter(({ from, to }) => /^(@?fastify)\b/.test(to) && !/^(mock-server|test)\//.test(from));
    expect(early.map(show)).toEqual([]);
  });

  it('need vitest only in tests, and for its types in contracts', () => {
    const strays = imports.filter(
      ({ from, to, isTypeOnly }) =>
        to.startsWith('vitest') && topOf(from) !== 'test' && !(topOf(from) === 'contracts' && isTypeOnly),
    );
    expect(strays.map(show)).toEqual([]);
  });
});

describe('index.ts', () => {
  const indexes = files.filter((file) => basename(file) === 'index.ts');

  it('stands once in each top-level folder and no deeper, save the list of domains', () => {
    const deeper = indexes.filter((file) => file.split('/').length > 2 && file !== 'mock-server/domains/index.ts');
    expect(deeper).toEqual([]);
  });

  it('lists what it exports by name', () => {
    const vague = indexes.filter((file) => /export (\*|default)/.test(readFileSync(join(root, file), 'utf8')));
    expect(vague).toEqual([]);
  });
});

/** Imports from one top-level folder to another. */
function between(): Import[] {
  return imports.filter(({ from, to, isPackage }) => {
    return !isPackage && topOf(from) !== topOf(to) && folders.includes(topOf(to));
  });
}

function topOf(file: string): string {
  return file.split('/', 1)[0]!;
}

function show({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.split(sep).join('/')}`)
    .filter((path) => path.endsWith('.ts') && !path.includes('/generated/'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  const statements = text.matchAll(
    /^(?:import|export)\b([^;]*?)\bfrom\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, clause = '', ...targets]) => {
    const target = targets.find(Boolean)!;
    const isPackage = !target.startsWith('.');
    const path = relative(root, resolve(root, dirname(file), target))
      .split(sep)
      .join('/');
    return {
      from: file,
      to: isPackage ? target : path.replace(/\.js$/, '.ts'),
      isPackage,
      isTypeOnly: /^\s*type\b/.test(clause),
    };
  });
}
