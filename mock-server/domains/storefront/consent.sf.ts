/** What a shopper allows cookies to do, for the session and, once signed in, the account. Described in consent.sf.yaml. */
import type { CustomerConsentRow } from '../../../fixtures/index.js';
import { BadRequestError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { customerConsents } from '../customers/customer-consent.v3.js';
import { sessionOf } from './session.js';

/** What accounts call the three numbers. */
const CATEGORIES = new Map<number, CustomerConsentRow['allow'][number]>([
  [1, 'analytics'],
  [2, 'functional'],
  [3, 'targeting'],
]);

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
  if (customer_id > 0) {
    const rows = context.store.rows(customerConsents);
    const names = (numbers: readonly number[]) => numbers.flatMap((number) => CATEGORIES.get(number) ?? []);
    const row: CustomerConsentRow = { customer_id, allow: ['essential', ...names(allow)], deny: names(deny) };
    if (rows.has(customer_id)) rows.replace(row);
    else rows.insert(row, customer_id);
  }
  return { status: 200, bytes: undefined, headers: session.headers };
};

export const storefrontConsentDomain: Domain = { resources: [], handlers: { postCookieConsent } };
