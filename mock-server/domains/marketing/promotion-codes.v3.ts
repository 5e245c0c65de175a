/**
 * Codes of promotions, typed or generated. V2 shows each as a coupon of the same id. Described in
 * openapi/documents/marketing/promotions.v3.yaml.
 */
import { couponOfCode, type PromotionCodeRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { MethodNotAllowedError, NotFoundError, UnprocessableError } from '../../errors.js';
import { requireParents } from '../../resources/actions.js';
import { listAnswer, valueAnswer } from '../../resources/answers.js';
import { defineResource, type Actor, type Change } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { emptyAnswer, type Handler } from '../../resources/handler.js';
import { createRow, deleteRow } from '../../resources/write.js';
import { cursorPage } from '../../query/pagination.js';
import { catalogDate } from '../../state/clock.js';
import { bulkDelete } from './bulk-delete.js';
import { coupons } from './coupons.v2.js';
import { promotions } from './promotions.v3.js';
import { LETTERS_AND_DIGITS, randomText } from './random-text.js';

type PromotionCodeInput = components['schemas']['PromotionCodeInput'];

/** Rows keyed by `id`, the id of their coupon. */
export const promotionCodes = defineResource<PromotionCodeRow, PromotionCodeInput>(
  'promotion-codes',
  {
    unique: { code: { text: ({ code }) => code.toLowerCase(), refusal: taken } },
    create: ({ input, store, at }) => {
      const { code = '', max_uses = 0, max_uses_per_customer = 0 } = input;
      const id = store.rows(coupons).nextId();
      return { id, code, max_uses, max_uses_per_customer, current_uses: 0, created: catalogDate(at) };
    },
    check: requireRoom,
    created: ({ next, store, parents }) => {
      const name = store.rows(promotions).get(parents[0] ?? 0)?.name ?? next.code;
      store.rows(coupons).insert(couponOfCode(next, name));
    },
    deleted: ({ id }, { store }) => {
      store.rows(coupons).delete(id);
    },
    quietDelete: true,
    notFound: () => new NotFoundError('Promotion code not found.'),
  },
  { below: 'promotions' },
);

/** Status and sentence are assumed. */
function taken({ code }: PromotionCodeRow): UnprocessableError {
  return new UnprocessableError('Code already exists.', { code: `The code ${code} is in use already.` });
}

function requireRoom({ next, input, store, parents }: Change<PromotionCodeRow, PromotionCodeInput>): void {
  if (store.rows(coupons).keyByUnique('code', next.code.toLowerCase()) !== undefined) throw taken(next);
  for (const field of ['max_uses', 'max_uses_per_customer'] as const) {
    if ((input[field] ?? 0) < 0) throw new UnprocessableError('Invalid code.', { [field]: 'must not be negative' });
  }
  const [promotionId = 0] = parents;
  const promotion = store.rows(promotions).get(promotionId);
  if (promotion?.redemption_type !== 'COUPON') {
    throw new UnprocessableError('A promotion that applies by itself has no codes.');
  }
  const isFull = promotion.coupon_type !== 'BULK' && store.rows(promotionCodes).keysOf(promotionId).length > 0;
  if (isFull) throw new UnprocessableError('A promotion of the coupon type SINGLE has one code only.');
}

/** Codes of a text, whatever their promotion; the others are left out. */
function codesOf(text: string, { store }: Pick<Actor, 'store'>): PromotionCodeRow[] {
  const rows = store.rows(promotionCodes);
  const key = rows.keyByUnique('code', text.toLowerCase());
  return key === undefined ? [] : rows.pick([key]);
}

/** @throws UnprocessableError without the text */
function requiredCode(query: ReadonlyMap<string, string>): string {
  const code = query.get('code');
  if (code === undefined || code === '') throw new UnprocessableError('Parameter code is required');
  return code;
}

const getCouponCodeByCode: Handler<'getCouponCodeByCode'> = (context) => {
  const found = codesOf(requiredCode(context.query), context);
  const page = cursorPage(found, ({ id }) => id, context.query, context.operation);
  return listAnswer(context, promotionCodes, page.items, page.meta);
};

const deleteCouponCodeByCode: Handler<'deleteCouponCodeByCode'> = (context) => {
  for (const { id } of codesOf(requiredCode(context.query), context)) deleteRow(promotionCodes, id, context);
  return emptyAnswer();
};

const MOST_DELETED = 250;

const deleteCouponCodes: Handler<'deleteCouponCodes'> = (context) => {
  const rows = context.store.rows(promotionCodes);
  const promotion = Number(context.keys[0]);
  const code = context.query.get('code')?.toLowerCase();
  return bulkDelete(context, MOST_DELETED, (id) => {
    const row = rows.get(id);
    if (!row || rows.parentOf(id) !== promotion) return undefined;
    if (code === undefined || row.code.toLowerCase() === code) deleteRow(promotionCodes, id, context);
    return undefined;
  });
};

const MOST_CHARACTERS = 50;

const generatePromotionCodesBatch: Handler<'generatePromotionCodesBatch'> = (context) => {
  const { store, at, body } = context;
  const parents = requirePromotion(context);
  const promotion = store.rows(promotions).get(parents[0] ?? 0);
  if (promotion?.redemption_type !== 'COUPON' || promotion.coupon_type !== 'BULK') {
    throw new MethodNotAllowedError('Codes can be generated for coupon promotions of the type BULK only.');
  }
  const { batch_size, max_uses = 1, max_uses_per_customer = 1, prefix = '', suffix = '', delimiter = '' } = body;
  const { code_length = 16, exclude_characters = [] } = body;
  const before = prefix === '' ? '' : prefix + delimiter;
  const after = suffix === '' ? '' : delimiter + suffix;
  if (before.length + code_length + after.length > MOST_CHARACTERS) {
    throw new UnprocessableError(`A code has at most ${String(MOST_CHARACTERS)} characters.`);
  }
  const alphabet = exclude_characters.reduce((kept, character) => kept.replace(character, ''), LETTERS_AND_DIGITS);
  // Assumed: there must be more texts than codes by far.
  if (alphabet.length < 2 || alphabet.length ** code_length < 4 * batch_size) {
    throw new UnprocessableError('Too few characters are left to make codes of.');
  }
  const codes: { code: string }[] = [];
  for (let tries = 0; codes.length < batch_size; tries += 1) {
    if (tries > 100 * batch_size) throw new UnprocessableError('Too few codes of this form are free.');
    const code = before + randomText(store, 'promotion-codes', code_length, alphabet) + after;
    if (store.rows(coupons).keyByUnique('code', code.toLowerCase()) !== undefined) continue;
    createRow(promotionCodes, { code, max_uses, max_uses_per_customer }, context, parents);
    codes.push({ code });
  }
  const created = catalogDate(at);
  return valueAnswer(context, { batch_size, codes, max_uses, max_uses_per_customer, created }, 201);
};

/** An unknown promotion has no documented status here but that of a wrong request (assumed). */
function requirePromotion(context: Parameters<typeof requireParents>[0]): ReturnType<typeof requireParents> {
  try {
    return requireParents(context);
  } catch (error) {
    if (error instanceof NotFoundError) throw new UnprocessableError(error.message);
    throw error;
  }
}

export const promotionCodesDomain: Domain = {
  resources: [promotionCodes],
  handlers: { getCouponCodeByCode, deleteCouponCodeByCode, deleteCouponCodes, generatePromotionCodesBatch },
};
