/**
 * Coupons: what /v2/coupons does beyond keeping rows. Those of the type `promotion` stand for the codes of promotions and
 * have their ids. Described in openapi/documents/marketing/marketing.v2.yaml.
 */
import { couponDefaults, v2Date, v2Money, type CouponRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError } from '../../errors.js';
import { defineResource, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { catalogDate } from '../../state/clock.js';
import { allOf, countrySource } from '../carts/elsewhere.js';
import { categories } from '../catalog/categories.v3.js';
import { products } from '../catalog/products.v3.js';
import { promotionCodes } from './promotion-codes.v3.js';
import { amountOf, dateOf, invalidField } from './v2-fields.js';

type CouponInput = components['schemas']['CouponInput'];

/** Rows keyed by `id`. */
export const coupons = defineResource<CouponRow, CouponInput>('coupons', {
  unique: {
    code: {
      text: ({ code }) => code.toLowerCase(),
      // The sentence is assumed, and so is the status of this one.
      refusal: () => new ConflictError('A coupon with this code already exists.'),
    },
    title: {
      // Codes of one promotion share its name.
      text: ({ name, type }) => (type === 'promotion' ? undefined : name.toLowerCase()),
      refusal: () => new ConflictError('A coupon with this name already exists.'),
    },
  },
  create: ({ input, id, at }) => {
    const { name = '', code = '', type = 'per_total_discount' } = input;
    return { ...couponDefaults, name, code, type, ...fieldsOf(input), id, date_created: catalogDate(at) };
  },
  // Documented: a coupon whose products or categories are not sent again applies to none in particular.
  merge: ({ current, input }) => ({ ...current, applies_to: {}, ...fieldsOf(input) }),
  check: requireSoundCoupon,
  updated: ({ next: { id, type, code, max_uses, max_uses_per_customer }, store }) => {
    const codes = store.rows(promotionCodes);
    const row = type === 'promotion' ? codes.get(id) : undefined;
    if (row) codes.replace({ ...row, code, max_uses, max_uses_per_customer });
  },
  filters: {
    exclude_type: (type) => (row) => row.type !== type,
  },
  deleted: ({ id, type }, actor) => {
    // Documented: the code goes, its promotion stays.
    if (type === 'promotion') actor.store.rows(promotionCodes).delete(id);
  },
  wire: (row) => ({
    ...row,
    amount: v2Money(row.amount),
    min_purchase: v2Money(row.min_purchase),
    expires: v2Date(row.expires),
    date_created: v2Date(row.date_created),
  }),
});

function fieldsOf({ amount, min_purchase, expires, ...input }: CouponInput): Partial<CouponRow> {
  const writable = { ...input };
  delete writable.id;
  delete writable.num_uses;
  delete writable.date_created;
  return {
    ...writable,
    ...(amount !== undefined && { amount: amountOf('amount', amount) }),
    ...(min_purchase !== undefined && { min_purchase: amountOf('min_purchase', min_purchase) }),
    ...(expires !== undefined && { expires: dateOf('expires', expires) }),
  };
}

/** @throws BadRequestError in the observed words; of what is wrong, the first */
function requireSoundCoupon({ next, current, input, store }: Change<CouponRow, CouponInput>): void {
  for (const field of ['name', 'code'] as const) {
    if (next[field].trim() === '') throw new BadRequestError(`The required field '${field}' was not supplied.`);
  }
  // Only codes of promotions are of that type (assumed).
  const isOfPromotion = next.type === 'promotion';
  if (current ? isOfPromotion !== (current.type === 'promotion') : isOfPromotion) throw invalidField('type');
  for (const field of ['max_uses', 'max_uses_per_customer'] as const) {
    if (next[field] < 0) throw invalidField(field);
  }
  const { countries } = next.restricted_to;
  if (input.restricted_to && countries !== undefined && countries !== '') {
    const known = new Set(allOf(store, countrySource).map(({ country_iso2 }) => country_iso2));
    for (const code of typeof countries === 'string' ? [countries] : countries) {
      if (known.size > 0 && !known.has(code)) throw invalidField('countries');
    }
  }
  if (!input.applies_to) return;
  const { entity, ids } = input.applies_to;
  if (entity === undefined) throw invalidField('applies_to->entity');
  if (ids === undefined || ids.length === 0) throw invalidField('ids');
  const rows = entity === 'categories' ? store.rows(categories) : store.rows(products);
  for (const id of ids) {
    // The category 0 is everything (observed).
    if (rows.has(id) || (entity === 'categories' && id === 0)) continue;
    throw invalidField(entity, `${entity === 'categories' ? 'Category' : 'Product'} id ${String(id)} does not exist.`);
  }
}

export const couponsDomain: Domain = { resources: [coupons] };
