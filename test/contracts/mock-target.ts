/** The mock as the target of a suite, driven by supertest. */
import { Agent } from 'node:http';
import type { FastifyInstance } from 'fastify';
import supertest, { type Response } from 'supertest';
import type { Exchange, ExchangeRequest, Target } from '../../contracts/index.js';
import { buildMockServer, type MockServerOptions } from '../../mock-server/index.js';
import { known, sendable } from './known-values.js';

/** The body limit of these mocks: above the suites' megabyte of text, below what they call oversized. */
export const BODY_LIMIT = 2_000_000;

const PUBLISHED_TOKENS: Target['tokens'] = {
  fullAccess: 'mock-token-full-access',
  readOnly: 'mock-token-read-only',
  noScopes: 'mock-token-no-scopes',
};

export interface MockTarget extends Target {
  readonly app: FastifyInstance;
  /** All stores back to their seeds. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A small store whose quota never ends. */
export async function startTarget(options: MockServerOptions = {}): Promise<MockTarget> {
  const app = buildMockServer({ plan: 'unlimited', bodyLimit: BODY_LIMIT, ...options });
  return targetAt(app, options.storeHash);
}

/** A server of any make that answers like the mock. It listens from here on, unless it did before. */
export async function targetAt(
  app: FastifyInstance,
  storeHash = 'mockstore1',
  tokens = PUBLISHED_TOKENS,
): Promise<MockTarget> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const agent = new Agent({ keepAlive: true });
  const client = supertest(app.server);
  const send = async (request: ExchangeRequest): Promise<Exchange> => {
    const { method, url, body } = request;
    const headers = { ...(await payerHeaders(request)), ...request.headers };
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'delete' | 'patch' | 'head';
    const test = client[verb](url)
      .agent(agent)
      .set(headers as Record<string, string>)
      .buffer(true)
      .parse(asText);
    // Bytes without a type stay without one; text would be called a form.
    if (typeof body === 'string') void test.send('Content-Type' in headers ? body : Buffer.from(body));
    else if (body !== undefined) void test.send(body);
    const { status, headers: answered, body: text } = await test;
    return { request, response: { status, headers: answered, body: typeof text === 'string' ? text : '' } };
  };
  /** The payments host knows no token of the management API: whoever may do everything there has a token to pay with. */
  const payerHeaders = async ({ url, headers }: ExchangeRequest): Promise<Record<string, string>> => {
    if (url !== `/stores/${storeHash}/payments` || headers['X-Auth-Token'] !== tokens.fullAccess) return {};
    const order = { id: sendable['createPaymentAccessToken.id'] };
    const { body: answer } = await client
      .post(`/stores/${storeHash}/v3/payments/access_tokens`)
      .agent(agent)
      .set('X-Auth-Token', tokens.fullAccess)
      .send({ order });
    const { data } = answer as { readonly data?: { readonly id: string } };
    return data ? { Authorization: `PAT ${data.id}` } : {};
  };
  return {
    app,
    storeHash,
    known,
    sendable,
    tokens,
    send,
    reset: async () => {
      await client.post('/_mock/reset').agent(agent).expect(200);
    },
    close: async () => {
      agent.destroy();
      await app.close();
    },
  };
}

/** The body as it came: the checks parse it themselves. */
function asText(response: Response, done: (error: Error | null, body: string) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('error', (error) => {
    done(error, '');
  });
  response.on('end', () => {
    done(null, Buffer.concat(chunks).toString('utf8'));
  });
}
