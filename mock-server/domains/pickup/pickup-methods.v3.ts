/** Ways to collect goods at a location. Described in openapi/documents/pickup/pickup-methods.v3.yaml. */
import type { PickupMethodRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { orderOf } from '../../query/sorting.js';
import { findRows } from '../../resources/actions.js';
import { listAnswer } from '../../resources/answers.js';
import { offsetPage } from '../../query/pagination.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { locations } from '../inventory/locations.v3.js';
import { serviceDate } from '../service-date.js';

type PickupMethodInput = Omit<components['schemas']['PickupMethodInput'], 'location_identity'> & {
  readonly location_identity?: number;
};

/** Rows keyed by `id`. */
export const pickupMethods = defineResource<PickupMethodRow, PickupMethodInput>('pickup-methods', {
  notFound: (id) => new NotFoundError(`Pickup method ${String(id)} was not found.`),
  index: ['location_id'],
  create: ({ input, id, at }) => ({
    ...withFields(
      { location_id: 0, display_name: '', collection_instructions: '', collection_time_description: '' },
      input,
    ),
    id,
    date_created: serviceDate(at),
    date_modified: serviceDate(at),
  }),
  merge: ({ current, input, at }) => ({
    ...current,
    ...withFields(current, input),
    id: current.id,
    date_modified: serviceDate(at),
  }),
  check: requireLocation,
});

type Fields = Omit<PickupMethodRow, 'id' | 'date_created' | 'date_modified'>;

/** `location_identity` is another name of the location (documented). */
function withFields(row: Fields, input: PickupMethodInput): Fields {
  return {
    location_id: input.location_id ?? input.location_identity ?? row.location_id,
    display_name: input.display_name ?? row.display_name,
    collection_instructions: input.collection_instructions ?? row.collection_instructions,
    collection_time_description: input.collection_time_description ?? row.collection_time_description,
  };
}

/** The sentences are assumed. */
function requireLocation({ next, store }: Change<PickupMethodRow, PickupMethodInput>): void {
  if (next.location_id === 0) {
    throw new UnprocessableError('JSON data is missing or invalid', { location_id: 'error.path.missing' });
  }
  if (store.rows(locations).has(next.location_id)) return;
  throw new UnprocessableError(`Location ${String(next.location_id)} does not exist.`, {
    location_id: 'Location does not exist',
  });
}

/** Sorting calls the name of a method `name`. */
const getPickupMethods: Handler<'get-pickup-methods'> = (context) => {
  const { query, operation } = context;
  const sort = query.get('sort');
  const named = sort?.replace(/^name\b/, 'display_name');
  const found = findRows(context, pickupMethods, []);
  const order = named === undefined ? undefined : orderOf<PickupMethodRow>(new Map([['sort', named]]));
  const page = offsetPage(order ? [...found].sort(order) : found, query, operation);
  return listAnswer(context, pickupMethods, page.items, page.meta);
};

/** All or none (assumed). */
const postPickupMethods: Handler<'post-pickup-methods'> = (context) => {
  const rows = context.body.map((input) => createRow(pickupMethods, input, context));
  return listAnswer(context, pickupMethods, rows, '{}', { isWrite: true });
};

const putPickupMethods: Handler<'put-pickup-methods'> = (context) => {
  const rows = context.body.map(({ id, ...input }) => {
    const current = context.store.rows(pickupMethods).get(id);
    if (!current) throw new NotFoundError(`Pickup method ${String(id)} was not found.`);
    return updateRow(pickupMethods, current, input, context);
  });
  return listAnswer(context, pickupMethods, rows, '{}', { isWrite: true });
};

export const pickupMethodsDomain: Domain = {
  resources: [pickupMethods],
  handlers: {
    'get-pickup-methods': getPickupMethods,
    'post-pickup-methods': postPickupMethods,
    'put-pickup-methods': putPickupMethods,
  },
};
