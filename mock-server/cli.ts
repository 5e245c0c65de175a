/** The command `bcmock`. Flags, variables and config file are read through the option table; this file only dispatches. */
import { parseArgs } from 'node:util';
import { OptionsError } from './errors.js';
import { ControlError } from './command/control-client.js';
import { helpText } from './command/help.js';
import { loadOptions, type ImportModule } from './command/load-options.js';
import { runAccount } from './command/run-account.js';
import { runSnapshot } from './command/run-snapshot.js';
import { runStart } from './command/run-start.js';
import { optionTable } from './options.js';
import { packageVersion } from './package-version.js';

/** Ended by a signal or on request. */
const OK = 0;
/** It could not listen, or the mock that it talks to refused or is not there. */
const FAILED = 1;
/** A flag, variable, config file or folder that cannot be used. */
const UNUSABLE = 2;

/**
 * Runs the command; gives the exit code, once it has ended.
 * @param importModule loads a config file; the launcher gives its own, since a script from a code cache has none
 */
export async function run(argv: readonly string[], importModule?: ImportModule): Promise<number> {
  try {
    if (argv[0] === 'account') {
      process.stdout.write(await runAccount(argv.slice(1)));
      return OK;
    }
    if (argv[0] === 'snapshot') {
      const { text, code } = await runSnapshot(argv.slice(1));
      process.stdout.write(text);
      return code;
    }
    const { values, positionals } = readFlags(argv);
    if (values.version) {
      process.stdout.write(`${packageVersion}\n`);
      return OK;
    }
    const [command = values.help ? 'help' : undefined, ...rest] = positionals;
    if (values.help || command === 'help') {
      process.stdout.write(helpText());
      return OK;
    }
    if (command === undefined) throw new OptionsError('command', '', 'start (see bcmock --help)');
    if (command !== 'start') throw new OptionsError('command', command, 'start (see bcmock --help)');
    if (rest.length > 0) throw new OptionsError('argument', rest.join(' '), 'flags only after start');
    return await runStart(await loadOptions(values, process.env, process.cwd(), importModule));
  } catch (error) {
    if (error instanceof OptionsError) {
      process.stderr.write(`bcmock: ${error.message}\n`);
      return UNUSABLE;
    }
    if (error instanceof ControlError) {
      process.stderr.write(`bcmock: ${error.message}\n`);
      return FAILED;
    }
    process.stderr.write(
      `bcmock: ${listenProblem(error) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
    return FAILED;
  }
}

export type Flags = Readonly<Record<string, string | boolean | undefined>>;

function readFlags(argv: readonly string[]): { values: Flags; positionals: string[] } {
  const texts = Object.fromEntries(
    [...optionTable.map(({ flag }) => flag), 'config'].map((flag) => [flag, { type: 'string' as const }]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { ...texts, help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'v' } },
    });
    return { values: values, positionals };
  } catch (error) {
    const { message } = error as Error;
    const flag = /'(-[^' ]*)/.exec(message)?.[1] ?? 'flag';
    throw new OptionsError(flag, argv.join(' '), `${message.split(/\. |\n/, 1)[0] ?? message}; see bcmock --help`, {
      cause: error,
    });
  }
}

function listenProblem(error: unknown): string | undefined {
  const { code, port, address } = error as { code?: string; port?: number; address?: string };
  const where = `${String(address)}:${String(port)}`;
  if (code === 'EADDRINUSE') return `${where} is taken; choose another with --port, or --port 0 for a free one`;
  if (code === 'EACCES') return `no permission to listen on ${where}; choose a port above 1023 with --port`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `${where} is no address of this machine; choose another with --host`;
  return undefined;
}
