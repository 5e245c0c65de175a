/**
 * The options of a mock: one table of option, flag, environment variable, config key, default and check.
 * The command line, the environment, config files and the programmatic API are all read through it.
 */
import { parseSize, type StoreSize } from '../fixtures/index.js';
import { OptionsError } from './errors.js';
import { plans, type Plan, type RateLimit } from './state/rate-quota.js';

export type AuthMode = 'enforce' | 'soft' | 'off';
/** Which destinations of webhooks are called. */
export type WebhookCalls = 'all' | 'local' | 'off';
export type LogFormat = 'pretty' | 'json' | 'silent';

export interface MockServerOptions {
  /** TCP port; 0 takes a free one. @default 4010 */
  readonly port?: number;
  /** Address to listen on. @default '127.0.0.1' */
  readonly host?: string;
  /** Hash of the default store: lower-case letters and digits. @default 'mockstore1' */
  readonly storeHash?: string;
  /** Rate-limit plan. @default 'standard' (150 requests per 30 s) */
  readonly plan?: Plan;
  /** Overrides the plan's quota: `<requests>/<seconds>`, such as `25/4`. */
  readonly rateLimit?: string;
  /** `soft` answers but reports what would have been 401 or 403; `off` asks for nothing. @default 'enforce' */
  readonly auth?: AuthMode;
  /** Every fixture and id of the default store follows from it. Integer from 0. @default 1 */
  readonly seed?: number;
  /** `empty`, `small`, `medium`, `large`, or counts such as `products=5000`. @default 'small' */
  readonly size?: string;
  /** Folder in which the state survives restarts; made when it is not there. @default none: the state lives in memory */
  readonly persist?: string;
  /** Largest request body, in bytes. @default 20_971_520 (20 MiB) */
  readonly bodyLimit?: number;
  /** `local` calls webhooks on this machine and its network only; `off` calls nobody. @default 'all' */
  readonly webhooks?: WebhookCalls;
  /** Token for `/_mock` calls when the mock listens beyond loopback. @default generated at start */
  readonly controlToken?: string;
  /** One line per request on standard output. @default 'pretty' for the command, 'silent' for the API */
  readonly log?: LogFormat;
}

/** Options after checks and defaults. */
export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly storeHash: string;
  readonly plan: Plan;
  readonly rateLimit: RateLimit;
  readonly auth: AuthMode;
  readonly seed: number;
  readonly size: StoreSize;
  readonly persist: string | undefined;
  readonly bodyLimit: number;
  readonly webhooks: WebhookCalls;
  readonly controlToken: string | undefined;
  readonly log: LogFormat;
}

/** What one store is made with. */
export type StoreChoices = Pick<MockServerOptions, 'storeHash' | 'seed' | 'size' | 'plan' | 'rateLimit'>;
export type StoreSettings = Pick<Settings, 'storeHash' | 'seed' | 'size' | 'plan' | 'rateLimit'>;

type OptionName = keyof MockServerOptions;

interface OptionRule {
  readonly name: OptionName;
  /** Without the two dashes. */
  readonly flag: string;
  readonly variable: string;
  /** As shown by --help. */
  readonly value: string;
  readonly default: string | number | undefined;
  readonly meaning: string;
  /** Reads the text of a flag or variable. @throws OptionsError */
  readonly read: (text: string, label: string) => string | number;
}

const text = (value: string): string => value;

function integer(value: string, label: string): number {
  if (!/^\d{1,12}$/.test(value)) throw new OptionsError(label, value, 'a whole number');
  return Number(value);
}

/** Every option, in the order in which --help lists them. */
export const optionTable: readonly OptionRule[] = [
  {
    name: 'port',
    flag: 'port',
    variable: 'BCMOCK_PORT',
    value: 'number',
    default: 4010,
    meaning: 'port to listen on; 0 takes a free one',
    read: integer,
  },
  {
    name: 'host',
    flag: 'host',
    variable: 'BCMOCK_HOST',
    value: 'address',
    default: '127.0.0.1',
    meaning: 'address to listen on',
    read: text,
  },
  {
    name: 'storeHash',
    flag: 'store-hash',
    variable: 'BCMOCK_STORE_HASH',
    value: 'hash',
    default: 'mockstore1',
    meaning: 'hash of the default store',
    read: text,
  },
  {
    name: 'plan',
    flag: 'plan',
    variable: 'BCMOCK_PLAN',
    value: 'name',
    default: 'standard',
    meaning:
      'rate-limit plan: standard, plus (150 per 30 s), pro (450 per 30 s), enterprise (100,000 per 30 s) or unlimited',
    read: text,
  },
  {
    name: 'rateLimit',
    flag: 'rate-limit',
    variable: 'BCMOCK_RATE_LIMIT',
    value: 'n/s',
    default: undefined,
    meaning: "requests per seconds instead of the plan's, such as 25/4",
    read: text,
  },
  {
    name: 'auth',
    flag: 'auth',
    variable: 'BCMOCK_AUTH',
    value: 'mode',
    default: 'enforce',
    meaning: 'enforce; soft answers but says what would have been 401 or 403; off',
    read: text,
  },
  {
    name: 'seed',
    flag: 'seed',
    variable: 'BCMOCK_SEED',
    value: 'number',
    default: 1,
    meaning: 'all data of the default store follows from it',
    read: integer,
  },
  {
    name: 'size',
    flag: 'size',
    variable: 'BCMOCK_SIZE',
    value: 'size',
    default: 'small',
    meaning: 'data: empty, small, medium, large, or counts such as products=5000',
    read: text,
  },
  {
    name: 'persist',
    flag: 'persist',
    variable: 'BCMOCK_PERSIST',
    value: 'folder',
    default: undefined,
    meaning: 'folder in which the state survives restarts; without it the state lives in memory',
    read: text,
  },
  {
    name: 'bodyLimit',
    flag: 'body-limit',
    variable: 'BCMOCK_BODY_LIMIT',
    value: 'bytes',
    default: 20_971_520,
    meaning: 'largest request body; a larger one gets 413',
    read: integer,
  },
  {
    name: 'webhooks',
    flag: 'webhooks',
    variable: 'BCMOCK_WEBHOOKS',
    value: 'calls',
    default: 'all',
    meaning: 'destinations of webhooks that are called: all, local (this machine and its network) or off',
    read: text,
  },
  {
    name: 'controlToken',
    flag: 'control-token',
    variable: 'BCMOCK_CONTROL_TOKEN',
    value: 'token',
    default: undefined,
    meaning: 'token for /_mock calls when listening beyond loopback',
    read: text,
  },
  {
    name: 'log',
    flag: 'log',
    variable: 'BCMOCK_LOG',
    value: 'format',
    default: 'pretty',
    meaning: 'pretty, json or silent',
    read: text,
  },
];

