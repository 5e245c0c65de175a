/** The headers of a REST reply, as they are sent and as the journal shows them afterwards (platform.md section 12). */
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
  responseBody,
}: JournalEntry): string[] {
  // The mock's mark tells a judge who spoke, refusals included.
  const headers = ['x-request-id', requestId, 'strict-transport-security', HSTS, 'x-mock-fidelity', fidelity];
  // A type without a charset, as captured.
  if (responseBody !== undefined)
    headers.push('content-type', 'application/json', 'content-length', String(Buffer.byteLength(responseBody)));
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
  // The header of the five-second era, still in BigCommerce's table (platform.md 4.3).
  if (retryAfterSeconds !== undefined) headers.push('x-retry-after', String(retryAfterSeconds));
  return headers;
}
