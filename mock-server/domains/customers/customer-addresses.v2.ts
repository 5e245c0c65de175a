/**
 * Addresses of a customer as V2 shows them: the rows of customer-addresses.v3.ts under the older names. V2 keeps an
 * address twice when it is sent twice. Described in openapi/documents/customers/customers.v2.yaml.
 */
import type { CustomerAddressRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError } from '../../errors.js';
import { requireParents } from '../../resources/actions.js';
import type { Resource } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, idAt, type Handler } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { countryCode } from './countries.js';
import { customerAddresses, type CustomerAddressInput } from './customer-addresses.v3.js';
import { byView } from './v2-view.js';

type AddressV2Input = components['schemas']['CustomerAddressV2Input'];

/** The same rows as `customerAddresses`, in the form of V2. */
export const customerAddressesV2: Resource<CustomerAddressRow, AddressV2Input> = {
  ...customerAddresses,
  rules: {
    create: (draft) => customerAddresses.rules.create({ ...draft, input: inputOf(draft.input) }),
    merge: ({ current, input }) => ({ ...current, ...inputOf(input), form_fields: current.form_fields }),
    derive: customerAddresses.rules.derive ?? ((row) => row),
    wire: addressV2,
  },
};

/** @throws BadRequestError for a country that is none (observed for types, assumed for names) */
function inputOf({ country, ...input }: AddressV2Input): CustomerAddressInput {
  const country_code = country === undefined ? undefined : countryCode(country);
  if (country !== undefined && country_code === undefined) throw new BadRequestError("The field 'country' is invalid.");
  const fields = {
    first_name: input.first_name,
    last_name: input.last_name,
    company: input.company,
    phone: input.phone,
    address1: input.street_1,
    address2: input.street_2,
    city: input.city,
    // Documented: a blank says that there is none.
    state_or_province: input.state?.trim(),
    postal_code: input.zip,
    address_type: input.address_type,
    country_code,
  };
  // What was not sent is no field at all.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function addressV2(row: CustomerAddressRow): components['schemas']['CustomerAddressV2'] {
  return {
    id: row.id,
    customer_id: row.customer_id,
    first_name: row.first_name,
    last_name: row.last_name,
    company: row.company,
    street_1: row.address1,
    street_2: row.address2,
    city: row.city,
    state: row.state_or_province,
    zip: row.postal_code,
    country: row.country,
    country_iso2: row.country_code,
    phone: row.phone,
    address_type: row.address_type,
  };
}

const deleteCustomerAddresses: Handler<'deleteCustomerAddresses'> = (context) => {
  requireParents(context);
  const keys = [...context.store.rows(customerAddresses).keysOf(idAt(context, 0))];
  for (const key of keys) deleteRow(customerAddresses, key, context);
  return emptyAnswer();
};

export const customerAddressesV2Domain: Domain = {
  resources: [],
  handlers: {
    getCustomerAddresses: byView('list', () => customerAddressesV2),
    getCustomerAddress: byView('get', () => customerAddressesV2),
    createCustomerAddress: byView('create', () => customerAddressesV2),
    updateCustomerAddress: byView('update', () => customerAddressesV2),
    deleteCustomerAddresses,
  },
};
