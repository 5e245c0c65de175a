/** The whole description as one OpenAPI 3.0 document, generated/bundle.json. */
import type { OpenApiDocument } from './description.js';
import { readGenerated } from './generated-files.js';

let text: string | undefined;
let document: OpenApiDocument | undefined;

/** The document as JSON text. Read on the first call. */
export function bundledDocumentText(): string {
  return (text ??= readGenerated('bundle.json'));
}

/** The document. Parsed on the first call and shared: not to be changed. */
export function bundledDocument(): OpenApiDocument {
  return (document ??= JSON.parse(bundledDocumentText()) as OpenApiDocument);
}
