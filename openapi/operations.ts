/**
 * The operation table: one row per operation of the REST API, read once from generated/operations.json.
 * Computed by `npm run generate` from openapi/documents/.
 */
import type { HttpMethod, Limits, ResourceUse } from './description.js';
import { readGenerated } from './generated-files.js';
import type { operations as OperationTypes } from './generated/types.js';

/** Parameters, request body and responses of every operation, by operationId. The value of this name is the table. */
export type operations = OperationTypes;

export type OperationId = keyof OperationTypes;

/**
 * Who serves an operation: the management API, the payments host, a store's own domain below /api/storefront, that
 * domain's sign-in calls, or an app that BigCommerce asks for tax and shipping quotes.
 */
export type Host = 'management' | 'payments' | 'storefront' | 'login' | 'provider';

/** One operation: a method on a path template. */
export interface Operation {
  readonly id: OperationId;
  readonly method: Uppercase<HttpMethod>;
  /** Path template with the server's part, such as `/stores/{store_hash}/v3/catalog/brands/{brand_id}`. */
  readonly path: string;
  /** The document that describes it, below openapi/documents/, without extension: `catalog/brands.v3`. */
  readonly document: string;
  readonly host: Host;
  readonly tag: string;
  /** OAuth scopes of which the token needs at least one; null: any valid token will do. Absent: no X-Auth-Token is needed. */
  readonly scopes?: readonly string[] | null;
  /** What it does to which collection. Absent: no rows are behind it. */
  readonly resource?: ResourceUse;
  readonly limits?: Limits;
  /** What it answers stands alone, without the envelope `{ data, meta }`. */
  readonly bare?: true;
  /** Documented statuses, ascending: successes first. */
  readonly statuses: readonly number[];
  readonly body?: {
    /** Accepted media types, the documents' order. */
    readonly media: readonly string[];
    readonly required: boolean;
  };
}

/** All operations, by path, then method. */
// The one cast: generate wrote the file from this type.
export const operations = JSON.parse(readGenerated('operations.json')) as readonly Operation[];

const byId: ReadonlyMap<string, Operation> = new Map(operations.map((operation) => [operation.id, operation]));

/** The operation of that id, or undefined when there is none. */
export function operationById(id: OperationId): Operation;
export function operationById(id: string): Operation | undefined;
export function operationById(id: string): Operation | undefined {
  return byId.get(id);
}
