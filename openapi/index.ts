/** The BigCommerce REST API as data: the bundled document, the operation table, the rules of each operation, its types. */

// The document
export { bundledDocument, bundledDocumentText } from './bundled-document.js';
export { isReference } from './description.js';
export { resolveReference } from './resolve-reference.js';
export type {
  Limits,
  OpenApiDocument,
  OperationObject,
  Parameter,
  Reference,
  ResourceAction,
  ResourceUse,
  Schema,
} from './description.js';

// The operation table; `operations` is the type of every operation, too
export { operationById, operations } from './operations.js';
export type { Host, Operation, OperationId } from './operations.js';

// What an operation accepts
export { operationRules } from './validators.js';
export type { BodyError, BodyValidator, OperationRules, ParameterRule, Shape } from './validators.js';
export { formats, toJsonSchema } from './json-schema.js';
export type { JsonSchema } from './json-schema.js';

// Generated types
export type { components, paths } from './generated/types.js';
