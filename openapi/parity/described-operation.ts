/** An operation as a document describes it, in the form in which two descriptions can be compared. */
import {
  httpMethods,
  parameterKey,
  type MediaType,
  type OpenApiDocument,
  type OperationObject,
  type Parameter,
  type PathItem,
  type Reference,
  type RequestBody,
  type Response,
  type Schema,
  type Server,
} from '../description.js';
import { resolveReference } from '../resolve-reference.js';
import { nodeOf, type SchemaNode } from './schema-node.js';

export interface DescribedOperation {
  readonly operationId: string | undefined;
  readonly method: string;
  /** The path of the server and the path template. */
  readonly path: string;
  /** `query id:in` to its schema; header names in lower case. */
  readonly parameters: ReadonlyMap<string, SchemaNode>;
  /** Over all media types. */
  readonly request: SchemaNode | undefined;
  /** Status to JSON body. */
  readonly responses: ReadonlyMap<string, SchemaNode>;
}

/** Every operation of a document. */
export function describedOperations(document: OpenApiDocument): DescribedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = item[method];
      return operation ? [describe(document, path, item, method, operation)] : [];
    }),
  );
}

/** What two descriptions of one operation have in common: the method, and the path without its parameters' names. */
export function operationKey({ method, path }: Pick<DescribedOperation, 'method' | 'path'>): string {
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}

function describe(
  document: OpenApiDocument,
  path: string,
  item: PathItem,
  method: string,
  operation: OperationObject,
): DescribedOperation {
  const server = operation.servers?.[0] ?? item.servers?.[0] ?? document.servers?.[0];
  const body = operation.requestBody && resolveReference<RequestBody>(document, operation.requestBody);
  const request = body && schemasOf(body.content, () => true);
  return {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path: serverPath(server) + path,
    parameters: new Map(
      [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((given) => {
        const parameter = resolveReference<Parameter>(document, given);
        return [parameterKey(parameter), nodeOf(document, parameter.schema ? [parameter.schema] : [])];
      }),
    ),
    request: request && request.length > 0 ? nodeOf(document, request) : undefined,
    responses: new Map(jsonResponses(document, operation)),
  };
}

function jsonResponses(document: OpenApiDocument, operation: OperationObject): [string, SchemaNode][] {
  return Object.entries(operation.responses).flatMap(([status, given]) => {
    const schemas = schemasOf(resolveReference<Response>(document, given).content, (type) => type.includes('json'));
    return schemas.length > 0 ? [[status, nodeOf(document, schemas)]] : [];
  });
}

function schemasOf(
  content: Readonly<Record<string, MediaType>> | undefined,
  wanted: (type: string) => boolean,
): (Schema | Reference)[] {
  return Object.entries(content ?? {}).flatMap(([type, media]) => (wanted(type) && media.schema ? [media.schema] : []));
}

function serverPath(server: Server | undefined): string {
  return (server?.url ?? '').replace(/^[a-z]+:\/\/[^/]+/, '').replace(/\/$/, '');
}
