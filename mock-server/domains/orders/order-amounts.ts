/** Amounts that are sent of an order: numbers or texts, never below zero, some of them in pairs with and without tax. */
import { toCents, type OrderRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { invalid } from './refusals.js';

type OrderFields = components['schemas']['OrderFields'];

/** Costs that come with and without tax; one without the other is refused (which the wire does is disputed). */
export const COSTS = ['shipping_cost', 'handling_cost', 'wrapping_cost'] as const;
const TOTALS = ['subtotal', 'total'] as const;

/** @throws BadRequestError for one half of a pair, and for amounts below zero */
export function costsOf(input: OrderFields): Partial<OrderRow> {
  const fields: Partial<OrderRow> = {};
  for (const name of COSTS) {
    const base = amountOf(`base_${name}`, input[`base_${name}`]);
    const [ex, inc] = pairOf(name, input);
    if (base !== undefined) fields[`base_${name}`] = base;
    if (ex !== undefined && inc !== undefined) {
      fields[`${name}_ex_tax`] = ex;
      fields[`${name}_inc_tax`] = inc;
      fields[`base_${name}`] ??= ex;
    } else if (base !== undefined) {
      fields[`${name}_ex_tax`] = base;
      fields[`${name}_inc_tax`] = base;
    }
  }
  return fields;
}

/** Totals that were sent, which prevail over what the parts come to. Neither moves the other (documented). */
export function totalsOf(input: OrderFields): Partial<OrderRow> {
  const fields: Partial<OrderRow> = {};
  for (const name of TOTALS) {
    const [ex, inc] = pairOf(name, input);
    if (ex === undefined || inc === undefined) continue;
    fields[`${name}_ex_tax`] = ex;
    fields[`${name}_inc_tax`] = inc;
    fields[`${name}_tax`] = toCents(inc - ex);
  }
  return fields;
}

function pairOf(
  name: (typeof COSTS)[number] | (typeof TOTALS)[number],
  input: OrderFields,
): [number | undefined, number | undefined] {
  const ex = amountOf(`${name}_ex_tax`, input[`${name}_ex_tax`]);
  const inc = amountOf(`${name}_inc_tax`, input[`${name}_inc_tax`]);
  if (ex === undefined && inc !== undefined) throw invalid(`${name}_ex_tax`);
  if (inc === undefined && ex !== undefined) throw invalid(`${name}_inc_tax`);
  return [ex, inc];
}

/** @throws BadRequestError for what is no amount, or one below zero */
export function amountOf(field: string, sent: string | number | null | undefined): number | undefined {
  if (sent === undefined || sent === null || sent === '') return undefined;
  const amount = Number(sent);
  if (!Number.isFinite(amount) || amount < 0) throw invalid(field);
  return toCents(amount);
}
