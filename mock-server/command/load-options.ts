/** Options of a run, gathered: flag before environment variable before config file before default. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { createJiti } from 'jiti';
import { OptionsError } from '../errors.js';
import { optionTable, resolveOptions, type Settings } from '../options.js';
import type { Flags } from '../cli.js';

const CONFIG_FILES = ['bcmock.config.ts', 'bcmock.config.js', 'bcmock.config.json'];

type Loose = Record<string, unknown>;

/** `import()` of a URL or package. */
export type ImportModule = (specifier: string) => Promise<unknown>;

/** @throws OptionsError naming the flag, variable or config key that cannot be used */
export async function loadOptions(
  flags: Flags,
  environment: NodeJS.ProcessEnv = process.env,
  folder = process.cwd(),
  importModule: ImportModule = (specifier) => import(specifier) as Promise<unknown>,
): Promise<Settings> {
  const options: Loose = { log: 'pretty' };
  const labels: Record<string, string> = {};
  const file = findConfig(flags, environment, folder);
  if (file !== undefined) {
    for (const [name, value] of Object.entries(await readConfig(file, importModule))) {
      options[name] = value;
      labels[name] = `${path.basename(file)}: ${name}`;
    }
  }
  for (const rule of optionTable) {
    const flag = flags[rule.flag];
    const variable = environment[rule.variable];
    const [text, label] = typeof flag === 'string' ? [flag, `--${rule.flag}`] : [variable, rule.variable];
    if (text === undefined || (text === '' && typeof flag !== 'string')) continue;
    options[rule.name] = rule.read(text, label);
    labels[rule.name] = label;
  }
  return resolveOptions(options, labels);
}

function findConfig(flags: Flags, environment: NodeJS.ProcessEnv, folder: string): string | undefined {
  const [named, label] =
    typeof flags.config === 'string' ? [flags.config, '--config'] : [environment.BCMOCK_CONFIG, 'BCMOCK_CONFIG'];
  if (named !== undefined && named !== '') {
    const file = path.resolve(folder, named);
    if (!existsSync(file)) throw new OptionsError(label, named, 'a config file that exists');
    return file;
  }
  return CONFIG_FILES.map((name) => path.join(folder, name)).find((file) => existsSync(file));
}

async function readConfig(file: string, importModule: ImportModule): Promise<Loose> {
  const name = path.basename(file);
  let config: unknown;
  try {
    if (file.endsWith('.json')) config = JSON.parse(await readFile(file, 'utf8'));
    else if (file.endsWith('.ts')) config = await loadTypeScript(file, importModule);
    else config = ((await importModule(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    throw new OptionsError(
      name,
      file,
      `a config file that loads; ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`,
      { cause: error },
    );
  }
  if (config === null || typeof config !== 'object' || Array.isArray(config))
    throw new OptionsError(name, file, 'an object of options as the default export');
  return config as Loose;
}

/** Node below 22.18 reads no TypeScript; jiti does, and is loaded for such a file only. */
async function loadTypeScript(file: string, importModule: ImportModule): Promise<unknown> {
  const jiti = (await importModule('jiti')) as { readonly createJiti: typeof createJiti };
  return jiti.createJiti(pathToFileURL(file).href).import(file, { default: true });
}
