/** Where a shopper could collect goods: the pickup methods of the store. Described in pickup-options.sf.yaml. */
import { UnprocessableError } from '../../errors.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { allOf, pickupMethodSource } from '../carts/elsewhere.js';
import { variants } from '../catalog/variants.v3.js';
import { sessionOf } from './session.js';

/** Documented for the call of the management API. */
const MOST_OPTIONS = 10;

/** Every method offers all that the store sells, wherever its location is (assumed). */
const findPickupOptions: Handler<'post-storefront-pickup-options'> = (context) => {
  const { store } = context;
  const { items = [] } = context.body;
  if (items.length === 0)
    throw new UnprocessableError('JSON data is missing or invalid', { items: 'error.path.missing' });
  const known = store.rows(variants);
  const unknown = items.find(({ variantId }) => variantId === undefined || !known.has(variantId));
  if (unknown) {
    throw new UnprocessableError('JSON data is missing or invalid', {
      items: `There is no variant ${String(unknown.variantId)}.`,
    });
  }
  const pickupOptions = allOf(store, pickupMethodSource)
    .slice(0, MOST_OPTIONS)
    .map((row) => ({
      pickupMethod: {
        id: row.id,
        locationId: row.location_id ?? 1,
        displayName: row.display_name ?? '',
        collectionInstructions: row.collection_instructions ?? '',
        collectionTimeDescription: row.collection_time_description ?? '',
      },
      availableItems: items.map(({ variantId = 0, quantity = 1 }) => ({ variantId, quantity })),
    }));
  return { status: 200, body: { results: [{ pickupOptions }] }, headers: sessionOf(context).headers };
};

export const storefrontPickupOptionsDomain: Domain = {
  resources: [],
  handlers: { 'post-storefront-pickup-options': findPickupOptions },
};
