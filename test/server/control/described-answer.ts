/** Does an answer of a control call have the shape that the control document gives to it? */
import { Ajv, type ValidateFunction } from 'ajv';
import { formats, toJsonSchema, type Schema } from '../../../openapi/index.js';
import { controlDocument } from '../../../mock-server/control/description/document.js';

const { paths, components } = controlDocument();

const compiler = new Ajv({ strict: false, formats: { ...formats }, allErrors: true });
// The control document's schemas are a part of what the other document may use.
for (const [name, schema] of Object.entries(components.schemas)) {
  compiler.addSchema(
    toJsonSchema(schema, (target) => target),
    `#/components/schemas/${name}`,
  );
}
const validators = new Map<object, ValidateFunction>();

/** What is wrong with an answer; empty when nothing is. @param path the template, such as `/_mock/stores/{store_hash}` */
export function answerProblems(
  method: 'get' | 'post' | 'put' | 'delete',
  path: string,
  { status, body }: { readonly status: number; readonly body: unknown },
): string[] {
  const answer = paths[path]?.[method]?.responses[String(status)];
  if (!answer) return [`${method} ${path} does not describe ${String(status)}`];
  const schema = answer.content?.['application/json']?.schema;
  if (!schema) return [];
  const validate = validators.get(schema) ?? compiler.compile(toJsonSchema(schema as Schema, (target) => target));
  validators.set(schema, validate);
  validate(body);
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${method} ${path}: ${instancePath} ${message ?? ''}`,
  );
}
