/** Accounts that shoppers open for themselves, which signs them in. Described in customers.sf.yaml. */
import { ConflictError, UnprocessableError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow } from '../../resources/write.js';
import { customers } from '../customers/customers.v3.js';
import { subscribers } from '../customers/subscribers.v3.js';
import { sessionOf } from './session.js';
import { signIn } from './sign-in.js';
import { sentBody } from '../carts/sent-body.js';

/**
 * @throws UnprocessableError for what an account must have (assumed: names, address, password)
 * @throws ConflictError for an e-mail address that has an account (status documented)
 */
const createStorefrontCustomer: Handler<'createStorefrontCustomer'> = (context) => {
  const { store } = context;
  const { firstName, lastName, email, password, acceptsMarketingEmails = false } = sentBody(context) ?? {};
  const missing = Object.entries({ firstName, lastName, email, password }).filter(([, value]) => !value);
  if (missing.length > 0 || !email) {
    throw new UnprocessableError(
      'The account lacks required fields.',
      Object.fromEntries(missing.map(([name]) => [name, 'error.path.missing'])),
    );
  }
  if (store.rows(customers).keyByUnique('email', email.toLowerCase()) !== undefined) {
    throw new ConflictError('The e-mail address is in use already.', {
      email: 'The e-mail address is in use already.',
    });
  }
  const customer = createRow(
    customers,
    {
      email,
      first_name: firstName ?? '',
      last_name: lastName ?? '',
      authentication: { new_password: password ?? '' },
      origin_channel_id: 1,
    },
    context,
  );
  if (acceptsMarketingEmails && store.rows(subscribers).keyByUnique('email', email.toLowerCase()) === undefined) {
    const names = { first_name: firstName ?? '', last_name: lastName ?? '' };
    createRow(subscribers, { email, ...names, source: 'storefront', consents: ['marketing_newsletter'] }, context);
  }
  const session = sessionOf(context);
  signIn(session, customer.id, context);
  return { status: 204, bytes: undefined, headers: session.headers };
};

export const storefrontCustomersDomain: Domain = { resources: [], handlers: { createStorefrontCustomer } };
