/**
 * What the description says about the answers of an operation, and answers drawn from it alone. The document is parsed
 * when the first of these is asked for.
 */
import { fromSchema, plainSchema } from '../../fixtures/index.js';
import {
  bundledDocument,
  resolveReference,
  type Operation,
  type OperationObject,
  type Reference,
  type Schema,
} from '../../openapi/index.js';

interface MediaContent {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema | Reference }>>;
}

/** One documented answer of an operation. */
export interface DescribedAnswer {
  readonly status: number;
  /** Undefined: no body. */
  readonly mediaType: string | undefined;
  readonly schema: Schema | Reference | undefined;
}

/** The lowest documented success of an operation. */
export function describedSuccess(operation: Operation): DescribedAnswer {
  return describedAnswer(operation, operation.statuses.find((each) => each >= 200 && each < 300) ?? 200);
}

/** What an operation answers with under a status; without a body where that is not documented. */
export function describedAnswer(operation: Operation, status: number): DescribedAnswer {
  const document = bundledDocument();
  const item = document.paths[operation.path] as Readonly<Record<string, OperationObject | undefined>> | undefined;
  const described = item?.[operation.method.toLowerCase()];
  const response = described?.responses[String(status)];
  const found: MediaContent = response ? resolveReference<object>(document, response) : {};
  const { content = {} } = found;
  const mediaType = content['application/json'] ? 'application/json' : Object.keys(content)[0];
  return { status, mediaType, schema: mediaType === undefined ? undefined : content[mediaType]?.schema };
}

/** A value for a schema of the description, which follows from a seed and a place. */
export function sample(schema: Schema | Reference, seed: number, place: string): unknown {
  return fromSchema(schema, { document: bundledDocument(), seed, place });
}

/** The schema of the rows that an operation answers with: of `data`, of its items where it is a list. */
export function rowSchema(operation: Operation): Schema | undefined {
  const { schema } = describedSuccess(operation);
  if (!schema) return undefined;
  const document = bundledDocument();
  const whole = plainSchema(document, schema);
  const data = whole.properties?.['data'];
  const inner = data ? plainSchema(document, data) : whole;
  const row = inner.items ? plainSchema(document, inner.items) : inner;
  return row.properties ? row : undefined;
}
