/** Talks to the control API of a mock that runs elsewhere, for the commands that need one. */
import { OptionsError } from '../errors.js';

/** Where a mock listens unless told otherwise. */
export const DEFAULT_URL = 'http://127.0.0.1:4010';

/** How long an answer may take, in milliseconds. */
const PATIENCE_MS = 30_000;

export interface ControlTarget {
  /** Address of the mock. @default http://127.0.0.1:4010 */
  readonly url?: string | undefined;
  /** For a mock that listens beyond loopback. */
  readonly controlToken?: string | undefined;
  /** Id or e-mail address of the user who acts. @default the owner */
  readonly user?: string | undefined;
}

/** The mock is not there, or refuses: a sentence for standard error. */
export class ControlError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ControlError';
  }
}

/**
 * One control call.
 * @param path from `/_mock` on, such as `/_mock/presets`
 * @returns the body of an answer of 2xx; undefined when it has none
 * @throws OptionsError for an address that is none; ControlError when nobody answers, or anything else than 2xx
 */
export async function callControl(
  { url = DEFAULT_URL, controlToken, user }: ControlTarget,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await send(addressOf(url, path), {
    method,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(controlToken !== undefined && { authorization: `Bearer ${controlToken}` }),
      ...(user !== undefined && { 'x-mock-user': user }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : readAnswer(text, url);
  if (response.ok) return answer;
  throw new ControlError(`${method} ${path}: ${refusalText(response.status, answer)}`);
}

function addressOf(url: string, path: string): URL {
  const base = URL.canParse(url) ? new URL(url) : undefined;
  if (base?.protocol !== 'http:' && base?.protocol !== 'https:')
    throw new OptionsError('--url', url, `an address such as ${DEFAULT_URL}`);
  return new URL(path, base.origin);
}

async function send(address: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    // Nobody listening is the cause of an error; a header that cannot be sent and a time-out are errors of their own.
    const { cause, message } = error as Error;
    throw new ControlError(
      cause === undefined
        ? `${address.origin} cannot be asked: ${message}`
        : `no mock answers at ${address.origin}; start one with bcmock start, or name it by --url`,
      { cause: error },
    );
  }
}

function readAnswer(text: string, url: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ControlError(`what answers at ${url} is no mock`, { cause: error });
  }
}

/** Title and fields of an error in the V3 envelope. */
function refusalText(status: number, answer: unknown): string {
  const { title, errors } = (answer ?? {}) as { readonly title?: unknown; readonly errors?: unknown };
  const fields = Object.entries(typeof errors === 'object' && errors !== null ? errors : {});
  const details = fields.map(([field, text]) => `${field}: ${String(text)}`).join('; ');
  const words = typeof title === 'string' ? title : 'no reason was given';
  return `${String(status)}, ${words}${details === '' ? '' : ` (${details})`}`;
}
