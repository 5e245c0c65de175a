/** Reads what an API account is to be made with. Every field that is wrong is named at once. */
import { defaultAccounts } from '../../fixtures/index.js';
import { MOST_ACCOUNTS, type AccountChoices } from '../accounts/create-account.js';
import { presetOf, presets } from '../accounts/presets.js';
import {
  DEFAULT_SCOPE,
  levelsOf,
  placeOfScope,
  scopesOf,
  scopeTable,
  type Levels,
  type ScopeResource,
  type ScopeResourceName,
} from '../accounts/scope-table.js';
import { stencilAccess, type StencilAccess } from '../accounts/stencil-access.js';
import { UnprocessableError } from '../errors.js';
import { readInput, type Input } from './input.js';

export const ACCOUNT_FIELDS = ['name', 'token_type', 'scopes', 'preset', 'access_level'] as const;

/** Documented. */
const LEAST_LETTERS = 4;
/** Assumed. */
const MOST_LETTERS = 100;

type Problems = Record<string, string>;

/**
 * @param input `name`, and what it may do: `scopes` as levels by resource or as a list of scopes, or a `preset`; for the
 * token type `stencil_cli` an `access_level` instead
 * @throws UnprocessableError naming every field that is wrong
 */
export function readAccount(input: Input): AccountChoices {
  const problems: Problems = {};
  const { token_type = 'api', preset } = input;
  const name = readName(input.name ?? presetOf(preset)?.title, problems);
  const levels = token_type === 'stencil_cli' ? readAccessLevel(input, problems) : readLevels(input, problems);
  if (token_type !== 'api' && token_type !== 'stencil_cli') problems.token_type = 'expected api or stencil_cli';
  if (Object.keys(problems).length > 0) throw new UnprocessableError('Input is invalid', problems);
  return {
    name,
    token_type: token_type === 'stencil_cli' ? 'stencil_cli' : 'api',
    scopes: scopesOf(levels),
    levels,
  };
}

/**
 * Accounts that a store is to start with beside its own.
 * @throws UnprocessableError naming every field that is wrong in the first account that has one: `accounts.0.name`
 */
export function readAccounts(value: unknown): readonly AccountChoices[] {
  if (value === undefined) return [];
  const most = MOST_ACCOUNTS - defaultAccounts.length;
  if (!Array.isArray(value) || value.length > most) {
    throw new UnprocessableError('Input is invalid', {
      accounts: `expected a list of at most ${String(most)} accounts`,
    });
  }
  return value.map((each: unknown, place) => {
    const within = `accounts.${String(place)}`;
    const input = readInput(each, ACCOUNT_FIELDS, within);
    try {
      return readAccount(input);
    } catch (error) {
      if (!(error instanceof UnprocessableError)) throw error;
      const fields = Object.entries(error.fields ?? {}).map(([field, text]) => [`${within}.${field}`, text]);
      throw new UnprocessableError(error.message, Object.fromEntries(fields) as Problems);
    }
  });
}

function readName(value: unknown, problems: Problems): string {
  const name = typeof value === 'string' ? value.trim() : '';
  // A line break would put lines of its own into the file with the credentials.
  const isSound = name.length >= LEAST_LETTERS && name.length <= MOST_LETTERS && !/\p{Cc}/u.test(name);
  if (!isSound) {
    problems.name = `expected ${String(LEAST_LETTERS)} to ${String(MOST_LETTERS)} characters without line breaks`;
  }
  return name;
}

function readAccessLevel({ scopes, preset, access_level }: Input, problems: Problems): Levels {
  const instead = 'a Stencil-CLI token has an access_level instead';
  if (scopes !== undefined) problems.scopes = instead;
  if (preset !== undefined) problems.preset = instead;
  if (typeof access_level === 'string' && Object.hasOwn(stencilAccess, access_level)) {
    return stencilAccess[access_level as StencilAccess].levels;
  }
  problems.access_level = `expected one of: ${Object.keys(stencilAccess).join(', ')}`;
  return {};
}

function readLevels({ scopes, preset, access_level }: Input, problems: Problems): Levels {
  if (access_level !== undefined) problems.access_level = 'for the token type stencil_cli only';
  if (preset === undefined) return readScopes(scopes, problems);
  if (scopes !== undefined) problems.scopes = 'send either scopes or preset';
  const known = presetOf(preset);
  if (!known) problems.preset = `expected one of: ${Object.keys(presets).join(', ')}`;
  return known?.levels ?? {};
}

function readScopes(scopes: unknown, problems: Problems): Levels {
  const before = Object.keys(problems).length;
  let levels: Levels = {};
  if (Array.isArray(scopes)) levels = readList(scopes, problems);
  else if (typeof scopes === 'object' && scopes !== null) levels = readPicked(scopes as Input, problems);
  if (Object.keys(problems).length === before && !isAnythingPicked(levels)) {
    problems.scopes = 'expected at least one resource with a level other than none, such as {"products":"read_only"}';
  }
  return levels;
}

/** Scopes by their own names, as apps list them. */
function readList(scopes: readonly unknown[], problems: Problems): Levels {
  const held = new Set<string>();
  for (const scope of scopes) {
    if (scope === DEFAULT_SCOPE) continue;
    const place = typeof scope === 'string' ? placeOfScope(scope) : undefined;
    if (place) {
      requireForStores(place.resource, 'scopes', problems);
      held.add(String(scope));
    } else {
      problems.scopes = `no scope of a store is called ${JSON.stringify(scope).slice(0, 100)}`;
    }
  }
  return Object.fromEntries(Object.entries(levelsOf(held)).filter(([, level]) => level !== 'none'));
}

/** Levels by resource, as the control panel has them. */
function readPicked(scopes: Input, problems: Problems): Levels {
  const picked: [string, string][] = [];
  for (const [name, value] of Object.entries(scopes)) {
    const field = `scopes.${name}`;
    const resource = spelledAsInTable(name);
    if (!isResource(resource)) {
      problems[field] = `expected one of: ${Object.keys(scopeTable).join(', ')}`;
      continue;
    }
    const levels = ['none', ...Object.keys(scopeTable[resource].levels)];
    const level = typeof value === 'string' ? spelledAsInTable(value) : '';
    if (!levels.includes(level)) problems[field] = `expected one of: ${levels.join(', ')}`;
    else if (level !== 'none') requireForStores(resource, field, problems);
    picked.push([resource, level]);
  }
  return Object.fromEntries(picked);
}

/** Labels do as well: `Information & Settings` is `information_settings`, `Read-only` is `read_only`. */
function spelledAsInTable(text: string): string {
  return text.toLowerCase().replace(/[^a-z]+/g, '_');
}

function isResource(name: string): name is ScopeResourceName {
  return Object.hasOwn(scopeTable, name);
}

function requireForStores(resource: ScopeResourceName, field: string, problems: Problems): void {
  const { label, isForApps }: ScopeResource = scopeTable[resource];
  if (isForApps) problems[field] = `${label} is for accounts of apps only`;
}

function isAnythingPicked(levels: Levels): boolean {
  return Object.entries(levels).some(([name, level]) => {
    const { initial = 'none' }: ScopeResource = scopeTable[name as ScopeResourceName];
    return level !== 'none' && level !== initial;
  });
}
