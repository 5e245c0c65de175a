/**
 * Exchange: one request with its response, the shape everything in this folder talks in. Any client can give it: fetch,
 * axios, supertest, a HAR file, the mock's own journal.
 */

/** Header names in any case; a header that was sent twice has a list. */
export type Headers = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** A body that a client has parsed already. Only `text` and bytes show whether the JSON itself was sound. */
export interface ParsedJson {
  readonly json: unknown;
}

/** As it went over the wire, or parsed. Absent, `''` and no bytes all mean that there was none. */
export type Body = string | Uint8Array | ParsedJson;

export interface ExchangeRequest {
  /** In any case: `GET`, `get`. */
  readonly method: string;
  /** With or without the host: `https://api.bigcommerce.com/stores/…`, `/stores/…?limit=5`. */
  readonly url: string;
  readonly headers: Headers;
  readonly body?: Body | undefined;
}

export interface ExchangeResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body?: Body | undefined;
}

export interface Exchange {
  readonly request: ExchangeRequest;
  readonly response: ExchangeResponse;
}

/** The value of a header, whatever the case of its name; the first one when it was sent twice. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const [key, value] of Object.entries(headers)) {
    if (value === undefined || key.toLowerCase() !== wanted) continue;
    return typeof value === 'object' ? value[0] : String(value);
  }
  return undefined;
}

/** The media type of a message in lower case, without parameters; undefined when it names none. */
export function mediaTypeOf(headers: Headers): string | undefined {
  const type = headerOf(headers, 'content-type')?.split(';', 1)[0]?.trim().toLowerCase();
  return type === '' ? undefined : type;
}

export function isJsonType(mediaType: string): boolean {
  return mediaType === 'application/json' || /^application\/[\w.-]+\+json$/.test(mediaType);
}

export type ReadBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly value: unknown }
  /** Not JSON. `text` is the beginning of what came instead. */
  | { readonly kind: 'other'; readonly text: string };

/** A body as a JSON value, where it is one. */
export function readBody(body: Body | undefined): ReadBody {
  if (body === undefined) return { kind: 'none' };
  if (typeof body === 'object' && 'json' in body) {
    return body.json === undefined ? { kind: 'none' } : { kind: 'json', value: body.json };
  }
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  if (text === '') return { kind: 'none' };
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'other', text: text.slice(0, 200) };
  }
}
