/** Requests that were refused for lack of quota and came again before the window was over. */
import type { OperationId } from '../../openapi/index.js';
import type { JournalEntry } from '../state/journal.js';

export interface EarlyRetry {
  readonly store_hash: string;
  /** Name of the API account. */
  readonly account: string | null;
  readonly operation_id: OperationId | null;
  /** In the journal. */
  readonly request_id: number;
  readonly method: string;
  /** Path with query, as sent. */
  readonly url: string;
  /** How much longer it should have waited, in milliseconds of the store's clock. */
  readonly early_by_ms: number;
}

/**
 * A request counts as a retry when the same account made it before, on the same URL.
 * @param entries the oldest first
 */
export function findEarlyRetries(entries: readonly JournalEntry[]): EarlyRetry[] {
  /** By request: when its window was to be over, on the store's clock. */
  const ends = new Map<string, number>();
  return entries.flatMap((entry) => {
    const { id, at, store_hash, account, operation, method, url } = entry;
    if (store_hash === undefined || !entry.quota) return [];
    const key = JSON.stringify([store_hash, account, method, url]);
    const early_by_ms = (ends.get(key) ?? at) - at;
    if (isSpent(entry)) ends.set(key, at + entry.quotaResetMs);
    else ends.delete(key);
    if (early_by_ms <= 0) return [];
    return [
      {
        store_hash,
        account: account ?? null,
        operation_id: operation?.id ?? null,
        request_id: id,
        method,
        url,
        early_by_ms,
      },
    ];
  });
}

/** Other limits than the quota refuse with 429, too, and name no time to wait. */
function isSpent({ status, quotaLeft }: JournalEntry): boolean {
  return status === 429 && quotaLeft === 0;
}
