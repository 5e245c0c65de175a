/**
 * Promotions: what /v3/promotions does beyond keeping rows. Described in openapi/documents/marketing/promotions.v3.yaml.
 */
import { couponPromotionFields, promotionDefaults, type PromotionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { NotFoundError, UnprocessableError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import type { Handler } from '../../resources/handler.js';
import { deleteRow } from '../../resources/write.js';
import { catalogDate } from '../../state/clock.js';
import { allOf, currencySource } from '../carts/elsewhere.js';
import { bulkDelete } from './bulk-delete.js';
import { coupons } from './coupons.v2.js';
import { promotionCodes } from './promotion-codes.v3.js';

type PromotionInput = components['schemas']['PromotionInput'] & {
  readonly redemption_type?: PromotionRow['redemption_type'];
};

/** Rows keyed by `id`. */
export const promotions = defineResource<PromotionRow, PromotionInput>('promotions', {
  create: ({ input, id, store, at }) => {
    const { redemption_type = 'AUTOMATIC', coupon_type, ...fields } = fieldsOf(input);
    const { name = '', rules = [] } = fields;
    const currency = allOf(store, currencySource).find(({ is_default }) => is_default)?.currency_code;
    return {
      ...promotionDefaults,
      ...(currency !== undefined && { currency_code: currency }),
      start_date: catalogDate(at),
      ...(redemption_type === 'COUPON' && couponPromotionFields(coupon_type ?? 'SINGLE')),
      ...fields,
      name,
      rules: rules.map(completeRule),
      redemption_type,
      id,
      current_uses: 0,
    };
  },
  // How a promotion is redeemed, and by how many codes, is fixed once it exists (documented).
  merge: ({ current, input }) => {
    const { redemption_type, coupon_type } = current;
    const { rules, ...fields } = fieldsOf(input);
    const next = { ...current, ...fields, ...(rules && { rules: rules.map(completeRule) }), redemption_type };
    return coupon_type === undefined ? next : { ...next, coupon_type };
  },
  check: requireSoundPromotion,
  updated: ({ next, current, store }) => {
    if (next.name === current?.name) return;
    const shown = store.rows(coupons);
    for (const coupon of shown.pick(store.rows(promotionCodes).keysOf(next.id))) {
      shown.replace({ ...coupon, name: next.name });
    }
  },
  filters: {
    code: (code) => (row, store) => hasCode(row.id, store, (text) => text === code.toLowerCase()),
    query: (part) => {
      const wanted = part.toLowerCase();
      return (row, store) =>
        row.name.toLowerCase().includes(wanted) || hasCode(row.id, store, (text) => text.includes(wanted));
    },
    channels: (list) => {
      const ids = new Set(list.split(',').map(Number));
      return ({ channels }) => channels.some(({ id }) => ids.has(id));
    },
  },
  quietDelete: true,
  notFound: () => new NotFoundError('Promotion not found.'),
});

function hasCode(id: number, store: Change<PromotionRow, PromotionInput>['store'], fits: (code: string) => boolean) {
  return store
    .rows(promotionCodes)
    .rowsOf(id)
    .some(({ code }) => fits(code.toLowerCase()));
}

/** Without what only the platform writes: ids, uses, and codes, which have operations of their own. */
function fieldsOf(input: PromotionInput): Omit<PromotionInput, 'id' | 'current_uses' | 'codes'> {
  const fields = { ...input };
  delete fields.id;
  delete fields.current_uses;
  delete fields.codes;
  return fields;
}

type PromotionRule = PromotionRow['rules'][number];

function completeRule(rule: PromotionRule): PromotionRule {
  return { apply_once: true, stop: false, ...rule };
}

/** @throws UnprocessableError for what does not go together; the sentences are our own */
function requireSoundPromotion({ next, current, input, store }: Change<PromotionRow, PromotionInput>): void {
  if (next.name.trim() === '') throw wrong('name', 'must not be empty');
  if (next.rules.length === 0) throw wrong('rules', 'must have one rule at least');
  if (input.status === 'INVALID' && current?.status !== 'INVALID') throw wrong('status', 'is set by the platform only');
  const { group_ids = [], excluded_group_ids = [] } = next.customer ?? {};
  if (input.customer && group_ids.length > 0 && excluded_group_ids.length > 0) {
    throw wrong('customer.excluded_group_ids', 'does not go together with group_ids');
  }
  requireOverridesAlone(next, input);
  next.rules.forEach(({ condition }, place) => {
    const carts = [condition?.cart, ...(condition?.and ?? []).map(({ cart }) => cart)];
    if (carts.some((cart) => cart?.items && cart.minimum_quantity === undefined)) {
      throw wrong(`rules.${String(place)}.condition.cart.minimum_quantity`, 'is required together with items');
    }
  });
  for (const field of ['start_date', 'end_date'] as const) {
    const date = input[field];
    if (typeof date === 'string' && Number.isNaN(Date.parse(date))) throw wrong(field, 'is not a date');
  }
  if (next.end_date && Date.parse(next.end_date) < Date.parse(next.start_date)) {
    throw wrong('end_date', 'is before start_date');
  }
  if ((next.max_uses ?? 0) < 0) throw wrong('max_uses', 'must not be negative');
  if (input.currency_code === undefined || input.currency_code === '*') return;
  const currency = allOf(store, currencySource).find(({ currency_code }) => currency_code === next.currency_code);
  // Documented: prices in a currency for display only are not what is paid.
  if (!currency || currency.is_transactional === false) throw wrong('currency_code', 'is no transactional currency');
}

/** Documented: only what cannot be used with others may override them. */
function requireOverridesAlone(next: PromotionRow, input: PromotionInput): void {
  const isAlone = next.can_be_used_with_other_promotions === false;
  for (const field of [
    'coupon_overrides_other_promotions',
    'coupon_overrides_automatic_when_offering_higher_discounts',
  ] as const) {
    if (input[field] && !isAlone) throw wrong(field, 'needs can_be_used_with_other_promotions to be false');
    if (input[field] && next.redemption_type !== 'COUPON') throw wrong(field, 'is for promotions by coupon');
  }
}

function wrong(field: string, sentence: string): UnprocessableError {
  return new UnprocessableError(`Invalid promotion: ${field} ${sentence}.`, { [field]: sentence });
}

const MOST_DELETED = 50;

const deletePromotions: Handler<'deletePromotions'> = (context) =>
  bulkDelete(context, MOST_DELETED, (id) => {
    const hasCodes = context.store.rows(promotionCodes).keysOf(id).length > 0;
    if (hasCodes) return ['code', 'some relating codes are still present'];
    deleteRow(promotions, id, context);
    return undefined;
  });

export const promotionsDomain: Domain = { resources: [promotions], handlers: { deletePromotions } };
