/**
 * Which customer group on which channel gets which price list.
 * Described in openapi/documents/pricing/price-lists.v3.yaml.
 */
import type { PriceListAssignmentRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { requireParents } from '../../resources/actions.js';
import { rowAnswer } from '../../resources/answers.js';
import { eachRow, refusedFields } from '../../resources/batch.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { errorObject } from '../../pipeline/error-text.js';
import { idAt, type Handler } from '../../resources/handler.js';
import { createRow, updateRow } from '../../resources/write.js';
import { channels } from '../channels/channels.v3.js';
import { customerGroups } from '../customers/customer-groups.v2.js';
import { priceLists } from './price-lists.v3.js';

type AssignmentInput = components['schemas']['PriceListAssignmentFields'];

/** Rows keyed by `id`. */
export const priceListAssignments = defineResource<PriceListAssignmentRow, AssignmentInput>('price-list-assignments', {
  unique: {
    pair: {
      text: ({ customer_group_id, channel_id }) => pairOf(customer_group_id, channel_id),
      refusal: () => invalid('customer_group_id', 'The customer group and channel have a price list already'),
    },
  },
  index: ['price_list_id'],
  create: ({ input, id }) => ({
    id,
    price_list_id: input.price_list_id ?? 0,
    customer_group_id: input.customer_group_id ?? null,
    channel_id: input.channel_id ?? null,
  }),
  check: requireKnown,
});

function pairOf(group: number | null, channel: number | null): string {
  return `${String(group)}:${String(channel)}`;
}

/** Statuses and sentences are assumed. */
function invalid(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError(sentence, { [field]: sentence });
}

function requireKnown({ next, store }: Change<PriceListAssignmentRow, AssignmentInput>): void {
  const { price_list_id, customer_group_id, channel_id } = next;
  if (!store.rows(priceLists).has(price_list_id)) throw invalid('price_list_id', 'Price list does not exist');
  if (customer_group_id === null && channel_id === null) {
    throw invalid('customer_group_id', 'customer_group_id or channel_id is required');
  }
  if (customer_group_id !== null && !store.rows(customerGroups).has(customer_group_id)) {
    throw invalid('customer_group_id', 'Customer group does not exist');
  }
  if (channel_id !== null && !store.rows(channels).has(channel_id))
    throw invalid('channel_id', 'Channel does not exist');
}

/** What is sound is saved, whatever else was refused: `meta` counts it (documented). */
const createPriceListAssignments: Handler<'createPriceListAssignments'> = (context) => {
  const result = eachRow(context, context.body, (input) => createRow(priceListAssignments, input, context));
  // Documented: without content.
  if (result.refused.size === 0) return { status: 200, bytes: undefined };
  const refusal = new UnprocessableError('Bulk operation has failed', refusedFields(result));
  const bytes = JSON.stringify({ ...errorObject(refusal), meta: { saved_records: result.done.length } });
  return { status: 422, bytes, reason: refusal.message };
};

/** A pair that has a list gets this one instead (documented). */
const upsertPriceListAssignment: Handler<'upsertPriceListAssignment'> = (context) => {
  requireParents(context);
  const { customer_group_id, channel_id } = context.body;
  const { store } = context;
  if (!store.rows(customerGroups).has(customer_group_id)) {
    throw new NotFoundError('The requested customer group was not found.');
  }
  if (!store.rows(channels).has(channel_id)) throw new NotFoundError('The requested channel was not found.');
  const rows = store.rows(priceListAssignments);
  const key = rows.keyByUnique('pair', pairOf(customer_group_id, channel_id));
  const known = key === undefined ? undefined : rows.get(key);
  const price_list_id = idAt(context, 0);
  const row = known
    ? updateRow(priceListAssignments, known, { price_list_id }, context)
    : createRow(priceListAssignments, { price_list_id, customer_group_id, channel_id }, context);
  return rowAnswer(context, priceListAssignments, row, { isWrite: true });
};

export const priceListAssignmentsDomain: Domain = {
  resources: [priceListAssignments],
  handlers: { createPriceListAssignments, upsertPriceListAssignment },
};
