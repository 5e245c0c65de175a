/** Reads what an app is registered with. Every field that is wrong is named at once. */
import { DEFAULT_SCOPE, placeOfScope } from '../accounts/scope-table.js';
import { UnprocessableError } from '../errors.js';
import type { App } from '../state/apps.js';
import type { Input } from './input.js';

export type AppFields = Omit<App, 'client_id' | 'client_secret' | 'created_at'>;

/** What can be changed later. */
export const APP_FIELDS = [
  'name',
  'auth_callback',
  'load_callback',
  'uninstall_callback',
  'remove_user_callback',
  'scopes',
] as const satisfies readonly (keyof AppFields)[];

/** What a developer may bring along from the real thing. */
export interface AppCredentials {
  readonly client_id: string | undefined;
  readonly client_secret: string | undefined;
}

type Problems = Record<string, string>;

const LONGEST_URL = 2_000;

/**
 * @param before what stays where nothing is said
 * @throws UnprocessableError naming every field that is wrong
 */
export function readApp(input: Input, before?: AppFields): AppFields & AppCredentials {
  const problems: Problems = {};
  const { name = before?.name, scopes = before?.scopes } = input;
  const app = {
    client_id: readText(input.client_id, 'client_id', /^[A-Za-z0-9_-]{1,64}$/, problems),
    client_secret: readText(input.client_secret, 'client_secret', /^[\x21-\x7e]{8,256}$/, problems),
    name: readName(name, problems),
    auth_callback: readCallback(input, 'auth_callback', before?.auth_callback, problems) ?? '',
    load_callback: readCallback(input, 'load_callback', before?.load_callback, problems) ?? '',
    uninstall_callback: readCallback(input, 'uninstall_callback', before?.uninstall_callback ?? null, problems),
    remove_user_callback: readCallback(input, 'remove_user_callback', before?.remove_user_callback ?? null, problems),
    scopes: readScopes(scopes, problems),
  };
  if (Object.keys(problems).length > 0) throw new UnprocessableError('Input is invalid', problems);
  return app;
}

function readText(value: unknown, field: string, pattern: RegExp, problems: Problems): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string' && pattern.test(value)) return value;
  problems[field] =
    field === 'client_id'
      ? 'expected 1 to 64 letters, digits, dashes or underscores'
      : 'expected 8 to 256 letters, digits or signs without blanks';
  return undefined;
}

function readName(value: unknown, problems: Problems): string {
  const name = typeof value === 'string' ? value.trim() : '';
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    problems.name = 'expected 1 to 100 characters without line breaks';
  }
  return name;
}

/** @param before what it is when nothing is said: null where the app need not be told, undefined where it has to be said */
function readCallback(
  input: Input,
  field: 'auth_callback' | 'load_callback' | 'uninstall_callback' | 'remove_user_callback',
  before: string | null | undefined,
  problems: Problems,
): string | null {
  const value = input[field] === undefined ? before : input[field];
  if (value === null && field !== 'auth_callback' && field !== 'load_callback') return null;
  if (typeof value === 'string' && isCallback(value)) return value;
  problems[field] = 'expected an absolute address with http or https, without user name and fragment';
  return null;
}

/** The real developer portal wants https; apps under test listen on plain ports. */
function isCallback(text: string): boolean {
  if (text.length > LONGEST_URL || !URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '' && !text.includes('#');
}

/** Each once, without `default`, which goes without saying. */
function readScopes(value: unknown, problems: Problems): readonly string[] {
  const problem = 'expected a list of scopes of stores, such as ["store_v2_products_read_only"]';
  if (!Array.isArray(value)) {
    problems.scopes = problem;
    return [];
  }
  const scopes = new Set(value as readonly unknown[]);
  scopes.delete(DEFAULT_SCOPE);
  const unknown = [...scopes].find((scope) => typeof scope !== 'string' || !placeOfScope(scope));
  if (unknown !== undefined) {
    problems.scopes = `${problem}; none is called ${JSON.stringify(unknown).slice(0, 100)}`;
  }
  return [...scopes] as string[];
}
