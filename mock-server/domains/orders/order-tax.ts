/** Which tax rates apply to an order: those of the zone that its shipping address is in, or else its billing address. */
import { ratesByClass, type OrderAddressRow, type RatesByClass } from '../../../fixtures/index.js';
import { defineResource } from '../../resources/define.js';
import type { Store } from '../../state/store.js';
import { allOf, taxRateSource } from '../carts/elsewhere.js';
import { customers } from '../customers/customers.v3.js';
import { taxZoneAt } from '../tax/tax-zone-at.js';

const stateSource = defineResource<{
  readonly id: number;
  readonly state?: string;
  readonly state_abbreviation?: string;
}>('states', {
  create: () => {
    throw new Error('states are not made');
  },
});

/** The rates by tax class; none where the zone has none. */
export function ratesAt(address: OrderAddressRow, customer_id: number, store: Store): RatesByClass {
  const zone = taxZoneAt(
    {
      country_code: address.country_iso2,
      postal_code: address.zip,
      isIn: (codes) => isAmong(address.state, codes, store),
      customer_group_id: store.rows(customers).get(customer_id)?.customer_group_id ?? 0,
    },
    store,
  );
  const rates = allOf(store, taxRateSource).filter(({ tax_zone_id }) => tax_zone_id === zone?.id);
  return ratesByClass(
    rates.map(({ class_rates = [], ...rate }) => ({
      ...rate,
      class_rates: class_rates.map(({ tax_class_id, rate: percent }) => ({ tax_class_id, rate: Number(percent ?? 0) })),
    })),
  );
}

/** Orders name states in full, tax zones by code. */
function isAmong(state: string, codes: readonly string[], store: Store): boolean {
  if (codes.includes(state)) return true;
  return allOf(store, stateSource).some(
    ({ state: name, state_abbreviation }) =>
      name === state && state_abbreviation !== undefined && codes.includes(state_abbreviation),
  );
}
