/**
 * JSON web tokens, signed and verified by HS256 against the mock's clock. The library is loaded with the first token:
 * most mocks never see one.
 */
import { createRequire } from 'node:module';
import type jsonwebtoken from 'jsonwebtoken';
import type { ApiAccount } from '../../state/api-accounts.js';
import type { Actor } from '../../resources/define.js';
import type { Store } from '../../state/store.js';

const load = createRequire(import.meta.url);

export type Claims = Readonly<Record<string, unknown>>;

function library(): typeof jsonwebtoken {
  return load('jsonwebtoken') as typeof jsonwebtoken;
}

/** @param claims `iat` is added: the instant of the request */
export function sign(claims: Claims, secret: string, { at }: Pick<Actor, 'at'>): string {
  return library().sign({ iat: Math.floor(at / 1000), ...claims }, secret, { algorithm: 'HS256' });
}

/** The claims of a token that a secret signed and whose time is not over; undefined for any other. */
export function verify(token: string, secret: string, { at }: Pick<Actor, 'at'>): Claims | undefined {
  try {
    const claims = library().verify(token, secret, { algorithms: ['HS256'], clockTimestamp: Math.floor(at / 1000) });
    return typeof claims === 'string' ? undefined : claims;
  } catch {
    return undefined;
  }
}

/** What a token says, whoever signed it. */
export function claimsOf(token: string): Claims | undefined {
  try {
    const claims = library().decode(token);
    return claims === null || typeof claims === 'string' ? undefined : claims;
  } catch {
    return undefined;
  }
}

/** The API account that a claim or parameter names. */
export function accountOf(client_id: unknown, { accounts }: Store): ApiAccount | undefined {
  return typeof client_id === 'string' ? accounts.byClientId(client_id) : undefined;
}

/** The secret of the store itself, for tokens that BigCommerce issues and takes back. */
export function storeSecret({ hash, options }: Store): string {
  return `mock-store-secret/${hash}/${String(options.seed)}`;
}
