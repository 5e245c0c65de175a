/**
 * Signing a customer in by a token that an app signed: good for thirty seconds and once. Whatever is
 * wrong with it leads to the login page. Described in openapi/documents/auth/customer-login.yaml.
 */
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BytesAnswer, Handler, OperationContext } from '../../resources/handler.js';
import { carts } from '../carts/carts.v3.js';
import { channelSource } from '../carts/elsewhere.js';
import { customers, opensOn } from '../customers/customers.v3.js';
import { sessionOf } from '../storefront/session.js';
import { signIn } from '../storefront/sign-in.js';
import { accountOf, claimsOf, verify, type Claims } from './tokens.js';

const LIFETIME_SECONDS = 30;
/** Clocks of apps may be a little ahead (assumed). */
const LEEWAY_SECONDS = 30;

/** Tokens that were used, keyed by `jti`. */
const usedTokens = defineResource<{ readonly jti: string }>('used-login-tokens', {
  key: ({ jti }) => jti,
  create: () => {
    throw new Error('tokens are used by signing in');
  },
});

const getCustomerLogin: Handler<'getCustomerLogin'> = (context) => {
  const session = sessionOf(context);
  const checked = check(String(context.keys[0]), context);
  if (typeof checked === 'string') {
    return redirect('/login.php?action=login_error', session.headers, checked);
  }
  const { claims, customer_id } = checked;
  context.store.rows(usedTokens).insert({ jti: String(claims['jti']) });
  const target = typeof claims['redirect_to'] === 'string' ? claims['redirect_to'] : '/account.php';
  if (/[?&]action=logout\b/.test(target)) {
    session.keep({ customer_id: 0, cart_id: undefined });
    return redirect(target, session.headers);
  }
  const kept = claims['enable_persistent_cart'] === true ? lastCartOf(customer_id, context) : undefined;
  signIn(session, customer_id, context, kept);
  return redirect(target, session.headers);
};

function redirect(location: string, headers: BytesAnswer['headers'], reason?: string): BytesAnswer {
  const answer = { status: 302, bytes: undefined, headers: { ...headers, location } };
  return reason === undefined ? answer : { ...answer, reason };
}

/** What the token says, or what is wrong with it. */
function check(
  token: string,
  context: OperationContext,
): { readonly claims: Claims; readonly customer_id: number } | string {
  const { store, at } = context;
  const account = accountOf(claimsOf(token)?.['iss'], store);
  if (!account) return 'iss is no client id of an API account';
  const claims = verify(token, store.accounts.clientSecretOf(account), context);
  if (!claims) return 'the token is not signed with the client secret';
  const { iat, jti, operation, store_hash, customer_id, channel_id = 1, redirect_to } = claims;
  const age = Math.floor(at / 1000) - Number(iat);
  if (!(age <= LIFETIME_SECONDS && age >= -LEEWAY_SECONDS)) return 'iat is more than thirty seconds away';
  if (typeof jti !== 'string' || jti === '') return 'jti is missing';
  if (store.rows(usedTokens).has(jti)) return 'jti was used before';
  if (operation !== 'customer_login') return 'operation is not customer_login';
  if (store_hash !== store.hash) return 'store_hash is that of another store';
  if (typeof channel_id !== 'number' || !store.rows(channelSource).has(channel_id)) return 'there is no such channel';
  if (typeof redirect_to === 'string' && !/^\/(?!\/)/.test(redirect_to)) return 'redirect_to is not relative';
  const customer = store.rows(customers).get(Number(customer_id));
  if (!customer) return 'there is no such customer';
  if (!opensOn(channel_id, customer, store)) return 'the account does not open on that channel';
  return { claims, customer_id: customer.id };
}

function lastCartOf(customer_id: number, { store }: OperationContext): string | undefined {
  const rows = store.rows(carts);
  const own = rows.pick(rows.keysWhere('customer_id', customer_id));
  return own.sort((a, b) => (a.updated_time < b.updated_time ? 1 : -1))[0]?.id;
}

export const customerLoginDomain: Domain = { resources: [usedTokens], handlers: { getCustomerLogin } };
