/**
 * Answers to the store's own questions at sign-up. They are kept in the rows of their customers and addresses.
 * The questions themselves live in the control panel, so that any name is one (DIVERGENCES).
 * Described in openapi/documents/customers/customers.v3.yaml.
 */
import type { FormFieldValueRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import { cursorPage } from '../../query/pagination.js';
import type { QueryValues } from '../../query/query-values.js';
import type { Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { BodyOf, Handler } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { allOrNone, refusedField } from './atomic-batch.js';
import { customerAddresses } from './customer-addresses.v3.js';
import { customers } from './customers.v3.js';

type OwnedValue = components['schemas']['OwnedFormFieldValue'];
type Owner = Pick<OwnedValue, 'customer_id' | 'address_id'>;

/** Values by name: those sent replace those of the same name, the others stay. */
export function mergeFormFields(
  current: readonly FormFieldValueRow[],
  sent: readonly FormFieldValueRow[] = [],
): FormFieldValueRow[] {
  const merged = new Map(current.map((field) => [field.name, field]));
  for (const { name, value } of sent) merged.set(name, { name, value });
  return [...merged.values()];
}

/** Those of customers come before those of addresses, each by id. */
function selectValues(store: Store, query: QueryValues): OwnedValue[] {
  const customer_id = query.get('customer_id');
  const address_id = query.get('address_id');
  const ofCustomers = rowsOf(customers, customer_id, address_id, store);
  const ofAddresses = rowsOf(customerAddresses, address_id, customer_id, store);
  const name = query.get('field_name')?.toLowerCase();
  const type = query.get('field_type');
  const values: OwnedValue[] = [];
  const add = (form_fields: readonly FormFieldValueRow[], owner: Owner): void => {
    for (const field of form_fields) {
      if (name !== undefined && field.name.toLowerCase() !== name) continue;
      if (!type || fits(field, type)) values.push({ name: field.name, value: field.value, ...owner });
    }
  };
  // Most rows have none: nothing is made of them.
  for (const { id, form_fields } of ofCustomers) if (form_fields.length > 0) add(form_fields, { customer_id: id });
  for (const { id, form_fields } of ofAddresses) if (form_fields.length > 0) add(form_fields, { address_id: id });
  return values;
}

/** All rows, or the one of an id; none when the query names an owner of the other kind only. */
function rowsOf<Row extends object>(
  resource: Resource<Row, never>,
  id: string | undefined,
  otherId: string | undefined,
  store: Store,
): Iterable<Row> {
  const rows = store.rows(resource);
  if (id !== undefined) return rows.pick([Number(id)]);
  return otherId === undefined ? rows.values() : [];
}

/** The type of a question is not known, only what its answer looks like (assumed). */
function fits({ value }: FormFieldValueRow, type: string): boolean {
  if (Array.isArray(value)) return type === 'checkboxes';
  if (typeof value === 'number') return type === 'numbers';
  const isDate = /^\d{4}-\d\d-\d\d/.test(value);
  return type === 'date' ? isDate : !isDate && type !== 'checkboxes' && type !== 'numbers';
}

const getCustomersFormFieldValues: Handler<'getCustomersFormFieldValues'> = ({ store, query, operation }) => {
  const keyOf = ({ customer_id, address_id, name }: OwnedValue): string =>
    `${customer_id === undefined ? `address ${String(address_id)}` : `customer ${String(customer_id)}`} ${name}`;
  const { items, meta } = cursorPage(selectValues(store, query), keyOf, query, operation);
  return { status: 200, bytes: `{"data":${JSON.stringify(items)},"meta":${meta}}` };
};

const updateCustomerFormFieldValues: Handler<'updateCustomerFormFieldValues'> = (context) => {
  const { store } = context;
  const body = (context.body as BodyOf<'updateCustomerFormFieldValues'> | undefined) ?? [];
  const data = allOrNone('Update customer form field values failed.', body, (sent): OwnedValue => {
    const { customer_id, address_id, name, value } = sent;
    if (customer_id !== undefined) {
      const row = store.rows(customers).get(customer_id);
      if (!row) throw refusedField('customer_id', 'invalid customer ID');
      store.rows(customers).replace({ ...row, form_fields: mergeFormFields(row.form_fields, [sent]) });
      return { name, value, customer_id };
    }
    if (address_id === undefined) throw new UnprocessableError('Either customer_id or address_id is required.');
    const row = store.rows(customerAddresses).get(address_id);
    if (!row) throw refusedField('address_id', 'invalid address ID');
    store.rows(customerAddresses).replace({ ...row, form_fields: mergeFormFields(row.form_fields, [sent]) });
    return { name, value, address_id };
  });
  return { status: 200, body: { data, meta: {} } };
};

export const formFieldValuesDomain: Domain = {
  resources: [],
  handlers: { getCustomersFormFieldValues, updateCustomerFormFieldValues },
};
