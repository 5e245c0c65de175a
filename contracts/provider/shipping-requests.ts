/** Requests as a store sends them to a shipping provider. */
import type { components } from '../../openapi/index.js';

type RateRequest = components['schemas']['ShippingRateRequest'];

const origin = {
  street_1: '800 Depot Road',
  street_2: '',
  zip: '75201',
  city: 'Dallas',
  state_iso2: 'TX',
  country_iso2: 'US',
  address_type: 'COMMERCIAL',
} as const;

const usd = (amount: number): { currency: string; amount: number } => ({ currency: 'USD', amount });

const parcel = {
  sku: 'SKU-1',
  variant_id: '501',
  product_id: '101',
  name: 'Stoneware mug',
  length: { units: 'in', value: 5 },
  width: { units: 'in', value: 4 },
  height: { units: 'in', value: 4 },
  weight: { units: 'oz', value: 14 },
  discounted_price: usd(18),
  declared_value: usd(20),
  quantity: 2,
  attributes: [],
} as const;

function request(changes: Partial<RateRequest>): RateRequest {
  return {
    origin,
    destination: { ...origin, street_1: '12 Alder Street', zip: '78701', city: 'Austin', address_type: 'RESIDENTIAL' },
    items: [{ ...parcel, attributes: [] }],
    customer: { customer_groups: [{ customer_group_id: 0, customer_group_name: '' }] },
    store_id: '1000',
    request_context: { reference_values: [] },
    ...changes,
  };
}

/** By what is special about it. */
export const rateRequests = {
  'one parcel within the country': request({}),
  'a destination of which only country and postal code are known': request({
    destination: { zip: '78701', country_iso2: 'US' },
  }),
  'a parcel to another country, in metric units': request({
    destination: { street_1: '4 Harbour Lane', zip: '2000', city: 'Sydney', country_iso2: 'AU' },
    items: [
      {
        ...parcel,
        length: { units: 'cm', value: 12.5 },
        width: { units: 'cm', value: 10 },
        height: { units: 'cm', value: 10 },
        weight: { units: 'g', value: 400 },
        attributes: [
          {
            key: 'hs_code',
            value: '6912.00',
            namespace: 'shipping_carrier_1',
            resource_type: 'product',
            resource_id: '101',
            attribute_type: 'metafield',
          },
        ],
      },
    ],
  }),
  'several parcels': request({
    items: [1, 2, 3].map((number) => ({ ...parcel, sku: `SKU-${number}`, attributes: [] })),
  }),
} as const satisfies Readonly<Record<string, RateRequest>>;
