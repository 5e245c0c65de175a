/**
 * Customers: what /v3/customers does beyond keeping rows, and whether an email address and a password open an account.
 * V2 shows the same rows (customers.v2.ts). Described in openapi/documents/customers/customers.v3.yaml.
 */
import { customerDefaults, type CustomerRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { findPage, findRows } from '../../resources/actions.js';
import { listAnswer, rowsOf } from '../../resources/answers.js';
import { defineResource, type Actor, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler, type OperationContext } from '../../resources/handler.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { allOrNone, refusedField } from './atomic-batch.js';
import { setAttributeValue, attributeValues } from './customer-attribute-values.v3.js';
import { customerAddresses, sameAddress } from './customer-addresses.v3.js';
import { customerGroups } from './customer-groups.v2.js';
import { allowsGlobalLogins, defaultGroupId } from './customer-settings.v3.js';
import { leaveCarts } from './departures.js';
import { isEmailAddress } from './email-address.js';
import { mergeFormFields } from './form-field-values.v3.js';
import { profileOf, segmentIdsOf } from './segments.v3.js';
import { missingByLeaf } from './service-body.js';

type NewCustomer = components['schemas']['NewCustomer'];
/** What V3 and V2 may set; each has fields of its own. */
export type CustomerInput = Partial<NewCustomer>;

const CREATE_FAILED = 'Create customers failed.';
const UPDATE_FAILED = 'Update customers failed.';

/** Rows keyed by `id`. */
export const customers = defineResource<CustomerRow, CustomerInput>('customers', {
  unique: { email: { text: ({ email }) => email.toLowerCase(), refusal: ({ email }) => emailTaken('create', email) } },
  index: ['customer_group_id'],
  create: completeCustomer,
  merge: ({ current, input, store, at }) => {
    if (input.email !== undefined) requireFreeEmail(input.email, current, store);
    return {
      ...current,
      ...fieldsOf(input),
      authentication: authenticationOf(input, current),
      form_fields: mergeFormFields(current.form_fields, input.form_fields),
      password: input.authentication?.new_password ?? current.password,
      date_modified: catalogDate(at),
    };
  },
  check: requireSoundCustomer,
  deleted: leaveCarts,
  wire: shownCustomer,
  filters: {
    'name:in': (value) => {
      const wanted = new Set(value.split(',').map((name) => name.trim().toLowerCase()));
      return (row) => wanted.has(fullName(row));
    },
    'name:like': (value) => {
      const parts = value.split(',').map((part) => part.replaceAll('%', '').trim().toLowerCase());
      return (row) => parts.some((part) => fullName(row).includes(part));
    },
    store_credit: (value) => (row) => row.store_credit_amounts[0]?.amount === Number(value),
  },
  includes: {
    addresses: (row, { store }) => rowsOf(customerAddresses, store.rows(customerAddresses).rowsOf(row.id)),
    attributes: (row, { store }) => rowsOf(attributeValues, store.rows(attributeValues).rowsOf(row.id)),
    form_fields: (row) => row.form_fields.map((field) => ({ ...field, customer_id: row.id })),
    shopper_profile_id: (row, { store }) => profileOf(row.id, store)?.id ?? null,
    segment_ids: (row, { store }) => segmentIdsOf(row.id, store),
  },
});

/** Without what only a store itself knows, or what only an `include` adds. */
function shownCustomer(row: CustomerRow): object {
  return {
    ...row,
    form_fields: undefined,
    password: undefined,
    store_hash: undefined,
  };
}

export function fullName({ first_name = '', last_name = '' }: { first_name?: string; last_name?: string }): string {
  return `${first_name} ${last_name}`.toLowerCase();
}

/** Fields that a body may set as they are. What is read-only clients may send back as it came. */
const WRITABLE = [
  'email',
  'first_name',
  'last_name',
  'company',
  'phone',
  'notes',
  'tax_exempt_category',
  'customer_group_id',
  'accepts_product_review_abandoned_cart_emails',
  'channel_ids',
] as const;

/** What a body says of the row itself: its sub-resources and the mail that it asks for are apart. */
function fieldsOf({ store_credit_amounts, ...input }: CustomerInput): Partial<CustomerRow> {
  const sent = WRITABLE.filter((name) => input[name] !== undefined);
  const fields: Partial<CustomerRow> = Object.fromEntries(sent.map((name) => [name, input[name]]));
  if (!store_credit_amounts) return fields;
  return { ...fields, store_credit_amounts: [{ amount: store_credit_amounts[0]?.amount ?? 0 }] };
}

function authenticationOf({ authentication }: CustomerInput, current: CustomerRow): CustomerRow['authentication'] {
  const { force_password_reset = current.authentication.force_password_reset ?? false } = authentication ?? {};
  return { force_password_reset };
}

function completeCustomer({ input, id, store, at }: Draft<CustomerInput>): CustomerRow {
  return {
    ...customerDefaults,
    customer_group_id: defaultGroupId(store),
    ...fieldsOf(input),
    id,
    authentication: authenticationOf(input, customerDefaults),
    form_fields: mergeFormFields([], input.form_fields),
    origin_channel_id: input.origin_channel_id ?? customerDefaults.origin_channel_id,
    password: input.authentication?.new_password ?? null,
    date_created: catalogDate(at),
    date_modified: catalogDate(at),
    store_hash: store.hash,
  };
}

/** @throws UnprocessableError with sentences of our own */
function requireSoundCustomer({ next, current, store }: Change<CustomerRow, CustomerInput>): void {
  if (!isEmailAddress(next.email)) throw refusedField('email', 'invalid email address');
  if (next.customer_group_id !== current?.customer_group_id && !isGroup(next.customer_group_id, store)) {
    throw refusedField('customer_group_id', 'invalid customer group ID');
  }
  // Documented: a list of channels is not empty; null stands for all.
  if (next.channel_ids?.length === 0) throw refusedField('channel_ids', 'channel_ids must not be empty');
}

export function isGroup(customer_group_id: number, store: Store): boolean {
  return customer_group_id === 0 || store.rows(customerGroups).has(customer_group_id);
}

/** Observed for creation, its words assumed for updates. */
function emailTaken(kind: 'create' | 'update', email: string): UnprocessableError {
  const doing = kind === 'create' ? 'creating' : 'updating';
  const sentence = `Error ${doing} customers: email ${email} already in use`;
  return new UnprocessableError(sentence, { [`.customer_${kind}`]: sentence });
}

function requireFreeEmail(email: string, current: CustomerRow, store: Store): void {
  const holder = store.rows(customers).keyByUnique('email', email.toLowerCase());
  if (holder !== undefined && holder !== current.id) throw emailTaken('update', email);
}

/** The same request, whose `include` calls things as rows do. */
export function withRowNames<Context extends Pick<OperationContext, 'query'>>(context: Context): Context {
  const include = context.query.get('include');
  if (include === undefined) return context;
  const names = include.split(',').map((name) => (name.trim() === 'formfields' ? 'form_fields' : name.trim()));
  return { ...context, query: new Map([...context.query, ['include', names.join(',')]]) };
}

const getCustomers: Handler<'getCustomers'> = (context) => {
  const page = findPage(context, customers);
  return listAnswer(withRowNames(context), customers, page.items, page.meta);
};

const createCustomers: Handler<'createCustomers'> = (context) => {
  const created = allOrNone(CREATE_FAILED, context.body, (input) => {
    const row = createRow(customers, input, context);
    addChildren(row, input, context);
    return row;
  });
  return listAnswer(context, customers, created, '{}');
};

/** Addresses that are alike are one. @throws UnprocessableError for an attribute that does not exist */
function addChildren({ id }: CustomerRow, { addresses = [], attributes = [] }: NewCustomer, actor: Actor): void {
  for (const address of addresses) {
    const siblings = actor.store.rows(customerAddresses).rowsOf(id);
    const isThere = siblings.some((sibling) => sameAddress(sibling, { ...address, customer_id: id }));
    if (!isThere) createRow(customerAddresses, address, actor, [id]);
  }
  for (const { attribute_id = 0, attribute_value = '' } of attributes) {
    setAttributeValue({ customer_id: id, attribute_id, value: attribute_value }, actor);
  }
}

const updateCustomers: Handler<'updateCustomers'> = (context) => {
  const updated = allOrNone(UPDATE_FAILED, context.body, ({ id, ...input }) => {
    const current = context.store.rows(customers).get(id);
    if (!current) throw refusedField('id', 'invalid customer ID');
    return updateRow(customers, current, input, context);
  });
  return listAnswer(context, customers, updated, '{}');
};

/** Documented: without ids nothing happens. Ids of nobody are passed over (assumed). */
const deleteCustomers: Handler<'deleteCustomers'> = (context) => {
  if (!context.query.get('id:in')) return emptyAnswer();
  for (const { id } of findRows(context, customers, [])) deleteRow(customers, id, context);
  return emptyAnswer();
};

/** Documented: an account without channels of its own opens wherever global logins do, any other on its channels. */
export function opensOn(channel_id: number, { channel_ids }: CustomerRow, store: Store): boolean {
  return channel_ids?.includes(channel_id) ?? allowsGlobalLogins(channel_id, store);
}

const validateCustomerCredentials: Handler<'validateCustomerCredentials'> = ({ store, body }) => {
  const { email, password, channel_id = 1 } = body;
  const rows = store.rows(customers);
  const key = rows.keyByUnique('email', email.toLowerCase());
  const row = key === undefined ? undefined : rows.get(key);
  const isValid = row !== undefined && row.password === password && opensOn(channel_id, row, store);
  return { status: 200, body: isValid ? { is_valid: true, customer_id: row.id } : { is_valid: false } };
};

export const customersDomain: Domain = {
  resources: [customers],
  handlers: { getCustomers, createCustomers, updateCustomers, deleteCustomers, validateCustomerCredentials },
  bodyRefusals: { createCustomers: missingByLeaf, updateCustomers: missingByLeaf },
};
