/**
 * The official documents as a judge: the schema they have for a response, and the request examples they print. They are
 * read from a folder outside the project and nothing of them is kept.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { toJsonSchema, type Operation, type Reference, type Schema } from '../../../openapi/index.js';
import { findAt } from '../../../openapi/json-pointer.js';
import { loadOfficialDocuments } from '../../../openapi/parity/official-documents.js';
import type { OpenApiDocument, OperationObject, RequestBody, Response } from '../../../openapi/description.js';
import { resolveReference } from '../../../openapi/resolve-reference.js';

/** Where the official documents lie: the environment says, or beside the repository. */
export const officialFolder =
  process.env['BCMOCK_OFFICIAL_DOCS'] ??
  fileURLToPath(new URL('../../../../shared/reference/openapi', import.meta.url));

export const hasOfficialDocuments = existsSync(officialFolder);

interface OfficialOperation {
  readonly document: OpenApiDocument;
  readonly described: OperationObject;
}

export interface Example {
  /** Key among the examples, or what stands for it. */
  readonly name: string;
  readonly value: unknown;
}

export class OfficialDocuments {
  readonly #operations = new Map<string, OfficialOperation>();
  readonly #compilers = new Map<OpenApiDocument, Ajv>();
  readonly #validators = new Map<object, ValidateFunction>();

  constructor(folder: string = officialFolder) {
    for (const { content: document } of loadOfficialDocuments(folder)) {
      const server = (document.servers?.[0]?.url ?? '').replace(/^[a-z]+:\/\/[^/]+/, '').replace(/\/$/, '');
      for (const [path, item] of Object.entries(document.paths)) {
        for (const method of ['get', 'put', 'post', 'delete'] as const) {
          const described = item[method];
          if (described) this.#operations.set(keyOf(method, server + path), { document, described });
        }
      }
    }
  }

  find({ method, path }: Operation): OfficialOperation | undefined {
    return this.#operations.get(keyOf(method, path));
  }

  /** What a JSON body breaks; empty when it is valid or the documents have no schema for that status. */
  errors(operation: Operation, status: number, body: unknown): readonly ErrorObject[] {
    const official = this.find(operation);
    if (!official) return [];
    const { document, described } = official;
    const response = described.responses[String(status)];
    const content = response && resolveReference<Response>(document, response).content;
    const schema = Object.entries(content ?? {}).find(([type]) => type.includes('json'))?.[1].schema;
    if (!schema) return [];
    const validate = this.#validators.get(schema) ?? this.#compile(document, schema);
    this.#validators.set(schema, validate);
    return validate(body) ? [] : (validate.errors ?? []);
  }

  /** The examples of a JSON request body, wherever the documents print them. */
  requestExamples(operation: Operation): Example[] {
    const official = this.find(operation);
    if (!official?.described.requestBody) return [];
    const { document } = official;
    const { content } = resolveReference<RequestBody>(document, official.described.requestBody);
    const json: MediaTypeWithExamples | undefined = Object.entries(content).find(([type]) =>
      type.includes('json'),
    )?.[1];
    if (!json) return [];
    const schema = json.schema && (resolveReference<Schema>(document, json.schema) as { readonly example?: unknown });
    const named = Object.entries(json.examples ?? {}).map(([name, example]) => ({
      name,
      value: resolveReference<{ readonly value?: unknown }>(document, example).value,
    }));
    return [
      ...named,
      { name: 'example', value: json.example },
      { name: 'schema example', value: schema?.example },
      { name: 'examples of its properties', value: json.schema && propertyExamples(document, json.schema) },
    ].filter(({ value }) => value !== undefined && value !== null);
  }

  #compile(document: OpenApiDocument, schema: Schema | Reference): ValidateFunction {
    let ajv = this.#compilers.get(document);
    if (!ajv) {
      ajv = new Ajv({
        allErrors: true,
        verbose: true,
        strict: false,
        validateSchema: false,
        unicodeRegExp: false,
        logger: false,
      });
      addFormats.default(ajv);
      this.#compilers.set(document, ajv);
    }
    return ajv.compile(converted(ajv, document, schema));
  }
}

/** Deeper examples are seldom there, and some schemas contain themselves. */
const MOST_LEVELS = 6;

/** The examples that stand at single properties, put together; undefined when there are none. */
function propertyExamples(document: OpenApiDocument, given: Schema | Reference, level = 0): unknown {
  const schema = resolveReference<Schema & { readonly example?: unknown }>(document, given);
  if (schema.readOnly || level > MOST_LEVELS) return undefined;
  if (schema.example !== undefined) return schema.example;
  if (schema.items) {
    const item = propertyExamples(document, schema.items, level + 1);
    return item === undefined ? undefined : [item];
  }
  const [alternative] = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
  const parts = [...(schema.allOf ?? []), ...(alternative ? [alternative] : [])].map((part) =>
    propertyExamples(document, part, level),
  );
  // Of a list or a plain value there is nothing to put together.
  const single = parts.find((part) => part !== undefined && (typeof part !== 'object' || Array.isArray(part)));
  if (single !== undefined) return single;
  const own = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    propertyExamples(document, property, level + 1),
  ]);
  const whole: Record<string, unknown> = Object.assign(
    {},
    ...parts,
    Object.fromEntries(own.filter(([, value]) => value !== undefined)),
  );
  return Object.keys(whole).length > 0 ? whole : undefined;
}

interface MediaTypeWithExamples {
  readonly schema?: Schema | Reference;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, Reference | { readonly value?: unknown }>>;
}

/** A schema for the compiler, which gets every schema that it refers to, as far down as the references go. */
function converted(ajv: Ajv, document: OpenApiDocument, schema: Schema | Reference): object {
  const result = toJsonSchema(withoutBrokenPatterns(schema), (target) => {
    const key = `/official${encodeURI(target.slice(1))}`;
    if (!ajv.schemas[key]) {
      const found = findAt(document, target.slice(1));
      if (typeof found !== 'object' || found === null) throw new Error(`${target} leads nowhere`);
      ajv.addSchema({}, key); // known before its inside is looked at: schemas may contain themselves
      const inside = converted(ajv, document, found);
      ajv.removeSchema(key).addSchema(inside, key);
    }
    return key;
  });
  return result;
}

/** Some official patterns are no regular expressions. */
function withoutBrokenPatterns<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (key, child: unknown) =>
      key === 'pattern' && typeof child === 'string' && !isRegExp(child) ? undefined : child,
    ),
  ) as T;
}

function isRegExp(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}

/** The documents name path parameters in their own ways. */
function keyOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`;
}
