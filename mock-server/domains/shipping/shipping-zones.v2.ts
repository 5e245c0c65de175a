/**
 * Shipping zones: what /v2/shipping/zones does beyond keeping rows.
 * Described in openapi/documents/shipping/shipping.v2.yaml.
 */
import {
  shippingZoneDefaults,
  v2Money,
  type ShippingZoneLocation,
  type ShippingZoneRow,
} from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Store } from '../../state/store.js';

type ZoneInput = components['schemas']['ShippingZoneInput'];

/** Rows keyed by `id`; amounts of money are numbers in them. */
export const shippingZones = defineResource<ShippingZoneRow, ZoneInput>('shipping-zones', {
  create: ({ input, id, store }) => withFields({ ...shippingZoneDefaults, id }, input, store),
  merge: ({ current, input, store }) => withFields(current, input, store),
  check: requireSound,
  wire: shown,
});

function withFields(row: ShippingZoneRow, input: ZoneInput, store: Store): ShippingZoneRow {
  const { name, type, enabled, locations, free_shipping: free, handling_fees: fees } = input;
  return {
    ...row,
    name: name ?? row.name,
    type: type ?? row.type,
    enabled: enabled ?? row.enabled,
    locations: locations ? numbered(locations, row.locations, store) : row.locations,
    free_shipping: {
      enabled: free?.enabled ?? row.free_shipping.enabled,
      minimum_sub_total: amountOf(free?.minimum_sub_total) ?? row.free_shipping.minimum_sub_total,
      exclude_fixed_shipping_products:
        free?.exclude_fixed_shipping_products ?? row.free_shipping.exclude_fixed_shipping_products,
    },
    handling_fees: fees ? withFees(fees, row.handling_fees) : row.handling_fees,
  };
}

/** A fixed fee takes the place of a percentage and the other way round (documented: one or the other). */
function withFees(
  sent: NonNullable<ZoneInput['handling_fees']>,
  known: ShippingZoneRow['handling_fees'],
): ShippingZoneRow['handling_fees'] {
  const display_separately = sent.display_separately ?? known.display_separately;
  const percentage_surcharge = amountOf(sent.percentage_surcharge);
  const fixed_surcharge = amountOf(sent.fixed_surcharge);
  if (percentage_surcharge !== undefined) return { percentage_surcharge, display_separately };
  if (fixed_surcharge !== undefined) return { fixed_surcharge, display_separately };
  return { ...known, display_separately };
}

function amountOf(sent: string | number | undefined): number | undefined {
  if (sent === undefined) return undefined;
  const amount = Number(sent);
  if (!Number.isFinite(amount) || amount < 0) throw new BadRequestError('Amounts must be numbers of at least 0.');
  return amount;
}

/** A place that stays keeps its id, others get new ones. */
function numbered(
  sent: readonly ShippingZoneLocation[],
  known: readonly ShippingZoneLocation[],
  store: Store,
): ShippingZoneLocation[] {
  return sent.map((place) => ({
    ...place,
    id:
      known.find((each) => placeOf(each) === placeOf(place))?.id ??
      store.nextNumber('shipping zone location', () => highestLocation(store)),
  }));
}

function highestLocation(store: Store): number {
  const ids = [...store.rows(shippingZones).values()].flatMap(({ locations }) => locations.map(({ id = 0 }) => id));
  return Math.max(0, ...ids);
}

function placeOf({ zip = '', country_iso2 = '', state_iso2 = '' }: ShippingZoneLocation): string {
  return [country_iso2, state_iso2, zip].join(':').toUpperCase();
}

/** One zone of the whole world, and each place in one zone (statuses and sentences are assumed). */
function requireSound({ next, store }: Change<ShippingZoneRow, ZoneInput>): void {
  const places = new Set(next.locations.map(placeOf));
  for (const other of store.rows(shippingZones).values()) {
    if (other.id === next.id) continue;
    if (next.type === 'global' && other.type === 'global') {
      throw new ConflictError(`The zone ${other.name} is global already; there can be one such zone.`);
    }
    if (other.locations.some((place) => places.has(placeOf(place)))) {
      throw new ConflictError(`The zone ${other.name} has one of the locations already.`);
    }
  }
}

function shown({ free_shipping, handling_fees, ...row }: ShippingZoneRow): components['schemas']['ShippingZone'] {
  const { fixed_surcharge, percentage_surcharge, display_separately } = handling_fees;
  return {
    ...row,
    free_shipping: { ...free_shipping, minimum_sub_total: v2Money(free_shipping.minimum_sub_total) },
    handling_fees: {
      ...(fixed_surcharge === undefined ? {} : { fixed_surcharge: v2Money(fixed_surcharge) }),
      ...(percentage_surcharge === undefined ? {} : { percentage_surcharge: v2Money(percentage_surcharge) }),
      display_separately,
    },
  };
}

export const shippingZonesDomain: Domain = { resources: [shippingZones] };
