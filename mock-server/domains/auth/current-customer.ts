/**
 * Who is signed in at the storefront, as a token that only the asking app can trust. Described in
 * openapi/documents/auth/current-customer.yaml.
 */
import { NotFoundError } from '../../errors.js';
import { errorObject } from '../../pipeline/error-text.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { customerSource } from '../carts/elsewhere.js';
import { sessionOf } from '../storefront/session.js';
import { accountOf, sign } from './tokens.js';

/** Documented. */
const LIFETIME_SECONDS = 900;

/** Plain text, as pages read it; JSON for whoever asks for JSON by name, as the description has it. */
const getCurrentCustomer: Handler<'getCurrentCustomer'> = (context) => {
  const { store, at, query, headers } = context;
  const session = sessionOf(context);
  const account = accountOf(query.get('app_client_id'), store);
  const customer = store.rows(customerSource).get(session.row.customer_id);
  if (!account || !customer) {
    const reason = account ? 'nobody is signed in' : 'app_client_id is no client id of an API account';
    const bytes = JSON.stringify(errorObject(new NotFoundError('Nobody is signed in.')));
    return { status: 404, bytes, headers: session.headers, reason };
  }
  const token = sign(
    {
      customer: { id: customer.id, email: customer.email, group_id: String(customer.customer_group_id ?? 0) },
      iss: 'bc/apps',
      sub: store.hash,
      exp: Math.floor(at / 1000) + LIFETIME_SECONDS,
      version: 1,
      aud: account.client_id,
      application_id: account.client_id,
      store_hash: store.hash,
      operation: 'current_customer',
    },
    store.accounts.clientSecretOf(account),
    context,
  );
  if (headers.accept?.includes('application/json')) return { status: 200, body: token, headers: session.headers };
  return { status: 200, bytes: token, headers: { ...session.headers, 'content-type': 'text/plain' } };
};

export const currentCustomerDomain: Domain = { resources: [], handlers: { getCurrentCustomer } };
