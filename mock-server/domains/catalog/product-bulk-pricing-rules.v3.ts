/**
 * Bulk pricing rules of a product: what /v3/catalog/products/{product_id}/bulk-pricing-rules does beyond keeping rows.
 * Described in openapi/documents/catalog/products.v3.yaml.
 */
import type { BulkPricingRuleRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { ConflictError, ForbiddenError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { invalidField } from './invalid-field.js';
import { toMoney } from './money.js';
import { owningProduct } from './owning-product.js';
import { touchProduct } from './products.v3.js';

type RuleInput = components['schemas']['BulkPricingRuleInput'];

/** BigCommerce's page on platform limits, per product. */
const MAX_RULES = 50;

/** Rows keyed by `id`; the product is their parent in the store, no property. */
export const bulkPricingRules = defineResource<BulkPricingRuleRow, RuleInput>(
  'catalog.product-bulk-pricing-rules',
  {
    create: ({ input: { quantity_min = 0, quantity_max = 0, type = 'price', amount = 0 }, id }) => ({
      id,
      quantity_min,
      quantity_max,
      type,
      amount: amountOf(amount),
    }),
    merge: ({ current, input }) => ({
      id: current.id,
      quantity_min: input.quantity_min ?? current.quantity_min,
      quantity_max: input.quantity_max ?? current.quantity_max,
      type: input.type ?? current.type,
      amount: input.amount === undefined ? current.amount : amountOf(input.amount),
    }),
    check: requireFittingRange,
    created: touch,
    updated: touch,
    deleted: (_rule, actor, product_id) => {
      if (typeof product_id === 'number') touchProduct(actor, product_id);
    },
  },
  { below: 'catalog.products' },
);

/**
 * The number of an amount, which may come as text such as ".10"; it is answered as a number with four decimals.
 * @throws UnprocessableError for text that is no number
 */
function amountOf(amount: number | string): number {
  const number = typeof amount === 'string' && amount.trim() === '' ? NaN : Number(amount);
  if (!Number.isFinite(number)) throw invalidField('amount', 'amount must be a number');
  return toMoney(number);
}

/**
 * @throws UnprocessableError for an upper end that is not above the lower one, or a fixed price for a single unit
 * @throws ConflictError for a range that shares a quantity with another rule of the product; the title is assumed
 * @throws ForbiddenError past the limit, with a title of our own
 */
function requireFittingRange(change: Change<BulkPricingRuleRow, RuleInput>): void {
  const { next, current, store } = change;
  if (next.quantity_max !== 0 && next.quantity_max <= next.quantity_min) {
    throw invalidField('quantity_max', 'quantity_max must be greater than quantity_min, or 0 for no upper end');
  }
  if (next.type === 'fixed' && next.quantity_min < 2) {
    throw invalidField('quantity_min', 'quantity_min must be at least 2 for a rule of type fixed');
  }
  const siblings = store.rows(bulkPricingRules).rowsOf(owningProduct(bulkPricingRules, change, next.id));
  if (siblings.some((rule) => rule.id !== next.id && overlap(rule, next))) {
    throw new ConflictError('The quantity range overlaps with another bulk pricing rule of the product');
  }
  if (!current && siblings.length >= MAX_RULES) {
    throw new ForbiddenError(`A product can have at most ${MAX_RULES} bulk pricing rules.`);
  }
}

/** Both ends of a range belong to it; an upper end of 0 is none. */
function overlap(a: BulkPricingRuleRow, b: BulkPricingRuleRow): boolean {
  return a.quantity_min <= (b.quantity_max || Infinity) && b.quantity_min <= (a.quantity_max || Infinity);
}

function touch(change: Change<BulkPricingRuleRow, RuleInput>): void {
  touchProduct(change, owningProduct(bulkPricingRules, change, change.next.id));
}

export const bulkPricingRulesDomain: Domain = { resources: [bulkPricingRules] };
