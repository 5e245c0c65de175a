/** What is sent to a webhook: the body as captured from a live store, and headers after the Standard Webhooks. */
import { createHash, createHmac } from 'node:crypto';
import { STORE_ID } from '../domains/store/store-information.v2.js';
import { packageVersion } from '../package-version.js';
import type { Store } from '../state/store.js';
import type { StoreEvent } from './event-rules.js';

/** An event as it is told, the same bytes at every attempt and to every webhook. */
export interface Callback {
  /** Forty hex digits, one of a kind: what receivers tell repeated deliveries by. */
  readonly hash: string;
  readonly scope: string;
  readonly body: string;
}

/** @param at the instant of the event, in milliseconds since 1970 */
export function callbackOf({ scope, data }: StoreEvent, store: Store, at: number): Callback {
  const created_at = Math.floor(at / 1000);
  const store_id = String(STORE_ID);
  const producer = `stores/${store.hash}`;
  // How the real hash is made is not known: no ordering of the visible fields gives the captured ones.
  const number = store.nextNumber('webhook-events', () => 0);
  const seen = JSON.stringify([producer, store.resets, number, created_at, scope, data]);
  const hash = createHash('sha1').update(seen).digest('hex');
  // Properties in the order in which they were captured.
  return { hash, scope, body: JSON.stringify({ producer, hash, created_at, store_id, scope, data }) };
}

/** Names that belong to the connection, not to who set up the webhook. */
const RESERVED = new Set(['connection', 'content-length', 'content-type', 'host', 'transfer-encoding']);

/**
 * @param own headers that the app gave its webhook
 * @param secret the client secret of the app; without one nothing is signed
 * @param sentAt in milliseconds since 1970, by a real clock: receivers compare it with theirs
 */
export function callbackHeaders(
  { hash, body }: Callback,
  own: Readonly<Record<string, string>> | null,
  secret: string | undefined,
  sentAt: number,
): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: '*/*',
    'user-agent': `bigcommerce-mock/${packageVersion}`,
  };
  for (const [name, value] of Object.entries(own ?? {}))
    if (!RESERVED.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  const timestamp = String(Math.floor(sentAt / 1000));
  headers['webhook-id'] = hash;
  headers['webhook-timestamp'] = timestamp;
  // The secret's own bytes are the key: verifiers that expect base64 are given it encoded (documented).
  if (secret !== undefined) {
    const signed = createHmac('sha256', secret).update(`${hash}.${timestamp}.${body}`).digest('base64');
    headers['webhook-signature'] = `v1,${signed}`;
  }
  return headers;
}
