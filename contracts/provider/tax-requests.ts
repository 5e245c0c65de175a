/** Quote requests as a store sends them to a tax provider, from the plainest order to what providers stumble over. */
import type { components } from '../../openapi/index.js';

export type TaxQuoteRequest = components['schemas']['TaxQuoteRequest'];
type RequestDocument = components['schemas']['TaxRequestDocument'];
type RequestItem = components['schemas']['TaxRequestItem'];
type Address = components['schemas']['TaxProviderAddress'];

const home: Address = {
  line1: '12 Alder Street',
  line2: '',
  city: 'Austin',
  region_name: 'Texas',
  region_code: 'TX',
  country_name: 'United States',
  country_code: 'US',
  postal_code: '78701',
  type: 'RESIDENTIAL',
};

const abroad: Address = {
  line1: '4 Harbour Lane',
  line2: 'Unit 9',
  city: 'Sydney',
  region_name: 'New South Wales',
  region_code: 'NSW',
  country_name: 'Australia',
  country_code: 'AU',
  postal_code: '2000',
  type: 'COMMERCIAL',
};

const warehouse: Address = {
  ...home,
  line1: '800 Depot Road',
  city: 'Dallas',
  postal_code: '75201',
  type: 'COMMERCIAL',
};

/** What "estimate shipping and tax" on a cart page knows of an address. */
const estimated: Address = {
  country_code: 'US',
  country_name: 'United States',
  region_code: 'TX',
  postal_code: '78701',
};

const standardClass = { code: '', class_id: '0', name: 'Default Tax Class' };

function line(id: string, amount: number, changes: Partial<RequestItem> = {}): RequestItem {
  return {
    id,
    item_code: `SKU-${id}`,
    item_reference: `SKU-${id}`,
    name: `Line ${id}`,
    price: { amount, tax_inclusive: false },
    quantity: 1,
    tax_class: standardClass,
    tax_exempt: false,
    tax_properties: [],
    ...changes,
  };
}

function document(id: string, changes: Partial<RequestDocument> = {}): RequestDocument {
  return {
    id,
    billing_address: home,
    destination_address: home,
    origin_address: warehouse,
    shipping: { ...line(`${id}-shipping`, 12), type: 'shipping' },
    handling: { ...line(`${id}-handling`, 2.5), type: 'handling' },
    items: [{ ...line(`${id}-1`, 100), type: 'item' }],
    ...changes,
  };
}

function quote(documents: RequestDocument[], changes: Partial<TaxQuoteRequest> = {}): TaxQuoteRequest {
  return {
    id: '3f1c7a52-8f0e-4c60-9a55-1d2b7c0e4f10',
    currency_code: 'USD',
    customer: { customer_id: '0', customer_group_id: '0', taxability_code: '' },
    transaction_date: '2024-05-01T08:30:00+00:00',
    documents,
    ...changes,
  };
}

/** By what is special about it. */
export const taxQuoteRequests = {
  'one line': quote([document('a')]),
  'an address of which only region and postal code are known': quote([
    { ...document('a', { destination_address: estimated }), billing_address: {} },
  ]),
  'several lines, one of them wrapped': quote([
    document('a', {
      items: [
        { ...line('a-1', 59.97, { quantity: 3 }), type: 'item' },
        {
          ...line('a-2', 20),
          type: 'item',
          wrapping: { ...line('a-2-wrapping', 4.5), type: 'wrapping' },
        },
        { ...line('a-3', 7), type: 'fee' },
      ],
    }),
  ]),
  'two addresses': quote([document('a'), document('b', { destination_address: abroad })]),
  'prices that include tax': quote([
    document('a', {
      items: [{ ...line('a-1', 110, { price: { amount: 110, tax_inclusive: true } }), type: 'item' }],
      shipping: { ...line('a-shipping', 11, { price: { amount: 11, tax_inclusive: true } }), type: 'shipping' },
    }),
  ]),
  'nothing to pay': quote([
    document('a', {
      items: [{ ...line('a-1', 0), type: 'item' }],
      shipping: { ...line('a-shipping', 0), type: 'shipping' },
      handling: { ...line('a-handling', 0), type: 'handling' },
    }),
  ]),
  'a customer and a line that are exempt': quote(
    [document('a', { items: [{ ...line('a-1', 100, { tax_exempt: true }), type: 'item' }] })],
    { customer: { customer_id: '7', customer_group_id: '2', taxability_code: 'E' } },
  ),
} as const satisfies Readonly<Record<string, TaxQuoteRequest>>;

/** An order after a refund of part of its price: the refund is a line below zero. */
export const adjustment: TaxQuoteRequest & { readonly adjust_description: string } = {
  ...quote([
    document('a', {
      items: [
        { ...line('a-1', 100), type: 'item' },
        { ...line('a-refund', -15), type: 'refund' },
      ],
    }),
  ]),
  adjust_description: 'Part of the price was refunded.',
};