/** Helps an editor complete `bcmock.config.ts`; gives its argument back. */
export function defineConfig(options: MockServerOptions): MockServerOptions {
  return options;
}

/**
 * Options with every default filled in and every value checked.
 * @param labels how to name an option in an error: its flag or variable, where it came from one
 * @throws OptionsError naming the option, the value and what was allowed
 */
export function resolveOptions(
  options: MockServerOptions,
  labels: Readonly<Partial<Record<OptionName, string>>> = {},
): Settings {
  for (const name of Object.keys(options)) {
    if (!optionTable.some((rule) => rule.name === name)) {
      throw new OptionsError(
        name,
        (options as Readonly<Record<string, unknown>>)[name],
        `one of the options ${optionTable.map((rule) => rule.name).join(', ')}`,
      );
    }
  }
  const labelOf = (name: OptionName): string => labels[name] ?? name;
  const refuse = (name: OptionName, allowed: string): never => {
    throw new OptionsError(labelOf(name), options[name], allowed);
  };
  const {
    port = 4010,
    host = '127.0.0.1',
    auth = 'enforce',
    bodyLimit = 20_971_520,
    webhooks = 'all',
    log = 'silent',
  } = options;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) refuse('port', 'a port from 0 to 65535');
  if (typeof host !== 'string' || host === '') refuse('host', 'an address such as 127.0.0.1');
  if (!['enforce', 'soft', 'off'].includes(auth)) refuse('auth', 'enforce, soft or off');
  if (!['all', 'local', 'off'].includes(webhooks)) refuse('webhooks', 'all, local or off');
  if (!['pretty', 'json', 'silent'].includes(log)) refuse('log', 'pretty, json or silent');
  if (!Number.isInteger(bodyLimit) || bodyLimit < 1 || bodyLimit > 1_073_741_824)
    refuse('bodyLimit', 'bytes from 1 to 1073741824');
  const { controlToken, persist } = options;
  if (persist !== undefined && (typeof persist !== 'string' || persist.trim() === '' || persist.includes('\0')))
    refuse('persist', 'the path of a folder');
  if (controlToken !== undefined && !/^[\x21-\x7e]{8,200}$/.test(controlToken))
    refuse('controlToken', '8 to 200 visible ASCII characters');
  return {
    port,
    host,
    ...resolveStoreChoices(options, labelOf),
    auth,
    persist,
    bodyLimit,
    webhooks,
    controlToken,
    log,
  };
}

/**
 * What a store is made with, with every default filled in and every value checked.
 * @throws OptionsError naming the option, the value and what was allowed
 */
export function resolveStoreChoices(
  options: StoreChoices,
  labelOf: (name: keyof StoreChoices) => string = (name) => name,
): StoreSettings {
  const { storeHash = 'mockstore1', plan = 'standard', seed = 1, size = 'small', rateLimit } = options;
  const refuse = (name: keyof StoreChoices, allowed: string): never => {
    throw new OptionsError(labelOf(name), options[name], allowed);
  };
  if (typeof storeHash !== 'string' || !/^[a-z0-9]{1,32}$/.test(storeHash))
    refuse('storeHash', '1 to 32 lower-case letters and digits');
  if (!Object.hasOwn(plans, plan)) refuse('plan', Object.keys(plans).join(', '));
  if (!Number.isInteger(seed) || seed < 0 || seed > 4_294_967_295)
    refuse('seed', 'a whole number from 0 to 4294967295');
  return {
    storeHash,
    plan,
    rateLimit: rateLimit === undefined ? plans[plan] : readRateLimit(rateLimit, labelOf('rateLimit')),
    seed,
    size: readSize(size, labelOf('size')),
  };
}

function readRateLimit(value: string, label: string): RateLimit {
  const parts = /^(\d{1,9})\/(\d{1,6})$/.exec(value);
  const [requests, seconds] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!parts || requests < 1 || seconds < 1)
    throw new OptionsError(label, value, '<requests>/<seconds>, both at least 1, such as 25/4');
  return { requests, windowMs: seconds * 1_000, unlimited: false };
}

function readSize(value: string, label: string): StoreSize {
  try {
    return parseSize(value);
  } catch (error) {
    throw new OptionsError(label, value, error instanceof Error ? error.message : 'a size', { cause: error });
  }
}
