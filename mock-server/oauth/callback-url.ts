/** The addresses under which an app is told something, with what it is told (documented in the guide to callbacks). */
import { createHmac, randomUUID } from 'node:crypto';
import { sign } from '../domains/auth/tokens.js';
import { ACCOUNT_UUID } from '../domains/store/store-information.v2.js';
import type { App } from '../state/apps.js';
import type { Store } from '../state/store.js';
import type { User } from '../state/users.js';
import type { Authorization } from './authorizations.js';

const LIFETIME_SECONDS = 86_400;
/** The documented sample is good from a little earlier; the text beside it says from the same second. */
const LEEWAY_SECONDS = 5;

/** Where the browser goes with a code. */
export function grantedUrl({ auth_callback }: App, code: string, { store_hash, scopes, state }: Authorization): string {
  return withQuery(auth_callback, {
    account_uuid: ACCOUNT_UUID,
    code,
    context: contextOf(store_hash),
    scope: scopes.join(' '),
    ...(state !== undefined && { state }),
  });
}

/** Where the browser goes after a refusal: as RFC 6749 has it (assumed). */
export function refusedUrl({ auth_callback }: App, error: string, sentence: string, state: string | undefined): string {
  return withQuery(auth_callback, {
    error,
    error_description: sentence,
    ...(state !== undefined && { state }),
  });
}

/** What a signed callback says beside who and where. */
export interface CallbackDetails {
  /** Path below the app that the user asked for. @default '/' */
  readonly url?: string;
  /** @default null */
  readonly channel_id?: number | null;
}

/**
 * A callback that proves by its signature that BigCommerce sends it: as a JSON web token, and in the older form for
 * apps that still read that one. Times are real ones, whatever the store's clock says: apps compare them with their own.
 */
export function signedUrl(
  callback: string,
  { client_id, client_secret }: App,
  store: Store,
  user: User,
  { url = '/', channel_id = null }: CallbackDetails = {},
): string {
  const at = store.clock.wallTime();
  const { owner } = store.users;
  const nbf = Math.floor(at / 1000) - LEEWAY_SECONDS;
  const claims = {
    aud: client_id,
    iss: 'bc',
    nbf,
    exp: nbf + LIFETIME_SECONDS,
    jti: randomUUID(),
    sub: contextOf(store.hash),
    user: { id: user.id, email: user.email, locale: 'en-US' },
    owner: { id: owner.id, email: owner.email },
    url,
    channel_id,
  };
  const legacy = JSON.stringify({
    user: { id: user.id, email: user.email },
    owner: { id: owner.id, email: owner.email },
    context: contextOf(store.hash),
    store_hash: store.hash,
    timestamp: at / 1000,
  });
  return withQuery(callback, {
    signed_payload_jwt: sign(claims, client_secret, { at }),
    signed_payload: signedLegacyPayload(legacy, client_secret),
  });
}

/** Documented until 2021: both halves in base64, the second of the signature's hex digits. */
function signedLegacyPayload(json: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(json).digest('hex');
  return `${Buffer.from(json).toString('base64url')}.${Buffer.from(signature).toString('base64url')}`;
}

/** How a store is named to apps. */
export function contextOf(store_hash: string): string {
  return `stores/${store_hash}`;
}

/** What the address asks for already stays. */
function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
