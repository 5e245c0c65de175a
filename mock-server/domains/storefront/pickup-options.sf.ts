/**
 * Where a shopper could collect goods: the same search as in the management API. Described in pickup-options.sf.yaml.
 */
import { UnprocessableError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { variants } from '../catalog/variants.v3.js';
import { findPickupOptions } from '../pickup/pickup-options.v3.js';
import { sessionOf } from './session.js';

/** Without an area, wherever a pickup method is (assumed). */
const ANYWHERE = { value: 25_000, unit: 'KM' } as const;

const findOptions: Handler<'post-storefront-pickup-options'> = (context) => {
  const { store, body } = context;
  const items = body.items.map(({ variantId, quantity }) => ({ variant_id: variantId, quantity }));
  const known = store.rows(variants);
  const unknown = items.find(({ variant_id }) => !known.has(variant_id));
  if (unknown) {
    throw new UnprocessableError('JSON data is missing or invalid', {
      items: `There is no variant ${String(unknown.variant_id)}.`,
    });
  }
  const { radius, coordinates } = body.searchArea ?? {};
  const { value = ANYWHERE.value, unit = ANYWHERE.unit } = radius ?? {};
  const { latitude, longitude } = coordinates ?? {};
  const place = latitude === undefined || longitude === undefined ? {} : { coordinates: { latitude, longitude } };
  const found = findPickupOptions({ search_area: { radius: { value, unit }, ...place }, items }, store);
  const pickupOptions = found.map(({ pickup_method, available_items = [] }) => ({
    ...(pickup_method && {
      pickupMethod: {
        id: pickup_method.id ?? 0,
        locationId: pickup_method.location_id ?? 0,
        displayName: pickup_method.display_name ?? '',
        collectionInstructions: pickup_method.collection_instructions ?? '',
        collectionTimeDescription: pickup_method.collection_time_description ?? '',
      },
    }),
    availableItems: available_items.map(({ variant_id = 0, quantity = 0 }) => ({ variantId: variant_id, quantity })),
  }));
  return { status: 200, body: { results: [{ pickupOptions }] }, headers: sessionOf(context).headers };
};

export const storefrontPickupOptionsDomain: Domain = {
  resources: [],
  handlers: { 'post-storefront-pickup-options': findOptions },
};
