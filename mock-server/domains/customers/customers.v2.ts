/**
 * Customers as V2 shows them: the rows of customers.v3.ts, with money and dates as texts and a link to the addresses.
 * Described in openapi/documents/customers/customers.v2.yaml.
 */
import { resourceLink, v2Date, v2Money, type CustomerRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError } from '../../errors.js';
import type { Change, Draft, Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler } from '../../resources/handler.js';
import { deleteRow, requireRow } from '../../resources/write.js';
import { customers, isGroup, type CustomerInput } from './customers.v3.js';
import { isEmailAddress } from './email-address.js';
import { byView } from './v2-view.js';

type CustomerV2Input = components['schemas']['CustomerV2Input'];

/** The same rows as `customers`, in the form of V2. */
export const customersV2: Resource<CustomerRow, CustomerV2Input> = {
  ...customers,
  rules: {
    filters: customers.rules.filters ?? {},
    unique: {
      email: {
        text: ({ email }) => email.toLowerCase(),
        // The status and the words are assumed.
        refusal: () => new ConflictError("The field 'email' is invalid.", { invalid_reason: 'Email already in use' }),
      },
    },
    create: (draft) => {
      const row = customers.rules.create({ ...draft, input: inputOf(draft) });
      return withV2Fields(row, draft);
    },
    merge: (change) => {
      const { current, input } = change;
      requireSoundPassword(input);
      // Uniqueness is this view's to refuse, so that the address is put in afterwards.
      const row =
        customers.rules.merge?.({ ...change, input: { ...inputOf(change), email: current.email } }) ?? current;
      return withV2Fields({ ...row, email: input.email ?? current.email }, change);
    },
    check: requireSoundCustomer,
    wire: customerV2,
  },
};

function inputOf({ input }: Pick<Draft<CustomerV2Input>, 'input'>): CustomerInput {
  const { first_name, last_name, email, company, phone, notes, customer_group_id, tax_exempt_category } = input;
  const { store_credit, reset_pass_on_login, _authentication } = input;
  const fields = { first_name, last_name, email, company, phone, notes, customer_group_id, tax_exempt_category };
  const force_password_reset = _authentication?.force_reset ?? reset_pass_on_login;
  const new_password = _authentication?.password;
  return {
    // What was not sent is no field at all.
    ...(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
      typeof fields
    >),
    ...(store_credit !== undefined && { store_credit_amounts: [{ amount: Number(store_credit) }] }),
    authentication: {
      ...(force_password_reset !== undefined && { force_password_reset }),
      ...(new_password !== undefined && { new_password }),
    },
  };
}

function withV2Fields(row: CustomerRow, { input }: Pick<Draft<CustomerV2Input>, 'input'>): CustomerRow {
  const { registration_ip_address = row.registration_ip_address } = input;
  return { ...row, registration_ip_address };
}

/** @throws BadRequestError for passwords that differ (observed) */
function requireSoundPassword({ _authentication }: CustomerV2Input): void {
  const { password, password_confirmation } = _authentication ?? {};
  if (password_confirmation !== undefined && password_confirmation !== password) {
    throw new BadRequestError("The field 'password_confirmation' is invalid.");
  }
}

/** @throws BadRequestError (observed) */
function requireSoundCustomer({ next, input, current, store }: Change<CustomerRow, CustomerV2Input>): void {
  if (!isEmailAddress(next.email)) throw new BadRequestError("The field 'email' is invalid.");
  if (!current) requireSoundPassword(input);
  if (input.customer_group_id !== undefined && !isGroup(input.customer_group_id, store)) {
    throw new BadRequestError("The field 'customer_group_id' is invalid.");
  }
  if (input.store_credit !== undefined && Number.isNaN(Number(input.store_credit))) {
    throw new BadRequestError("The field 'store_credit' is invalid.");
  }
}

function customerV2(row: CustomerRow): components['schemas']['CustomerV2'] {
  const { force_password_reset = false } = row.authentication;
  return {
    id: row.id,
    _authentication: { force_reset: force_password_reset },
    company: row.company,
    first_name: row.first_name,
    last_name: row.last_name,
    email: row.email,
    phone: row.phone,
    date_created: v2Date(row.date_created),
    date_modified: v2Date(row.date_modified),
    store_credit: v2Money(row.store_credit_amounts[0]?.amount ?? 0),
    registration_ip_address: row.registration_ip_address,
    customer_group_id: row.customer_group_id,
    notes: row.notes,
    tax_exempt_category: row.tax_exempt_category,
    // Documented: whether e-mails about reviews and abandoned carts may be sent.
    accepts_marketing: row.accepts_product_review_abandoned_cart_emails,
    addresses: resourceLink(row.store_hash, `/customers/${String(row.id)}/addresses`),
    form_fields: row.form_fields.length === 0 ? null : row.form_fields.map(shownField),
    reset_pass_on_login: force_password_reset,
  };
}

function shownField({ name, value }: CustomerRow['form_fields'][number]): { name: string; value: string } {
  return { name, value: Array.isArray(value) ? value.join(', ') : String(value) };
}

/** Documented: up to a hundred per call, the oldest first (assumed). */
const deleteCustomersV2: Handler<'deleteCustomersV2'> = (context) => {
  const most = context.operation.limits?.['batch-delete'];
  for (const key of context.store.rows(customers).keys.slice(0, most)) deleteRow(customers, key, context);
  return emptyAnswer();
};

const validateCustomerPassword: Handler<'validateCustomerPassword'> = (context) => {
  const { password } = requireRow(customers, idAt(context, 0), context);
  return { status: 200, body: { success: password !== null && password === context.body.password } };
};

export const customersV2Domain: Domain = {
  resources: [],
  handlers: {
    getCustomersV2: byView('list', () => customersV2),
    getCustomer: byView('get', () => customersV2),
    createCustomer: byView('create', () => customersV2),
    updateCustomer: byView('update', () => customersV2),
    deleteCustomersV2,
    validateCustomerPassword,
  },
};
