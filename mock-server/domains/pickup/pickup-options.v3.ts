/**
 * Where goods could be collected: computed from locations, stock and pickup methods, for the management API and the
 * storefront alike. Described in openapi/documents/pickup/pickup-options.v3.yaml.
 */
import type { components } from '../../../openapi/index.js';
import type { Domain } from '../../resources/engine.js';
import type { BodyOf, Handler } from '../../resources/handler.js';
import type { Store } from '../../state/store.js';
import { availableOf, findUnit, stockAt } from '../inventory/inventory-stock.js';
import { locations } from '../inventory/locations.v3.js';
import { pickupMethods } from './pickup-methods.v3.js';

type PickupOption = components['schemas']['PickupOption'];
type Search = BodyOf<'post-pickup-options'>;

/** Documented. */
const MAX_OPTIONS = 10;

const KM_PER_MILE = 1.609_344;

/** The nearest pickup methods within reach whose location has all the goods, at most ten. */
export function findPickupOptions({ search_area, items }: Search, store: Store): PickupOption[] {
  const { coordinates, radius } = search_area;
  const reach = radius.unit === 'MI' ? radius.value * KM_PER_MILE : radius.value;
  return [...store.rows(pickupMethods).values()]
    .flatMap((method) => {
      const location = store.rows(locations).get(method.location_id);
      if (!location?.enabled) return [];
      const away = coordinates ? distance(coordinates, location.address.geo_coordinates) : 0;
      return away <= reach && hasAll(items, location.id, store) ? [{ method, away }] : [];
    })
    .sort((a, b) => a.away - b.away)
    .slice(0, MAX_OPTIONS)
    .map(({ method }) => ({
      pickup_method: { ...method, date_created: undefined, date_modified: undefined },
      available_items: items.map(({ variant_id, quantity }) => ({ variant_id, quantity })),
    }));
}

/** Untracked products are always there. */
function hasAll(items: Search['items'], location_id: number, store: Store): boolean {
  return items.every(({ variant_id, quantity }) => {
    const unit = findUnit({ variant_id }, store);
    if (!unit) return false;
    if (unit.product.inventory_tracking === 'none') return true;
    const stock = stockAt(unit, location_id, store);
    return stock.is_in_stock && availableOf(stock) >= quantity;
  });
}

interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Along the surface of the earth, in kilometres. */
function distance(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const dLatitude = (b.latitude - a.latitude) * rad;
  const dLongitude = (b.longitude - a.longitude) * rad;
  const half =
    Math.sin(dLatitude / 2) ** 2 +
    Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLongitude / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
}

const postPickupOptions: Handler<'post-pickup-options'> = ({ body, store }) => ({
  status: 200,
  body: { results: [{ pickup_options: findPickupOptions(body, store) }] },
});

export const pickupOptionsDomain: Domain = { resources: [], handlers: { 'post-pickup-options': postPickupOptions } };
