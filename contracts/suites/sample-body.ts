/**
 * A request body that the description calls valid: values made from the schema, ids taken from rows that exist. Whether
 * a store accepts it may also depend on rules that no schema can say.
 */
import type { Operation, Reference, Schema } from '../../openapi/index.js';
import type { ExistingRows, Key, PathValues } from './existing-rows.js';
import { flatSchema, writableProperties } from './flat-schema.js';
import { referenceTo } from './references.js';

export interface SampleOptions {
  /** Optional properties on the way to a place, such as `['variants', '0', 'sku']`, which are included. */
  readonly along?: readonly string[];
  /** Optional properties at the top, or of the items of a list at the top, which are included. */
  readonly with?: readonly string[];
  /** With every property that may be set. @default only what is required */
  readonly isFull?: boolean;
}

/** Deeper levels get only what is required: some schemas contain themselves. */
const MOST_LEVELS = 5;

/** A time that is not over, in seconds since 1970. */
const FAR_AWAY = 4_000_000_000;

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** Bodies must differ, or the second one would be a duplicate of the first; counted over the life of the process. */
let samples = 0;

export async function sampleBody(
  schema: Schema | Reference,
  operation: Operation,
  rows: ExistingRows,
  values: PathValues,
  options: SampleOptions = {},
): Promise<unknown> {
  samples += 1;
  return new Sampler(operation, rows, values, options, samples).value(schema, '', options.along ?? [], 0);
}

class Sampler {
  constructor(
    private readonly operation: Operation,
    private readonly rows: ExistingRows,
    private readonly values: PathValues,
    private readonly options: SampleOptions,
    private readonly number: number,
  ) {}

  async value(given: Schema | Reference, name: string, along: readonly string[], level: number): Promise<unknown> {
    const schema = flatSchema(given);
    if (schema.enum) return schema.enum.find((value) => value !== null) ?? null;
    switch (schema.type ?? (schema.properties ? 'object' : 'string')) {
      case 'object':
        return this.#object(schema, along, level);
      case 'array':
        // The items of a list at the top are the resources themselves.
        return schema.items
          ? [await this.value(schema.items, singular(name), along.slice(1), level === 0 ? 0 : level + 1)]
          : [];
      case 'integer':
      case 'number':
        return (await this.#numberOf(name)) ?? (name === 'expires_at' ? FAR_AWAY : numberWithin(schema));
      case 'boolean':
        return true;
      default:
        return (await this.#textOf(name, schema)) ?? text(schema, name, this.number);
    }
  }

  #keyOf(name: string): Promise<Key | undefined> {
    return referenceTo(name, this.operation, this.rows, this.values);
  }

  /** The text that names an existing row, or that the store alone knows. */
  async #textOf(name: string, { format, pattern }: Schema): Promise<string | undefined> {
    const isSendable = this.rows.sendable(this.operation.id, name) !== undefined;
    if (!isSendable && format !== 'uuid' && !/(^|_)(uu)?id$/.test(name)) return undefined;
    const key = name === '' ? undefined : await this.#keyOf(name);
    const form = format === 'uuid' ? UUID : pattern;
    return key === undefined || (form && !new RegExp(form).test(String(key))) ? undefined : String(key);
  }

  /** The number that names an existing row, where the property is the name of one. Some services answer ids as text. */
  async #numberOf(name: string): Promise<number | undefined> {
    const key = await this.#keyOf(name);
    const number = key === undefined || key === '' ? Number.NaN : Number(key);
    return Number.isNaN(number) ? undefined : number;
  }

  async #object(schema: Schema, [next, ...rest]: readonly string[], level: number): Promise<Record<string, unknown>> {
    const { required = [] } = schema;
    const { isFull = false, with: wanted = [] } = this.options;
    const { minProperties = 0, maxProperties = Infinity } = schema as PropertyCounts;
    const body: Record<string, unknown> = {};
    const named = [...writableProperties(schema)];
    // Where only some may be there, those that lead nowhere deeper.
    if (maxProperties < named.length) named.sort(([, a], [, b]) => depthOf(a) - depthOf(b));
    for (const [name, property] of named) {
      if (Object.keys(body).length >= maxProperties && !required.includes(name)) continue;
      const isAsked = name === next || (level === 0 && wanted.includes(name));
      if (required.includes(name) || isAsked || (isFull && level < MOST_LEVELS))
        body[name] = await this.value(property, name, name === next ? rest : [], level + 1);
    }
    for (const [name, property] of named) {
      if (Object.keys(body).length >= minProperties) break;
      body[name] ??= await this.value(property, name, [], level + 1);
    }
    return body;
  }
}

interface PropertyCounts {
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** 0 for a plain value, 1 for a list of them, 2 for anything with properties of its own. */
function depthOf(schema: Schema): number {
  if (schema.type === 'array') return 1 + (schema.items ? depthOf(flatSchema(schema.items)) : 0);
  return schema.type === 'object' || schema.properties ? 2 : 0;
}

/** The name of an item of a list of ids: `categories` holds what `category_id` names. */
function singular(name: string): string {
  if (name === '' || name.endsWith('_id')) return name;
  if (name === 'ids') return 'id';
  return `${name
    .replace(/^related_/, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '')}_id`;
}

function numberWithin({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: Schema): number {
  const lowest = minimum === undefined ? 1 : exclusiveMinimum ? minimum + 1 : Math.max(minimum, 1);
  return maximum === undefined ? lowest : Math.min(lowest, exclusiveMaximum ? maximum - 1 : maximum);
}

function text({ format, pattern, minLength = 0, maxLength = 255 }: Schema, name: string, number: number): string {
  const byFormat: Readonly<Record<string, string>> = {
    'date-time': '2024-05-01T08:30:00+00:00',
    date: '2024-05-01',
    uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    uri: `https://example.com/contract-check/${number}`,
    email: `contract-check-${number}@example.com`,
  };
  const plain = format === undefined ? undefined : byFormat[format];
  const byName: Readonly<Record<string, string>> = {
    email: byFormat['email'] ?? '',
    currency_code: 'USD',
    default_currency: 'USD',
    enabled_currency_id: 'USD', // an item of `enabled_currencies`
    platform: 'custom',
    country: 'United States',
    country_code: 'US',
    country_of_origin: 'US',
  };
  const address = name.endsWith('_url') ? `https://example.com/contract-check-${number}.png` : undefined;
  const candidates = [
    plain,
    byName[name],
    address,
    `Contract check ${name} ${number}`,
    `contract-check-${number}`,
    `/contract-check-${number}/`,
    '1.00',
    '10:00:00',
    'USD',
    'A',
  ];
  const fitting = candidates.find(
    (candidate) => candidate !== undefined && (!pattern || new RegExp(pattern).test(candidate)),
  );
  return (fitting ?? '').slice(-maxLength).trim().padEnd(minLength, 'x');
}
