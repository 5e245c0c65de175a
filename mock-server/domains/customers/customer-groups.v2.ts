/** Customer groups, which only V2 has. Described in openapi/documents/customers/customers.v2.yaml. */
import { customerGroupDefaults, v2Money, type CustomerGroupRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { leaveGroup } from './departures.js';

type CustomerGroupInput = components['schemas']['CustomerGroupInput'];

/** Rows keyed by `id`. */
export const customerGroups = defineResource<CustomerGroupRow, CustomerGroupInput>('customer-groups', {
  create: ({ input, id, at }) => ({
    ...customerGroupDefaults,
    ...writtenFields(input, customerGroupDefaults),
    id,
    date_created: catalogDate(at),
    date_modified: catalogDate(at),
  }),
  merge: ({ current, input, at }) => ({
    ...current,
    ...writtenFields(input, current),
    date_modified: catalogDate(at),
  }),
  check: requireSoundGroup,
  created: keepOthersApart,
  updated: keepOthersApart,
  deleted: leaveGroup,
  wire: (row) => ({ ...row, date_created: groupDate(row.date_created), date_modified: groupDate(row.date_modified) }),
});

/** Unlike other dates of V2: `2023-07-17 06:30:41` (documented example). */
function groupDate(date: string): string {
  return date.slice(0, 19).replace('T', ' ');
}

/** Rules are replaced as a whole; categories are kept only where they count (documented). */
function writtenFields(
  { category_access, discount_rules, ...fields }: CustomerGroupInput,
  current: CustomerGroupRow,
): Partial<CustomerGroupRow> {
  return {
    ...fields,
    category_access: category_access ? accessOf(category_access, current) : current.category_access,
    discount_rules: discount_rules
      ? discount_rules.map(({ amount, ...rule }) =>
          amount === undefined ? rule : { ...rule, amount: v2Money(Number(amount)) },
        )
      : current.discount_rules,
  };
}

function accessOf(
  { type, categories }: NonNullable<CustomerGroupInput['category_access']>,
  { category_access: current }: CustomerGroupRow,
): CustomerGroupRow['category_access'] {
  const kept = type ?? current.type;
  if (kept !== 'specific') return { type: kept };
  return { type: kept, categories: categories ?? current.categories ?? [] };
}

/** Documented: what a rule must say, by its type. */
const REQUIRED = {
  all: [],
  category: ['method', 'amount', 'category_id'],
  product: ['method', 'amount', 'product_id'],
  price_list: ['price_list_id'],
} as const;

/** @throws BadRequestError in the observed form, with reasons of our own */
function requireSoundGroup({ next, input }: Change<CustomerGroupRow, CustomerGroupInput>): void {
  if (next.name.trim() === '') throw new BadRequestError("The field 'name' is invalid.");
  const { discount_rules = [] } = input;
  for (const rule of discount_rules) {
    const missing = REQUIRED[rule.type].find((field) => rule[field] === undefined);
    if (missing) throw new BadRequestError(`The required field 'discount_rules.${missing}' was not supplied.`);
  }
  const hasPriceList = discount_rules.some(({ type }) => type === 'price_list');
  if (hasPriceList && discount_rules.length > 1) {
    throw invalid('discount_rules', 'A price list does not go together with other rules.');
  }
  if (discount_rules.filter(({ type }) => type === 'all').length > 1) {
    throw invalid('discount_rules', "There can be only one rule of the type 'all'.");
  }
  if (discount_rules.some(({ amount }) => amount !== undefined && Number.isNaN(Number(amount)))) {
    throw invalid('discount_rules', 'The amount is not a number.');
  }
}

function invalid(field: string, invalid_reason: string): BadRequestError {
  return new BadRequestError(`The field '${field}' is invalid.`, { invalid_reason });
}

/** Documented: at most one group is the default, at most one is for guests. The newest claim wins (assumed). */
function keepOthersApart({ next, store }: Change<CustomerGroupRow, CustomerGroupInput>): void {
  if (!next.is_default && !next.is_group_for_guests) return;
  const rows = store.rows(customerGroups);
  for (const other of [...rows.values()]) {
    if (other.id === next.id) continue;
    const is_default = other.is_default && !next.is_default;
    const is_group_for_guests = other.is_group_for_guests && !next.is_group_for_guests;
    if (is_default !== other.is_default || is_group_for_guests !== other.is_group_for_guests) {
      rows.replace({ ...other, is_default, is_group_for_guests });
    }
  }
}

/** Discounts on what is gone go with it, and access to a category does (assumed). */
export function dropFromGroups(named: 'category_id' | 'product_id' | 'price_list_id', id: number, store: Store): void {
  const rows = store.rows(customerGroups);
  for (const row of [...rows.values()]) {
    const discount_rules = row.discount_rules.filter((rule) => rule[named] !== id);
    const { categories = [] } = row.category_access;
    const losesCategory = named === 'category_id' && categories.includes(id);
    if (!losesCategory && discount_rules.length === row.discount_rules.length) continue;
    const category_access = losesCategory
      ? { ...row.category_access, categories: categories.filter((category) => category !== id) }
      : row.category_access;
    rows.replace({ ...row, category_access, discount_rules });
  }
}

export const customerGroupsDomain: Domain = { resources: [customerGroups] };
