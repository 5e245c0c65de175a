/** A single-click app as its developer would write it, and a mock that it can call: the two talk over real HTTP. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jsonwebtoken from 'jsonwebtoken';
import supertest from 'supertest';
import { afterEach } from 'vitest';
import { resolveOptions } from '../../../mock-server/options.js';
import type { MockServerOptions } from '../../../mock-server/index.js';
import { assemble } from '../../../mock-server/server.js';
import type { MockState } from '../../../mock-server/state/mock-state.js';

export interface ListeningMock {
  readonly url: string;
  readonly state: MockState;
  readonly raw: ReturnType<typeof supertest>;
  readonly close: () => Promise<void>;
}

/** What the app has kept of a store. */
export interface KnownStore {
  token: string;
  /** E-mail addresses. */
  readonly users: Set<string>;
}

export interface Call {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export interface SampleApp {
  readonly url: string;
  readonly client_id: string;
  readonly client_secret: string;
  /** By context, `stores/{store_hash}`. */
  readonly stores: Map<string, KnownStore>;
  /** Every call that came, the oldest first. */
  readonly calls: readonly Call[];
  /** The answers of the mock to exchanges of codes. */
  readonly exchanges: { readonly status: number; readonly body: Record<string, unknown> }[];
  /** What is sent instead of what came with the code; undefined leaves a field out. */
  send: Record<string, string | undefined>;
  /** Takes calls and never answers. */
  isSilent: boolean;
  /** Paths of calls that ended before they were answered. */
  readonly cutCalls: readonly string[];
  /** Content type of exchanges. */
  contentType: 'application/json' | 'application/x-www-form-urlencoded';
}

const open: { close(): unknown }[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

export async function startListening(options: MockServerOptions = {}): Promise<ListeningMock> {
  const { app, state } = assemble(resolveOptions({ size: 'empty', plan: 'unlimited', ...options }));
  open.push(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { url, state, raw: supertest(url), close: () => app.close() };
}

export const SCOPES = ['store_v2_products', 'store_v2_orders_read_only'];

/** Starts the app and registers it. @param more fields of the registration */
export async function startApp(mock: ListeningMock, more: object = {}): Promise<SampleApp> {
  const calls: Call[] = [];
  const cutCalls: string[] = [];
  const app = {
    stores: new Map(),
    calls,
    cutCalls,
    exchanges: [],
    send: {},
    contentType: 'application/json',
  } as unknown as {
    -readonly [Name in keyof SampleApp]: SampleApp[Name];
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', app.url);
    calls.push({ path: pathname, query: searchParams, headers: request.headers });
    response.on('close', () => {
      if (!response.writableEnded) cutCalls.push(pathname);
    });
    if (app.isSilent) return;
    answer(app, mock, pathname, searchParams, response).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({ close: () => closed(server) });
  app.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const registration = {
    name: 'Sample app',
    auth_callback: `${app.url}/auth`,
    load_callback: `${app.url}/load`,
    uninstall_callback: `${app.url}/uninstall`,
    remove_user_callback: `${app.url}/remove_user`,
    scopes: SCOPES,
    ...more,
  };
  const { body } = await mock.raw.post('/_mock/apps').send(registration).expect(201);
  app.client_id = body.client_id;
  app.client_secret = body.client_secret;
  return app;
}

async function answer(
  app: SampleApp,
  mock: ListeningMock,
  path: string,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const say = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(text);
  };
  if (path === '/auth') {
    if (query.has('error')) {
      say(200, 'nothing granted');
      return;
    }
    const { status, body } = await exchange(app, mock, query);
    app.exchanges.push({ status, body });
    if (status !== 200) {
      say(400, 'no token');
      return;
    }
    app.stores.set(String(body['context']), { token: String(body['access_token']), users: new Set() });
    say(200, '<h1>Installed</h1>');
    return;
  }
  const claims = jsonwebtoken.verify(query.get('signed_payload_jwt') ?? '', app.client_secret, {
    algorithms: ['HS256'],
    audience: app.client_id,
    issuer: 'bc',
  }) as { readonly sub: string; readonly user: { readonly email: string } };
  const store = app.stores.get(claims.sub);
  if (path === '/load' && store) {
    store.users.add(claims.user.email);
    const summary = await fetch(`${mock.url}/${claims.sub}/v3/catalog/summary`, {
      headers: { 'X-Auth-Token': store.token },
    });
    say(summary.status, `<h1>Hello ${claims.user.email}</h1>`);
  } else if (path === '/remove_user') {
    store?.users.delete(claims.user.email);
    say(200, '');
  } else if (path === '/uninstall') {
    app.stores.delete(claims.sub);
    say(200, '');
  } else say(404, 'unknown');
}

async function exchange(
  app: SampleApp,
  mock: ListeningMock,
  query: URLSearchParams,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const fields = {
    client_id: app.client_id,
    client_secret: app.client_secret,
    code: query.get('code') ?? undefined,
    context: query.get('context') ?? undefined,
    scope: query.get('scope') ?? undefined,
    grant_type: 'authorization_code',
    redirect_uri: `${app.url}/auth`,
    ...app.send,
  };
  const sent = Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined);
  const response = await fetch(`${mock.url}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': app.contentType },
    body:
      app.contentType === 'application/json'
        ? JSON.stringify(Object.fromEntries(sent))
        : new URLSearchParams(sent).toString(),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}
