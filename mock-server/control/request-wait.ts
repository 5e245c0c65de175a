/** Waits until enough requests were made: told by the journal, never looking twice. */
import type { Journal, JournalEntry } from '../state/journal.js';

export interface WaitResult {
  /** Were there enough in time? */
  readonly matched: boolean;
  /** Requests that were meant, those before the wait included. */
  readonly count: number;
  /** The newest of them, the oldest first. */
  readonly entries: readonly JournalEntry[];
}

export interface Wait {
  readonly isMeant: (entry: JournalEntry) => boolean;
  /** How many are enough; those that the journal already has count. */
  readonly count: number;
  /** Real time, whatever the mock's clock says. */
  readonly timeoutMs: number;
  /** Ends the wait before its time. */
  readonly signal?: AbortSignal;
}

const MOST_KEPT = 100;

/** Settles as soon as there are enough, or time is up. Never rejects. */
export function waitForRequests(journal: Journal, { isMeant, count, timeoutMs, signal }: Wait): Promise<WaitResult> {
  const known = journal.entries().filter(isMeant);
  let found = known.length;
  const entries = known.slice(-MOST_KEPT);
  const result = (): WaitResult => ({ matched: found >= count, count: found, entries });
  if (found >= count || timeoutMs === 0 || signal?.aborted) return Promise.resolve(result());
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopListening();
      signal?.removeEventListener('abort', end);
      resolve(result());
    };
    const timer = setTimeout(end, timeoutMs);
    const stopListening = journal.onAdd((entry) => {
      if (!isMeant(entry)) return;
      found += 1;
      entries.push(entry);
      if (entries.length > MOST_KEPT) entries.shift();
      if (found >= count) end();
    });
    signal?.addEventListener('abort', end);
  });
}
