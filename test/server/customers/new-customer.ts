/** Customers that tests make. */
import type { MockClient } from '../mock.js';

export const CUSTOMERS = '/v3/customers';
export const ADDRESSES = '/v3/customers/addresses';

export interface CustomerBody {
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
}

export function customerBody(email = 'ada@example.com'): CustomerBody {
  return { email, first_name: 'Ada', last_name: 'Berg' };
}

/** Creates a customer; gives the id. */
export async function newCustomer(mock: MockClient, body: object = {}): Promise<number> {
  const { body: created } = await mock.post(CUSTOMERS, [{ ...customerBody(), ...body }]).expect(200);
  return created.data[0].id as number;
}

export const addressBody = {
  first_name: 'Ada',
  last_name: 'Berg',
  address1: '12 Alder Street',
  city: 'Austin',
  state_or_province: 'Texas',
  postal_code: '78701',
  country_code: 'US',
} as const;

export const addressV2Body = {
  first_name: 'Ada',
  last_name: 'Berg',
  phone: '',
  street_1: '12 Alder Street',
  city: 'Austin',
  state: 'Texas',
  zip: '78701',
  country: 'United States',
} as const;
