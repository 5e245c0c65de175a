/** Stores of one mock, each driven over HTTP with its own token; connections are shared, as those of one process are. */
import { afterEach } from 'vitest';
import {
  startMockServer,
  type MockServer,
  type MockServerOptions,
  type MockStore,
} from '../../../mock-server/index.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined where the text is no JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- every answer has a form of its own
  readonly body: any;
}

export interface StoreClient {
  readonly get: (path: string) => Promise<Reply>;
  readonly post: (path: string, body: object | FormData) => Promise<Reply>;
  readonly put: (path: string, body: object) => Promise<Reply>;
  readonly delete: (path: string) => Promise<Reply>;
}

const open: MockServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((mock) => mock.close()));
});

/** A mock whose quotas never end, and which is closed after the test. */
export async function startMock(options: MockServerOptions = {}): Promise<MockServer> {
  const mock = await startMockServer({ plan: 'unlimited', size: 'empty', ...options });
  open.push(mock);
  return mock;
}

/** @param token of the store's full access unless given */
export function clientOf({ url, storeHash, tokens }: MockStore, token = tokens.fullAccess): StoreClient {
  const ask = async (method: string, path: string, given?: object): Promise<Reply> => {
    const isForm = given === undefined || given instanceof FormData;
    const response = await fetch(`${url}/stores/${storeHash}${path}`, {
      method,
      headers: { 'X-Auth-Token': token, ...(!isForm && { 'Content-Type': 'application/json' }) },
      ...(given !== undefined && { body: isForm ? given : JSON.stringify(given) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    delete: (path) => ask('DELETE', path),
  };
}

/** A control call. */
export async function control(mock: MockServer, method: string, path: string, body?: object): Promise<Reply> {
  const response = await fetch(`${mock.url}/_mock${path}`, {
    method,
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
