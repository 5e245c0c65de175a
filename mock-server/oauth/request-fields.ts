/** Fields that a form, a query or a JSON object names. What is no text, or comes twice, counts as not there. */
import type { Fields } from './exchange-code.js';
import { OAuthError } from './oauth-error.js';

/** Those that give nothing away. */
const HARMLESS = new Set(['client_id', 'context', 'decision', 'grant_type', 'redirect_uri', 'scope']);

/** @throws OAuthError for what is neither a JSON object nor a form */
export function readFields(text: string, contentType = ''): Fields {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (mediaType === 'application/x-www-form-urlencoded') {
    const form = new URLSearchParams(text);
    return Object.fromEntries([...form.keys()].map((name) => [name, form.get(name) ?? '']));
  }
  if (mediaType === 'application/json') return textsOf(parsed(text));
  throw new OAuthError('invalid_request', 'The body has to be application/json or application/x-www-form-urlencoded');
}

/** What of an object is text. */
export function textsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OAuthError('invalid_request', 'The body has to be a JSON object');
  }
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The fields as the journal may show them: JSON text without secrets. */
export function shownFields(fields: Fields): string {
  const shown = Object.entries(fields).map(([name, value]) => [name, HARMLESS.has(name) ? value : '(hidden)']);
  return JSON.stringify(Object.fromEntries(shown));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new OAuthError('invalid_request', 'The body is no JSON');
  }
}
