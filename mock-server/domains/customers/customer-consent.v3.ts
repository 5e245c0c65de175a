/** Kinds of cookies and scripts that a customer allows. Described in openapi/documents/customers/customers.v3.yaml. */
import type { CustomerConsentRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { requireParents } from '../../resources/actions.js';
import { defineResource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { idAt, type BodyOf, type Handler } from '../../resources/handler.js';
import { catalogDate } from '../../state/clock.js';

type ConsentInput = components['schemas']['CustomerConsentInput'];

/** Rows keyed by the customer, below whom they are; a customer who said nothing has none. */
export const customerConsents = defineResource<CustomerConsentRow, ConsentInput>(
  'customer-consent',
  {
    key: ({ customer_id }) => customer_id,
    create: ({ input: { allow = [], deny = [] }, parents: [customer_id] }) => ({
      customer_id: Number(customer_id),
      allow,
      deny,
    }),
  },
  { below: 'customers', parentField: 'customer_id' },
);

/** Documented: the date is that of the call, even of a GET. */
function shown({ allow, deny }: CustomerConsentRow, at: number) {
  return { status: 200 as const, body: { allow, deny, updated_at: catalogDate(at) } };
}

const getCustomerConsent: Handler<'getCustomerConsent'> = (context) => {
  requireParents(context);
  const customer_id = idAt(context, 0);
  const row = context.store.rows(customerConsents).get(customer_id) ?? { customer_id, allow: [], deny: [] };
  return shown(row, context.at);
};

/** @throws UnprocessableError for a category that is allowed and denied (assumed) */
const updateCustomerConsent: Handler<'updateCustomerConsent'> = (context) => {
  requireParents(context);
  const customer_id = idAt(context, 0);
  const rows = context.store.rows(customerConsents);
  const current = rows.get(customer_id);
  const body = context.body as BodyOf<'updateCustomerConsent'> | undefined;
  const { allow = current?.allow ?? [], deny = current?.deny ?? [] } = body ?? {};
  const twice = allow.find((category) => deny.includes(category));
  if (twice !== undefined) {
    throw new UnprocessableError('JSON data is missing or invalid', { deny: `${twice} is allowed and denied` });
  }
  const next = { customer_id, allow, deny };
  if (current) rows.replace(next);
  else rows.insert(next, customer_id);
  return shown(next, context.at);
};

export const customerConsentDomain: Domain = {
  resources: [customerConsents],
  handlers: { getCustomerConsent, updateCustomerConsent },
};
