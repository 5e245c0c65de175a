/** Target: what a suite is run against. The mock, Prism in front of it, a sandbox store: anything with a base URL. */
import type { Exchange, ExchangeRequest } from '../exchange.js';

/** Sends a request whose URL begins with `/stores/` and gives what came back. */
export type Send = (request: ExchangeRequest) => Promise<Exchange>;

export interface Target {
  readonly storeHash: string;
  readonly tokens: {
    /** Modify on every scope. */
    readonly fullAccess: string;
    /** Read-only on every scope that has that level. Absent: cases that need it are skipped. */
    readonly readOnly?: string;
    /** A token without any scope but `default`. Absent: cases that need it are skipped. */
    readonly noScopes?: string;
  };
  readonly send: Send;
  /** Values for parameters of paths and queries that no list shows, such as the ids of carts; by the parameter's name. */
  readonly known?: Readonly<Record<string, string | number | readonly (string | number)[]>>;
  /**
   * Values for properties of bodies that only the store knows, such as the codes of its coupons: by the property's name,
   * or by operationId and name, as in `createCart.product_id`.
   */
  readonly sendable?: Readonly<Record<string, string | number>>;
}

/** How a case presents itself. */
export type Credentials = 'full access' | 'read only' | 'no scopes' | 'unknown token' | 'no token';

/** The header of some credentials, or undefined when the target has no such token. */
export function tokenHeader(
  { tokens }: Target,
  credentials: Credentials,
): Readonly<Record<string, string>> | undefined {
  const byName: Readonly<Record<Credentials, string | undefined>> = {
    'full access': tokens.fullAccess,
    'read only': tokens.readOnly,
    'no scopes': tokens.noScopes,
    'unknown token': 'unknown0token0000000000000000000',
    'no token': undefined,
  };
  const token = byName[credentials];
  if (token !== undefined) return { 'X-Auth-Token': token };
  return credentials === 'no token' ? {} : undefined;
}

/** Sends with the platform's fetch. @param baseUrl such as `http://127.0.0.1:4010` or `https://api.bigcommerce.com` */
export function fetchSender(baseUrl: string): Send {
  return async (request) => {
    const { method, url, headers, body } = request;
    const init: RequestInit = { method, headers: headers as Record<string, string> };
    if (typeof body === 'string' || body instanceof Uint8Array) init.body = body;
    else if (body) init.body = JSON.stringify(body.json);
    const response = await fetch(baseUrl + url, init);
    return {
      request,
      response: {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      },
    };
  };
}
