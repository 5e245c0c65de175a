/** What descriptions of control calls are made of: the part of OpenAPI 3.0 that they need, and parts that they share. */

export interface Reference {
  readonly $ref: string;
}

export interface Schema {
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly description?: string;
  readonly format?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: boolean;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema | Reference;
  readonly properties?: Readonly<Record<string, Schema | Reference>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema | Reference;
  readonly allOf?: readonly (Schema | Reference)[];
  readonly oneOf?: readonly (Schema | Reference)[];
  readonly anyOf?: readonly (Schema | Reference)[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly description?: string;
  readonly schema: Schema | Reference;
}

/** Schemas by media type. */
export type Content = Readonly<Record<string, { readonly schema: Schema | Reference }>>;

export interface Answer {
  readonly description: string;
  readonly content?: Content;
}

export interface Call {
  readonly operationId: string;
  readonly summary: string;
  /** What a reader could not guess. */
  readonly description?: string;
  /** One: the chapter it stands in. */
  readonly tags: readonly string[];
  /** Empty: open to everyone, without the control token. */
  readonly security?: readonly [];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Answer>>;
}

/** Calls by method, below their path templates. */
export type Paths = Readonly<Record<string, Readonly<Partial<Record<'get' | 'post' | 'put' | 'delete', Call>>>>>;

export type Schemas = Readonly<Record<string, Schema>>;

/** Refers to one of the schemas of the whole document. */
export function schemaOf(name: string): Reference {
  return { $ref: `#/components/schemas/${name}` };
}

/** The content of a message that is JSON. */
export function json(schema: Schema | Reference): Content {
  return { 'application/json': { schema } };
}

/** A list as control calls give it: `{data, meta: {total}}`. */
export function listOf(items: Schema | Reference): Content {
  return json({
    type: 'object',
    required: ['data', 'meta'],
    properties: {
      data: { type: 'array', items },
      meta: { type: 'object', required: ['total'], properties: { total: { type: 'integer', minimum: 0 } } },
    },
  });
}

/** A refusal in the V3 envelope. */
export function refused(description: string): Answer {
  return { description, content: json(schemaOf('Refusal')) };
}

export const invalidInput = refused('Bad input: `errors` names each field. Nothing has changed.');
export const unknownStore = refused('This mock has no such store.');

export const storeHash: Parameter = {
  name: 'store_hash',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  description: 'Hash of a store that this mock has.',
};

/** Schemas that several chapters share. */
export const sharedSchemas: Schemas = {
  Refusal: {
    type: 'object',
    required: ['status', 'title', 'type'],
    properties: {
      status: { type: 'integer' },
      title: { type: 'string' },
      type: { type: 'string' },
      errors: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'What is wrong with each field.',
      },
    },
  },
  Counts: {
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Rows by collection; those without any are left out.',
  },
};
