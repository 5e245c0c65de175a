/**
 * What becomes of the rows elsewhere that name a customer or a customer group which is gone. What lies below a customer,
 * such as addresses and wishlists, goes by itself; orders keep the id (assumed).
 */
import type { CartRow, CustomerGroupRow, CustomerRow } from '../../../fixtures/index.js';
import type { Actor } from '../../resources/define.js';
import { deleteRow } from '../../resources/write.js';
import type { Store } from '../../state/store.js';
import { carts } from '../carts/carts.v3.js';
import { promotions } from '../marketing/promotions.v3.js';
import { priceListAssignments } from '../pricing/price-list-assignments.v3.js';
import { taxZones } from '../tax/tax-zones.v3.js';
import { forgetGroup } from './customer-settings.v3.js';
import { customers } from './customers.v3.js';

/** Carts become those of guests, who have neither that e-mail address nor store credit (assumed). */
export function leaveCarts({ id, email }: CustomerRow, { store }: Actor): void {
  const rows = store.rows(carts);
  for (const cart of rows.pick([...rows.keysWhere('customer_id', id)])) {
    const guest: Partial<CartRow> = { customer_id: 0, is_store_credit_applied: false };
    rows.replace({ ...cart, ...guest, email: cart.email === email ? '' : cart.email });
  }
}

/** Documented: members belong to no group then, and no price list is assigned to it any more. */
export function leaveGroup({ id }: CustomerGroupRow, actor: Actor): void {
  const { store } = actor;
  const members = store.rows(customers);
  // Nothing else of a member changes (assumed).
  for (const member of members.pick([...members.keysWhere('customer_group_id', id)])) {
    members.replace({ ...member, customer_group_id: 0 });
  }
  for (const assignment of [...store.rows(priceListAssignments).values()]) {
    if (assignment.customer_group_id === id) deleteRow(priceListAssignments, assignment.id, actor);
  }
  forgetGroup(id, store);
  leavePromotions(id, store);
  leaveTaxZones(id, store);
}

/** A promotion for that group alone is invalid then: without any group it would be for everybody (assumed). */
function leavePromotions(id: number, store: Store): void {
  const rows = store.rows(promotions);
  for (const row of [...rows.values()]) {
    const { group_ids = [], excluded_group_ids = [] } = row.customer ?? {};
    if (!group_ids.includes(id) && !excluded_group_ids.includes(id)) continue;
    const kept = group_ids.filter((group) => group !== id);
    const isEmptied = kept.length === 0 && group_ids.length > 0;
    rows.replace({
      ...row,
      ...(isEmptied && row.status === 'ENABLED' && { status: 'INVALID' }),
      customer: {
        ...row.customer,
        group_ids: kept,
        excluded_group_ids: excluded_group_ids.filter((group) => group !== id),
      },
    });
  }
}

/** Likewise, a zone for that group alone is switched off (assumed). */
function leaveTaxZones(id: number, store: Store): void {
  const rows = store.rows(taxZones);
  for (const row of [...rows.values()]) {
    const { customer_groups = [] } = row.shopper_target_settings;
    if (!customer_groups.includes(id)) continue;
    const kept = customer_groups.filter((group) => group !== id);
    const shopper_target_settings = { ...row.shopper_target_settings, customer_groups: kept };
    rows.replace({ ...row, enabled: row.enabled && kept.length > 0, shopper_target_settings });
  }
}
