/**
 * Gift certificates: what /v2/gift_certificates does beyond keeping rows. Described in
 * openapi/documents/marketing/marketing.v2.yaml.
 */
import { giftCertificateDefaults, v2Money, type GiftCertificateRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { BadRequestError, ConflictError } from '../../errors.js';
import { defineResource, type Change, type Draft } from '../../resources/define.js';
import type { Domain } from '../../resources/engine.js';
import { catalogDate } from '../../state/clock.js';
import type { Store } from '../../state/store.js';
import { allOf, currencySource } from '../carts/elsewhere.js';
import { LETTERS_AND_DIGITS, randomText } from './random-text.js';
import { amountOf, dateOf, invalidField, unixText } from './v2-fields.js';

type GiftCertificateInput = components['schemas']['GiftCertificateInput'];

/** Documented: a longer code loses its end. */
const CODE_LENGTH = 20;

/** Rows keyed by `id`. */
export const giftCertificates = defineResource<GiftCertificateRow, GiftCertificateInput>('gift-certificates', {
  unique: {
    code: {
      text: ({ code }) => code.toLowerCase(),
      // Status and sentence are assumed.
      refusal: () => new ConflictError('A gift certificate with this code already exists.'),
    },
  },
  create: completeCertificate,
  merge: ({ current, input }) => ({ ...current, ...fieldsOf(input) }),
  check: requireSoundCertificate,
  wire: (row) => ({
    ...row,
    amount: v2Money(row.amount),
    balance: v2Money(row.balance),
    purchase_date: unixText(row.purchase_date),
    expiry_date: unixText(row.expiry_date),
  }),
});

function completeCertificate({ input, id, store, at }: Draft<GiftCertificateInput>): GiftCertificateRow {
  const fields = fieldsOf(input);
  const amount = fields.amount ?? 0;
  return {
    ...giftCertificateDefaults,
    currency_code: allOf(store, currencySource).find(({ is_default }) => is_default)?.currency_code ?? 'USD',
    purchase_date: catalogDate(at),
    balance: amount,
    ...fields,
    code: fields.code === undefined || fields.code === '' ? freeCode(store) : fields.code,
    id,
  };
}

/** A code that no certificate has. */
export function freeCode(store: Store): string {
  const rows = store.rows(giftCertificates);
  for (;;) {
    const text = randomText(store, 'gift-certificate-codes', 12, LETTERS_AND_DIGITS);
    const code = (text.match(/.{3}/g) ?? []).join('-');
    if (rows.keyByUnique('code', code.toLowerCase()) === undefined) return code;
  }
}

function fieldsOf(input: GiftCertificateInput): Partial<GiftCertificateRow> {
  const { amount, balance, purchase_date, expiry_date, code, ...fields } = input;
  return {
    ...fields,
    ...(code !== undefined && { code: code.slice(0, CODE_LENGTH) }),
    ...(amount !== undefined && { amount: amountOf('amount', amount) }),
    ...(balance !== undefined && { balance: amountOf('balance', balance) }),
    ...(purchase_date !== undefined && { purchase_date: dateOf('purchase_date', purchase_date) }),
    ...(expiry_date !== undefined && { expiry_date: dateOf('expiry_date', expiry_date) }),
  };
}

const EMAIL = /^[^\s@]+@[^\s@]+$/;

function requireSoundCertificate({ next, input, store }: Change<GiftCertificateRow, GiftCertificateInput>): void {
  for (const field of ['to_name', 'to_email', 'from_name', 'from_email'] as const) {
    if (next[field].trim() === '') throw new BadRequestError(`The required field '${field}' was not supplied.`);
  }
  for (const field of ['to_email', 'from_email'] as const) {
    if (!EMAIL.test(next[field])) throw invalidField(field);
  }
  if (next.amount === 0) throw invalidField('amount');
  if (next.code === '') throw invalidField('code');
  const isKnown = allOf(store, currencySource).some(({ currency_code }) => currency_code === next.currency_code);
  if (input.currency_code !== undefined && !isKnown) throw invalidField('currency_code');
}

export const giftCertificatesDomain: Domain = { resources: [giftCertificates] };
