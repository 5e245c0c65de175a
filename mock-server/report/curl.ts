/** A request of the journal as a command line that makes it again, without its secrets. */
import { readable } from '../control/shown-request.js';
import type { JournalEntry } from '../state/journal.js';

/** The shell puts the token in, from the variable that real clients are configured with. */
const TOKEN = '"X-Auth-Token: $BIGCOMMERCE_ACCESS_TOKEN"';

/** Longer bodies are named, not shown, in characters. */
const MOST_BODY = 4_000;

/** Headers that change what a request means, in the order in which they are written. */
const meaningful = ['content-type', 'accept', 'prefer', 'x-mock-user'] as const;

/** @param headers of the request, by lower-case name */
export function curlOf(
  { method, url, requestBody }: Pick<JournalEntry, 'method' | 'url' | 'requestBody'>,
  headers: Readonly<Record<string, string>>,
): string {
  const body = method === 'HEAD' ? '' : bodyPart(requestBody ?? '');
  const parts = ['curl', '--globoff'];
  if (method === 'HEAD') parts.push('-I');
  else if (method !== 'GET' || body !== '') parts.push('-X', quoted(method));
  parts.push(quoted(`http://${headers['host'] ?? '127.0.0.1:4010'}${url}`));
  if (headers['x-auth-token'] !== undefined) parts.push('-H', TOKEN);
  for (const name of meaningful) {
    const value = headers[name];
    if (value !== undefined && value !== '*/*') parts.push('-H', quoted(`${name}: ${value}`));
  }
  if (body !== '') parts.push(body);
  return parts.join(' ');
}

function bodyPart(body: Buffer | string): string {
  if (body.length === 0) return '';
  const text = body.toString();
  if (text.includes('\ufffd') || body.length > MOST_BODY) return "--data-binary '@request-body'";
  const value = readable(body);
  // Text that is no JSON is shown as it came: its mistakes may be the point.
  const isPlainText = typeof value === 'string' && !text.trimStart().startsWith('"');
  return `--data-raw ${quoted(isPlainText ? value : JSON.stringify(value))}`;
}

/** For a POSIX shell: nothing between single quotes means anything. */
function quoted(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
