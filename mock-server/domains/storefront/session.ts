/**
 * Sessions of shoppers: who is signed in, and which cart is theirs. A session is known by a cookie that the first answer
 * without one sets; carts, checkouts and customers are those of the management API.
 */
import type { CartRow } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { AnswerHeaders, OperationContext } from '../../resources/handler.js';
import { findCart } from '../carts/carts.v3.js';
import { textId } from '../carts/text-ids.js';

const COOKIE = 'SHOP_SESSION_TOKEN';

export interface SessionRow {
  readonly token: string;
  /** 0 for a guest. */
  readonly customer_id: number;
  readonly cart_id: string | undefined;
  /** Kinds of cookies allowed and denied; undefined until the shopper said so. */
  readonly consent: { readonly allow: readonly number[]; readonly deny: readonly number[] } | undefined;
}

/** Rows keyed by `token`. */
export const sessions = defineResource<SessionRow>('storefront-sessions', {
  key: ({ token }) => token,
  create: () => {
    throw new Error('sessions are started by their first request');
  },
});

export interface Session {
  readonly row: SessionRow;
  /** To be sent with the answer: sets the cookie of a new session. */
  readonly headers: AnswerHeaders;
  /** Keeps changes of the session. */
  keep(this: void, changes: Partial<Omit<SessionRow, 'token'>>): void;
}

/** The session of a request; a new one when the cookie names none that is known. */
export function sessionOf({ headers, store }: OperationContext): Session {
  const rows = store.rows(sessions);
  const sent = cookieOf(headers.cookie);
  const known = sent === undefined ? undefined : rows.get(sent);
  let row: SessionRow = known ?? {
    token: textId(store, 'storefront-sessions'),
    customer_id: 0,
    cart_id: undefined,
    consent: undefined,
  };
  if (!known) rows.insert(row);
  return {
    row,
    headers: known ? {} : { 'set-cookie': `${COOKIE}=${row.token}; Path=/; HttpOnly; SameSite=Lax` },
    keep: (changes) => {
      row = { ...row, ...changes };
      rows.replace(row);
    },
  };
}

function cookieOf(header: string | undefined): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE) return value;
  }
  return undefined;
}

/** The cart of a session, if it has one still. */
export function sessionCart({ row }: Session, context: OperationContext): CartRow | undefined {
  return findCart(row.cart_id, context);
}

export const sessionsDomain: Domain = { resources: [sessions] };
