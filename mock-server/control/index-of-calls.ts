/** `/_mock`: the mock's own calls. No part of the API, no CORS; a control token guards them beyond loopback. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ForbiddenError, NotFoundError, UnauthorizedError } from '../errors.js';
import type { MockState } from '../state/mock-state.js';
import { cdnFiles } from './cdn-files.js';
import { clockCalls } from './clock.js';
import { healthCalls } from './health.js';
import { requestCalls } from './requests.js';
import { resetCalls } from './reset.js';
import { uploads } from './uploads.js';
import { webhookCalls } from './webhooks.js';

export async function control(api: FastifyInstance, { state }: { state: MockState }): Promise<void> {
  // Images are fetched by shops and browsers, and bundles uploaded by tools, which hold no control token.
  await api.register(cdnFiles, { state });
  await api.register(uploads, { state });
  await api.register(async (guarded) => {
    guarded.addHook('onRequest', (request, _reply, next) => {
      next(refusalOf(request, state));
    });
    await guarded.register(healthCalls, { state });
    await guarded.register(resetCalls, { state });
    await guarded.register(requestCalls, { state });
    await guarded.register(clockCalls, { state });
    await guarded.register(webhookCalls, { state });
    guarded.all('/*', (request) => {
      throw new NotFoundError(`${request.method} ${request.url.split('?', 1)[0] ?? ''} is no control call`);
    });
  });
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Does the mock listen on this machine only? */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** A token nobody can guess, for a mock that listens beyond loopback without one set. */
export function newControlToken(): string {
  return randomBytes(24).toString('base64url');
}

/** A web page can make a browser call any address; it cannot choose the Host header, and it does not know the token. */
function refusalOf(request: FastifyRequest, { settings }: MockState): Error | undefined {
  const name = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  if (!isLoopback(name) && name !== settings.host && name !== request.socket.localAddress?.replace(/^::ffff:/, '')) {
    return new ForbiddenError(`The Host header "${name}" names neither the bound address nor localhost`);
  }
  if (isLoopback(settings.host)) return undefined;
  const sent = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (sent !== undefined && settings.controlToken !== undefined && sameText(sent, settings.controlToken))
    return undefined;
  return new UnauthorizedError(
    'Control calls need "Authorization: Bearer <control token>" when the mock listens beyond loopback',
  );
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
