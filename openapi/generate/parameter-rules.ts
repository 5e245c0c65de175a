/** Parameters of an operation, with every reference resolved and the facts of the schema beside the name. */
import {
  parameterKey,
  type OpenApiDocument,
  type OperationObject,
  type Parameter,
  type PathItem,
  type Reference,
  type Schema,
} from '../description.js';
import { resolveReference } from '../resolve-reference.js';
import type { ParameterRule } from '../validators.js';
import type { Origin } from './bundle.js';
import { DescriptionError } from './description-error.js';

/** Parameters that are the same for every operation and decided before any of them. */
const everywhere = new Set(['path store_hash', 'header accept', 'header content-type']);

/**
 * The parameters of an operation, the path's own first; the operation's win.
 * @throws DescriptionError for a parameter whose schema names no type.
 */
export function parameterRules(
  document: OpenApiDocument,
  item: PathItem,
  operation: OperationObject,
  origin: Origin,
): ParameterRule[] {
  const byKey = new Map<string, Parameter>();
  for (const given of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolveReference(document, given);
    byKey.set(parameterKey(parameter), parameter);
  }
  return [...byKey]
    .filter(([key]) => !everywhere.has(key))
    .map(([, parameter]) => {
      const rule = parameterRule(document, parameter);
      if (rule) return rule;
      throw new DescriptionError(origin.source.file, origin.pointer, `the parameter ${parameter.name} has no type`);
    });
}

function parameterRule(document: OpenApiDocument, parameter: Parameter): ParameterRule | undefined {
  const schema = flatten(document, parameter.schema);
  if (!schema.type) return undefined;
  const items = schema.type === 'array' ? flatten(document, schema.items) : undefined;
  const facts = items ?? schema;
  const rule: ParameterRule = {
    name: parameter.name,
    in: parameter.in,
    required: parameter.required ?? false,
    type: schema.type,
    ...(items ? { items: items.type ?? 'string' } : {}),
    ...(facts.enum ? { enum: facts.enum } : {}),
    ...(facts.minimum === undefined ? {} : { minimum: facts.minimum }),
    ...(facts.maximum === undefined ? {} : { maximum: facts.maximum }),
    ...(facts.minLength === undefined ? {} : { minLength: facts.minLength }),
    ...(facts.maxLength === undefined ? {} : { maxLength: facts.maxLength }),
    ...(facts.pattern === undefined ? {} : { pattern: facts.pattern }),
    ...(facts.format === undefined ? {} : { format: facts.format }),
    ...(schema.default === undefined ? {} : { default: schema.default }),
  };
  return rule;
}

/** A schema with its reference and its `allOf` folded in; what alternatives say differs and is left out. */
function flatten(document: OpenApiDocument, given: Schema | Reference | undefined): Schema {
  if (!given) return {};
  const { allOf, ...schema } = resolveReference<Schema>(document, given);
  return Object.assign({}, ...(allOf ?? []).map((part) => flatten(document, part)), schema) as Schema;
}
