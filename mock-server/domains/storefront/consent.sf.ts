/** What a shopper allows cookies to do, for the session and, once signed in, the account. Described in consent.sf.yaml. */
import { BadRequestError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { sessionOf } from './session.js';
import { keepConsent } from './sign-in.js';

/** @throws BadRequestError for a category that is in neither list, or in both (documented; title assumed) */
const postCookieConsent: Handler<'postCookieConsent'> = (context) => {
  const { allow, deny } = context.body;
  const listed = [...allow, ...deny].sort();
  if (listed.join() !== '1,2,3') {
    throw new BadRequestError('Each category belongs in one of the lists.', { allow: 'error', deny: 'error' });
  }
  const session = sessionOf(context);
  session.keep({ consent: { allow, deny } });
  const { customer_id } = session.row;
  if (customer_id > 0) keepConsent(customer_id, { allow, deny }, context.store);
  return { status: 200, bytes: undefined, headers: session.headers };
};

export const storefrontConsentDomain: Domain = { resources: [], handlers: { postCookieConsent } };
