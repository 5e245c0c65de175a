/** Calls an app as BigCommerce or a merchant's browser would: what it answers, or why there is no answer. Never throws. */
import { isLocalDestination } from '../domains/webhooks/destinations.js';
import type { WebhookCalls } from '../options.js';
import { packageVersion } from '../package-version.js';

/** How long an app may take; the real length is not documented. */
const TIMEOUT_MS = 10_000;

/** Of an answer no more is kept. */
const MOST_CHARACTERS = 100_000;

/** How a call went, as control calls show it. */
export interface CallResult {
  /** With everything that the app was told. */
  readonly url: string;
  /** Null when no answer came, or nobody asked for one. */
  readonly status: number | null;
  /** Where the app sends the browser. Nobody follows. */
  readonly location: string | null;
  /** Text of the answer, its first 100,000 characters. */
  readonly body: string | null;
  /** Why the call does not count as a success; null for a status below 400, and for no call at all. */
  readonly failure: string | null;
}

export interface CallOptions {
  /** Documented of browsers that come from the page of consent. */
  readonly referer?: string;
  /** Which addresses are called, as with webhooks. */
  readonly calls: WebhookCalls;
  /** Ends the call, which then is a failure. */
  readonly signal: AbortSignal;
}

export async function callApp(url: string, { referer, calls, signal }: CallOptions): Promise<CallResult> {
  const nothing = notCalled(url);
  if (calls === 'off' || (calls === 'local' && !isLocalDestination(url))) {
    return { ...nothing, failure: `not called: the option webhooks is ${calls}` };
  }
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        accept: 'text/html,application/json;q=0.9,*/*;q=0.8',
        'user-agent': `bigcommerce-mock/${packageVersion}`,
        // Nothing is left open when the mock closes.
        connection: 'close',
        ...(referer !== undefined && { referer }),
      },
    });
    const { status, headers } = response;
    return {
      url,
      status,
      location: headers.get('location'),
      body: (await response.text()).slice(0, MOST_CHARACTERS),
      failure: status < 400 ? null : `answered with status ${String(status)}`,
    };
  } catch (error) {
    return { ...nothing, failure: reasonOf(error) };
  }
}

/** The address alone, for whoever goes there without the mock. */
export function notCalled(url: string): CallResult {
  return { url, status: null, location: null, body: null, failure: null };
}

/** What went wrong lies below the sentence that fetch has for everything. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${String(TIMEOUT_MS / 1000)} s`;
  const { cause } = error;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return cause.errors[0].message;
  return cause instanceof Error ? cause.message : error.message;
}
