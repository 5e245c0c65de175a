/** Signing a shopper in: the session, its guest's cart and what it says of cookies become the customer's. */
import type { CustomerConsentRow } from '../../../fixtures/index.js';
import type { OperationContext } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { saveCart } from '../carts/carts.v3.js';
import { customerSource } from '../carts/elsewhere.js';
import { repriced } from '../carts/line-prices.js';
import { customerConsents } from '../customers/customer-consent.v3.js';
import { sessionCart, type Session, type SessionRow } from './session.js';

/** @param cart_id of a cart that takes the place of the session's own */
export function signIn(session: Session, customer_id: number, context: OperationContext, cart_id?: string): void {
  const guest = sessionCart(session, context);
  session.keep({ customer_id, ...(cart_id !== undefined && { cart_id }) });
  const { store } = context;
  if (guest?.customer_id === 0 && cart_id === undefined) {
    const email = store.rows(customerSource).get(customer_id)?.email ?? guest.email;
    saveCart(repriced({ ...guest, customer_id, email }, store), context);
  }
  if (session.row.consent) keepConsent(customer_id, session.row.consent, store);
}

/** What accounts call the three numbers. */
const CATEGORIES = new Map<number, CustomerConsentRow['allow'][number]>([
  [1, 'analytics'],
  [2, 'functional'],
  [3, 'targeting'],
]);

/** Documented: what a shopper said stays with the account. */
export function keepConsent(
  customer_id: number,
  { allow, deny }: NonNullable<SessionRow['consent']>,
  store: Store,
): void {
  const rows = store.rows(customerConsents);
  const names = (numbers: readonly number[]) => numbers.flatMap((number) => CATEGORIES.get(number) ?? []);
  const row: CustomerConsentRow = { customer_id, allow: ['essential', ...names(allow)], deny: names(deny) };
  if (rows.has(customer_id)) rows.replace(row);
  else rows.insert(row, customer_id);
}
