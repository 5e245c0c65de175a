/** Has something the form of a snapshot's content? One schema for the check and for the description of the calls. */
import { createRequire } from 'node:module';
import type { ValidateFunction } from 'ajv';
import type * as AjvModule from 'ajv';
import { permissions } from '../accounts/permissions.js';
import { FORMAT, VERSION } from './content.js';

/** Loaded with the first snapshot that comes as JSON. */
const load = createRequire(import.meta.url);

const text = { type: 'string' } as const;
const id = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER } as const;
const key = { oneOf: [{ type: 'integer' }, { type: 'string', minLength: 1 }] } as const;

/** All properties have to be there, but those named optional; others may not. */
function object(properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties };
}

const account = object(
  {
    id,
    name: text,
    token_type: { ...text, enum: ['api', 'stencil_cli'] },
    kind: { ...text, enum: ['store', 'app'] },
    client_id: { ...text, minLength: 1 },
    token_hash: { ...text, pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the access token.' },
    scopes: { type: 'array', items: text },
    levels: { type: 'object', additionalProperties: text },
    created_at: text,
    created_by: text,
  },
  ['levels'],
);

const user = object({
  id,
  email: text,
  first_name: text,
  last_name: text,
  is_owner: { type: 'boolean' },
  two_factor_enabled: { type: 'boolean' },
  permissions: { type: 'array', items: { ...text, enum: permissions } },
  created_at: text,
  created_by: text,
});

const row = object({ key, parent: key, row: { type: 'object' } }, ['parent']);

/** In what JSON Schema and OpenAPI 3.0 have in common. */
export const contentSchema = object({
  format: { ...text, enum: [FORMAT] },
  version: { type: 'integer', enum: [VERSION] },
  store_hash: { ...text, pattern: '^[a-z0-9]{1,32}$', description: 'Of the store that it was taken of.' },
  accounts: object({
    last_id: id,
    accounts: { type: 'array', items: account },
    start: { type: 'array', items: account, description: 'Those that a reset brings back.' },
  }),
  users: object({ last_id: id, users: { type: 'array', items: user } }),
  numbers: { type: 'object', additionalProperties: id },
  files: { type: 'array', items: object({ path: text, media_type: text, base64: text }) },
  collections: {
    type: 'object',
    additionalProperties: object({ last_id: id, rows: { type: 'array', items: row } }),
  },
});

let validate: ValidateFunction | undefined;

/** The first thing that is wrong with the form of a content. Undefined: it is one. */
export function problemOf(value: unknown): { readonly field: string; readonly expected: string } | undefined {
  validate ??= compile();
  if (validate(value)) return undefined;
  const [first] = validate.errors ?? [];
  const field = (first?.instancePath ?? '').slice(1).replaceAll('/', '.');
  const { additionalProperty, allowedValues } = (first?.params ?? {}) as Readonly<Record<string, unknown>>;
  const more = typeof additionalProperty === 'string' ? `: ${additionalProperty}` : '';
  const values = Array.isArray(allowedValues) ? `: ${allowedValues.join(', ')}` : '';
  return {
    field: field === '' ? 'body' : field,
    expected: `${first?.message ?? 'expected a snapshot'}${more}${values}`,
  };
}

function compile(): ValidateFunction {
  const { Ajv } = load('ajv') as typeof AjvModule;
  return new Ajv({ strict: false, validateSchema: false }).compile(contentSchema);
}
