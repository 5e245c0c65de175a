/** The bundle as TypeScript: `paths`, `components` and `operations`. */
import openapiTypeScript, { astToString, type OpenAPI3 } from 'openapi-typescript';
import type { OpenApiDocument } from '../description.js';
import { addTypedRequirements } from './typed-requirements.js';

export async function declareTypes(document: OpenApiDocument): Promise<string> {
  const described = structuredClone(document);
  addTypedRequirements(described);
  const nodes = await openapiTypeScript(described as unknown as OpenAPI3, {
    // A default says what a missing property means. It does not oblige a client to send one.
    defaultNonNullable: false,
    silent: true,
  });
  return `/** Written by npm run generate. */\n${astToString(nodes)}`;
}
