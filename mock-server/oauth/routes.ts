/**
 * `/oauth2/authorize` and `/oauth2/token`, which on the real host is login.bigcommerce.com. Outside the REST API: no
 * token, no quota. Every exchange is in the journal, without codes, secrets and tokens.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { actingUser } from '../accounts/acting-user.js';
import { BigCommerceError } from '../errors.js';
import { describeRefusal } from '../pipeline/error-text.js';
import { exchangeOf } from '../pipeline/exchange.js';
import { journal } from '../pipeline/journal.js';
import { headersOf } from '../pipeline/reply-headers.js';
import type { MockState } from '../state/mock-state.js';
import { ask, deny, grant, readQuestion, takeQuestion } from './consent.js';
import { exchangeCode, type Fields } from './exchange-code.js';
import { OAuthError } from './oauth-error.js';
import { consentPage, errorPage, PAGE_HEADERS } from './pages.js';
import { readFields, shownFields, textsOf } from './request-fields.js';

const AUTHORIZE = '/oauth2/authorize';
const TOKEN = '/oauth2/token';

/** Nobody needs more for half a dozen fields. */
const BODY_LIMIT = 65_536;

const TOKEN_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' } as const;

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The same without secrets, where there are any. */
  readonly shownBody?: string;
  readonly shownHeaders?: Readonly<Record<string, string>>;
}

export async function oauthRoutes(api: FastifyInstance, { state }: { state: MockState }): Promise<void> {
  await api.register(journal, { state });
  // Read by the routes themselves: what a body may be called, and what of it may be shown, is theirs to say.
  api.removeAllContentTypeParsers();
  api.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, parsed) => {
    parsed(null, body);
  });
  api.setErrorHandler((error: Error, request, reply) => {
    send(request, reply, state, refusalOf(error, request));
  });

  api.get(AUTHORIZE, (request, reply) => {
    const query = textsOf(request.query);
    const found = readQuestion(query, state, (store) => {
      exchangeOf(request).store = store;
      return actingUser(request.headers, store);
    });
    if ('location' in found) {
      send(request, reply, state, redirect(found.location));
      return;
    }
    const body = consentPage(found, ask(found, query.state, state));
    send(request, reply, state, {
      status: 200,
      headers: PAGE_HEADERS,
      body,
      shownBody: consentPage(found, '(hidden)'),
    });
  });
  api.post(AUTHORIZE, { bodyLimit: BODY_LIMIT }, (request, reply) => {
    const { consent = '', decision } = takeFields(request);
    if (decision !== 'accept' && decision !== 'cancel') {
      throw new OAuthError('invalid_request', 'Parameter decision has to be accept or cancel');
    }
    const question = takeQuestion(consent, state);
    exchangeOf(request).store = question.store;
    send(request, reply, state, redirect((decision === 'accept' ? grant(question, state) : deny(question)).location));
  });
  api.post(TOKEN, { bodyLimit: BODY_LIMIT }, (request, reply) => {
    const exchange = exchangeOf(request);
    const { answer, store, account, note } = exchangeCode(takeFields(request), state);
    Object.assign(exchange, { store, account, note });
    send(request, reply, state, {
      status: 200,
      headers: TOKEN_HEADERS,
      body: JSON.stringify(answer),
      shownBody: JSON.stringify({ ...answer, access_token: '(hidden)' }),
    });
  });
  api.route({
    method: ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'],
    url: TOKEN,
    handler: () => {
      throw new OAuthError('invalid_request', 'Codes are exchanged by POST', 405);
    },
  });
}

/** The fields of a body, which from here on is without secrets. @throws OAuthError */
function takeFields(request: FastifyRequest): Fields {
  const text = typeof request.body === 'string' ? request.body : '';
  request.body = undefined;
  const fields = readFields(text, request.headers['content-type']);
  request.body = shownFields(fields);
  return fields;
}

function redirect(location: string): Answer {
  const shown = location.replace(/([?&]code=)[^&]*/, '$1(hidden)');
  return {
    status: 302,
    headers: { location, 'cache-control': 'no-store' },
    shownHeaders: { location: shown, 'cache-control': 'no-store' },
  };
}

/** For a user a page, for an app an object; and a note for whoever runs the mock. */
function refusalOf(error: Error, request: FastifyRequest): Answer {
  const refusal = asOAuthError(error);
  exchangeOf(request).note = noteOf(error, refusal);
  const { code, message, status } = refusal;
  if (request.url.split('?', 1)[0] === AUTHORIZE) {
    return { status, headers: PAGE_HEADERS, body: errorPage('The app cannot be installed', message) };
  }
  return { status, headers: TOKEN_HEADERS, body: JSON.stringify({ error: code, error_description: message }) };
}

function asOAuthError(error: Error): OAuthError {
  if (error instanceof OAuthError) return error;
  if (error instanceof BigCommerceError) return new OAuthError('access_denied', describeRefusal(error), error.status);
  const { statusCode = 500 } = error as Error & { readonly statusCode?: number };
  return statusCode < 500
    ? new OAuthError('invalid_request', 'The request cannot be read', statusCode)
    : new OAuthError('server_error', 'The mock met a defect of its own; its log has the details.', 500);
}

function noteOf(error: Error, { code, message, status }: OAuthError): string {
  return status === 500 ? `defect in the mock: ${error.stack ?? error.message}` : `${code}: ${message}`;
}

function send(request: FastifyRequest, reply: FastifyReply, state: MockState, answer: Answer): void {
  const { status, headers, body, shownBody = body, shownHeaders = headers } = answer;
  const exchange = exchangeOf(request);
  const entry = state.record(request, exchange, status, shownBody, shownHeaders);
  const sent = headersOf({ ...entry, responseBody: body, ownHeaders: headers });
  for (let place = 0; place < sent.length; place += 2) reply.header(sent[place] ?? '', sent[place + 1] ?? '');
  void reply.code(status).send(body);
  state.log?.request(entry, exchange.note);
}
