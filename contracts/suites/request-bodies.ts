/** Bodies for cases: JSON made from the description, forms with a picture, and text as it stands. */
import type { Operation } from '../../openapi/index.js';
import { describedRequest } from '../described-messages.js';
import type { CaseBody, CaseContext } from './case.js';
import { flatSchema } from './flat-schema.js';
import type { SampleOptions } from './sample-body.js';

/** One transparent pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);
const BOUNDARY = 'contract-check-boundary';

export function json(value: unknown): CaseBody {
  return { contentType: 'application/json', body: JSON.stringify(value) };
}

/** Text that is sent as it stands. */
export function raw(body: string, contentType = 'application/json'): CaseBody {
  return { contentType, body };
}

/** A form with one file in it. */
export function form(field = 'image_file', file: Uint8Array = PIXEL): CaseBody {
  const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${field}"; filename="pixel.png"\r\nContent-Type: image/png\r\n\r\n`;
  return {
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    body: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]),
  };
}

/** A form that ends in the middle of its file. */
export function brokenForm(): CaseBody {
  const { contentType, body } = form();
  return {
    ...(contentType === undefined ? {} : { contentType }),
    body: Buffer.from(body as Uint8Array).subarray(0, -40),
  };
}

/** A body that the description calls valid: JSON where the operation takes it, otherwise a form; undefined without one. */
export async function validBody(
  { operation, schema, validBody: sample }: CaseContext,
  options?: SampleOptions,
): Promise<CaseBody | undefined> {
  if (schema) return json(await sample(options));
  return takesForm(operation) ? form(fileField(operation)) : undefined;
}

/** The part of a form that holds its file. */
export function fileField(operation: Operation): string | undefined {
  const schema = describedRequest(operation)?.['multipart/form-data']?.schema;
  const properties = schema && flatSchema(schema).properties;
  return Object.entries(properties ?? {}).find(([, property]) => flatSchema(property).format === 'binary')?.[0];
}

export function takesJson({ body }: Operation): boolean {
  return body?.media.includes('application/json') ?? false;
}

export function takesForm({ body }: Operation): boolean {
  return body?.media.includes('multipart/form-data') ?? false;
}
