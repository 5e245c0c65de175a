/** Events of customers, their addresses and means of payment, and of subscribers. Attribute values have none. */
import type { CustomerRow } from '../../fixtures/index.js';
import { eachOf, fateOf, rowOf, type EventRule } from './event-rules.js';
import { differBeyond, differIn } from './row-changes.js';

/** Documented: a change of what stands in custom fields of the form counts as none of the customer. */
function isUpdate(before: CustomerRow, after: CustomerRow): boolean {
  return differBeyond(before, after, ['form_fields']);
}

export const customerEvents: readonly EventRule[] = [
  eachOf('customers', function* (change) {
    const { id, channel_ids } = rowOf(change);
    const fate = fateOf(change, isUpdate);
    if (fate) yield { scope: `store/customer/${fate}`, data: { type: 'customer', id } };
    const { before, after } = change;
    if (before && after && differIn(before, after, ['channel_ids']))
      yield { scope: 'store/customer/channel/login/access/updated', data: { customer_id: id, channel_ids } };
  }),
  eachOf('customer-addresses', function* (change, { changes }) {
    const { id, customer_id } = rowOf(change);
    const fate = fateOf(change);
    if (!fate || changes.isGone('customers', customer_id)) return;
    yield { scope: `store/customer/address/${fate}`, data: { type: 'customer', id, address: { customer_id } } };
  }),
  eachOf('stored-instruments', function* ({ before, after, parent }) {
    if (after?.is_default !== true || before?.is_default === true) return;
    yield {
      scope: 'store/customer/payment/instrument/default/updated',
      data: { type: 'customer', id: Number(parent ?? 0) },
    };
  }),
  eachOf('subscribers', function* (change) {
    const { id } = rowOf(change);
    const fate = fateOf(change);
    if (fate) yield { scope: `store/subscriber/${fate}`, data: { type: 'subscriber', id } };
  }),
];
