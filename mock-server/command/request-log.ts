/** One line per request on standard output, with the reason wherever the status is 400 or above. Written in batches, off the request's path. */
import pc from 'picocolors';
import SonicBoom from 'sonic-boom';
import type { LogFormat } from '../options.js';
import type { JournalEntry } from '../state/journal.js';
import type { RequestLog } from '../state/mock-state.js';

export interface OutputLog extends RequestLog {
  write(text: string): void;
  /** Writes what is still held back. */
  close(): void;
}

const STANDARD_OUTPUT = 1;
const FLUSH_MS = 25;

export function openLog(format: LogFormat): OutputLog {
  const output = new SonicBoom.SonicBoom({ fd: STANDARD_OUTPUT, sync: true, minLength: 8_192 });
  // Whoever read standard output may be gone; that is no reason to end, and nobody is left to write for.
  let hasReader = true;
  output.on('error', () => {
    hasReader = false;
  });
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    output.flush();
  };
  const write = (text: string): void => {
    if (text === '' || !hasReader) return;
    output.write(text);
    timer ??= setTimeout(flush, FLUSH_MS);
  };
  const line = format === 'json' ? jsonLine : prettyLine;
  return {
    write,
    request:
      format === 'silent'
        ? () => undefined
        : (entry, reason) => {
            write(line(entry, reason));
          },
    close() {
      clearTimeout(timer);
      // Of a broken pipe it would try again for ever.
      if (hasReader) output.flush();
      if (hasReader) output.flushSync();
    },
  };
}

function prettyLine(entry: JournalEntry, reason: string | undefined): string {
  const { at, method, url, status, durationMs, operation } = entry;
  const time = new Date(at).toISOString().slice(11, 23);
  const colour = status >= 500 || status === 0 ? pc.red : status >= 400 ? pc.yellow : pc.green;
  const why = reason === undefined ? '' : `  ${pc.dim(printable(reason))}`;
  const what = pc.dim(operation?.id ?? 'unknown');
  return `${pc.dim(time)} ${colour(String(status))} ${method.padEnd(6)} ${printable(url)} ${what} ${durationMs.toFixed(1)} ms${why}\n`;
}

function jsonLine(entry: JournalEntry, reason: string | undefined): string {
  const { at, method, url, status, durationMs, operation, store_hash, account } = entry;
  const line = {
    event: 'request',
    at: new Date(at).toISOString(),
    method,
    url,
    status,
    duration_ms: Math.round(durationMs * 1_000) / 1_000,
    operation_id: operation?.id,
    store_hash,
    account,
    reason,
  };
  return `${JSON.stringify(line)}\n`;
}

/** Texts may carry anything; a terminal should not obey them. */
function printable(text: string): string {
  return text.slice(0, 1_000).replace(/[^\x20-\x7e]/g, '?');
}
