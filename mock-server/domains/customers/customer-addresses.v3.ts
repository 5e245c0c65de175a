/**
 * Addresses of customers: an address that a customer has is not kept twice by V3, save where V2 made it so.
 * Described in openapi/documents/customers/customers.v3.yaml.
 */
import { customerAddressDefaults, type CustomerAddressRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { findPage } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { allOrNone, refusedField } from './atomic-batch.js';
import { countryName } from './countries.js';
import { customers, fullName, withRowNames } from './customers.v3.js';
import { mergeFormFields } from './form-field-values.v3.js';
import { missingByLeaf } from './service-body.js';

export type CustomerAddressInput = components['schemas']['CustomerAddressInput'];

/** Rows keyed by `id`, below their customers. */
export const customerAddresses = defineResource<CustomerAddressRow, CustomerAddressInput>(
  'customer-addresses',
  {
    create: ({ input: { form_fields, ...input }, id, parents: [customer_id] }) => ({
      ...customerAddressDefaults,
      ...input,
      id,
      customer_id: Number(customer_id),
      form_fields: mergeFormFields([], form_fields),
    }),
    merge: ({ current, input: { form_fields, ...input } }) => ({
      ...current,
      ...input,
      form_fields: mergeFormFields(current.form_fields, form_fields),
    }),
    check: requireSoundAddress,
    derive: (row) => ({ ...row, country: countryName(row.country_code) ?? row.country }),
    wire: (row) => ({ ...row, form_fields: undefined }),
    filters: {
      'name:in': (value) => {
        const wanted = new Set(value.split(',').map((name) => name.trim().toLowerCase()));
        return (row) => wanted.has(fullName(row));
      },
    },
    includes: {
      form_fields: (row) => row.form_fields.map((field) => ({ ...field, address_id: row.id })),
    },
  },
  { below: 'customers', parentField: 'customer_id' },
);

/** States of these countries have names that no code is mistaken for. */
const WITH_STATE_CODES = new Set(['US', 'CA', 'AU']);

/** @throws UnprocessableError with sentences of our own. Documented: names of states in full. */
function requireSoundAddress({ next, input }: Change<CustomerAddressRow, CustomerAddressInput>): void {
  if (input.country_code !== undefined && countryName(input.country_code) === undefined) {
    throw refusedField('country_code', 'invalid country code');
  }
  const { state_or_province } = input;
  if (
    state_or_province !== undefined &&
    WITH_STATE_CODES.has(next.country_code) &&
    /^[A-Z]{2,3}$/.test(state_or_province)
  ) {
    throw refusedField('state_or_province', 'the full name of the state or province is required');
  }
}

/** Documented: what makes an address the same as another. */
const IDENTITY = [
  'first_name',
  'last_name',
  'company',
  'phone',
  'address_type',
  'address1',
  'address2',
  'city',
  'country_code',
  'state_or_province',
  'postal_code',
] as const;

export function sameAddress(row: CustomerAddressRow, other: CustomerAddressInput & { customer_id?: number }): boolean {
  if (other.customer_id !== undefined && row.customer_id !== other.customer_id) return false;
  return IDENTITY.every((field) => row[field] === (other[field] ?? customerAddressDefaults[field]));
}

const getCustomersAddresses: Handler<'getCustomersAddresses'> = (context) => {
  const page = findPage(context, customerAddresses);
  return listAnswer(withRowNames(context), customerAddresses, page.items, page.meta);
};

/** Documented: addresses that are there already are left out of the answer. */
const createCustomersAddresses: Handler<'createCustomersAddresses'> = (context) => {
  const rows = context.store.rows(customerAddresses);
  const created = allOrNone('Create customer addresses failed.', context.body, ({ customer_id, ...input }) => {
    if (!context.store.rows(customers).has(customer_id)) throw refusedField('customer_id', 'invalid customer ID');
    if (rows.rowsOf(customer_id).some((row) => sameAddress(row, input))) return [];
    return [createRow(customerAddresses, input, context, [customer_id])];
  });
  return listAnswer(context, customerAddresses, created.flat(), '{}');
};

/** Documented: a change into an address that the customer has is none. */
const updateCustomersAddresses: Handler<'updateCustomersAddresses'> = (context) => {
  const rows = context.store.rows(customerAddresses);
  const updated = allOrNone('Update customer addresses failed.', context.body, ({ id, ...input }) => {
    const current = rows.get(id);
    if (!current) throw refusedField('id', 'invalid address ID');
    const siblings = rows.rowsOf(current.customer_id).filter((row) => row.id !== id);
    if (siblings.some((row) => sameAddress(row, { ...current, ...input }))) return [];
    return [updateRow(customerAddresses, current, input, context)];
  });
  return listAnswer(context, customerAddresses, updated.flat(), '{}');
};

export const customerAddressesDomain: Domain = {
  resources: [customerAddresses],
  handlers: { getCustomersAddresses, createCustomersAddresses, updateCustomersAddresses },
  bodyRefusals: { createCustomersAddresses: missingByLeaf, updateCustomersAddresses: missingByLeaf },
};
