/**
 * Ways to ship a consignment: the methods of the narrowest zone that its address is in, with what each costs
 *.
 */
import {
  shippingOptionId,
  type CartAddressRow,
  type CartConsignmentRow,
  type CartRow,
  type CartShippingOptionRow,
} from '../../../fixtures/index.js';
import type { Store } from '../../state/store.js';
import {
  allOf,
  amountOf,
  cents,
  shippingMethodSource,
  shippingZoneSource,
  type Handling,
  type ShippingMethodSource,
  type ShippingZoneSource,
} from '../carts/elsewhere.js';
import { products } from '../catalog/products.v3.js';
import { variants } from '../catalog/variants.v3.js';

/** What checkouts call the kinds of methods (assumed but for the first). */
const TYPES: Readonly<Record<string, string>> = {
  perorder: 'shipping_flatrate',
  peritem: 'shipping_peritem',
  weight: 'shipping_byweight',
  total: 'shipping_bytotal',
  freeshipping: 'freeshipping_freeshipping',
};

/** What is shipped together. */
interface Parcel {
  readonly pieces: number;
  readonly weight: number;
  readonly total: number;
}

export function shippingOptionsOf(
  cart: CartRow,
  consignment: CartConsignmentRow,
  store: Store,
): readonly CartShippingOptionRow[] {
  const { address, id } = consignment;
  const zone = address && shippingZoneOf(address, store);
  if (!zone) return [];
  const parcel = parcelOf(cart, consignment, store);
  const options: CartShippingOptionRow[] = [];
  for (const method of store.rows(shippingMethodSource).rowsOf(zone.id)) {
    if (method.enabled === false) continue;
    if (method.channel_ids && method.channel_ids.length > 0 && !method.channel_ids.includes(cart.channel_id)) continue;
    const cost = costOf(method, parcel);
    if (cost === undefined) continue;
    options.push({
      id: shippingOptionId(id, zone.id, method.id),
      type: TYPES[method.type ?? ''] ?? `shipping_${method.type ?? 'carrier'}`,
      description: method.name ?? '',
      image_url: '',
      cost,
      transit_time: '',
      additional_description: '',
      handling: cents(handlingOf(zone.handling_fees, parcel) + handlingOf(method.handling_fees, parcel)),
    });
  }
  const { enabled, minimum_sub_total } = zone.free_shipping ?? {};
  if (enabled && parcel.total >= amountOf(minimum_sub_total)) {
    options.push({
      id: shippingOptionId(id, zone.id, 'free'),
      type: 'freeshipping_freeshipping',
      description: 'Free Shipping',
      image_url: '',
      cost: 0,
      transit_time: '',
      additional_description: '',
      handling: handlingOf(zone.handling_fees, parcel),
    });
  }
  return options;
}

/** The narrowest zone that an address is in. */
export function shippingZoneOf(address: CartAddressRow, store: Store): ShippingZoneSource | undefined {
  let best: ShippingZoneSource | undefined;
  let bestFit = 0;
  for (const zone of allOf(store, shippingZoneSource)) {
    if (zone.enabled === false) continue;
    const fit =
      zone.type === 'global' ? 1 : Math.max(0, ...(zone.locations ?? []).map((place) => fitOf(place, address)));
    if (fit > bestFit) [best, bestFit] = [zone, fit];
  }
  return best;
}

/** 4 for a postal code, 3 for a state, 2 for a country, 0 for a place that the address is not in. */
function fitOf(
  { zip, country_iso2, state_iso2 }: NonNullable<ShippingZoneSource['locations']>[number],
  address: CartAddressRow,
): number {
  if (country_iso2 && country_iso2 !== address.country_code) return 0;
  if (zip) return matchesZip(zip, address.postal_code) ? 4 : 0;
  if (state_iso2) return state_iso2 === address.state_or_province_code ? 3 : 0;
  return country_iso2 ? 2 : 0;
}

/** Asterisks and question marks stand for what may follow. */
function matchesZip(pattern: string, zip: string): boolean {
  const start = pattern.replace(/[*?].*$/, '');
  return start === pattern ? zip === pattern : zip.startsWith(start);
}

function parcelOf(cart: CartRow, { line_items }: CartConsignmentRow, store: Store): Parcel {
  let pieces = 0;
  let weight = 0;
  let total = 0;
  for (const { item_id, quantity } of line_items) {
    const line = cart.lines.find(({ id }) => id === item_id);
    const custom = cart.custom_items.find(({ id }) => id === item_id);
    pieces += quantity;
    total += (line?.list_price ?? custom?.list_price ?? 0) * quantity;
    if (!line) continue;
    const own = store.rows(variants).get(line.variant_id);
    weight +=
      (own?.calculated_weight ?? own?.weight ?? store.rows(products).get(line.product_id)?.weight ?? 0) * quantity;
  }
  return { pieces, weight, total: cents(total) };
}

/** Undefined where a method by range does not reach. Carriers that no one asks here quote a flat ten (assumed). */
function costOf({ type, settings }: ShippingMethodSource, parcel: Parcel): number | undefined {
  switch (type) {
    case 'perorder':
      return cents(amountOf(settings?.rate));
    case 'peritem':
      return cents(amountOf(settings?.rate) * parcel.pieces);
    case 'freeshipping':
      return 0;
    case 'weight':
    case 'total': {
      const measure = type === 'weight' ? parcel.weight : parcel.total;
      const range = settings?.range?.find(
        ({ lower_limit, upper_limit }) => measure >= amountOf(lower_limit) && measure < amountOf(upper_limit),
      );
      if (range) return cents(amountOf(range.shipping_cost));
      if (settings?.default_cost === undefined || settings.default_cost === null) return undefined;
      const cost = amountOf(settings.default_cost);
      return cents(settings.default_cost_type === 'percentage_of_total' ? (parcel.total * cost) / 100 : cost);
    }
    default:
      return 10;
  }
}

function handlingOf(fees: Handling | null | undefined, { total }: Parcel): number {
  return cents(amountOf(fees?.fixed_surcharge) + (total * amountOf(fees?.percentage_surcharge)) / 100);
}
