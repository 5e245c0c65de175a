/**
 * What an operation accepts: its parameters, a validator of its JSON body, and the properties that body may have.
 * Compiled by `npm run generate`, one module per document, loaded when the first operation of the document is called.
 */
import type { Parameter, SchemaType } from './description.js';
import { requireGenerated } from './generated-files.js';
import type { Operation } from './operations.js';

/** One parameter with its schema's facts beside it. For an array they are about its items, which arrive comma-separated. */
export interface ParameterRule {
  readonly name: string;
  readonly in: Parameter['in'];
  readonly required: boolean;
  readonly type: SchemaType;
  /** Type of the items of an array. */
  readonly items?: SchemaType;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
}

/** One broken rule of a body, as ajv reports it, without a message. */
export interface BodyError {
  /** The schema keyword: `required`, `type`, `maxLength`, … */
  readonly keyword: string;
  /** JSON pointer to the value that breaks the rule. */
  readonly instancePath: string;
  /** Pointer to the keyword in the schema. */
  readonly schemaPath: string;
  /** Facts of the keyword: `{ missingProperty }`, `{ limit }`, `{ allowedValues }`, … */
  readonly params: Readonly<Record<string, unknown>>;
}

/** True when the body is sound; otherwise `errors` holds every broken rule until the next call. */
export interface BodyValidator {
  (body: unknown): boolean;
  errors?: readonly BodyError[] | null;
}

/** Fewest and most characters of a text: `1..50`. */
export type LengthRange = `${number}..${number}`;

/** Properties a body may have: by name for an object, one shape for the items of an array, 1 or a text's lengths for plain values. */
export type Shape = 1 | LengthRange | readonly [Shape] | { readonly [property: string]: Shape };

export interface OperationRules {
  /** Path, query and header parameters; not `store_hash`, `Accept` or `Content-Type`, which concern every operation. */
  readonly parameters: readonly ParameterRule[];
  /** Absent: the operation takes no JSON body. */
  readonly validate?: BodyValidator;
  /** Absent together with `validate`. Properties that are read-only are left out. */
  readonly shape?: Shape;
  /** Those read-only properties: `id`, `addresses[].id`, `[].id` for the rows of a batch. Absent: none. */
  readonly readOnly?: readonly string[];
}

type Family = Readonly<Record<string, OperationRules>>;

const families = new Map<string, Family>();

/** The rules of an operation. The first call for a document loads its module, which takes a few milliseconds. */
export function operationRules(operation: Pick<Operation, 'id' | 'document'>): OperationRules {
  let family = families.get(operation.document);
  if (!family) {
    // The one cast: generate wrote the module after this type.
    family = requireGenerated(familyFile(operation.document)) as Family;
    families.set(operation.document, family);
  }
  const rules = family[operation.id];
  if (!rules)
    throw new Error(`${familyFile(operation.document)} has no rules of ${operation.id}; run npm run generate`);
  return rules;
}

/** Where the rules of a document lie, below generated/. */
export function familyFile(document: string): string {
  return `families/${document.replaceAll('/', '-')}.cjs`;
}
