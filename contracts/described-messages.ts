/** What the description says about the messages of an operation: request body and response of each status. */
import {
  bundledDocument,
  isReference,
  resolveReference,
  type Operation,
  type OperationObject,
  type Reference,
  type Schema,
} from '../openapi/index.js';

/** Media type to schema; empty where there is no body. */
export type DescribedContent = Readonly<Record<string, { readonly schema?: Schema | Reference }>>;

interface DescribedMessage {
  readonly content?: DescribedContent;
}

/** The operation as the bundle has it. */
function describedOperation(operation: Operation): OperationObject {
  const item = bundledDocument().paths[operation.path];
  const described = item?.[operation.method.toLowerCase() as Lowercase<Operation['method']>];
  if (!described) throw new Error(`the bundle has no ${operation.method} ${operation.path}; run npm run generate`);
  return described;
}

/** What the request may carry; undefined when the operation takes no body. */
export function describedRequest(operation: Operation): DescribedContent | undefined {
  const { requestBody } = describedOperation(operation);
  return requestBody && contentOf(requestBody);
}

/** What the response of a status carries: empty for a status without a body, undefined when it is not documented. */
export function describedResponse(operation: Operation, status: number): DescribedContent | undefined {
  const { responses } = describedOperation(operation);
  const response = responses[String(status)] ?? responses[`${String(status).charAt(0)}XX`] ?? responses['default'];
  return response && contentOf(response);
}

/** The JSON schema among the media types, by whatever name JSON goes there. */
export function jsonSchemaIn(content: DescribedContent): Schema | Reference | undefined {
  return Object.entries(content).find(([type]) => /\bjson\b/.test(type))?.[1].schema;
}

/** A schema with its references followed; not what lies inside it. */
export function resolvedSchema(schema: Schema | Reference): Schema {
  return isReference(schema) ? resolveReference<Schema>(bundledDocument(), schema) : schema;
}

function contentOf(message: object): DescribedContent {
  return resolveReference<DescribedMessage>(bundledDocument(), message).content ?? {};
}
