/** What a handler gets and gives, typed by operationId: a wrong status, field or operationId does not compile. */
import type { IncomingHttpHeaders } from 'node:http';
import type { Operation, OperationId, OperationRules, operations } from '../../openapi/index.js';
import type { Key } from '../state/collection.js';
import type { Fidelity } from '../pipeline/exchange.js';
import type { QueryValues } from '../query/query-values.js';
import type { RefusedRows } from './body.js';
import type { Actor } from './define.js';
import type { Engine } from './engine.js';

type JsonContent<Content> = Content extends { content: { 'application/json': infer Body } } ? Body : undefined;

/** The JSON body that an operation takes. */
export type BodyOf<Id extends OperationId> = operations[Id] extends { requestBody?: infer Body }
  ? JsonContent<NonNullable<Body>>
  : undefined;

type Responses<Id extends OperationId> = operations[Id]['responses'];
type SuccessStatus<Id extends OperationId> = keyof Responses<Id> & (200 | 201 | 202 | 204 | 207);

/** Headers of one answer alone, in lower case; a `content-type` says what `bytes` are instead of JSON. */
export type AnswerHeaders = Readonly<Record<string, string>>;

/** One success status of an operation with the body that the description gives it. */
export type ValueAnswer<Id extends OperationId> = {
  [Status in SuccessStatus<Id>]: {
    readonly status: Status;
    readonly body: JsonContent<Responses<Id>[Status]>;
    readonly fidelity?: Fidelity;
    readonly headers?: AnswerHeaders;
  };
}[SuccessStatus<Id>];

/** An answer whose JSON was kept or joined, or that is no JSON at all. */
export interface BytesAnswer {
  readonly status: number;
  readonly bytes: Buffer | string | undefined;
  readonly headers?: AnswerHeaders;
  readonly fidelity?: Fidelity;
  /** For the log and the journal, where the status is a refusal and what was written stays all the same. */
  readonly reason?: string;
}

export type Answer<Id extends OperationId> = ValueAnswer<Id> | BytesAnswer;

/** An answer of an operation that is known at run time only. */
export type AnyAnswer =
  | {
      readonly status: number;
      readonly body: unknown;
      readonly fidelity?: Fidelity;
      readonly headers?: AnswerHeaders;
    }
  | BytesAnswer;

/** A file part of a multipart body. */
export interface UploadedFile {
  readonly field: string;
  readonly filename: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export interface MultipartForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly UploadedFile[];
}

export interface OperationContext<Id extends OperationId = OperationId> extends Actor {
  readonly operation: Operation;
  readonly rules: OperationRules;
  readonly engine: Engine;
  /** The wire of V2: no envelopes, and errors, dates and money of its own. */
  readonly isV2: boolean;
  /** Of the request, for those few operations that read a cookie or a token of their own. */
  readonly headers: IncomingHttpHeaders;
  /** Path parameters after the store hash, in the template's order: integers where the description says so. */
  readonly keys: readonly Key[];
  readonly query: QueryValues;
  /** The validated JSON body, cut to described properties. Undefined when the operation takes none, or a form came. */
  readonly body: BodyOf<Id>;
  /** Rows that `body` lacks because they broke the description; only in batches whose rows stand or fall each on its own. */
  readonly refusedRows: RefusedRows;
  /** A multipart body, when one came. */
  readonly form: MultipartForm | undefined;
}

export type Handler<Id extends OperationId> = (context: OperationContext<Id>) => Answer<Id>;

/** Handlers by operationId. */
export type Handlers = { readonly [Id in OperationId]?: Handler<Id> };

/** The same, once the operationId is known at run time only. */
export type AnyHandler = (context: OperationContext) => AnyAnswer;

/** An answer without a body. */
export function emptyAnswer(status: 204 | 202 = 204): BytesAnswer {
  return { status, bytes: undefined };
}

/** The integer path parameter at a place, counted after the store hash. */
export function idAt(context: Pick<OperationContext, 'keys'>, place: number): number {
  const key = context.keys[place];
  if (typeof key !== 'number') throw new Error(`path parameter ${String(place)} is no integer id`);
  return key;
}
