/** One HTTP call to a destination: its status, or why there is none. Never throws, never follows a redirect. */
import { request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';

/** How long a destination may take; the real length is not documented. */
export const TIMEOUT_MS = 10_000;

/** Documented: an answer with more does not count. Names are measured in bytes, values likewise. */
const MOST_HEADERS = 64;
const LONGEST_NAME = 64;
const LONGEST_VALUE = 8_192;

export interface CallResult {
  /** Null when no answer came. */
  readonly status: number | null;
  /** Undefined for a success. */
  readonly failure: string | undefined;
}

export interface Call {
  readonly result: Promise<CallResult>;
  /** Ends the call; it then is a failure. */
  cancel(): void;
}

export function postCallback(destination: string, headers: Readonly<Record<string, string>>, body: string): Call {
  let request: ClientRequest | undefined;
  const result = new Promise<CallResult>((resolve) => {
    const fail = (error: unknown): void => {
      resolve({ status: null, failure: reasonOf(error) });
    };
    try {
      const url = new URL(destination);
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      request = send(url, {
        method: 'POST',
        // A connection of its own, so that nothing is left open when the mock closes.
        agent: false,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
      });
      const deadline = setTimeout(() => {
        request?.destroy(new Error(`no answer within ${String(TIMEOUT_MS / 1000)} s`));
      }, TIMEOUT_MS);
      deadline.unref();
      request.on('error', fail);
      request.on('close', () => {
        clearTimeout(deadline);
        fail(new Error('the connection was closed'));
      });
      request.on('response', (response) => {
        resolve(resultOf(response));
        response.on('error', () => undefined);
        response.resume();
      });
      request.end(body);
    } catch (error) {
      // An address or header that cannot be sent at all.
      fail(error);
    }
  });
  return {
    result,
    cancel: () => {
      request?.destroy();
    },
  };
}

/** Documented: any 2xx is a success. */
function resultOf({ statusCode = 0, rawHeaders }: IncomingMessage): CallResult {
  if (statusCode < 200 || statusCode > 299)
    return { status: statusCode, failure: `answered with status ${String(statusCode)}` };
  const isTooMuch =
    rawHeaders.length / 2 > MOST_HEADERS ||
    rawHeaders.some((text, place) => Buffer.byteLength(text) > (place % 2 === 0 ? LONGEST_NAME : LONGEST_VALUE));
  return { status: statusCode, failure: isTooMuch ? 'answered with more or longer headers than are read' : undefined };
}

function reasonOf(error: unknown): string {
  // Several addresses of one name fail together, without a message of their own.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
