/** `bcmock account create|list|delete`: store-level API accounts of a mock that runs. */
import { accessSync, constants, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { OptionsError } from '../errors.js';
import { callControl, DEFAULT_URL, type ControlTarget } from './control-client.js';

const HELP = `Usage: bcmock account create [flags]       makes an account and prints its credentials, once
       bcmock account list [flags]         prints the accounts, without secrets
       bcmock account delete <id> [flags]  deletes one; its token is dead at once

  --preset <name>            what to ask for: migration-source, migration-target or reporting-connector
  --scope <resource=level>   or one by one, such as products=read_only; may be repeated
  --name <text>              at least 4 characters (default: the title of the preset)
  --token-type <type>        api or stencil_cli (default api)
  --access-level <level>     of a Stencil-CLI token: local_theme or publish_theme
  --save <folder>            writes the text file with the credentials there, as the control panel does
  --json                     prints JSON

  --url <address>            the mock (default ${DEFAULT_URL}) [BCMOCK_URL]
  --store-hash <hash>        the store (default mockstore1) [BCMOCK_STORE_HASH]
  --control-token <token>    for a mock that listens beyond loopback [BCMOCK_CONTROL_TOKEN]
  --user <id or e-mail>      who acts (default: the owner of the store)
  --help                     prints this
`;

const FLAGS = {
  preset: { type: 'string' },
  scope: { type: 'string', multiple: true },
  name: { type: 'string' },
  'token-type': { type: 'string' },
  'access-level': { type: 'string' },
  save: { type: 'string' },
  json: { type: 'boolean' },
  url: { type: 'string' },
  'store-hash': { type: 'string' },
  'control-token': { type: 'string' },
  user: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsConfig['options'];

type AccountFlags = ReturnType<typeof readFlags>['values'];

/** What the control API shows of an account. */
interface ShownAccount {
  readonly id: number;
  readonly name: string;
  readonly token_type: string;
  readonly client_id: string;
  readonly scopes: readonly string[];
}

interface CreatedAccount extends ShownAccount {
  readonly credentials_file: { readonly name: string; readonly content: string };
  readonly warnings: readonly string[];
}

interface Call {
  readonly target: ControlTarget;
  /** Of the accounts, in the control API. */
  readonly path: string;
  readonly flags: AccountFlags;
}

/**
 * @param argv what follows `account`
 * @returns what to print on standard output
 * @throws OptionsError for a flag that cannot be used; ControlError when the mock refuses or is not there
 */
export async function runAccount(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const { values: flags, positionals } = readFlags(argv);
  if (flags.help) return HELP;
  const [action, ...rest] = positionals;
  const store_hash = flags['store-hash'] ?? environment.BCMOCK_STORE_HASH ?? 'mockstore1';
  const call: Call = {
    target: {
      url: flags.url ?? environment.BCMOCK_URL,
      controlToken: flags['control-token'] ?? environment.BCMOCK_CONTROL_TOKEN,
      user: flags.user,
    },
    path: `/_mock/stores/${encodeURIComponent(store_hash)}/api-accounts`,
    flags,
  };
  if (action === 'delete') return deleteAccount(call, rest);
  if (rest.length > 0) throw new OptionsError('argument', rest.join(' '), `flags only after account ${String(action)}`);
  if (action === 'create') return createAccount(call);
  if (action === 'list') return listAccounts(call);
  throw new OptionsError('account', action ?? '', 'create, list or delete (see bcmock account --help)');
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options: FLAGS });
  } catch (error) {
    const { message } = error as Error;
    const flag = /'(-[^' ]*)/.exec(message)?.[1] ?? 'flag';
    throw new OptionsError(flag, argv.join(' '), 'a flag of this command; see bcmock account --help', { cause: error });
  }
}

async function createAccount({ target, path: accounts, flags }: Call): Promise<string> {
  const { name, preset, scope, 'token-type': token_type, 'access-level': access_level, save } = flags;
  if (save !== undefined) requireFolder(save);
  const input = { name, preset, token_type, access_level, scopes: scope && scopesOf(scope) };
  const created = (await callControl(target, 'POST', accounts, input)) as CreatedAccount;
  const { credentials_file, warnings } = created;
  if (save !== undefined) {
    // Readable by its owner only, and never over another file.
    writeFileSync(path.join(save, path.basename(credentials_file.name)), credentials_file.content, {
      mode: 0o600,
      flag: 'wx',
    });
  }
  for (const warning of warnings) process.stderr.write(`bcmock: ${warning}\n`);
  return flags.json ? asJson(created) : credentials_file.content;
}

async function listAccounts({ target, path: accounts, flags }: Call): Promise<string> {
  const answer = (await callControl(target, 'GET', accounts)) as { readonly data: readonly ShownAccount[] };
  if (flags.json) return asJson(answer);
  const rows = answer.data.map(({ id, name, token_type, client_id, scopes }) =>
    [
      String(id).padStart(4),
      client_id,
      token_type.padEnd(11),
      `${String(scopes.length).padStart(3)} scopes`,
      name,
    ].join('  '),
  );
  return rows.map((row) => `${row}\n`).join('');
}

async function deleteAccount(
  { target, path: accounts, flags }: Call,
  [id, ...more]: readonly string[],
): Promise<string> {
  if (id === undefined || !/^\d+$/.test(id) || more.length > 0)
    throw new OptionsError(
      'account delete',
      [id, ...more].join(' '),
      'the id of one account (see bcmock account list)',
    );
  await callControl(target, 'DELETE', `${accounts}/${id}`);
  return flags.json ? asJson({ deleted: Number(id) }) : `Account ${id} is deleted\n`;
}

/** @param scopes such as `products=read_only` */
function scopesOf(scopes: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    scopes.map((text) => {
      const [, resource, level] = /^([^=]+)=([^=]+)$/.exec(text) ?? [];
      if (resource === undefined || level === undefined)
        throw new OptionsError('--scope', text, '<resource>=<level>, such as products=read_only');
      return [resource, level];
    }),
  );
}

/** Asked before the account is made: its credentials come once. */
function requireFolder(folder: string): void {
  try {
    accessSync(path.join(folder, path.sep), constants.W_OK);
  } catch (error) {
    throw new OptionsError('--save', folder, 'a folder that can be written to', { cause: error });
  }
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
