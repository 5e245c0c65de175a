/**
 * The rules of each document's operations as one CommonJS module: parameters, body validators, body shapes.
 * Validators are ajv's standalone code with references kept, so that a schema used by ten bodies is one function;
 * esbuild puts the few runtime functions they call into the module.
 */
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { httpMethods, type OpenApiDocument, type Reference, type RequestBody, type Schema } from '../description.js';
import { formats, toJsonSchema } from '../json-schema.js';
import { resolveReference } from '../resolve-reference.js';
import { familyFile, type ParameterRule, type Shape } from '../validators.js';
import { bodyShape, readOnlyPaths } from './body-shape.js';
import type { Bundle, Origin } from './bundle.js';
import { DescriptionError } from './description-error.js';
import { parameterRules } from './parameter-rules.js';

interface CompiledOperation {
  readonly id: string;
  readonly parameters: readonly ParameterRule[];
  /** Absent without a JSON body. */
  readonly shape?: Shape;
  readonly readOnly?: readonly string[];
}

/**
 * File name below generated/ to code, one for each document.
 * @throws DescriptionError for a body schema that does not compile.
 */
export async function compileFamilies(bundle: Bundle): Promise<Map<string, string>> {
  const ajv = validatorCompiler(bundle.document);
  const families = new Map<string, CompiledOperation[]>();
  for (const item of Object.values(bundle.document.paths)) {
    for (const method of httpMethods) {
      const operation = item[method];
      const origin = operation && bundle.origins.get(operation.operationId);
      if (!origin) continue;
      const parameters = parameterRules(bundle.document, item, operation, origin);
      const body = operation.requestBody && jsonSchemaOf(bundle.document, operation.requestBody);
      if (body) compileBody(ajv, operation.operationId, body, origin);
      const family = families.get(origin.source.name) ?? [];
      families.set(origin.source.name, family);
      family.push({
        id: operation.operationId,
        parameters,
        ...(body ? { shape: bodyShape(bundle.document, body), readOnly: readOnlyPaths(bundle.document, body) } : {}),
      });
    }
  }
  const modules = [...families].map(async ([document, operations]) => {
    return [familyFile(document), await familyModule(ajv, operations)] as const;
  });
  return new Map(await Promise.all(modules));
}

/** One compiler for all families, so that a shared schema is compiled once; each module takes what it needs. */
function validatorCompiler(document: OpenApiDocument): Ajv {
  const ajv = new Ajv({
    // OpenAPI 3.0 takes its patterns from ECMAScript 5.1, which had no `u` flag.
    unicodeRegExp: false,
    code: { source: true },
    inlineRefs: false,
    allErrors: true,
    messages: false,
    strict: false,
    validateSchema: false,
    formats,
  });
  for (const [name, schema] of Object.entries(document.components?.['schemas'] ?? {})) {
    ajv.addSchema(toJsonSchema(schema as Schema | Reference, schemaKey), schemaKey(`#/components/schemas/${name}`));
  }
  return ajv;
}

/** Where the compiler keeps a schema of the bundle; what follows the name stays a pointer. */
function schemaKey(reference: string): string {
  const [, , , name = '', ...rest] = reference.split('/');
  return `/schemas/${name}${rest.length > 0 ? `#/${rest.join('/')}` : ''}`;
}

function bodyKey(operationId: string): string {
  return `/bodies/${operationId}`;
}

function jsonSchemaOf(document: OpenApiDocument, body: RequestBody | Reference): Schema | Reference | undefined {
  const media = Object.entries(resolveReference<RequestBody>(document, body).content).find(([type]) =>
    /\bjson\b/.test(type),
  );
  return media?.[1].schema;
}

function compileBody(ajv: Ajv, operationId: string, schema: Schema | Reference, origin: Origin): void {
  try {
    ajv.addSchema(toJsonSchema(schema, schemaKey), bodyKey(operationId));
    ajv.getSchema(bodyKey(operationId));
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new DescriptionError(origin.source.file, `${origin.pointer}/requestBody`, problem);
  }
}

async function familyModule(ajv: Ajv, operations: readonly CompiledOperation[]): Promise<string> {
  const bodies = operations.filter(({ shape }) => shape !== undefined);
  const validators = standalone.default(ajv, Object.fromEntries(bodies.map(({ id }) => [id, bodyKey(id)])));
  const rules = operations.map(({ id, parameters, shape, readOnly = [] }) => {
    const name = JSON.stringify(id);
    const refused = readOnly.length > 0 ? `,readOnly:${JSON.stringify(readOnly)}` : '';
    const body = shape === undefined ? '' : `,validate:exports[${name}],shape:${JSON.stringify(shape)}${refused}`;
    return `${name}:{parameters:${JSON.stringify(parameters)}${body}}`;
  });
  const result = await build({
    stdin: {
      contents: `${bodies.length > 0 ? validators : ''}\nmodule.exports={${rules.join(',\n')}};`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'js',
    },
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    write: false,
  });
  return result.outputFiles[0]?.text ?? '';
}
