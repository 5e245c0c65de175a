/** Who may make control calls: whoever is on this machine, or knows the control token; and no web page. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { ForbiddenError, UnauthorizedError } from '../errors.js';
import type { Settings } from '../options.js';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|localhost)$/;

/** Does the mock listen on this machine only? */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** A token nobody can guess, for a mock that listens beyond loopback without one set. */
export function newControlToken(): string {
  return randomBytes(24).toString('base64url');
}

/** Why a control call is refused; undefined when it is not. */
export function accessRefusal(request: FastifyRequest, { host, controlToken }: Settings): Error | undefined {
  const { host: named = '', origin, authorization = '' } = request.headers;
  const name = named.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  // A web page can make a browser call any address, by a name of its own for it; it cannot choose the Host header.
  if (!isLoopback(name) && name !== host && name !== request.socket.localAddress?.replace(/^::ffff:/, '')) {
    return new ForbiddenError(`The Host header "${name}" names neither the bound address nor localhost`);
  }
  // It reads no answer, but it can send: from there browsers say where the page is from.
  if (origin !== undefined && origin !== `http://${named}` && request.method !== 'GET' && request.method !== 'HEAD') {
    return new ForbiddenError(`A page of ${origin} cannot drive this mock`);
  }
  if (isLoopback(host)) return undefined;
  const sent = /^Bearer (.+)$/.exec(authorization)?.[1];
  if (sent !== undefined && controlToken !== undefined && sameText(sent, controlToken)) return undefined;
  return new UnauthorizedError(
    'Control calls need "Authorization: Bearer <control token>" when the mock listens beyond loopback',
  );
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
