/**
 * The parts of an OpenAPI 3.0 document that this project reads, as types.
 * Described in the OpenAPI Specification 3.0.3; our extensions (`x-scopes`, `x-resource`, `x-limits`) in CONTRIBUTING.md.
 */

export interface Reference {
  readonly $ref: string;
}

export type SchemaType = 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';

export interface Schema {
  readonly type?: SchemaType;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly nullable?: boolean;
  readonly readOnly?: boolean;
  readonly properties?: Readonly<Record<string, Schema | Reference>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema | Reference;
  readonly items?: Schema | Reference;
  readonly allOf?: readonly (Schema | Reference)[];
  readonly oneOf?: readonly (Schema | Reference)[];
  readonly anyOf?: readonly (Schema | Reference)[];
  readonly not?: Schema | Reference;
  readonly minimum?: number;
  readonly maximum?: number;
  /** A claim about `minimum` in OpenAPI 3.0, not a number as in JSON Schema. */
  readonly exclusiveMinimum?: boolean;
  readonly exclusiveMaximum?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
  readonly schema?: Schema | Reference;
  readonly description?: string;
}

export interface MediaType {
  readonly schema?: Schema | Reference;
}

export interface RequestBody {
  readonly required?: boolean;
  readonly content: Readonly<Record<string, MediaType>>;
}

export interface Response {
  readonly description: string;
  readonly content?: Readonly<Record<string, MediaType>>;
}

type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** What one operation does to one collection. */
export interface ResourceUse {
  /** Dotted name of the collection, such as `catalog.products`. */
  readonly collection: string;
  readonly action: ResourceAction;
  /** Path parameter that names the row. Absent where the operation is about the whole collection. */
  readonly id?: string;
  /** Path parameter to collection, for each row that must exist above this one, outermost first. */
  readonly parent?: Readonly<Record<string, string>>;
  /** Each row of a batch is judged on its own, and answers tell which were refused. Absent: the batch is judged as one. */
  readonly partial?: boolean;
}

export const resourceActions = [
  'list',
  'get',
  'create',
  'update',
  'replace',
  'upsert',
  'delete',
  'delete-many',
  'batch-create',
  'batch-update',
  'batch-upsert',
  'singleton-get',
  'singleton-update',
  'count',
  'action',
  'computed',
] as const;

export type ResourceAction = (typeof resourceActions)[number];

/** Documented limits of one operation; a missing key means that none is documented. */
export interface Limits {
  /** Most rows that one request may carry. */
  readonly batch?: number;
  /** Most rows that one request may delete. */
  readonly 'batch-delete'?: number;
  /** Most requests of this kind that may run at the same time. */
  readonly concurrency?: number;
  /** Rows on a page: what is given without `limit`, and the most that `limit` may ask for. */
  readonly page?: { readonly default: number; readonly max: number };
}

export interface OperationObject {
  readonly operationId: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly requestBody?: RequestBody | Reference;
  readonly responses: Readonly<Record<string, Response | Reference>>;
  readonly security?: readonly SecurityRequirement[];
  readonly servers?: readonly Server[];
  readonly 'x-scopes'?: readonly string[];
  readonly 'x-resource'?: ResourceUse;
  readonly 'x-limits'?: Limits;
}

export const httpMethods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

export type HttpMethod = (typeof httpMethods)[number];

export type PathItem = {
  readonly parameters?: readonly (Parameter | Reference)[];
  readonly servers?: readonly Server[];
} & { readonly [method in HttpMethod]?: OperationObject };

export interface Server {
  readonly url: string;
  readonly description?: string;
  readonly variables?: Readonly<Record<string, { readonly default: string; readonly description?: string }>>;
}

export interface Tag {
  readonly name: string;
  readonly description?: string;
}

/** Component kind (`schemas`, `parameters`, `responses`, …) to name to definition. */
export type Components = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers?: readonly Server[];
  readonly security?: readonly SecurityRequirement[];
  readonly tags?: readonly Tag[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: Components;
}

/** What makes a parameter this one and no other, such as `query id:in`; header names have no case. */
export function parameterKey({ name, in: place }: Pick<Parameter, 'name' | 'in'>): string {
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

export function isReference(value: object): value is Reference {
  return '$ref' in value && typeof value.$ref === 'string';
}
