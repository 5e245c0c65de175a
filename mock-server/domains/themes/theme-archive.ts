/**
 * What the archive of a Stencil theme says of the theme: its name and variations are in `config.json`, its custom
 * templates lie in `templates/pages/custom/`, and pages name the regions that they have.
 */
import type { components } from '../../../openapi/index.js';
import { zipFiles, type ZipFile } from './zip-files.js';

export interface ThemeArchive {
  readonly name: string | undefined;
  readonly variations: readonly ArchivedVariation[];
  /** File names by the kind of page that they are for. */
  readonly customTemplates: Readonly<Record<TemplateKind, readonly string[]>>;
  /** Names by page, as in `pages/home`. */
  readonly regions: Readonly<Record<string, readonly string[]>>;
}

export interface ArchivedVariation {
  readonly name: string;
  readonly external_id: string;
  readonly description: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

type TemplateKind = components['schemas']['TemplateEntityType'];

/**
 * An archive without `config.json` is that of a theme that says nothing of itself (assumed).
 * @throws Error when the bytes are no zip, or what is in it cannot be read
 */
export function readThemeArchive(bytes: Buffer): ThemeArchive {
  const files = zipFiles(bytes);
  const config = object(JSON.parse(fileAt(files, 'config.json')?.text() ?? '{}'));
  const variations = Array.isArray(config['variations']) ? config['variations'] : [];
  return {
    name: textOf(config['name']),
    variations: variations.map((variation: unknown) => variationOf(object(variation), object(config['settings']))),
    customTemplates: {
      product: customTemplates(files, 'product'),
      category: customTemplates(files, 'category'),
      brand: customTemplates(files, 'brand'),
      page: customTemplates(files, 'page'),
    },
    regions: Object.fromEntries(pagesOf(files).map((file) => [pageName(file), regionsIn(file.text())])),
  };
}

function variationOf(
  variation: Readonly<Record<string, unknown>>,
  common: Readonly<Record<string, unknown>>,
): ArchivedVariation {
  return {
    name: textOf(variation['name']) ?? '',
    external_id: textOf(variation['id']) ?? '',
    description: textOf(object(variation['meta'])['description']) ?? '',
    settings: { ...common, ...object(variation['settings']) },
  };
}

/** Archives may have everything in one folder. */
function fileAt(files: readonly ZipFile[], path: string): ZipFile | undefined {
  return (
    files.find((file) => file.path === path) ?? files.find((file) => file.path.split('/').slice(1).join('/') === path)
  );
}

const PAGE = /(?:^|\/)templates\/(pages\/[\w-]+)\.html$/;

function pagesOf(files: readonly ZipFile[]): ZipFile[] {
  return files.filter(({ path }) => PAGE.test(path) && !path.includes('/parsed/'));
}

function pageName({ path }: ZipFile): string {
  return PAGE.exec(path)?.[1] ?? path;
}

function customTemplates(files: readonly ZipFile[], kind: TemplateKind): string[] {
  const pattern = new RegExp(`(?:^|/)templates/pages/custom/${kind}/([^/]+\\.html)$`);
  const names = files.map(({ path }) => pattern.exec(path)?.[1]).filter((name) => name !== undefined);
  return [...new Set(names)].sort();
}

function regionsIn(template: string): string[] {
  const names = [...template.matchAll(/\{\{\{?\s*region\s[^}]*?name\s*=\s*["']([^"']+)["']/g)].map(
    ([, name = '']) => name,
  );
  return [...new Set(names)];
}

function object(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
