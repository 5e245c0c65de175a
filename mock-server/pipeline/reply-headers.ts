/** The headers of a REST reply, as they are sent and as the journal shows them afterwards. */
import type { JournalEntry } from '../state/journal.js';

/** Sent by the real gateway with every answer. */
const HSTS = 'max-age=31536000; includeSubDomains';

/** Names and values in turn, as Node takes them. */
export function headersOf({
  requestId,
  fidelity,
  quota,
  quotaLeft,
  quotaResetMs,
  retryAfterSeconds,
  ownHeaders,
  responseBody,
}: JournalEntry): string[] {
  // The mock's mark tells a judge who spoke, refusals included.
  const headers = ['x-request-id', requestId, 'strict-transport-security', HSTS, 'x-mock-fidelity', fidelity];
  // JSON unless the answer says otherwise; a type without a charset, as captured.
  const contentType = ownHeaders?.['content-type'] ?? 'application/json';
  if (responseBody !== undefined)
    headers.push('content-type', contentType, 'content-length', String(Buffer.byteLength(responseBody)));
  if (quota) {
    headers.push(
      'x-rate-limit-requests-left',
      String(quotaLeft),
      'x-rate-limit-requests-quota',
      String(quota.requests),
      'x-rate-limit-time-reset-ms',
      String(quotaResetMs),
      'x-rate-limit-time-window-ms',
      String(quota.windowMs),
    );
  }
  // The header of the five-second era, still in BigCommerce's table.
  if (retryAfterSeconds !== undefined) headers.push('x-retry-after', String(retryAfterSeconds));
  if (ownHeaders)
    for (const name in ownHeaders) if (name !== 'content-type') setHeader(headers, name, ownHeaders[name] ?? '');
  return headers;
}

/** An answer may have another value for a header that every reply has: those of faults do. */
function setHeader(headers: string[], name: string, value: string): void {
  for (let place = 0; place < headers.length; place += 2) {
    if (headers[place] !== name) continue;
    headers[place + 1] = value;
    return;
  }
  headers.push(name, value);
}
