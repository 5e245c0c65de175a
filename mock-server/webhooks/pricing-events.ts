/** Events of price lists, their records and assignments. */
import type { PriceListRecordRow } from '../../fixtures/index.js';
import { allOf, eachOf, fateOf, rowOf, type EventRule } from './event-rules.js';
import type { RowChange } from './row-changes.js';

function recordData(change: RowChange<PriceListRecordRow>): object {
  const { price_list_id, variant_id, currency } = rowOf(change);
  return { price_list_id, variant_id, currency: currency.toUpperCase() };
}

export const pricingEvents: readonly EventRule[] = [
  allOf('price-lists', function* (changes, { operation }) {
    // Deleted by a filter they are told of together (documented).
    const deleted = changes.filter(({ after }) => !after).map(({ key }) => key);
    const isTogether = operation.resource?.action === 'delete-many';
    if (isTogether && deleted.length > 0)
      yield { scope: 'store/priceLists/deleted', data: { price_list_ids: deleted } };
    for (const change of changes) {
      const { id: price_list_id, active } = rowOf(change);
      const data = { price_list_id };
      const fate = fateOf(change);
      if (!fate || (fate === 'deleted' && isTogether)) continue;
      yield { scope: `store/priceList/${fate}`, data };
      if (fate === 'deleted' || (change.before?.active ?? false) === active) continue;
      yield { scope: active ? 'store/priceList/activated' : 'store/priceList/deactivated', data };
    }
  }),
  allOf('price-list-records', function* (changes, { operation, changes: all }) {
    const counted = changes.filter(
      ({ after, before }) => after ?? !all.isGone('price-lists', before?.price_list_id ?? 0),
    );
    for (const fate of ['created', 'updated', 'deleted']) {
      const data = counted.filter((change) => fateOf(change) === fate).map(recordData);
      if (data.length === 0) continue;
      // Batches are told of as one event (documented).
      if (/^(batch-|delete-many)/.test(operation.resource?.action ?? ''))
        yield { scope: `store/priceList/records/${fate}`, data };
      else for (const each of data) yield { scope: `store/priceList/record/${fate}`, data: each };
    }
  }),
  eachOf('price-list-assignments', function* (change, { changes }) {
    const { price_list_id, channel_id, customer_group_id } = rowOf(change);
    const fate = fateOf(change);
    // A new one counts as an update: no event is named for it (documented).
    if (fate && !changes.isGone('price-lists', price_list_id)) {
      yield {
        scope: `store/priceList/assignment/${fate === 'deleted' ? 'deleted' : 'updated'}`,
        data: { price_list_id, channel_id, customer_group_id },
      };
    }
  }),
];
