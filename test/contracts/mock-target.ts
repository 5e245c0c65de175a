/** The mock as the target of a suite, driven by supertest. */
import { Agent } from 'node:http';
import type { FastifyInstance } from 'fastify';
import supertest, { type Response } from 'supertest';
import type { Exchange, ExchangeRequest, Target } from '../../contracts/index.js';
import { cartId } from '../../fixtures/index.js';
import { buildMockServer, type MockServerOptions } from '../../mock-server/index.js';

/** The body limit of these mocks: above the suites' megabyte of text, below what they call oversized. */
export const BODY_LIMIT = 2_000_000;

/** Rows of the small store that no list shows, and values that only some service knows. */
const firstCart = cartId(1, 1);
export const known = {
  cart_id: firstCart,
  cartId: firstCart,
  checkout_id: firstCart,
  checkoutId: firstCart,
  template_file: 'pages/home',
};

export interface MockTarget extends Target {
  readonly app: FastifyInstance;
  /** The store back to its seed. */
  readonly reset: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** A small store whose quota never ends. */
export async function startTarget(options: MockServerOptions = {}): Promise<MockTarget> {
  const app = buildMockServer({ plan: 'unlimited', bodyLimit: BODY_LIMIT, ...options });
  return targetAt(app, options.storeHash);
}

/** A server of any make that answers like the mock. */
export async function targetAt(app: FastifyInstance, storeHash = 'mockstore1'): Promise<MockTarget> {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const agent = new Agent({ keepAlive: true });
  const client = supertest(app.server);
  const send = async (request: ExchangeRequest): Promise<Exchange> => {
    const { method, url, headers, body } = request;
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
  return {
    app,
    storeHash,
    known,
    tokens: {
      fullAccess: 'mock-token-full-access',
      readOnly: 'mock-token-read-only',
      noScopes: 'mock-token-no-scopes',
    },
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
