/**
 * What an order is paid with: cards, stored or not, gift certificates, store credit. One provider of the default store
 * charges at once, another only authorizes; some card numbers are refused, so that clients can see what comes then.
 */
import type { OrderRow, PaymentMethodRow, TransactionRow } from '../../../fixtures/index.js';
import type { components } from '../../../openapi/index.js';
import { UnprocessableError } from '../../errors.js';
import type { Actor } from '../../resources/define.js';
import type { OperationContext } from '../../resources/handler.js';
import { allOf, amountOf, cents, customerSource, giftCertificateSource } from '../carts/elsewhere.js';
import { textId } from '../carts/text-ids.js';
import { storedInstruments } from '../customers/stored-instruments.v3.js';

export type Instrument = components['schemas']['PaymentInstrument'];

/** Codes of the payments host are documented; which title goes with one is not. */
export const BAD_DATA = 10001;
const UNKNOWN_INSTRUMENT = 30051;

/** Providers that only authorize: the payment is captured by the order's own call. */
const AUTHORIZES = new Set(['authorizenet.card']);

export function refusal(title: string, code: number): UnprocessableError {
  return new UnprocessableError(title, {}, { code });
}

/** A card, unless it says otherwise. */
export function typeOf(instrument: Instrument): NonNullable<Instrument['type']> {
  return instrument.type ?? 'card';
}

export interface Payer {
  readonly amount: number;
  readonly event: 'purchase' | 'authorization';
  readonly method: TransactionRow['method'];
  readonly details: Partial<TransactionRow>;
}

/** What the instrument gives towards what is due, having taken it. @throws UnprocessableError with a code */
export function payFrom(
  instrument: Instrument,
  method: PaymentMethodRow,
  order: OrderRow,
  due: number,
  context: OperationContext,
): Payer {
  const type = typeOf(instrument);
  const event = AUTHORIZES.has(method.id) ? 'authorization' : 'purchase';
  if (type === 'gift_certificate') return payByCertificate(instrument, due, context);
  if (type === 'store_credit') return payByCredit(order, due, context);
  if (type === 'card') {
    const {
      number = '',
      expiry_month,
      expiry_year,
      cardholder_name,
    } = instrument as components['schemas']['CardInstrument'];
    if (number === '' || expiry_month === undefined || expiry_year === undefined || !cardholder_name) {
      throw refusal('The card lacks number, expiry or name.', BAD_DATA);
    }
    requireGoodCard(number);
    const credit_card = {
      card_type: brandOf(number),
      card_iin: number.slice(0, 6),
      card_last4: number.slice(-4),
      card_expiry_month: expiry_month,
      card_expiry_year: expiry_year,
    };
    return { amount: due, event, method: 'credit_card', details: { credit_card } };
  }
  const { token } = instrument as components['schemas']['StoredPaymentInstrument'];
  if (!token) throw refusal('The instrument has no token.', BAD_DATA);
  if (type !== 'tokenized_card' && !ownToken(token, order.customer_id, context)) {
    throw refusal('The customer has no such stored instrument.', UNKNOWN_INSTRUMENT);
  }
  return { amount: due, event, method: 'token', details: { payment_instrument_token: token } };
}

/**
 * Numbers that are refused, by their last four digits, as the test numbers of many providers are. Any other number is
 * good once its check digit is.
 */
const BAD_CARDS: Readonly<Record<string, readonly [title: string, code: number]>> = {
  '0002': ['The card was declined.', 30104],
  '9995': ['There are not enough funds.', 30106],
  '0069': ['The card has expired.', 30103],
};

function requireGoodCard(number: string): void {
  const [title, code] = BAD_CARDS[number.slice(-4)] ?? [];
  if (title !== undefined && code !== undefined) throw refusal(title, code);
  if (!hasCheckDigit(number)) throw refusal('The card could not be verified.', 30102);
}

/** The checksum of Luhn. */
function hasCheckDigit(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  let sum = 0;
  for (let place = 0; place < number.length; place += 1) {
    const value = Number(number[number.length - 1 - place]) * (place % 2 === 0 ? 1 : 2);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

function ownToken(token: string, customer_id: number, { store }: Actor): boolean {
  // Payment methods list tokens at their full length of 64.
  return store
    .rows(storedInstruments)
    .rowsOf(customer_id)
    .some((row) => row.token.padEnd(64, '0') === token.padEnd(64, '0'));
}

function brandOf(number: string): 'visa' | 'master' | 'american_express' | 'discover' {
  if (number.startsWith('5') || number.startsWith('2')) return 'master';
  if (number.startsWith('3')) return 'american_express';
  return number.startsWith('6') ? 'discover' : 'visa';
}

function payByCertificate(instrument: Instrument, due: number, { store }: Actor): Payer {
  const { gift_certificate_code: code = '' } = instrument as components['schemas']['GiftCertificateInstrument'];
  const rows = store.rows(giftCertificateSource);
  const found = allOf(store, giftCertificateSource).find((row) => row.code.toLowerCase() === code.toLowerCase());
  const balance = amountOf(found?.balance);
  if (found?.status !== 'active' || balance <= 0) throw refusal('The gift certificate cannot be used.', BAD_DATA);
  const amount = Math.min(balance, due);
  const left = cents(balance - amount);
  // Kept as it was found: as a number or as a text.
  rows.replace({ ...found, balance: typeof found.balance === 'string' ? left.toFixed(4) : left });
  const gift_certificate = {
    code: found.code,
    original_balance: amountOf(found.amount),
    starting_balance: balance,
    remaining_balance: left,
    status: 'active' as const,
  };
  return { amount, event: 'purchase', method: 'gift_certificate', details: { gift_certificate } };
}

function payByCredit({ customer_id }: OrderRow, due: number, { store }: Actor): Payer {
  const rows = store.rows(customerSource);
  const customer = rows.get(customer_id);
  const balance = customer?.store_credit_amounts?.[0]?.amount ?? 0;
  if (!customer || balance <= 0) throw refusal('The customer has no store credit.', BAD_DATA);
  const amount = Math.min(balance, due);
  const left = cents(balance - amount);
  rows.replace({ ...customer, store_credit_amounts: [{ amount: left }] });
  return { amount, event: 'purchase', method: 'store_credit', details: { store_credit: { remaining_balance: left } } };
}

/** Keeps a card for the customer's next purchase. */
export function keepInstrument(instrument: Instrument, customer_id: number, { store }: Actor): void {
  const { number, expiry_month, expiry_year } = instrument as components['schemas']['CardInstrument'];
  if (typeOf(instrument) !== 'card' || number === undefined) return;
  const rows = store.rows(storedInstruments);
  const half = textId(store, 'stored-instruments').replaceAll('-', '');
  const token = half + textId(store, 'stored-instruments').replaceAll('-', '');
  rows.insert(
    {
      type: 'stored_card',
      token,
      is_default: rows.keysOf(customer_id).length === 0,
      brand: brandOf(number).toUpperCase(),
      ...(expiry_month !== undefined && { expiry_month }),
      ...(expiry_year !== undefined && { expiry_year }),
      issuer_identification_number: number.slice(0, 6),
      last_4: number.slice(-4),
    },
    customer_id,
  );
}
