/** Fees of an order: made with it, and replaced as a whole when any are sent. */
import { orderFeeDefaults, toCents, type OrderFeeRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import type { Actor } from '../../resources/define.js';
import { amountOf } from './order-amounts.js';
import { orderFees } from './order-rows.js';
import { invalid, missing } from './refusals.js';
import { defined } from './without.js';

type FeeInput = components['schemas']['NewOrderFee'];

/**
 * Printed requests spell `cost_ex_tax` in two ways; both are taken (assumed).
 * @throws BadRequestError for a fee without a name, or with fewer than two of its three costs
 */
export function feeOf(input: FeeInput, current?: OrderFeeRow): Partial<OrderFeeRow> {
  const name = input.display_name_customer || input.display_name_merchant || current?.display_name_customer;
  if (!name) throw missing('fees.display_name_customer');
  let ex = amountOf('cost_ex_tax', input.cost_ex_tax ?? input.cost_exc_tax);
  let inc = amountOf('cost_inc_tax', input.cost_inc_tax);
  const tax = amountOf('cost_tax', input.cost_tax);
  const count = [ex, inc, tax].filter((amount) => amount !== undefined).length;
  if (count < 2 && !(current && count === 0)) {
    throw missing(ex === undefined && tax !== undefined ? 'fees.cost_ex_tax' : 'fees.cost_inc_tax');
  }
  ex ??= inc === undefined ? current?.cost_ex_tax : toCents(inc - (tax ?? 0));
  inc ??= count === 0 ? current?.cost_inc_tax : toCents((ex ?? 0) + (tax ?? 0));
  return {
    ...defined({ source: input.source, tax_class_id: input.tax_class_id }),
    display_name_customer: input.display_name_customer ?? current?.display_name_customer ?? name,
    display_name_merchant: input.display_name_merchant ?? current?.display_name_merchant ?? name,
    base_cost: ex ?? 0,
    cost_ex_tax: ex ?? 0,
    cost_inc_tax: inc ?? 0,
    cost_tax: toCents((inc ?? 0) - (ex ?? 0)),
  };
}

export function addFee(order_id: number, fee: Partial<OrderFeeRow>, { store }: Actor): void {
  const fees = store.rows(orderFees);
  fees.insert({ ...orderFeeDefaults, ...fee, id: fees.nextId(), order_id }, order_id);
}

/** Fees that are not sent are gone (documented). */
export function replaceFees(
  order_id: number,
  inputs: readonly (FeeInput & { readonly id?: number })[],
  actor: Actor,
): void {
  const rows = actor.store.rows(orderFees);
  const kept = new Set<number>();
  for (const { id, ...input } of inputs) {
    if (id === undefined) continue;
    const current = rows.get(id);
    if (current?.order_id !== order_id) throw invalid('id');
    kept.add(id);
    rows.replace({ ...current, ...feeOf(input, current) });
  }
  for (const key of [...rows.keysOf(order_id)]) if (!kept.has(Number(key))) rows.delete(key);
  for (const { id, ...input } of inputs) if (id === undefined) addFee(order_id, feeOf(input), actor);
}
