/**
 * Locations: what /v3/inventory/locations does beyond keeping rows. Writes answer with the id of a transaction alone.
 * Described in openapi/documents/inventory/locations.v3.yaml.
 */
import { randomUUID } from 'node:crypto';
import { DEFAULT_LOCATION_ID, locationDefaults, type LocationRow } from '../../../fixtures/index.js';
import type { BodyOf, Handler } from '../../resources/handler.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { listOf } from '../../query/query-values.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { createRow, deleteRow, updateRow } from '../../resources/write.js';
import { createMetafields, deleteMetafields, metafieldsOf, updateMetafields } from '../metafields.v3.js';
import { pickupMethods } from '../pickup/pickup-methods.v3.js';
import { serviceDate } from '../service-date.js';
import { dropStockAt } from './inventory-stock.js';
import { countOpenOrdersAt } from './location-orders.js';

type LocationInput = Partial<BodyOf<'updateLocations'>[number]>;

/** Rows keyed by `id`. */
export const locations = defineResource<LocationRow, LocationInput>('locations', {
  unique: { code: { text: ({ code }) => code.toLowerCase() || undefined, refusal: duplicate } },
  create: ({ input, id, at }) => ({
    ...mergeLocation(locationDefaults, input),
    id,
    created_at: serviceDate(at),
    updated_at: serviceDate(at),
  }),
  merge: ({ current, input, at }) => ({
    ...mergeLocation(current, input),
    id: current.id,
    updated_at: serviceDate(at),
  }),
  check: requireRoom,
  filters: {
    'location_id:in': (value) => {
      const ids = new Set(listOf(value).map(Number));
      return ({ id }) => ids.has(id);
    },
    'location_code:in': (value) => {
      const codes = new Set(listOf(value.toLowerCase()));
      return ({ code }) => codes.has(code.toLowerCase());
    },
    is_default: (value) => {
      const isWanted = isTrue(value);
      return ({ id }) => (id === DEFAULT_LOCATION_ID) === isWanted;
    },
    is_active: (value) => {
      const isWanted = isTrue(value);
      return ({ enabled }) => enabled === isWanted;
    },
  },
  deleted: ({ id }, actor) => {
    dropStockAt(id, actor);
    // Assumed: nothing can be collected at a place that is gone.
    for (const method of [...actor.store.rows(pickupMethods).keysWhere('location_id', id)]) {
      deleteRow(pickupMethods, method, actor);
    }
  },
});

export const locationMetafields = metafieldsOf('location-metafields', 'location', 'locations');

function isTrue(value: string): boolean {
  return value === '1' || value.toLowerCase() === 'true';
}

/** Address and opening hours are merged property by property, special hours replaced. */
function mergeLocation(row: LocationRow, input: LocationInput): LocationRow {
  const { address, operating_hours = {}, special_hours, ...fields } = input;
  const days = Object.keys(row.operating_hours) as (keyof LocationRow['operating_hours'])[];
  return {
    ...row,
    ...fields,
    address: { ...row.address, ...address },
    operating_hours: Object.fromEntries(
      days.map((day) => [day, { ...row.operating_hours[day], ...operating_hours[day] }]),
    ),
    special_hours: special_hours?.map((day) => ({ ...specialDayDefaults, ...day })) ?? row.special_hours,
  };
}

/** Documented. */
const specialDayDefaults = { opening: '00:00', closing: '00:00', all_day: false, annual: false };

/** The status is assumed. */
function duplicate({ code }: LocationRow): UnprocessableError {
  return new UnprocessableError(`A location with the code ${code} exists already.`, { code: 'code must be unique' });
}

/** Documented, for the largest plans. */
const MAX_ACTIVE = 100;

function requireRoom({ next, current, store }: Change<LocationRow, LocationInput>): void {
  if (next.id === DEFAULT_LOCATION_ID && !next.enabled) {
    // Assumed: shipments must leave from somewhere.
    throw new UnprocessableError(`${next.label} is set as a shipping origin for this store and canʼt be disabled.`);
  }
  if (!next.enabled || current?.enabled) return;
  const active = [...store.rows(locations).values()].filter(({ enabled }) => enabled);
  if (active.length >= MAX_ACTIVE) {
    throw new UnprocessableError(`A store can have at most ${String(MAX_ACTIVE)} active locations.`);
  }
}

/** All or none (assumed). */
const createLocations: Handler<'createLocations'> = (context) => {
  for (const input of context.body) createRow(locations, input, context);
  return transaction();
};

const updateLocations: Handler<'updateLocations'> = (context) => {
  for (const { id, ...input } of context.body) {
    const row = context.store.rows(locations).get(id);
    // The status is assumed: the call documents no 404.
    if (!row) throw new UnprocessableError(`Location ${String(id)} does not exist.`, { id: 'Location does not exist' });
    updateRow(locations, row, input, context);
  }
  return transaction();
};

const deleteLocations: Handler<'deleteLocations'> = (context) => {
  const ids = listOf(context.query.get('location_id:in') ?? '').map(Number);
  if (ids.length === 0) throw new UnprocessableError('location_id:in is required.');
  for (const id of ids) {
    const row = context.store.rows(locations).get(id);
    if (!row) throw new NotFoundError('The requested location was not found.');
    if (id === DEFAULT_LOCATION_ID) {
      // Documented, the modifier letter for an apostrophe included.
      throw new UnprocessableError(
        `Location canʼt be deleted. ${row.label} is set as a shipping origin for this store and canʼt be deleted.`,
      );
    }
    const count = countOpenOrdersAt(id, context.store);
    if (count > 0) {
      // Documented; which orders count is assumed.
      throw new UnprocessableError(
        `Location with associated orders canʼt be deleted. ${row.label} is associated with ${String(count)} order(s) ` +
          'and canʼt be deleted by now.',
      );
    }
    deleteRow(locations, id, context);
  }
  return transaction();
};

/** What inventory writes are answered with. Nothing can be asked about a transaction. */
export function transaction(): { readonly status: 200; readonly body: { transaction_id: string } } {
  return { status: 200, body: { transaction_id: randomUUID() } };
}

export const locationsDomain: Domain = {
  resources: [locations, locationMetafields],
  handlers: {
    createLocations,
    updateLocations,
    deleteLocations,
    createLocationsMetafields: createMetafields(locationMetafields),
    updateLocationsMetafields: updateMetafields(locationMetafields),
    deleteLocationsMetafields: deleteMetafields(locationMetafields),
  },
};
