/** What users do to accounts, apps and other users, in the log of the store (`/v3/store/systemlogs`). */
import { logEvent } from '../domains/store/system-logs.v3.js';
import type { Store } from '../state/store.js';

/**
 * Writes an entry; the caller holds a transaction of the store.
 * @param module assumed: `api accounts`, `apps` or `users`
 * @param message without secrets: whoever may read the log reads it
 */
export function logPanelEvent(
  store: Store,
  module: 'api accounts' | 'apps' | 'users',
  summary: string,
  message: string,
): void {
  logEvent(store, { type: 'general', module, severity: 1, summary, message });
}
